"""Who decides, and by what they were asked."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models.functions import Now

from bots.db import marks
from bots.models import ActionLink, Manager, ManagerCode, StaffBot, StaffNotice, TelegramQuestion, TelegramUpdate
from bots.staff.actors import Actor
from bots.staff.links import actions as link_actions
from bots.staff.notifications import delivery as notification_delivery
from bots.staff.telegram import enrolment, messages, updates
from bots.tokens import hash_token
from tests.factories import BusinessFactory, UserFactory
from tests.one_clock import Ask, situation

OWNER = Actor("Ewa", "admin")


def manager() -> Manager:
    return Manager.objects.create(business=BusinessFactory(), name="Ewa", language="en", email="ewa@example.com")


def notice(**fields: Any) -> StaffNotice:
    one = manager()
    fields = {"due_at": Now() - timedelta(hours=1), "give_up_at": Now() + timedelta(hours=1), **fields}
    return StaffNotice.objects.create(
        business=one.business, manager=one, backend="email", kind="test", dedupe_key="d", **fields
    )


@situation
def a_notice_is_due(moment: datetime) -> Ask:
    row = notice(due_at=moment)
    return lambda: notification_delivery.due() == [row.pk] and notification_delivery._claim(row.pk) is not None


@situation
def a_notice_is_given_up(moment: datetime) -> Ask:
    row = notice(give_up_at=moment)
    return lambda: notification_delivery._claim(row.pk) is None


@situation
def a_notices_lease_is_over(moment: datetime) -> Ask:
    notice(status="sending", lease_until=moment)
    return lambda: notification_delivery.take_back() == 1


def staff_bot() -> StaffBot:
    return StaffBot.objects.create(business=BusinessFactory(), telegram_id=1, credentials={"token": "1:x"})


@situation
def an_updates_lease_is_over(moment: datetime) -> Ask:
    row = TelegramUpdate.objects.create(staff_bot=staff_bot(), update_id=1, payload={}, lease_until=moment)
    return lambda: updates.due() == [row.pk] and updates._claim(row.pk) is not None


@situation
def a_managers_code_is_over(moment: datetime) -> Ask:
    bot = staff_bot()
    one = Manager.objects.create(business=bot.business, name="Ewa", language="en")
    code = enrolment.make_code(one)
    ManagerCode.objects.update(expires_at=moment)
    return lambda: enrolment.use_code(bot, code, user_id=1, chat_id=1) is None


@situation
def a_managers_question_is_over(moment: datetime) -> Ask:
    bot, row = staff_bot(), notice()
    TelegramQuestion.objects.create(
        staff_bot=bot, manager=row.manager, notice=row, verb="reject", from_status="pending", asks="reason",
        expires_at=moment,
    )  # fmt: skip
    return lambda: messages.open_questions(row.manager).first() is None


@situation
def a_one_time_link_is_over(moment: datetime) -> Ask:
    token = "x" * 43
    ActionLink.objects.create(
        business=BusinessFactory(), user=UserFactory(), token_hash=hash_token(token), subject="lead", subject_id=1,
        verb="approve", from_status="pending_approval", expires_at=moment,
    )  # fmt: skip
    return lambda: bool(link_actions.find(token).is_over)  # type: ignore[union-attr]


@situation
def a_page_is_too_old(moment: datetime) -> Ask:
    shown_at = moment - timedelta(hours=12)
    mark = signing.dumps([7, shown_at.timestamp()], salt="tests")

    def is_too_old() -> bool:
        try:
            return bool(marks.read(mark, salt="tests", good_for=timedelta(hours=12)) != 7)
        except signing.SignatureExpired:
            return True

    return is_too_old
