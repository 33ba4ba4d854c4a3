"""A tattoo from the first word to the reminder, and five that end otherwise: WhatsApp, Stripe, one-time links, a page.

Everything goes over HTTP against stand-ins that refuse what Meta and Stripe refuse. As a text to read:
tests/dialogues/story_tattoo.txt, which this test holds to be word for word true.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image

from bookings.models import Lead, Reservation
from bots import accounts
from bots.models import ChannelAccount, Decision, Manager
from bots.models.templates import MessageTemplate
from bots.staff.links import actions as link_actions
from bots.staff.subjects import choice_of
from bots.templates import check as template_check
from conversations.models import Contact
from payments.models import Deposit
from tests.clock import Clock, travel
from tests.conversations.whatsapp_writer import ANN, WhatsAppWriter
from tests.snapshots import load_preset
from tests.standins import graph
from tests.standins.stripe import KEY, SECRET, Stripe
from tests.standins.whatsapp import BUSINESS, NUMBER, WhatsAppGraph
from tests.test_story import WARSAW

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(__file__).parent / "dialogues" / "story_tattoo.txt"
GIVEN = {
    "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
    "WHATSAPP_ACCESS_TOKEN": graph.TOKEN,
    "WHATSAPP_BUSINESS_ACCOUNT_ID": BUSINESS,
    "META_APP_SECRET": graph.APP_SECRET,
}
BEGIN = datetime(2026, 11, 19, 12, 0, tzinfo=WARSAW)  # a Thursday


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "#405060").save(made, "JPEG")
    return made.getvalue()


class Story:
    """What the customer writes and presses (>), reads (<) and does on pages (P), what the studio does (*)."""

    def __init__(self, api: WhatsAppGraph, stripe: Stripe, clock: Clock, manager: Manager) -> None:
        self.api, self.stripe, self.clock, self.manager = api, stripe, clock, manager
        self.writer = WhatsAppWriter()
        self.lines: list[str] = []
        self.heard = 0
        stripe.deliver = self._deliver

    @property
    def lead(self) -> Lead:
        return Lead.objects.latest("pk")

    @property
    def deposit(self) -> Deposit:
        return Deposit.objects.latest("pk")

    def _deliver(self, body: bytes, headers: dict[str, str]) -> None:
        response = Client().post("/webhooks/stripe/", body, content_type="application/json", headers=headers)
        assert response.status_code == 200, response.content

    def at(self, moment: str) -> None:
        self.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=WARSAW))
        self.lines.append(f"* {moment}")
        self.work()

    def writes(self, words: str, *, photos: int = 0) -> None:
        self.api.customer_wrote(ANN)
        self.lines.append(f"> {words}" + " [photo]" * photos)
        for number in range(photos):
            media_id = f"90000{len(self.lines)}{number}"
            self.api.media(media_id, photo())
            self.writer.picture(media_id, words if number == 0 else "")
        if not photos:
            self.writer.write(words)
        self.work()

    def presses(self, title: str) -> None:
        shown = [one for got in self.api.deliveries for one in _choices(got.body)]
        payload = next((payload for name, payload in reversed(shown) if name == title), None)
        assert payload is not None, "\n".join(self.lines)
        self.api.customer_wrote(ANN)
        self.lines.append(f">> {title}")
        self.writer.press(title, payload)
        self.work()

    def work(self) -> None:
        """What workers and beat do; then what the customer's phone shows."""
        call_command("drain", stdout=StringIO())
        for got in self.api.deliveries[self.heard :]:
            self.heard += 1
            text = re.sub(r"/(pay|book)/[\w-]{20,}/", r"/\1/…/", got.text)
            self.lines.append("< " + text.replace("\n", "\n  "))
            if titles := [f"[{name}]" for name, _payload in _choices(got.body)]:
                self.lines.append("  " + " ".join(titles))

    def studio(self, verb: str, **answers: str) -> None:
        """A manager opens a one-time link and presses."""
        choice, lead = choice_of("lead", verb), self.lead
        assert choice is not None
        address = link_actions.make(
            choice, lead.pk, business_id=lead.business_id, from_status=lead.status, manager=self.manager
        )
        path, client = urlsplit(address).path, Client()
        mark = re.search(r'name="page" value="([^"]+)"', client.get(path).content.decode())
        assert mark is not None
        response = client.post(path, {"page": unescape(mark[1]), **answers})
        assert response.status_code == 200, response.content.decode()
        self.lines.append(f"* link: {verb}")
        self.work()

    def pays(self) -> None:
        """The customer follows the link to Stripe's page, and pays there."""
        said = self.api.deliveries[-1].text
        path = re.search(r"/pay/[\w-]+/", said)
        assert path is not None
        response = Client().get(path[0])
        assert response.status_code == 302 and self.deposit.session_id in response["Location"]
        self.lines.append("P pays at Stripe")
        self.stripe.pay(self.deposit.session_id)
        self.work()

    def chooses(self, number: int = 0) -> None:
        """The customer opens the booking page and takes one of its times."""
        found = re.search(r"/book/[\w-]+/", self.api.deliveries[-1].text)
        assert found is not None
        client, path = Client(enforce_csrf_checks=True), found[0]
        times = re.findall(r'href="(/book/[^"]+\?start=[^"]+)"', client.get(path).content.decode())
        page = client.get(unescape(times[number])).content.decode()
        form = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("page", "start")}  # type: ignore[index]
        assert client.post(path, form).status_code == 200
        self.lines.append(f"P chooses {form['start'][:16]}")
        self.work()

    def asks(self) -> None:
        """The same enquiry for every story that is about something else."""
        self.writes("hi i want small swallow on ankle, 5 cm, black and grey")
        self.presses("Yes, let us begin") if "Yes, let us begin" in self.lines[-1] else None
        for answer in ("no", "skip", "skip", "skip"):
            if self.lead.status == Lead.Status.DRAFT and "[Yes, send it]" not in self.lines[-1]:
                self.writes(answer)
        self.presses("Yes, send it")
        assert self.lead.status == Lead.Status.PENDING_APPROVAL


