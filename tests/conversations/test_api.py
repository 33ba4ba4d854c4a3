"""What machines may ask: health for whoever watches, and actions on conversations for staff who may."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bots.models import Heartbeat
from conversations.models import Conversation
from tests.factories import BusinessFactory, ConversationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Conversation:
    conversation: Conversation = ConversationFactory()
    return conversation


def url(talk: Conversation) -> str:
    return f"/api/conversations/{talk.pk}/clear-state/"


def logged_in(*, check_csrf: bool = False, **fields: Any) -> Client:
    client = Client(enforce_csrf_checks=check_csrf)
    client.force_login(UserFactory(**fields))
    return client


def test_staff_of_the_business_may(talk: Conversation) -> None:
    user = UserFactory()
    talk.business.staff.add(user)
    client = Client()
    client.force_login(user)
    response = client.post(url(talk))
    assert (response.status_code, response.json()) == (200, {"conversation": talk.pk, "cleared": {}})


@pytest.mark.parametrize("who", ["nobody", "no staff", "staff of another business"])
def test_others_may_not_and_nothing_changes(talk: Conversation, who: str) -> None:
    client = Client()
    if who == "no staff":
        user = UserFactory(is_staff=False)
        talk.business.staff.add(user)
        client.force_login(user)
    elif who != "nobody":
        user = UserFactory()
        BusinessFactory(staff=[user])
        client.force_login(user)
    before = Conversation.objects.values().get()
    expected = {"nobody": 401, "no staff": 403, "staff of another business": 404}
    assert client.post(url(talk)).status_code == expected[who]
    assert Conversation.objects.values().get() == before


def test_a_foreign_page_may_not(talk: Conversation) -> None:
    assert logged_in(check_csrf=True, is_superuser=True).post(url(talk)).status_code == 403


def test_only_by_post(talk: Conversation) -> None:
    assert logged_in(is_superuser=True).get(url(talk)).status_code == 405


def test_conversation_that_is_not_there(talk: Conversation) -> None:
    response = logged_in(is_superuser=True).post("/api/conversations/999999999/clear-state/")
    assert response.status_code == 404 and len(response.content) <= 200


def test_number_beyond_all_numbers(talk: Conversation) -> None:
    response = logged_in(is_superuser=True).post(f"/api/conversations/{'9' * 30}/clear-state/")
    assert response.status_code == 404 and len(response.content) <= 200


# --- the installation's token --------------------------------------------------------------------------------------

TOKEN = "a-token-of-the-installation-0123456789"


@pytest.fixture
def token(settings: Any) -> str:
    settings.ADMIN_TOKEN = TOKEN
    return TOKEN


def bearing(value: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"authorization": value})


def test_the_token_opens_every_business(talk: Conversation, token: str) -> None:
    response = bearing(f"Bearer {token}").post(url(talk))
    assert (response.status_code, response.json()) == (200, {"conversation": talk.pk, "cleared": {}})


WRONG = [
    "Bearer",
    "Bearer ",
    "Bearer x",
    f"Bearer {TOKEN[:-1]}",
    f"Bearer {TOKEN}x",
    f"Basic {TOKEN}",
    TOKEN,
    "Bearer \xff\xfe",
]


@pytest.mark.parametrize("value", WRONG)
def test_any_other_token_opens_nothing(talk: Conversation, token: str, value: str) -> None:
    before = Conversation.objects.values().get()
    response = bearing(value).post(url(talk))
    assert response.status_code == 401 and response["WWW-Authenticate"] == "Bearer"
    assert Conversation.objects.values().get() == before


@pytest.mark.parametrize("where", ["?token=", "?access_token=", "?ADMIN_TOKEN="])
def test_a_token_in_the_address_opens_nothing(talk: Conversation, token: str, where: str) -> None:
    assert Client().post(f"{url(talk)}{where}{token}").status_code == 401


@pytest.mark.parametrize("set_to", ["", "short"])
def test_without_a_real_token_none_is_right(talk: Conversation, settings: Any, set_to: str) -> None:
    settings.ADMIN_TOKEN = set_to
    assert bearing(f"Bearer {set_to}").post(url(talk)).status_code == 401


def test_a_token_of_yesterday_opens_nothing(talk: Conversation, token: str, settings: Any) -> None:
    settings.ADMIN_TOKEN = "another-token-of-the-installation"
    assert bearing(f"Bearer {token}").post(url(talk)).status_code == 401


# --- health --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ago", "work"), [(None, "silent"), (5, "ok"), (61, "silent")])
def test_health_tells_whether_the_work_is_done(ago: int | None, work: str) -> None:
    if ago is not None:
        Heartbeat.objects.create(name="beat and worker", at=timezone.now() - timedelta(seconds=ago))
    response = Client().get("/health/")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "work": work})


def test_health_is_only_looked_at() -> None:
    assert Client().post("/health/").status_code == 405


def test_health_asks_the_database_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        Client().get("/health/")


# --- the schema -------------------------------------------------------------------------------------------------------


def test_schema_names_what_there_is() -> None:
    response = Client().get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    assert response.status_code == 200
    paths = response.content.decode()
    assert "/api/conversations/{id}/clear-state/" in paths and "/chat/{bot}/api/messages/" in paths
    assert "/webhooks/" not in paths
