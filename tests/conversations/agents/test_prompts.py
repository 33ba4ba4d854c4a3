"""A bot's own prompts: tried before they are switched on, versioned, one in use."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from bots.models import Bot
from conversations.agents.prompts import PURPOSES, Prompt, built_in, prompt_for, version_of
from conversations.models import BotPrompt
from tests.customer import Customer
from tests.factories import UserFactory
from tests.standins.llm import Model


@pytest.fixture
def owner(studio: Bot) -> Client:
    user = UserFactory(username="owner", is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


def counts() -> dict[str, int]:
    ours = [model for model in apps.get_models() if model._meta.app_label in ("bots", "conversations", "bookings")]
    return {
        model.__name__: model._default_manager.count()
        for model in ours
        if model.__name__ not in ("LLMCall", "BotSpend", "KeyState")
    }


def prompt_row(bot: Bot, text: str, **fields: Any) -> BotPrompt:
    return BotPrompt.objects.create(bot=bot, purpose="main_response", text=text, version=version_of(text), **fields)


def test_places_are_filled_and_other_braces_stay() -> None:
    prompt = Prompt('{bot} of {business}, {nobody} {"json": 1}', "1")
    assert prompt.filled(bot="A {business}", business="B") == 'A {business} of B, {nobody} {"json": 1}'


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_has_a_built_in_prompt(purpose: str) -> None:
    assert len(built_in(purpose).text) > 100


def test_a_bots_own_prompt_is_used_and_its_version_kept(model: Model, studio: Bot) -> None:
    prompt_row(studio, "Own words of {business}. {skills}", is_active=True)
    customer = Customer(studio)
    customer.writes("Ile kosztują warsztaty?")
    assert model.asked[-1].stable.startswith("Own words of Studio Ceramiki.")
    versions = set(customer.turn.llm_calls.values_list("prompt_version", flat=True))
    assert versions == {version_of("Own words of {business}. {skills}")}


def test_a_changed_text_is_a_new_version_and_only_one_is_in_use(owner: Client, studio: Bot) -> None:
    row = prompt_row(studio, "First", is_active=True)
    url = reverse("admin:conversations_botprompt_change", args=[row.pk])
    response = owner.post(url, {"bot": studio.pk, "purpose": "main_response", "text": "Second", "is_active": "on"})
    assert response.status_code == 302, response.content
    assert sorted(BotPrompt.objects.values_list("text", "is_active")) == [("First", False), ("Second", True)]
    assert prompt_for(studio, "main_response").version == version_of("Second")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_preview_shows_both_side_by_side_and_changes_nothing(
    purpose: str, model: Model, owner: Client, studio: Bot
) -> None:
    row = BotPrompt.objects.create(bot=studio, purpose=purpose, text="x", version="1")
    before = counts()
    url = reverse("admin:conversations_botprompt_preview", args=[row.pk])
    assert owner.get(url).status_code == 200
    message = "Ile kosztują warsztaty i czy można przyjść we wtorek 24.11 o 18:30 w 3 osoby?"
    response = owner.post(url, {"message": message, "text": "EDITED {business} {services} {skills}"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "In use now" in page and "Edited" in page
    if purpose in ("main_response",):
        assert page.count("120 zł") >= 2
    assert any("EDITED" in asked.stable for asked in model.asked) and any(
        "EDITED" not in asked.stable for asked in model.asked
    )
    assert counts() == before


def test_a_preview_without_a_key_says_so(owner: Client, studio: Bot) -> None:
    row = prompt_row(studio, "x")
    response = owner.post(
        reverse("admin:conversations_botprompt_preview", args=[row.pk]), {"message": "hi", "text": "y"}
    )
    assert "there is no key" in response.content.decode()


def test_a_new_prompt_begins_with_the_built_in_one(owner: Client, studio: Bot) -> None:
    page = owner.get(reverse("admin:conversations_botprompt_add")).content.decode()
    assert "You are {bot}, the assistant of {business}" in page