def _choices(body: dict[str, Any]) -> list[tuple[str, str]]:
    action = body.get("interactive", {}).get("action", {})
    buttons = [(one["reply"]["title"], one["reply"]["id"]) for one in action.get("buttons", [])]
    rows = [(row["title"], row["id"]) for section in action.get("sections", []) for row in section["rows"]]
    return buttons + rows


@contextmanager
def studio(settings: Any) -> Iterator[Story]:
    with WhatsAppGraph() as api, Stripe() as stripe, travel(BEGIN) as clock:
        settings.GRAPH_API_URL, settings.STRIPE_API_URL = api.url, stripe.url
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
        settings.PAYMENTS_PROVIDER = "stripe"
        bot = load_preset("tattoo", GIVEN)
        bot.debounce_seconds = 0
        bot.save()
        accounts.forget()
        manager = Manager.objects.create(business=bot.business, name="Ola", email="ola@studio.example")
        yield Story(api, stripe, clock, manager)
        refused = [one for one in stripe.refused if not one[2].startswith("harm")]
        assert not refused, refused


@pytest.fixture
def story(settings: Any) -> Iterator[Story]:
    with studio(settings) as told:
        yield told


def test_from_broken_english_to_the_reminder(story: Story) -> None:
    """The last word comes a week after the customer's own: outside the window, as the template that Meta approved."""
    story.api.template("visit_tomorrow", "en", places=2)
    account = ChannelAccount.objects.get(channel="whatsapp")
    MessageTemplate.objects.create(
        account=account, key="visit_reminder", language="en", name="visit_tomorrow", parameters="name\nwhen"
    )
    template_check.check(account)
    story.writes("hi i want tatoo with wolf on my arm, maybe 12 cm", photos=2)
    story.writes("fine line pls, no cover up")
    story.writes("up to 800 zl, but actually make it 15 cm")
    story.writes("skip")
    story.presses("Yes, send it")
    story.studio("approve_and_ask")
    story.pays()
    story.studio("send_booking_link") if story.lead.status == Lead.Status.DEPOSIT_PAID else None
    story.chooses(-1)
    visit = Reservation.objects.get()
    day_before = visit.period.lower.astimezone(WARSAW) - timedelta(days=1)
    story.at(f"{day_before + timedelta(minutes=1):%Y-%m-%d %H:%M}")

    told = "\n".join(story.lines)

    assert told == "\n".join(line for line in SCRIPT.read_text().splitlines() if not line.startswith("# ")).strip()
    lead = story.lead
    assert (lead.status, lead.reservation) == (Lead.Status.BOOKED, visit)
    assert [row.message.attachments.get().status for row in lead.photos.all()] == ["stored", "stored"]
    assert (story.deposit.standing, visit.status) == ("paid", Reservation.Status.CONFIRMED)
    assert len(story.stripe.sessions) == 1
    moves = (
        Decision.objects.filter(subject="lead", subject_id=lead.pk).order_by("pk").values_list("to_status", "source")
    )
    assert [status for status, _way in moves] == [
        "draft", "pending_approval", "approved", "deposit_requested", "deposit_paid", "booking_link_sent", "booked",
    ]  # fmt: skip
    assert dict(moves)["approved"] == "link"


