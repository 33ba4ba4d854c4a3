"""The platform's templates: how they are mapped, what staff see of them, and what check_setup says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bots.models import ChannelAccount
from bots.models.templates import LONGEST_VALUE, MessageTemplate
from bots.setup import LOOK, OK, WRONG, channels
from bots.staff.roles import front_desk_group
from bots.templates import check as template_check
from bots.templates.automatic import automatic_messages
from bots.templates.messages import template_for
from tests.conversations.whatsapp_writer import SECRETS, whatsapp_account
from tests.factories import ChannelAccountFactory, UserFactory
from tests.standins.whatsapp import WhatsAppGraph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def account() -> ChannelAccount:
    return whatsapp_account()


@pytest.fixture
def api(settings: Any) -> Iterator[WhatsAppGraph]:
    with WhatsAppGraph() as graph:
        settings.GRAPH_API_URL = graph.url
        yield graph


def client_of(account: ChannelAccount) -> Client:
    user = UserFactory()
    user.groups.add(front_desk_group())
    account.bot.business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def template(account: ChannelAccount, **more: Any) -> MessageTemplate:
    given = {"key": "visit_reminder", "language": "en", "name": "visit_reminder", "parameters": "name\nwhen"}
    return MessageTemplate(account=account, **given | more)


# --- mapping -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parameters": "name\nnonsense"}, "parameters"),
        ({"parameters": "a=name\nwhen"}, "parameters"),
        ({"parameters": "a="}, "parameters"),
        ({"key": "nonsense"}, "key"),
    ],
)
def test_what_cannot_be_filled_is_not_taken(account: ChannelAccount, change: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        template(account, **change).clean()
    assert list(caught.value.message_dict) == [field]


def test_facts_stand_in_their_places_in_one_line(account: ChannelAccount) -> None:
    row = template(account, parameters="name\n\n when ", buttons=1)
    found = row.filled({"name": " Ann\n\tMaria ", "when": "x" * 2000}, ["yes", "no"])
    assert found
    assert found.parameters == (("", "Ann Maria"), ("", "x" * LONGEST_VALUE))
    assert found.buttons == ("yes",)
    assert row.filled({"name": "Ann", "when": " "}, []) is None


def test_the_customers_language_goes_before_the_default(account: ChannelAccount) -> None:
    for language in ("pl", "en"):
        template(account, language=language, status="APPROVED").save()
    for asked, got in (("en", "en"), ("pl", "pl"), ("uk", "pl")):
        found = template_for(account, "visit_reminder", asked)
        assert found and found.language == got
    MessageTemplate.objects.filter(language="en").update(status="PAUSED")
    found = template_for(account, "visit_reminder", "en")
    assert found and found.language == "pl", "one that can be used"
    assert template_for(account, "visit_moved", "en") is None


# --- staff's page --------------------------------------------------------------------------------


def test_staff_enter_one_and_ask_the_platform(account: ChannelAccount, api: WhatsAppGraph) -> None:
    client = client_of(account)
    form = {
        "account": account.pk, "key": "visit_reminder", "language": "en", "is_active": "on", "name": "visit_reminder",
        "platform_language": "en_GB", "parameters": "name\nwhen",
    }  # fmt: skip
    assert client.post(reverse("admin:bots_messagetemplate_add"), form).status_code == 302
    row = MessageTemplate.objects.get()
    page = reverse("admin:bots_messagetemplate_change", args=[row.pk])
    assert "Not checked yet" in client.get(page).content.decode()
    listing = reverse("admin:bots_messagetemplate_changelist")
    asking = {"action": "ask_now", "_selected_action": [row.pk]}
    assert "0 of 1 can be used" in client.post(listing, asking, follow=True).content.decode()
    assert "no template of this name" in client.get(page).content.decode()
    api.template("visit_reminder", "en_GB", places=2)
    assert "1 of 1 can be used" in client.post(listing, asking, follow=True).content.decode()
    client.post(page, form | {"parameters": "name"})
    row.refresh_from_db()
    assert not row.is_usable, "what was changed is asked about anew"


def test_a_form_that_cannot_work_says_so(account: ChannelAccount) -> None:
    form = {"account": account.pk, "key": "visit_reminder", "language": "en", "name": "x", "parameters": "nonsense"}
    answer = client_of(account).post(reverse("admin:bots_messagetemplate_add"), form)
    assert answer.status_code == 200
    assert "has no fact nonsense" in answer.content.decode()
    assert not MessageTemplate.objects.exists()


def test_only_accounts_with_templates_of_ones_own_are_offered(account: ChannelAccount) -> None:
    ChannelAccountFactory(bot=account.bot)
    other = whatsapp_account(external_id="106000000000009")
    page = client_of(account).get(reverse("admin:bots_messagetemplate_add"))
    offered = page.context["adminform"].form.fields["account"].queryset
    assert list(offered) == [account]
    assert other not in offered


def test_another_businesss_template_is_not_there(account: ChannelAccount) -> None:
    row = template(whatsapp_account(external_id="106000000000009"))
    row.save()
    page = reverse("admin:bots_messagetemplate_change", args=[row.pk])
    assert client_of(account).get(page).status_code == 404


# --- setting up ----------------------------------------------------------------------------------


def found(account: ChannelAccount) -> dict[str, Any]:
    return {one.service: one for one in channels.check(account.bot)}


def test_check_setup_of_a_number(account: ChannelAccount, api: WhatsAppGraph) -> None:
    name = f"{account} ({account.bot})"
    assert found(account)[name].state == OK
    account.credentials = {**SECRETS, "token": "dead"}
    account.save()
    assert found(account)[name].state == WRONG
    account.credentials = {name: value for name, value in SECRETS.items() if name != "business_account_id"}
    account.save()
    assert (found(account)[name].state, "approved" in found(account)[name].words) == (LOOK, True)


def test_check_setup_of_its_templates(account: ChannelAccount, api: WhatsAppGraph) -> None:
    name = f"Templates of {account}"
    assert "Reminder before a visit" in found(account)[name].words
    for key in automatic_messages():
        template(account, key=key, name=key, parameters="name").save()
        api.template(key, "en", places=1)
    assert "not checked yet" in found(account)[name].words
    assert template_check.check(account) == len(automatic_messages())
    assert found(account)[name].state == OK
    api.template("visit_moved", "en", places=1, status="PAUSED")
    template_check.check(account)
    assert (found(account)[name].state, "visit_moved" in found(account)[name].words) == (LOOK, True)
