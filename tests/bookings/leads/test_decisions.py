"""One enquiry, many ways to decide it: one-time links, the API, the admin; and all of them in the same instant."""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.leads import actions as lead_actions
from bookings.models import Lead
from bots import pages
from bots.models import ActionLink, Decision, Manager
from bots.staff.actors import Actor
from bots.staff.api_keys import authentication
from bots.staff.links import actions as link_actions
from bots.staff.subjects import choice_of
from conversations.models import Message
from tests import factories
from tests.again import once
from tests.bookings.reservations.test_races import at_once

pytestmark = pytest.mark.slow

Status = Lead.Status
ANNA = Actor("Anna", "admin")
ROUNDS = 25


@pytest.fixture(autouse=True)
def nobody_has_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages.Opened, "rate", "100000/min")


def enquiry(status: str = Status.PENDING_APPROVAL, **fields: Any) -> Lead:
    service = factories.ServiceFactory(business__default_language="en")
    conversation = factories.ConversationFactory(
        account__bot__business=service.business, contact__name="Marta <b>Nowak</b>", language="en"
    )
    lead: Lead = factories.LeadFactory(
        conversation=conversation, status=status, service=service, submitted_at=timezone.now(), **fields
    )
    return lead


def link(lead: Lead, verb: str = "approve", **fields: Any) -> str:
    """The path of a new link."""
    choice = choice_of("lead", verb)
    assert choice is not None
    manager = fields.pop("manager", None) or Manager.objects.create(
        business=lead.business, name="Ola", email="ola@studio.example"
    )
    address = link_actions.make(
        choice, lead.pk, business_id=lead.business_id, from_status=lead.status, manager=manager, **fields
    )
    return urlsplit(address).path


def mark_of(path: str) -> str:
    """What the page's form sends back."""
    found = re.search(r'name="page" value="([^"]+)"', Client().get(path).content.decode())
    assert found
    return unescape(found[1])


