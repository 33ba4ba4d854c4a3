"""“Will you come?”: the answer to a reminder is understood, in words and by button; a plain no cancels nothing."""

import uuid

import pytest
from django.utils import timezone

from bookings.models import Reminder, ReminderRule, Reservation
from bookings.reservations.reminders import planning as reservation_reminders, queue as reminder_queue
from bots.channels.base import Identity, Inbound
from conversations import inbox, turns
from conversations.models import Message
from tests.bookings.mirrors.test_calendar import soon
from tests.factories import (
    ContactFactory,
    ContactIdentityFactory,
    ConversationFactory,
    ReservationFactory,
    ServiceFactory,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Answer = Reminder.Answer


def reminded(language="en", **fields) -> Reservation:
    """A visit in three days of which the customer has just been asked whether they will come."""
    service = ServiceFactory(needs_approval=False, free_cancellation_hours=0, **fields)
    contact = ContactFactory(business=service.business)
    identity = ContactIdentityFactory(contact=contact)
    conversation = ConversationFactory(
        account__bot__business=service.business,
        contact=contact,
        peer=identity.value,
        language=language,
        disclosed_at=timezone.now(),
    )
    ReminderRule.objects.create(business=service.business, hours_before=24)
    visit = ReservationFactory(service=service, start=soon(3, 12), conversation=conversation)
    (reminder,) = reservation_reminders.plan(visit, now=timezone.now())
    assert reminder_queue.queue_due(reminder.fire_at) == 1
    Message.objects.update(status=Message.Status.SENT)
    conversation.refresh_from_db()
    return visit


def write(visit: Reservation, text: str, choice: str = "") -> list[str]:
    """What is answered to these words."""
    conversation = visit.conversation
    event = Inbound(
        account=conversation.account.external_id,
        external_id=str(uuid.uuid4()),
        sender=Identity("webchat", conversation.peer_kind, conversation.peer),
        sent_at=timezone.now(),
        text=text,
        choice=choice,
    )
    inbox.receive(conversation.account, [event])
    turns.answer(conversation.pk, patience=0)
    visit.refresh_from_db()
    said = Message.objects.filter(conversation=conversation, author=Message.Author.BOT, purpose=Message.Purpose.REPLY)
    return list(said.order_by("seq").values_list("text", flat=True))


YES = [
    ("en", "yes"), ("en", "Yes, see you"), ("en", "yes tomorrow at 12"), ("pl", "tak"), ("pl", "Tak, będę!"),
    ("pl", "oczywiście"), ("uk", "так"), ("uk", "так, будемо"), ("ru", "да"), ("ru", "да, всё в силе"), ("es", "sí"),
    ("es", "sí, claro"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), YES)
def test_yes_is_noted_and_changes_nothing(language, words):
    visit = reminded(language)
    words = words.replace("tomorrow", f"{visit.period.lower.astimezone(visit.business.zone):%d.%m}")
    said = write(visit, words)
    assert len(said) == 1
    assert (visit.status, visit.reminders.get().answer) == ("confirmed", Answer.COMES)


NO = [("en", "no"), ("pl", "nie"), ("uk", "ні"), ("ru", "нет"), ("es", "no")]


@pytest.mark.parametrize(("language", "words"), NO)
def test_plain_no_is_asked_about_and_cancels_nothing(language, words):
    visit = reminded(language)
    said = write(visit, words)
    assert len(said) == 1
    assert (visit.status, visit.reminders.get().answer) == ("confirmed", "")
    buttons = Message.objects.order_by("seq").last().buttons
    assert [one["payload"].split(":")[1] for one in buttons] == ["cancel", "move", "keep"]


CANCEL = [("en", "please cancel"), ("pl", "chcę odwołać wizytę"), ("uk", "скасуйте, будь ласка"), ("ru", "отмените"),
          ("es", "cancelar por favor")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), CANCEL)
def test_cancel_cancels(language, words):
    visit = reminded(language)
    write(visit, words)
    assert (visit.status, visit.reminders.order_by("pk").first().answer) == ("cancelled", Answer.CANCELS)


SPEAKS_OF_IT = [
    ("en", "no need for cancelling, i'll come"), ("en", "no cancelling"), ("en", "i wanted to cancel but i can make it"),
    ("en", "nothing to cancel"), ("pl", "odwołanie niepotrzebne, będę"), ("pl", "chciałam odwołać ale będę"),
    ("uk", "скасування не потрібне"), ("uk", "думала скасувати, але прийду"), ("ru", "отмены не будет"),
    ("ru", "зря отменяла бы, приду"), ("es", "mejor sin cancelar"), ("es", "iba a cancelar pero voy"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), SPEAKS_OF_IT)
def test_what_only_speaks_of_cancelling_cancels_nothing(language, words):
    visit = reminded(language)
    said = write(visit, words)
    assert visit.status == "confirmed", said


MOVE = [("en", "can we move it?"), ("pl", "czy można przełożyć?"), ("uk", "можна перенести?"), ("ru", "перенести"),
        ("es", "¿podemos cambiarla a otro día?")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), MOVE)
def test_move_begins_to_move(language, words):
    visit = reminded(language)
    write(visit, words)
    assert (visit.status, visit.reminders.get().answer) == ("confirmed", Answer.MOVES)
    assert Reservation.objects.get(status="draft").moves == visit


BUTTONS = [
    ("come", "confirmed", Answer.COMES),
    ("notcome", "cancelled", Answer.CANCELS),
    ("move", "confirmed", Answer.MOVES),
]


@pytest.mark.parametrize(("action", "status", "answer"), BUTTONS)
def test_buttons_answer_too(action, status, answer):
    visit = reminded()
    write(visit, "", choice=f"booking:{action}:{visit.pk}")
    assert (visit.status, visit.reminders.order_by("pk").first().answer) == (status, answer)


def test_button_under_a_reminder_of_a_visit_that_is_gone_says_so():
    visit = reminded()
    Reservation.objects.update(status="cancelled")
    said = write(visit, "", choice=f"booking:come:{visit.pk}")
    assert said == ["This one is not open any more."]
    assert visit.reminders.get().answer == ""


def test_question_that_has_nothing_to_do_with_it_is_answered_as_ever():
    visit = reminded()
    write(visit, "what is the capital of France?")
    assert (visit.status, visit.reminders.get().answer) == ("confirmed", "")
