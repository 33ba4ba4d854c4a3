"""Machines hold keys: named, hashed, revocable, for one business or for all; nobody gets in by guessing."""

import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bots.models import ApiKey
from bots.staff.api_keys import authentication
from bots.staff.roles import front_desk_group
from conversations.models import Conversation
from tests.factories import BusinessFactory, ConversationFactory, UserFactory

pytestmark = pytest.mark.django_db

OWN = "the-environments-own-key-0123456789"


@pytest.fixture
def talk() -> Conversation:
    conversation: Conversation = ConversationFactory()
    return conversation


def ask(talk: Conversation, key: str | None, *, header: str = "X-Admin-API-Key", query: str = "", **extra: Any) -> Any:
    """With CSRF checks on: a machine has no cookie to be abused."""
    headers = {} if key is None else {header: key}
    return Client(enforce_csrf_checks=True, headers=headers).post(
        f"/api/conversations/{talk.pk}/clear-state/{query}", **extra
    )


def test_a_key_opens_every_business_and_its_use_is_noted(talk: Conversation) -> None:
    row, key = authentication.make("Reports")
    assert ask(talk, key).status_code == 200
    row.refresh_from_db()
    assert row.last_used_at and timezone.now() - row.last_used_at < timedelta(seconds=5)


def test_use_is_noted_once_a_minute(talk: Conversation) -> None:
    row, key = authentication.make("Reports")
    ask(talk, key)
    (first,) = ApiKey.objects.values_list("last_used_at", flat=True)
    ask(talk, key)
    assert ApiKey.objects.get().last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(minutes=2))
    ask(talk, key)
    assert ApiKey.objects.get(pk=row.pk).last_used_at > first


def test_a_key_of_one_business_sees_no_other(talk: Conversation) -> None:
    _, mine = authentication.make("Mine", business_id=talk.business.pk)
    _, others = authentication.make("Another's", business_id=BusinessFactory().pk)
    assert (ask(talk, mine).status_code, ask(talk, others).status_code) == (200, 404)


def test_a_business_without_staff_is_nobodys(talk: Conversation) -> None:
    """A machine is no row of the users; what asks for “its” rows the usual way gets none, not those of nobody."""
    machine = authentication.Machine("Mine", business_id=BusinessFactory().pk)
    assert not talk.business.staff.exists()
    assert not Conversation.objects.of(machine).exists()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["ADMIN_API_KEY", "ADMIN_TOKEN"])
@pytest.mark.parametrize("header", ["X-Admin-API-Key", "Authorization"])
def test_the_environments_key_opens_every_business(talk: Conversation, settings: Any, name: str, header: str) -> None:
    setattr(settings, name, OWN)
    assert ask(talk, f"Bearer {OWN}" if header == "Authorization" else OWN, header=header).status_code == 200


@pytest.mark.parametrize("given", ["", " ", OWN[:-1], f"{OWN}x", OWN.upper(), f"Bearer {OWN}", "\xff\xfe", "x" * 9_000])
def test_any_other_key_opens_nothing(talk: Conversation, settings: Any, given: str) -> None:
    settings.ADMIN_API_KEY = OWN
    before = Conversation.objects.values().get()
    response = ask(talk, given)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response.json() == {"detail": "This API key is not known here, or was revoked."}
    assert Conversation.objects.values().get() == before


def test_no_key_at_all_is_told_what_to_send(talk: Conversation) -> None:
    response = ask(talk, None)
    assert response.status_code == 401
    assert response.json() == {"detail": "Send an API key in the header X-Admin-API-Key, or log in."}


@pytest.mark.parametrize("set_to", ["", "short"])
def test_a_short_one_of_the_environment_opens_nothing(talk: Conversation, settings: Any, set_to: str) -> None:
    settings.ADMIN_API_KEY = set_to
    assert ask(talk, set_to).status_code == 401


def test_a_revoked_key_opens_nothing_from_then_on(talk: Conversation) -> None:
    row, key = authentication.make("Old")
    assert ask(talk, key).status_code == 200
    assert (authentication.revoke([row.pk]), authentication.revoke([row.pk])) == (1, 0)
    assert ask(talk, key).status_code == 401


@pytest.mark.parametrize("name", ["key", "api_key", "X-Admin-API-Key"])
def test_a_key_in_the_address_or_the_body_opens_nothing(talk: Conversation, name: str) -> None:
    _, key = authentication.make("Reports")
    assert ask(talk, None, query=f"?{name}={key}").status_code == 401
    assert ask(talk, None, data={name: key}, content_type="application/json").status_code == 401


def test_its_hash_opens_nothing(talk: Conversation) -> None:
    row, _ = authentication.make("Reports")
    assert ask(talk, row.key_hash).status_code == 401


def test_who_guesses_is_not_listened_to_any_more(talk: Conversation) -> None:
    _, key = authentication.make("Reports")
    assert {ask(talk, f"guess-{n}").status_code for n in range(10)} == {401}
    late = ask(talk, key)
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    assert ask(talk, key, REMOTE_ADDR="127.0.0.9").status_code == 200, "another address is not to blame"