def press(path: str, **form: str) -> tuple[int, str]:
    response = Client().post(path, {"page": mark_of(path), **form})
    return response.status_code, " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def everything() -> tuple[Any, ...]:
    """All that a link could change."""
    return tuple(list(table.objects.order_by("pk").values()) for table in (Lead, Decision, Message, ActionLink))


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestLinks:
    def test_looking_tells_what_would_happen_and_changes_nothing(self) -> None:
        path = link(enquiry())
        before = everything()
        for method in ("get", "head"):
            for agent in ("WhatsApp/2.23", "TelegramBot (like TwitterBot)", "Mozilla/5.0"):
                assert getattr(Client(), method)(path, headers={"user-agent": agent}).status_code == 200
        page = Client().get(path).content.decode()
        for told in ("A wolf on the forearm", "Marta &lt;b&gt;Nowak&lt;/b&gt;", "what comes next", "Take it"):
            assert told in page, told
        assert everything() == before

    @pytest.mark.parametrize(
        ("status", "verb", "form", "expected"),
        [
            (Status.PENDING_APPROVAL, "approve", {}, Status.APPROVED),
            (Status.PENDING_APPROVAL, "approve_and_ask", {}, Status.DEPOSIT_REQUESTED),
            (Status.PENDING_APPROVAL, "reject", {"reason": "We do no wolves."}, Status.REJECTED),
            (Status.APPROVED, "send_deposit", {}, Status.DEPOSIT_REQUESTED),
            (Status.DEPOSIT_PAID, "send_booking_link", {}, Status.BOOKING_LINK_SENT),
            (Status.DEPOSIT_PAID, "mark_booked", {}, Status.BOOKED),
        ],
    )
    def test_one_press_decides(self, status: str, verb: str, form: dict[str, str], expected: str) -> None:
        lead = enquiry(status)
        path = link(lead, verb)
        assert press(path, **form)[0] == 200
        lead.refresh_from_db()
        assert (lead.status, lead.reason) == (expected, form.get("reason", ""))
        last = Decision.objects.filter(subject="lead").first()
        assert last and (last.by_name, last.source) == ("Ola", "link")
        assert ActionLink.objects.get().used_at is not None

    def test_a_time_can_be_chosen(self) -> None:
        lead = enquiry(Status.APPROVED)
        path = link(lead, "hold_time")
        start = (timezone.now() + timedelta(days=4)).replace(hour=11, minute=0, second=0, microsecond=0)
        assert press(path, time="soon")[0] == 409
        assert press(path, time=start.isoformat())[0] == 200
        lead.refresh_from_db()
        assert lead.status == Status.DEPOSIT_REQUESTED and lead.reservation and lead.reservation.status == "held"

    def test_a_used_one_is_over(self) -> None:
        path = link(enquiry())
        mark = mark_of(path)
        assert press(path)[0] == 200
        before = everything()
        assert (Client().get(path).status_code, Client().post(path, {"page": mark}).status_code) == (410, 410)
        assert everything() == before

    def test_an_old_one_is_over(self) -> None:
        path = link(enquiry(), good_for=timedelta(days=3))
        mark = mark_of(path)
        ActionLink.objects.update(expires_at=timezone.now())
        before = everything()
        assert (Client().get(path).status_code, Client().post(path, {"page": mark}).status_code) == (410, 410)
        assert everything() == before

    def test_an_overtaken_one_tells_who_was_first(self) -> None:
        lead = enquiry()
        path = link(lead)
        mark = mark_of(path)
        lead_actions.reject(lead.pk, by=ANNA)
        before = everything()
        page, sent = Client().get(path), Client().post(path, {"page": mark})
        assert (page.status_code, sent.status_code) == (409, 409)
        assert "Anna" in page.content.decode() and "Anna" in sent.content.decode()
        assert everything() == before

    def test_one_for_declining_what_waits_does_not_decline_what_was_approved(self) -> None:
        """Declining is allowed from there as well, but it is not what the link was made for."""
        lead = enquiry()
        path = link(lead, "reject")
        mark = mark_of(path)
        lead_actions.approve(lead.pk, by=ANNA)
        assert Client().post(path, {"page": mark, "reason": "No."}).status_code == 409
        lead.refresh_from_db()
        assert lead.status == Status.APPROVED

    def test_what_has_changed_since_the_page_was_opened_is_shown_first(self) -> None:
        lead = enquiry()
        path = link(lead)
        mark = mark_of(path)
        Lead.objects.filter(pk=lead.pk).update(title="A whole back", version=lead.version + 1)
        answer = Client().post(path, {"page": mark})
        assert answer.status_code == 409 and "A whole back" in answer.content.decode()
        assert press(path)[0] == 200

    def test_one_of_a_manager_who_has_left_is_over(self) -> None:
        path = link(enquiry())
        Manager.objects.update(is_active=False)
        assert Client().get(path).status_code == 410


# --- at once ------------------------------------------------------------------------------------------------------------

WAYS = ("admin", "api", "link")
NAMES = {"admin": "Anna", "api": "Zapier", "link": "Ola"}


def late(job: Callable[[], Any], most: float = 0.12) -> Callable[[], Any]:
    def run() -> Any:
        sleep(random.uniform(0, most))
        return job()

    return run


class Desk:
    """One enquiry, with the three who are about to decide it; two of them approve, or two decline."""

    def __init__(self, client: Client, key: str, number: int) -> None:
        self.lead = enquiry()
        self.client, self.key = client, key
        self.verbs = {source: ("approve", "reject")[(number + at) % 2] for at, source in enumerate(WAYS)}
        self.path = link(self.lead, self.verbs["link"])
        self.mark = link_actions.page_mark(
            ActionLink.objects.get(subject="lead", subject_id=self.lead.pk), self.lead.version
        )

    def jobs(self) -> list[Callable[[], tuple[bool, str]]]:
        """Each way in turn is let go first: by itself the shortest one would always win."""
        jobs = [self.by_admin, self.by_api, self.by_link]
        first = random.randrange(3)
        return [job if at == first else late(job) for at, job in enumerate(jobs)]

    def by_admin(self) -> tuple[bool, str]:
        form = {"choice": self.verbs["admin"], "from_status": "pending_approval"}
        url = reverse("admin:bookings_lead_decide", args=[self.lead.pk])
        answer = self.client.post(url, form, headers={"accept": "application/json"}).json()
        return answer["ok"], answer["message"]

    def by_api(self) -> tuple[bool, str]:
        response = Client(headers={"x-admin-api-key": self.key}).post(
            f"/api/leads/{self.lead.pk}/{self.verbs['api']}/",
            {"from_status": "pending_approval"},
            content_type="application/json",
        )
        assert response.status_code in (200, 409), (response.status_code, response.content)
        return response.status_code == 200, response.json().get("detail", "")

    def by_link(self) -> tuple[bool, str]:
        response = Client().post(self.path, {"page": self.mark})
        assert response.status_code in (200, 409), response.status_code
        return response.status_code == 200, response.content.decode()


