"""The tattoo studio loads whole, in every language, twice the same; its history shows enquiries as they are."""

from io import StringIO

import pytest
from django.core.management import call_command

from bookings.leads import questions as lead_questions
from bookings.models import ConsultationQuestion, Lead, LeadReminderRule, LeadSettings, Reservation, Service
from bots.channels import CHANNELS
from bots.models import Bot, ChannelAccount, KnowledgeText, StaffNotice
from conversations.models import Message
from conversations.presets import loading
from payments.models import Deposit
from tests.bookings.test_presets import everything

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
FIVE = {"en", "pl", "uk", "ru", "es"}
WHATSAPP = {
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCESS_TOKEN": "token-1",
    "META_APP_SECRET": "secret-1",
}


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("FRONTDESK_DEMO_PASSWORD", "a long enough password")
    for name in WHATSAPP:
        monkeypatch.delenv(name, raising=False)


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_preset", "tattoo", *options, stdout=out)
    return out.getvalue()


def test_every_question_stands_in_every_language():
    bot = loading.load("tattoo", {})
    questions = lead_questions.questions_of(bot)
    assert len(questions) >= 8
    assert {one.kind for one in questions} >= {"text", "choice", "size", "budget", "date", "photos"}
    for question in questions:
        texts = {text.language: text for text in question.texts.all()}
        assert set(texts) == FIVE
        if question.kind == "choice":
            values = [[option.value for option in lead_questions.options_of(question, code)] for code in FIVE]
            assert all(one == values[0] and len(one) > 1 for one in values)
        question.full_clean()


def test_the_rest_stands_in_every_language_too():
    bot = loading.load("tattoo", {})
    services, topics = Service.objects.filter(business=bot.business), bot.business.knowledge.all()
    assert (len(services), len(topics)) == (4, 10)
    for service in services:
        assert set(service.names.values_list("language", flat=True)) == FIVE
    for topic in topics:
        assert set(KnowledgeText.objects.filter(knowledge=topic).values_list("language", flat=True)) == FIVE
    settings = LeadSettings.objects.get(bot=bot)
    assert settings.deposit_amount == 20000
    assert settings.needs_enquiry.count() == 3
    assert set(LeadReminderRule.objects.filter(bot=bot).values_list("step", flat=True)) == {
        "unfinished", "unpaid", "unbooked",
    }  # fmt: skip


def test_whatsapp_comes_with_its_number_once_the_channel_is_known():
    bot = loading.load("tattoo", WHATSAPP)
    found = list(ChannelAccount.objects.filter(bot=bot).values_list("channel", flat=True))
    assert found == (["webchat", "whatsapp"] if "whatsapp" in CHANNELS else ["webchat"])


def test_it_comes_with_the_other_where_its_number_is_named(monkeypatch):
    call_command("load_preset", "ceramics", "--also", "tattoo", stdout=StringIO())
    assert not Bot.objects.filter(slug="tattoo").exists()
    for name, value in WHATSAPP.items():
        monkeypatch.setenv(name, value)
    call_command("load_preset", "ceramics", "--also", "tattoo", stdout=StringIO())
    assert Bot.objects.filter(slug="tattoo").exists()


def test_loading_twice_changes_nothing():
    load("--with-history")
    before = everything()
    assert "already" in load("--with-history")
    assert everything() == before


def test_what_staff_changed_stays_and_overwrite_puts_it_back():
    loading.load("tattoo", {})
    LeadSettings.objects.update(deposit_amount=30000)
    ConsultationQuestion.objects.filter(code="budget").update(is_active=False)
    loading.load("tattoo", {})
    assert LeadSettings.objects.get().deposit_amount == 30000
    loading.load("tattoo", {}, overwrite=True)
    assert LeadSettings.objects.get().deposit_amount == 20000


def test_both_presets_live_side_by_side():
    loading.load("ceramics", {})
    loading.load("tattoo", {})
    assert not lead_questions.takes_enquiries(Bot.objects.get(slug="ceramics"))
    assert lead_questions.takes_enquiries(Bot.objects.get(slug="tattoo"))


def test_history_shows_enquiries_in_several_statuses():
    load("--with-history")
    statuses = list(Lead.objects.values_list("status", flat=True))
    assert set(statuses) == {
        "draft", "pending_approval", "approved", "deposit_requested", "deposit_paid", "booked", "rejected",
    }  # fmt: skip
    assert Lead.objects.filter(photos__isnull=False).distinct().count() >= 2
    assert Reservation.objects.get(leads__status="booked").status == "confirmed"
    assert set(Deposit.objects.values_list("provider", flat=True)) == {"sandbox"}
    assert not StaffNotice.objects.exists()


def test_history_waits_for_nothing():
    load("--with-history")
    assert not Message.objects.filter(status__in=["queued", "sending", "unknown", "held"]).exists()


@pytest.mark.django_db(transaction=True)
def test_rules_lead_the_presets_talks_rightly():
    loading.load("tattoo", {})
    out = StringIO()
    try:
        call_command("evaluate", "tattoo", "--agent", "rules", stdout=out)
    except SystemExit as end:
        assert not end.code, out.getvalue()
    assert Bot.objects.count() == 1
