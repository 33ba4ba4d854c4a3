"""The prompts: readable templates beside this file, each of which a bot may replace by its own."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bots.models import Bot
from conversations.models import BotPrompt

PURPOSES = ("intent_detection", "service_identification", "main_response", "dialogue_compression")


@dataclass(frozen=True, slots=True)
class Prompt:
    text: str
    version: str

    def filled(self, **values: str) -> str:
        """With its places, like {business}, filled in; every other brace is text, and so is what is filled in."""
        return re.sub(r"\{([a-z_]+)\}", lambda place: values.get(place[1], place[0]), self.text)


def version_of(text: str) -> str:
    """The same text has the same version, wherever it stands."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def built_in(purpose: str) -> Prompt:
    text = (Path(__file__).parent / f"{purpose}.md").read_text().strip()
    return Prompt(text, version_of(text))


def prompt_for(bot: Bot, purpose: str, instead: Mapping[str, str] | None = None) -> Prompt:
    """The bot's own prompt, else the built-in one; `instead` holds texts that are tried out and stand nowhere yet."""
    own = (instead or {}).get(purpose)
    if own is None:
        rows = BotPrompt.objects.filter(bot=bot, purpose=purpose, is_active=True)
        own = rows.values_list("text", flat=True).first()
    return Prompt(own, version_of(own)) if own else built_in(purpose)
