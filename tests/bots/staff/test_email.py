"""A manager without Telegram is written to: the card, a link for each decision, and every refusal has its meaning."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Reservation
from bookings.reservations import actions as reservation_actions
from bots.models import ActionLink, Manager, StaffNotice
from bots.staff.actors import Actor
from bots.staff.notifications import delivery as notification_delivery
from tests import factories
from tests.standins.smtp import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
WARSAW = ZoneInfo("Europe/Warsaw")
CUSTOMER = Actor.customer()


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as running:
        settings.EMAIL_IS_SET_UP = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "Studio Ceramiki <desk@studio.example>"
        settings.PUBLIC_URL = "https://desk.studio.example"
        settings.ALLOWED_HOSTS = ["*"]
        yield running
        running.shutdown()
    assert not running.wrong


def asked_for(language: str = "en", **fields: Any) -> tuple[Reservation, Manager]:
    """A request that a customer has just sent, and the one who is told of it."""
    service = factories.ServiceFactory()
    manager = Manager.objects.create(
        business=service.business, name="Ola", language=language, email="ola@studio.example", **fields
    )
    conversation = factories.ConversationFactory(
        account__bot__business=service.business, contact__name="Łucja <script>\nBcc: x@evil.example"
    )
    day = datetime.now(WARSAW).date() + timedelta(days=3)
    draft = factories.DraftFactory(
        service=service, conversation=conversation, day=day, start_time=time(12), note="z córką & psem"
    )
    return reservation_actions.request(draft.pk, by=CUSTOMER), manager


def deliver() -> StaffNotice:
    notice = StaffNotice.objects.get()
    notification_delivery.deliver(notice.pk)
    notice.refresh_from_db()
    return notice


def part(letter: Any, kind: str) -> str:
    return letter.get_body((kind,)).get_content()


def test_a_request_comes_with_a_link_for_each_decision(server: MailServer) -> None:
    _, manager = asked_for()
    assert deliver().status == "sent"
    (letter,) = server.letters
    assert letter["To"] == "ola@studio.example" and letter["From"] == "Studio Ceramiki <desk@studio.example>"
    assert letter["Bcc"] is None and letter["Auto-Submitted"] == "auto-generated"
    assert letter["Subject"].strip().startswith("New request: ") and "12:00–13:00" in letter["Subject"]
    text, html = part(letter, "plain"), part(letter, "html")
    assert "z córką & psem" in text and "z córką &amp; psem" in html and "<script>" not in html
    addresses = re.findall(r"https://desk\.studio\.example/a/[\w-]{43}/", text)
    assert len(addresses) == 3 and set(addresses) == set(re.findall(r'href="([^"]+)"', html))
    assert re.findall(r"(\w[\w ]+):\s+https", text) == ["Confirm", "Other time", "Decline"]
    assert {link.manager for link in ActionLink.objects.all()} == {manager}


def test_the_first_link_confirms(server: MailServer) -> None:
    row, _ = asked_for()
    deliver()
    path = urlsplit(re.search(r"https://\S+", part(server.letters[0], "plain"))[0]).path  # type: ignore[index]
    page = re.search(r'name="page" value="([^"]+)"', Client().get(path).content.decode())
    assert page and Client().post(path, {"page": page[1]}).status_code == 200
    row.refresh_from_db()
    assert row.status == "confirmed"


HEADS = {"en": "New request", "pl": "Nowa prośba", "uk": "Новий запит", "ru": "Новый запрос", "es": "Nueva petición"}


@pytest.mark.parametrize("language", HEADS)
def test_it_is_in_the_manager_s_language(server: MailServer, language: str) -> None:
    asked_for(language)
    deliver()
    assert server.letters[0]["Subject"].strip().startswith(f"{HEADS[language]}: ")


def test_what_was_decided_meanwhile_is_not_asked_any_more(server: MailServer) -> None:
    row, _ = asked_for()
    reservation_actions.approve(row.pk, by=Actor("Anna", "admin"))
    StaffNotice.objects.exclude(kind="request").delete()
    assert deliver().status == "superseded"
    assert not server.letters and not ActionLink.objects.exists()


REFUSALS = [
    ({"RCPT": "550 no such user"}, "failed", "refuses the manager's address", False),
    ({"RCPT": "450 greylisted"}, "queued", "refuses the manager's address", False),
    ({"MAIL": "553 not you"}, "failed", "DEFAULT_FROM_EMAIL", False),
    ({"DATA": "451 later"}, "queued", "(451)", False),
    ({"END": "554 spam"}, "failed", "(554)", False),
    ({"END": ""}, "queued", "hung up", True),
    ({"EHLO": "", "HELO": ""}, "queued", "hung up", True),
]


@pytest.mark.parametrize(("refuse", "status", "words", "maybe_twice"), REFUSALS)
def test_refusals_are_told_apart(
    server: MailServer, refuse: dict[str, str], status: str, words: str, maybe_twice: bool
) -> None:
    asked_for()
    server.refuse = refuse
    notice = deliver()
    assert (notice.status, notice.maybe_twice) == (status, maybe_twice) and words in notice.trouble


def test_a_server_that_is_away_is_tried_again(server: MailServer, settings: Any) -> None:
    asked_for()
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    notice = deliver()
    assert notice.status == "queued" and "cannot be reached" in notice.trouble
    settings.EMAIL_PORT = good
    StaffNotice.objects.update(due_at=timezone.now())
    assert deliver().status == "sent" and len(server.letters) == 1


def test_without_a_mail_server_it_is_given_up_where_staff_see_it(server: MailServer, settings: Any) -> None:
    asked_for()
    settings.EMAIL_IS_SET_UP = False
    notice = deliver()
    assert notice.status == "failed" and "EMAIL_URL" in notice.trouble


def test_no_secret_of_a_link_stays_behind(server: MailServer) -> None:
    asked_for()
    notice = deliver()
    tokens = re.findall(r"/a/([\w-]{43})/", part(server.letters[0], "plain"))
    kept = str(list(StaffNotice.objects.values())) + str(list(ActionLink.objects.values()))
    assert notice.external_id and len(tokens) == 3 and not [token for token in tokens if token in kept]


def test_links_are_good_for_three_days(server: MailServer) -> None:
    asked_for()
    deliver()
    left = ActionLink.objects.earliest("pk").expires_at - datetime.now(UTC)
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)
