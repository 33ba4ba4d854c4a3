"""A preset loads the same however often, says what is missing, and its history looks lived in but waits for nothing."""

from datetime import datetime
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from bookings.models import Reminder, Reservation, Service, WorkingHours
from bots.models import Bot, Business, ChannelAccount, Knowledge, KnowledgeText, KnowledgeVector, Wording
from conversations import delivery, turns
from conversations.models import Conversation, Message, Pause
from tests.clock import travel

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
INSTAGRAM = ("INSTAGRAM_ACCOUNT_ID", "INSTAGRAM_TOKEN", "META_APP_SECRET")
OURS = ("bots", "conversations", "bookings")


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_preset", "ceramics", *options, stdout=out)
    return out.getvalue()


def everything() -> dict[str, list]:
    """All rows of all our tables, but for the moments when they were written."""
    rows = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            names = [field.attname for field in model._meta.concrete_fields if field.name != "updated_at"]
            rows[model.__name__] = [list(map(str, row)) for row in model.objects.order_by("pk").values_list(*names)]
    return rows


@pytest.fixture(autouse=True)
def no_instagram(monkeypatch):
    for name in INSTAGRAM:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FRONTDESK_DEMO_PASSWORD", "a long enough password")


def test_preset_makes_a_business_that_can_be_talked_to():
    load()
    bot = Bot.objects.get(slug="ceramics")
    assert bot.business.languages[:3] == ["pl", "en", "uk"]
    assert list(bot.accounts.values_list("channel", "external_id")) == [("webchat", "ceramics")]
    assert Knowledge.objects.filter(business=bot.business).count() >= 14
    services = Service.objects.filter(business=bot.business)
    assert len(services) == 4
    for service in services:
        assert service.resources.exists()
        assert {"pl", "en", "uk", "ru", "es"} <= set(service.names.values_list("language", flat=True))
    for knowledge in Knowledge.objects.all():
        assert set(knowledge.texts.values_list("language", flat=True)) == {"pl", "en", "uk"}
    assert KnowledgeVector.objects.exists()


def test_loading_twice_changes_nothing():
    load("--with-history")
    before = everything()
    assert "already" in load("--with-history")
    assert everything() == before


def test_what_staff_changed_stays():
    load()
    Business.objects.update(name="Studio Ceramiki i Kawy")
    KnowledgeText.objects.filter(language="pl", knowledge__topic="Parking").update(answer="Parkingu już nie ma.")
    WorkingHours.objects.filter(weekday=5).delete()
    Service.objects.filter(name="Wheel workshop").update(price=13000)
    before = everything()
    load()
    after = everything()
    vectors = before.pop("KnowledgeVector"), after.pop("KnowledgeVector")
    assert after == before
    assert len(vectors[1]) == len(vectors[0])  # the new answer's vector in the old one's place


def test_overwrite_puts_the_preset_back():
    load()
    Service.objects.filter(name="Wheel workshop").update(price=13000)
    WorkingHours.objects.filter(weekday=5).delete()
    load("--overwrite")
    assert Service.objects.get(name="Wheel workshop").price == 12000
    assert WorkingHours.objects.filter(weekday=5).count() == 3


def test_unknown_preset_says_which_there_are():
    with pytest.raises(CommandError, match="no preset “bakery”"):
        call_command("load_preset", "bakery")


def test_instagram_comes_with_its_account(monkeypatch):
    for name, value in zip(INSTAGRAM, ("17841400000000001", "token-1", "secret-1"), strict=True):
        monkeypatch.setenv(name, value)
    load()
    account = ChannelAccount.objects.get(channel="instagram")
    assert account.external_id == "17841400000000001"
    assert account.secrets == {"token": "token-1", "app_secret": "secret-1"}
    assert not account.missing_secrets()


@pytest.mark.parametrize("missing", INSTAGRAM[1:])
def test_missing_variable_is_named_and_nothing_is_written(monkeypatch, missing):
    for name in INSTAGRAM:
        if name != missing:
            monkeypatch.setenv(name, "17841400000000001")
    with pytest.raises(CommandError, match=missing):
        load()
    assert not Business.objects.exists()


def test_history_needs_a_password_for_its_users(monkeypatch):
    monkeypatch.delenv("FRONTDESK_DEMO_PASSWORD")
    with pytest.raises(CommandError, match="FRONTDESK_DEMO_PASSWORD"):
        load("--with-history")
    assert not Business.objects.exists()


def test_history_shows_every_state():
    out = load("--with-history")
    assert "a long enough password" not in out
    attention = set(Conversation.objects.values_list("attention", flat=True))
    assert attention >= {"", "wants_person", "question", "failed_send"}
    assert set(Conversation.objects.values_list("mode", flat=True)) == {"bot", "person"}
    assert Pause.objects.filter(ended_at=None, until__gt=timezone.now()).exists()
    statuses = set(Reservation.objects.values_list("status", flat=True))
    assert statuses == {"draft", "pending", "confirmed", "cancelled"}
    assert set(Conversation.objects.values_list("language", flat=True)) == {"pl", "en", "uk", "ru"}
    assert Message.objects.filter(author="staff").exists()


def test_history_waits_for_nothing_and_sends_nothing():
    load("--with-history")
    assert not Message.objects.filter(status__in=["queued", "sending", "unknown", "held"]).exists()
    assert not delivery.due()
    assert not turns.due()
    assert not Conversation.objects.answerable().exists()
    assert not Message.objects.filter(sent_at__gt=timezone.now()).exists()
    assert Conversation.objects.count() == 12
    for conversation in Conversation.objects.all():
        own_words = Wording.objects.get(sentence="disclosure", language=conversation.language).text
        assert conversation.messages.filter(author="bot")[0].text == own_words
        seqs = list(conversation.messages.values_list("seq", flat=True))
        assert seqs == list(range(1, conversation.last_seq + 1))
        times = list(conversation.messages.values_list("sent_at", flat=True))
        assert times == sorted(times)
        assert conversation.last_message_at == times[-1]


@pytest.mark.parametrize("moment", ["2026-03-28T23:30Z", "2026-10-25T00:30Z", "2026-12-24T03:00Z", "2027-02-28T12:00Z"])
def test_history_can_be_told_on_any_day(moment):
    with travel(datetime.fromisoformat(moment)):
        load("--with-history")
        assert not Message.objects.filter(sent_at__gt=timezone.now()).exists()
        assert Reservation.objects.filter(status="confirmed").count() == 3


def test_historys_visits_are_ahead_and_will_be_reminded():
    load("--with-history")
    assert Reservation.objects.occupying().count() == 5
    for visit in Reservation.objects.occupying():
        assert visit.period.lower > timezone.now()
        assert visit.hold_until is None or visit.hold_until > timezone.now()
    confirmed = Reservation.objects.filter(status="confirmed")
    assert confirmed.count() == 3
    for visit in confirmed:
        assert visit.reminders.get(status=Reminder.Status.SCHEDULED).fire_at > timezone.now()
    assert not Reminder.objects.filter(status="scheduled").exclude(reservation__in=confirmed).exists()


def test_historys_owner_belongs_to_the_business_and_is_no_superuser():
    load("--with-history")
    owner = get_user_model().objects.get(username="owner")
    assert owner.is_staff
    assert not owner.is_superuser
    assert list(owner.businesses.values_list("slug", flat=True)) == ["studio-ceramiki"]
    assert owner.groups.filter(name="Front desk").exists()
    assert owner.check_password("a long enough password")
    assert get_user_model().objects.get(username="admin").is_superuser