def test_declined(story: Story) -> None:
    story.asks()
    story.studio("reject", reason="We do no swallows.")
    assert story.lead.status == Lead.Status.REJECTED
    assert "We do no swallows." in "\n".join(story.lines[-2:])
    assert not Deposit.objects.exists()


def test_nobody_pays_in_time_and_then_somebody_does(story: Story) -> None:
    """Paid too late is never silent and never books by itself; staff keep it or give it back."""
    story.asks()
    story.studio("approve_and_ask")
    session = story.deposit.session_id
    story.stripe.deliver = None  # Stripe's news are late as well
    story.stripe.pay(session)
    paid = story.stripe.undelivered[-1]
    story.stripe.harm("503", times=1000)
    for hours in (1, 2):  # Stripe is asked to close its page first, and waited for a while
        story.clock.move_to(story.deposit.expires_at + timedelta(hours=hours))
        story.work()
    assert story.lead.status == Lead.Status.EXPIRED
    story.stripe.harms.clear()
    story.stripe.deliver = story._deliver
    story.stripe.bring(paid)
    story.work()
    assert (story.deposit.status, story.deposit.standing) == ("paid", "late")
    assert story.lead in Lead.objects.paid_late()
    assert not Reservation.objects.exists()


def test_given_back(story: Story) -> None:
    story.asks()
    story.studio("approve_and_ask")
    story.pays()
    story.stripe.refund_by_hand(story.deposit.payment_intent, story.deposit.amount)
    story.work()
    assert story.deposit.standing == "refunded"
    assert story.lead.status == Lead.Status.WITHDRAWN
    assert "200" in story.lines[-1]


def test_stop_between_approval_and_payment(story: Story) -> None:
    """Nothing automatic is said any more, not even the reminder of the deposit; the money still counts."""
    story.asks()
    story.studio("approve_and_ask")
    link = story.api.deliveries[-1].text
    story.writes("STOP")
    assert Contact.objects.get().opted_out_at is not None
    heard = len(story.api.deliveries)
    story.clock.move_to(BEGIN + timedelta(hours=30))
    story.work()
    story.stripe.pay(story.deposit.session_id)
    story.work()
    assert "/pay/" in link
    assert len(story.api.deliveries) == heard
    assert story.deposit.standing == "paid"
    assert story.lead.status in (Lead.Status.DEPOSIT_PAID, Lead.Status.BOOKING_LINK_SENT)


def test_a_webhook_that_never_comes(story: Story) -> None:
    story.asks()
    story.studio("approve_and_ask")
    story.stripe.deliver = None
    story.stripe.pay(story.deposit.session_id)
    story.clock.move_to(BEGIN + timedelta(hours=1))
    story.work()
    assert story.deposit.standing == "paid"
    assert "200" in "\n".join(story.lines[-4:])
