"""Admin, Telegram and a one-time link in the same instant: one decision, one set of effects, the others told who."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from time import sleep
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Reminder, Reservation
from bookings.reservations import actions as reservation_actions
from bots import pages
from bots.models import ActionLink, Decision, Manager
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided
from bots.staff.links import actions as link_actions
from bots.staff.subjects import choice_of, decide_about, subject_of
from conversations.models import Message
from tests import factories
from tests.again import once
from tests.bookings.reservations.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WARSAW = ZoneInfo("Europe/Warsaw")
ROUNDS = 25
WAYS = ("admin", "telegram", "link")


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.Opened, "rate", "100000/min")


def late(job: Callable[[], tuple[bool, str]]) -> Callable[[], tuple[bool, str]]:
    def run() -> tuple[bool, str]:
        sleep(random.uniform(0, 0.12))
        return job()

    return run


class Desk:
    """One request, with the three who are about to decide it."""

    def __init__(self, client: Client, number: int) -> None:
        day = datetime.now(WARSAW).date() + timedelta(days=3)
        service = factories.ServiceFactory()
        start = datetime.combine(day, time(12), tzinfo=WARSAW)
        conversation = factories.ConversationFactory(account__bot__business=service.business, language="en")
        self.row: Reservation = factories.ReservationFactory(
            service=service, start=start, status="pending", conversation=conversation
        )
        self.client, self.number = client, number
        self.manager = Manager.objects.create(business=service.business, name="Ola", email="ola@studio.example")
        self.verbs = {source: ("approve", "reject")[(number + at) % 2] for at, source in enumerate(WAYS)}
        choice = choice_of("reservation", self.verbs["link"])
        assert choice is not None
        address = link_actions.make(
            choice, self.row.pk, business_id=service.business_id, from_status="pending", manager=self.manager
        )
        self.path = urlsplit(address).path

    def jobs(self) -> list[Callable[[], tuple[bool, str]]]:
        """Each way in turn is let go first: by itself the shortest one would always win."""
        mark = link_actions.page_mark(ActionLink.objects.get(subject_id=self.row.pk), self.row.version)
        jobs = [self.by_admin, self.by_telegram, lambda: self.by_link(mark)]
        first = random.randrange(3)
        return [job if at == first else late(job) for at, job in enumerate(jobs)]

    def by_admin(self) -> tuple[bool, str]:
        url = reverse("admin:bookings_reservation_decide", args=[self.row.pk])
        form = {"choice": self.verbs["admin"], "from_status": "pending"}
        answer = self.client.post(url, form, headers={"accept": "application/json"}).json()
        return answer["ok"], answer["message"]

    def by_telegram(self) -> tuple[bool, str]:
        actor = Actor("Zosia", "telegram")
        try:
            choice = decide_about("reservation", self.verbs["telegram"], self.row.pk, from_status="pending", by=actor)
        except AlreadyDecided as error:
            return False, subject_of("reservation").explain(error, self.row.pk)
        return True, str(choice.done)

    def by_link(self, mark: str) -> tuple[bool, str]:
        response = Client().post(self.path, {"page": mark})
        assert response.status_code in (200, 409), response.status_code
        return response.status_code == 200, response.content.decode()


@pytest.mark.parametrize("part", once(range(4)))
def test_of_three_at_once_one_decides_and_the_others_are_told_who(part: int) -> None:
    user = factories.UserFactory(first_name="Anna", is_superuser=True)
    client = Client()
    client.force_login(user)
    winners: Counter[str] = Counter()  # of a hundred rounds in all, approving and rejecting in turn
    names = {"admin": "Anna", "telegram": "Zosia", "link": "Ola"}
    for number in range(ROUNDS):
        desk = Desk(client, part + number)
        results = at_once(*desk.jobs())
        assert not [one for one in results if isinstance(one, Exception)], results
        won = [way for way, (ok, _) in zip(WAYS, results, strict=True) if ok]
        assert len(won) == 1, results
        winners[won[0]] += 1
        decision = Decision.objects.get(subject="reservation", subject_id=desk.row.pk)
        verb = desk.verbs[won[0]]
        status = {"approve": "confirmed", "reject": "rejected"}[verb]
        assert (decision.verb, decision.source, decision.by_name) == (verb, won[0], names[won[0]])
        assert (decision.from_status, decision.to_status) == ("pending", status)
        assert Reservation.objects.get(pk=desk.row.pk).status == status
        assert Message.objects.filter(conversation=desk.row.conversation, author="bot").count() == 1
        assert Reminder.objects.filter(reservation=desk.row).count() == (verb == "approve")
        for ok, words in results:
            assert ok or names[won[0]] in words, words
        assert ActionLink.objects.filter(subject_id=desk.row.pk, used_at=None).exists() == (won[0] != "link")
    assert len(winners) > 1, winners  # the race was one


def test_the_customer_who_cancels_in_the_same_instant_is_one_of_them() -> None:
    for _ in range(20):
        desk = Desk(Client(), 0)  # whose link approves
        by_link = desk.jobs()[2]
        cancelled, (ok, words) = at_once(late_cancel(desk.row), by_link)  # type: ignore[misc]
        verbs = list(Decision.objects.filter(subject_id=desk.row.pk).order_by("pk").values_list("verb", flat=True))
        assert not isinstance(cancelled, Exception), cancelled
        assert Reservation.objects.get(pk=desk.row.pk).status == "cancelled"  # also what was confirmed a moment before
        assert verbs == (["approve", "cancel"] if ok else ["cancel"])
        assert ok or "Cancelled: the customer" in words


def late_cancel(row: Reservation) -> Callable[[], Reservation]:
    def run() -> Reservation:
        sleep(random.uniform(0, 0.06))
        return reservation_actions.cancel(row.pk, by=Actor.customer())

    return run


def test_one_link_pressed_many_times_at_once_decides_once() -> None:
    desk = Desk(Client(), 0)
    mark = link_actions.page_mark(ActionLink.objects.get(), desk.row.version)
    results = at_once(*[lambda: Client().post(desk.path, {"page": mark}).status_code] * 12)
    assert Counter(results) == {200: 1, 410: 11}
    assert Decision.objects.filter(subject_id=desk.row.pk).count() == 1