@pytest.fixture
def anna() -> Client:
    client = Client()
    client.force_login(factories.UserFactory(first_name="Anna", is_superuser=True))
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", once(range(4)))
def test_of_three_at_once_one_decides_and_the_others_are_told_who(anna: Client, part: int) -> None:
    key = authentication.make("Zapier")[1]
    winners: Counter[str] = Counter()  # of a hundred rounds in all
    for number in range(ROUNDS):
        desk = Desk(anna, key, part + number)
        results = at_once(*desk.jobs())
        assert not [one for one in results if isinstance(one, Exception)], results
        won = [way for way, (ok, _) in zip(WAYS, results, strict=True) if ok]
        assert len(won) == 1, results
        winners[won[0]] += 1
        verb = desk.verbs[won[0]]
        status = {"approve": "approved", "reject": "rejected"}[verb]
        decision = Decision.objects.get(subject="lead", subject_id=desk.lead.pk)
        assert (decision.verb, decision.source, decision.by_name) == (verb, won[0], NAMES[won[0]])
        assert (decision.from_status, decision.to_status) == ("pending_approval", status)
        assert Lead.objects.get(pk=desk.lead.pk).status == status
        assert Message.objects.filter(conversation=desk.lead.conversation, author="bot").count() == 1
        for ok, words in results:
            assert ok or NAMES[won[0]] in words, words
        unused = ActionLink.objects.filter(subject="lead", subject_id=desk.lead.pk, used_at=None)
        assert unused.exists() == (won[0] != "link")
    assert len(winners) > 1, winners  # the race was one


@pytest.mark.django_db(transaction=True)
def test_of_twenty_approvals_at_once_one_is_made() -> None:
    lead = enquiry()
    key = authentication.make("Zapier")[1]

    def approve() -> int:
        return Client(headers={"x-admin-api-key": key}).generic("POST", f"/api/leads/{lead.pk}/approve/").status_code

    assert Counter(at_once(*[approve] * 20)) == {200: 1, 409: 19}
    assert Decision.objects.filter(subject="lead").count() == 1
    assert Message.objects.filter(author="bot").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_link_pressed_many_times_at_once_decides_once() -> None:
    lead = enquiry()
    path = link(lead)
    mark = mark_of(path)
    results = at_once(*[lambda: Client().post(path, {"page": mark}).status_code] * 12)
    assert Counter(results) == {200: 1, 410: 11}
    assert Decision.objects.filter(subject="lead").count() == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_it_goes_on_is_either_or(anna: Client) -> None:
    """Undo in the admin against the deposit by the API: never a deposit of an enquiry that waits for approval."""
    key = authentication.make("Zapier")[1]
    ends: Counter[str] = Counter()
    for _ in range(20):
        lead = enquiry()
        lead_actions.approve(lead.pk, by=ANNA)
        undo = {"choice": "undo", "from_status": "approved"}
        url = reverse("admin:bookings_lead_decide", args=[lead.pk])
        api = Client(headers={"x-admin-api-key": key})

        def take_back(url: str = url, form: dict[str, str] = undo) -> bool:
            return anna.post(url, form, headers={"accept": "application/json"}).json()["ok"]

        def ask(api: Client = api, pk: int = lead.pk) -> bool:
            return api.generic("POST", f"/api/leads/{pk}/send-deposit/").status_code == 200

        back, asked = at_once(late(take_back, 0.03), late(ask, 0.03))
        lead.refresh_from_db()
        ends[lead.status] += 1
        assert (back, asked) in ((True, False), (False, True)), (back, asked)
        assert lead.status == ("pending_approval" if back else "deposit_requested")
    assert len(ends) > 1, ends  # the race was one
