"""One-time links that staff make for somebody and pass on themselves. What stands in one is shown once."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bookings.models import Lead, Reservation
from bots.admin.answers import answer
from bots.admin.decidable import DecidableAdmin
from bots.db import clock
from bots.models import ActionLink, Manager
from bots.staff.decisions import Choice
from bots.staff.links import actions as link_actions
from bots.staff.presentation import clock_time
from bots.staff.subjects import choice_of, subject_of

SHOWN = 10  # links about one thing
WORDS = {
    link_actions.LinkState.OPEN: "Not used yet",
    link_actions.LinkState.USED: "Used",
    link_actions.LinkState.EXPIRED: "Too old",
    link_actions.LinkState.OVERTAKEN: "Overtaken: decided otherwise",
    link_actions.LinkState.WITHDRAWN: "Taken back",
}

Row = Reservation | Lead  # its page is a LinkedAdmin


class LinkedAdmin(DecidableAdmin):
    """A page whose choices can be passed on as one-time links, and may ask for a time."""

    def get_urls(self) -> list[Any]:
        return [
            self.url_for("link", require_POST(self.link_view)),
            self.url_for("take_back", require_POST(self.take_back_view)),
            self.url_for("times", require_GET(self.times_view)),
            *super().get_urls(),
        ]

    def link_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return make(request, self.get_row(request, str(object_id)))

    def take_back_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.get_row(request, str(object_id))
        done = take_back(request, row)
        words = "The link was taken back." if done else "It has been used, or taken back, already."
        return answer(request, words, ok=done, back=self.url_of(row))

    def times_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show free times as buttons of the form that asked for them."""
        row = self.get_row(request, str(object_id))
        times = subject_of(self.subject).times(row.pk)
        return render(request, "admin/bookings/reservation/times.html", {"times": times})


def subject_code(row: Row) -> str:
    return "lead" if isinstance(row, Lead) else "reservation"


def choices(row: Row) -> tuple[Choice, ...]:
    """Return what can be decided about it now."""
    card = subject_of(subject_code(row)).card(row.pk)
    return card.choices if card else ()


def page(row: Row, name: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def context(row: Row) -> dict[str, Any]:
    """Return what the page's box about links shows: what can be decided, for whom, and the links there are."""
    managers = Manager.objects.filter(business=row.business_id, is_active=True).order_by("name")
    now = clock.now()
    return {
        "link_choices": [(choice.verb, str(choice.label)) for choice in choices(row)],
        "link_managers": list(managers),
        "link_url": page(row, "link"),
        "take_back_url": page(row, "take_back"),
        "links": [_line(link, row, now) for link in link_actions.of_subject(subject_code(row), row.pk)[:SHOWN]],
    }


def _line(link: ActionLink, row: Row, now: datetime) -> dict[str, Any]:
    choice = choice_of(link.subject, link.verb)
    state = link_actions.state_of(link, row.status)
    return {
        "pk": link.pk,
        "what": str(choice.label) if choice else link.verb,
        "who": str(link.manager or link.user),
        "made": clock_time(link.created_at, row.business.zone, now),
        "state": WORDS[state],
        "used": clock_time(link.used_at, row.business.zone, now) if link.used_at else "",
        "is_open": state == link_actions.LinkState.OPEN,
    }


def make(request: HttpRequest, row: Row) -> HttpResponse:
    """Make a link for the choice that was pressed; to a script as JSON, else as a page to copy it from."""
    choice = next((one for one in choices(row) if one.verb == request.POST.get("choice")), None)
    if choice is None:
        return JsonResponse({"ok": False, "message": "That cannot be decided now."}, status=409)
    manager = _manager(request, row)
    address = link_actions.make(
        choice,
        row.pk,
        business_id=row.business_id,
        from_status=row.status,
        manager=manager,
        user_id=None if manager else request.user.pk,
    )
    words = f"{choice.label}: a link for {manager or 'you'}, good once and for {link_actions.GOOD_FOR.days} days."
    if request.headers.get("accept", "").startswith("application/json"):
        return JsonResponse({"ok": True, "message": words, "address": address})
    shown = {"address": address, "words": words, "back": page(row, "change")}
    return render(request, "admin/bookings/reservation/link.html", shown)


def _manager(request: HttpRequest, row: Row) -> Manager | None:
    chosen = request.POST.get("manager", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return None
    return Manager.objects.filter(business=row.business_id, is_active=True, pk=int(chosen)).first()


def take_back(request: HttpRequest, row: Row) -> bool:
    """Return whether there was a link about this, unused, to take back."""
    chosen = request.POST.get("link", "")
    if not chosen.isdecimal() or len(chosen) > 18:
        return False
    mine = ActionLink.objects.filter(pk=int(chosen), subject=subject_code(row), subject_id=row.pk)
    return bool(link_actions.withdraw(list(mine.values_list("pk", flat=True))))
