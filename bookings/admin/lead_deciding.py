"""What the buttons of an enquiry do: the one list of decisions, checked against what the page showed."""

from typing import Any

from django.http import HttpRequest

from bookings.models import Lead
from bookings.placing import NotFree
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.staff.subjects import answers_of, choice_of, press, subject_of
from conversations.admin.answers import acting


def decide(request: HttpRequest, lead: Lead) -> tuple[bool, str]:
    """Make the decision that was pressed; (whether it was made, words for the person)."""
    name, shown = request.POST.get("choice", ""), request.POST.get("from_status", "")
    try:
        choice = choice_of("lead", name)
        answers: dict[str, Any] = answers_of(choice, lead.pk, request.POST) if choice else {}
        done = press("lead", name, lead.pk, from_status=shown, by=acting(request), answers=answers)
    except (AlreadyDecided, NotAllowed, NotFree) as error:
        return False, subject_of("lead").told(error, lead.pk)
    return True, str(done.done)
