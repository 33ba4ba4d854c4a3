"""Commands, the daily agenda, and how a Telegram account becomes a manager's."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bots.models import Manager, ManagerCode, StaffNotice, TelegramUpdate
from bots.staff import agenda
from bots.staff.telegram import enrolment
from conversations.models import Conversation
from tests.bots.staff.conftest import OWNER, Studio
from tests.bots.staff.test_telegram import request, soon, status_of
from tests.clock import travel
from tests.factories import BusinessFactory, ContactFactory, ConversationFactory, ReservationFactory, ServiceFactory

pytestmark = pytest.mark.django_db(transaction=True)

WARSAW = ZoneInfo("Europe/Warsaw")


def says(studio: Studio, text: str) -> str:
    studio.telegram.write(OWNER, text)
    return studio.telegram.last(OWNER).text


def test_today_and_tomorrow_list_the_visits(studio: Studio) -> None:
    service = ServiceFactory(business=studio.business, name="Wheel <workshop>")
    tomorrow = (timezone.now().astimezone(WARSAW) + timedelta(days=1)).replace(
        hour=12, minute=0, second=0, microsecond=0
    )
    visit = ReservationFactory(service=service, start=tomorrow)
    assert "Nobody is booked." in says(studio, "/today")
    text = says(studio, "/tomorrow")
    assert f"12:00–13:00 {visit.contact.name}, Wheel <workshop>, 1 person" in text


def test_pending_brings_the_cards_again(studio: Studio) -> None:
    assert says(studio, "/pending") == "No request waits for you."
    row = request(studio)
    studio.telegram.write(OWNER, "/pending@frontdesk_test_bot")
    assert [one.text for one in studio.telegram.chat(OWNER)][2] == "1 request waits for you."
    assert len(studio.telegram.chat(OWNER)) == 4
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"
    assert [one.buttons for one in studio.telegram.chat(OWNER)] == [[], [], [], []]


def conversation(studio: Studio, name: str) -> Conversation:
    contact = ContactFactory(business=studio.business, name=name, phone="+48600100200" if name == "Maria" else "")
    return ConversationFactory(account__bot__business=studio.business, contact=contact)


def mode(row: Conversation) -> str:
    return Conversation.objects.get(pk=row.pk).mode


def test_pause_and_resume_by_name_number_and_choice(studio: Studio) -> None:
    maria, marian = conversation(studio, "Maria"), conversation(studio, "Marian")
    foreign = ConversationFactory(contact__name="Zenon")
    assert "/pause Maria" in says(studio, "/pause")
    assert "Zenon" in says(studio, "/pause Zenon") and mode(foreign) == "bot"
    assert says(studio, f"/pause #{foreign.pk}").startswith("I know no customer")
    text = says(studio, "/pause maria")
    assert f"/pause_{maria.pk} Maria" in text and mode(maria) == "bot"
    assert "silent for Maria" in says(studio, f"/pause_{maria.pk}")
    assert (mode(maria), mode(marian)) == ("person", "bot")
    assert f"/resume_{maria.pk}" in says(studio, "/resume")
    assert says(studio, "/resume 600 100 200") == "The bot answers Maria again."
    assert mode(maria) == "bot" and says(studio, "/resume") == "The bot answers everybody."


def test_help_and_what_is_no_command(studio: Studio) -> None:
    text = says(studio, "/help")
    assert all(f"/{name}" in text for name in ("today", "tomorrow", "pending", "pause", "resume", "help"))
    assert says(studio, "/nonsense").startswith("I do not know that command.")
    assert says(studio, "hello").startswith("What you can write:")


# --- linking -----------------------------------------------------------------------------------------------------


def test_a_code_links_once_and_only_while_it_is_fresh(studio: Studio) -> None:
    anna = Manager.objects.create(business=studio.business, name="Anna", language="pl")
    old = enrolment.make_code(anna)
    code = enrolment.make_code(anna)
    assert code not in ManagerCode.objects.get().code_hash
    studio.telegram.start(77, old)
    assert "does not work" in studio.telegram.last(77).text
    studio.telegram.start(77, code)
    anna.refresh_from_db()
    assert (anna.telegram_chat_id, anna.telegram_user_id) == (77, 77)
    assert TelegramUpdate.objects.latest("pk").outcome == "linked"
    studio.telegram.start(78, code)
    anna.refresh_from_db()
    assert anna.telegram_user_id == 77
    late = enrolment.make_code(anna)
    with travel(timedelta(hours=25)):
        assert enrolment.use_code(studio.bot, late, user_id=78, chat_id=78) is None


def test_a_code_of_another_business_does_nothing(studio: Studio) -> None:
    other = Manager.objects.create(business=BusinessFactory(), name="Foreign")
    studio.telegram.start(79, enrolment.make_code(other))
    other.refresh_from_db()
    assert other.telegram_user_id is None


def test_an_account_belongs_to_one_manager_at_a_time(studio: Studio) -> None:
    anna = Manager.objects.create(business=studio.business, name="Anna")
    studio.telegram.start(OWNER, enrolment.make_code(anna))
    studio.owner.refresh_from_db()
    assert studio.owner.telegram_user_id is None and studio.owner.telegram_chat_id is None


# --- the agenda --------------------------------------------------------------------------------------------------


def moments(*times: str) -> Any:
    return [datetime.fromisoformat(one).replace(tzinfo=WARSAW) for one in times]


def test_the_agenda_comes_once_a_day_at_its_hour(studio: Studio) -> None:
    studio.owner.agenda_at = "08:00"
    studio.owner.save()
    told = [
        agenda.notify_due(moment)
        for moment in moments(
            "2026-11-24 07:59", "2026-11-24 08:00", "2026-11-24 08:01", "2026-11-24 12:00", "2026-11-25 10:59"
        )
    ]
    assert told == [0, 1, 0, 0, 1]


def test_an_agenda_after_a_night_of_failures_is_not_sent_in_the_evening(studio: Studio) -> None:
    studio.owner.agenda_at = "08:00"
    studio.owner.save()
    with travel(moments("2026-11-24 08:00")[0]):
        studio.telegram.harm("500", times=1)
        studio.work()
    with travel(moments("2026-11-24 18:00")[0]):
        studio.work()
    assert StaffNotice.objects.get().status == StaffNotice.Status.FAILED and studio.telegram.messages == []
    with travel(moments("2026-11-25 08:00")[0]):
        studio.work()
    assert "Nobody is booked" in studio.telegram.last(OWNER).text


@pytest.mark.parametrize("day", ["2026-10-25", "2026-03-29"])
def test_on_the_night_of_the_clocks_the_agenda_comes_once(studio: Studio, day: str) -> None:
    studio.owner.agenda_at = "02:30"
    studio.owner.save()
    start = datetime.fromisoformat(f"{day} 00:00").replace(tzinfo=ZoneInfo("UTC")) - timedelta(hours=3)
    told = sum(agenda.notify_due(start + timedelta(minutes=10 * step)) for step in range(6 * 24))
    assert told == 1


def test_what_else_is_on_that_day_stands_on_the_card(studio: Studio) -> None:
    service = ServiceFactory(business=studio.business)
    ReservationFactory(service=service, start=soon(hour=9), conversation__contact__name="Zofia")
    request(studio, service=service, start=soon(hour=12))
    assert "Zofia" in studio.telegram.last(OWNER).text