def test_who_guesses_is_written_down_and_the_key_is_not(talk: Conversation, caplog: Any) -> None:
    with caplog.at_level(logging.WARNING):
        ask(talk, "a-secret-that-was-mistyped")
    (record,) = [one for one in caplog.records if one.name == "bots.staff.api_keys.authentication"]
    assert (record.getMessage(), record.address) == ("wrong API key", "127.0.0.1")
    assert "mistyped" not in str(record.__dict__)


def test_only_a_hash_is_kept() -> None:
    row, key = authentication.make("Reports")
    assert len(key) >= 43 and key not in str(ApiKey.objects.values().get(pk=row.pk))


# --- the command -------------------------------------------------------------------------------------------------------


def test_command_makes_a_key_and_shows_it(talk: Conversation) -> None:
    said = StringIO()
    call_command("make_api_key", "Zapier", "--business", talk.business.slug, stdout=said)
    assert ask(talk, said.getvalue().strip()).status_code == 200
    assert ApiKey.objects.get().business == talk.business


def test_command_says_what_is_wrong(talk: Conversation) -> None:
    with pytest.raises(CommandError, match=f"no business nowhere. Known: {talk.business.slug}"):
        call_command("make_api_key", "Zapier", "--business", "nowhere")
    assert not ApiKey.objects.exists()


def test_command_gives_no_name_twice() -> None:
    call_command("make_api_key", "Zapier", stdout=StringIO())
    with pytest.raises(CommandError, match="named Zapier already"):
        call_command("make_api_key", "Zapier")


# --- the page -----------------------------------------------------------------------------------------------------------


def logged_in(**fields: Any) -> Client:
    client = Client()
    client.force_login(UserFactory(**fields))
    return client


def test_page_shows_the_key_once(talk: Conversation) -> None:
    client = logged_in(is_superuser=True, username="boss")
    response = client.post(reverse("admin:bots_apikey_add"), {"name": "Zapier", "business": ""})
    found = re.search(r'value="(fd_[^"]+)"', response.content.decode())
    assert response.status_code == 200 and found and "no-store" in response["Cache-Control"]
    assert found[1] not in str(response.cookies)
    assert ask(talk, found[1]).status_code == 200
    row = ApiKey.objects.get()
    assert (row.name, row.business, row.created_by.username) == ("Zapier", None, "boss")
    for page in (reverse("admin:bots_apikey_changelist"), reverse("admin:bots_apikey_change", args=[row.pk])):
        shown = client.get(page).content.decode()
        assert "Zapier" in shown and found[1] not in shown and row.key_hash not in shown


def test_page_revokes_and_deletes_nothing(talk: Conversation) -> None:
    row, key = authentication.make("Zapier")
    client = logged_in(is_superuser=True)
    chosen = {"action": "revoke_chosen", "_selected_action": [row.pk]}
    said = client.post(reverse("admin:bots_apikey_changelist"), chosen, follow=True).content.decode()
    assert "1 open nothing from now on" in said and "Revoked" in said
    assert ask(talk, key).status_code == 401
    assert client.post(reverse("admin:bots_apikey_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_what_opens_cannot_be_widened_afterwards(talk: Conversation) -> None:
    row, _ = authentication.make("Zapier", business_id=talk.business.pk)
    form = {"name": "Zapier 2", "business": "", "key_hash": "0" * 64, "revoked_at": ""}
    logged_in(is_superuser=True).post(reverse("admin:bots_apikey_change", args=[row.pk]), form)
    assert ApiKey.objects.values_list("name", "business", "key_hash").get() == (
        "Zapier 2", talk.business.pk, row.key_hash
    )  # fmt: skip


def test_a_used_name_is_refused_in_plain_words() -> None:
    authentication.make("Zapier")
    response = logged_in(is_superuser=True).post(reverse("admin:bots_apikey_add"), {"name": "Zapier", "business": ""})
    assert "already exists" in response.content.decode() and ApiKey.objects.count() == 1


def test_the_front_desk_has_no_keys(talk: Conversation) -> None:
    authentication.make("Zapier", business_id=talk.business.pk)
    user = UserFactory()
    user.groups.add(front_desk_group())
    talk.business.staff.add(user)
    client = Client()
    client.force_login(user)
    pages = [reverse("admin:bots_apikey_changelist"), reverse("admin:bots_apikey_add")]
    assert [client.get(page).status_code for page in pages] == [403, 403]


def test_who_was_given_the_right_makes_keys_for_their_own_business_only(talk: Conversation) -> None:
    user, other = UserFactory(), BusinessFactory()
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="bots", codename__endswith="_apikey"))
    talk.business.staff.add(user)
    authentication.make("Everybody's")
    client = Client()
    client.force_login(user)
    add = reverse("admin:bots_apikey_add")
    for business in ("", other.pk):
        client.post(add, {"name": "Sly", "business": business})
    assert not ApiKey.objects.filter(name="Sly").exists()
    client.post(add, {"name": "Honest", "business": talk.business.pk})
    assert ApiKey.objects.get(name="Honest").business == talk.business
    assert "Everybody" not in client.get(reverse("admin:bots_apikey_changelist")).content.decode()
