"""What staff's buttons say back, and where they lead: alike on every page."""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from bots.staff.actors import Actor


def answer(request: HttpRequest, words: str, *, ok: bool, back: str) -> HttpResponse:
    """Tell what came of a button: to a script as JSON, to a person as a message on the page it was pressed on."""
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse({"ok": ok, "message": words})
    messages.add_message(request, messages.SUCCESS if ok else messages.WARNING, words)
    return redirect(safe_next(request, back))


def acting(request: HttpRequest) -> Actor:
    """Return who presses the button."""
    assert isinstance(request.user, AbstractBaseUser)  # the admin's pages are for people who are logged in
    return Actor.staff(request.user)


def safe_next(request: HttpRequest, back: str) -> str:
    """Return the page that the form came from, if it is one of ours, else `back`."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if asked and ours else back
