"""Staff change what a bot asks, how enquiries go on and when it reminds; what cannot be is refused in plain words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import ConsultationQuestion, LeadSettings
from bots.staff.roles import front_desk_group
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bot() -> Any:
    return factories.BotFactory()


@pytest.fixture
def anna(bot: Any) -> Client:
    user = factories.UserFactory()
    user.groups.add(front_desk_group())
    bot.business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def question(bot: Any, **fields: Any) -> dict[str, Any]:
    return {
        "bot": bot.pk, "code": "placement", "kind": "choice", "position": 2, "is_required": "on", "is_active": "on",
        "texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0, "texts-0-language": "en", "texts-0-name": "Placement",
        "texts-0-text": "Where shall it be?", "texts-0-choices": "arm = On the arm | forearm", **fields,
    }  # fmt: skip


def test_a_question_is_a_row_with_its_texts(anna: Client, bot: Any) -> None:
    assert anna.post(reverse("admin:bookings_consultationquestion_add"), question(bot)).status_code == 302
    row = ConsultationQuestion.objects.get()
    assert (row.code, row.kind, row.texts.get().text) == ("placement", "choice", "Where shall it be?")
    page = anna.get(reverse("admin:bookings_consultationquestion_changelist")).content.decode()
    assert "placement" in page and "Choice" in page


def test_a_question_follows_only_one_that_is_asked_before_it(anna: Client, bot: Any) -> None:
    later = factories.ConsultationQuestionFactory(bot=bot, code="later", position=5)
    stranger = factories.ConsultationQuestionFactory(code="another bots")
    add = reverse("admin:bookings_consultationquestion_add")
    refused = anna.post(add, question(bot, only_if=later.pk)).content.decode()
    assert "It can only follow a question of the same bot that is asked before it." in refused
    assert anna.post(add, question(bot, only_if=stranger.pk)).status_code == 200
    assert anna.post(add, question(bot, least=9, most=3)).status_code == 200
    assert not ConsultationQuestion.objects.filter(code="placement").exists()


def test_settings_take_services_of_the_own_business_only(anna: Client, bot: Any) -> None:
    mine, theirs = factories.ServiceFactory(business=bot.business), factories.ServiceFactory()
    form = {"bot": bot.pk, "deposit_amount": 20_000, "deposit_hours": 24, "link_days": 7, "draft_days": 30}
    add = reverse("admin:bookings_leadsettings_add")
    assert anna.post(add, {**form, "service": theirs.pk}).status_code == 200
    assert anna.post(add, {**form, "service": mine.pk, "needs_enquiry": [mine.pk]}).status_code == 302
    row = LeadSettings.objects.get()
    assert (row.deposit_amount, row.service, list(row.needs_enquiry.all())) == (20_000, mine, [mine])
    assert "200" in anna.get(reverse("admin:bookings_leadsettings_changelist")).content.decode()
