"""The owner decides in Telegram: cards out, presses in, over HTTP both ways."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings import reservations
from bookings.models import Reservation
from bots.models import Decision, StaffNotice, TelegramUpdate
from bots.staff.actors import Actor
from conversations.models import Message
from tests.bookings.times import at
from tests.bots.staff.conftest import OWNER, STRANGER, Studio
from tests.factories import DraftFactory, ReservationFactory, ServiceFactory

pytestmark = pytest.mark.django_db(transaction=True)


def soon(days: int = 3, hour: int = 12) -> Any:
    return (timezone.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def request(studio: Studio, **fields: Any) -> Reservation:
    """A customer's request, as the chat makes it."""
    service = fields.pop("service", None) or ServiceFactory(business=studio.business)
    start = fields.pop("start", soon()).astimezone(studio.business.zone)
    draft = DraftFactory(service=service, day=start.date(), start_time=start.time().replace(tzinfo=None), **fields)
    row = reservations.request(draft.pk, by=Actor.customer())
    studio.work()
    return row


def status_of(row: Reservation) -> str:
    return Reservation.objects.get(pk=row.pk).status


def test_a_request_arrives_as_a_card_and_confirm_confirms_it(studio: Studio) -> None:
    row = request(studio, note="We come with a <b>child</b> & a dog")
    card = studio.telegram.last(OWNER)
    assert "New request" in card.text and "We come with a <b>child</b> & a dog" in card.text
    assert card.buttons == ["✅ Confirm", "🕒 Other time", "✖️ Decline"]
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"
    assert [answer["text"] for answer in studio.telegram.answers] == ["Confirmed. The customer is told."]
    decision = Decision.objects.filter(subject="reservation", subject_id=row.pk).first()
    assert decision and (decision.verb, decision.by_name, decision.way) == ("approve", "Ewa", "telegram")
    card = studio.telegram.last(OWNER)
    assert len(studio.telegram.chat(OWNER)) == 1 and card.edits == 1
    assert card.buttons == [] and "Confirmed" in card.text and "Ewa" in card.text
    told = Message.objects.filter(conversation=row.conversation, purpose="news").get()
    assert told.text.startswith("Confirmed:")
    assert not [one for one in studio.telegram.refused]
