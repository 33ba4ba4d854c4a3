"""Which models a bot may ask: its own wish first, the other provider behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from bots.llm.environment import NamedKey
from bots.llm.providers import LLMS
from bots.models import Bot


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A provider that may be asked, with which model and which keys."""

    provider: str
    model: str
    keys: Sequence[NamedKey]
    base_url: str


def choices_for(bot: Bot) -> list[ModelChoice]:
    """In the order to try them; empty if rules shall answer, or nobody has a key.

    A bot's own keys for a provider replace those of the environment. `llm_model` belongs to `llm_provider`, or, with
    none chosen, to the first provider that has a key; the other one is asked for the installation's model.
    """
    if bot.agent == Bot.Agent.RULES:
        return []
    codes = sorted(LLMS, key=lambda code: code != bot.llm_provider)
    found = [choice for code in codes if (choice := _choice(bot, code)).keys]
    if not found or not bot.llm_model or (bot.llm_provider and found[0].provider != bot.llm_provider):
        return found
    first = found[0]
    own = ModelChoice(provider=first.provider, model=bot.llm_model, keys=first.keys, base_url=first.base_url)
    return [own, *found[1:]]


def keys_for(bot: Bot, provider: str) -> list[NamedKey]:
    """Return the keys that a bot uses with a provider: its own, else those of the environment."""
    own = bot.keys_of(provider)
    named = [NamedKey(f"Bot {bot.name}, key {number}", key) for number, key in enumerate(own, start=1)]
    return named or list(settings.LLM_KEYS[provider])


def _choice(bot: Bot, code: str) -> ModelChoice:
    model = {"openai": settings.OPENAI_MODEL, "anthropic": settings.ANTHROPIC_MODEL}[code]
    base_url = {"openai": settings.OPENAI_BASE_URL, "anthropic": settings.ANTHROPIC_BASE_URL}[code]
    return ModelChoice(provider=code, model=model, keys=keys_for(bot, code), base_url=base_url)
