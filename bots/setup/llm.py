"""The language models: whether each key is good, and knows the model that is asked for. It costs nothing."""

from collections.abc import Iterator

from bots.llm.base import BadRequest, KeyRefused, KeySpent, LLMError, RateLimited
from bots.llm.choosing import ModelChoice, choices_for
from bots.llm.environment import NamedKey
from bots.llm.providers import LLMS, provider
from bots.models import Bot
from bots.setup import LOOK, OFF, OK, WRONG, Finding

NAMES = {"openai": "OpenAI", "anthropic": "Anthropic"}
SECONDS = 10.0


def check(bot: Bot | None) -> Iterator[Finding]:
    """Each key once for each model that a bot wants of it."""
    asked: set[tuple[str, str, str]] = set()
    providers: set[str] = set()
    for one in [bot] if bot else Bot.objects.filter(is_active=True).select_related("business"):
        for choice in choices_for(one):
            providers.add(choice.provider)
            for key in choice.keys:
                if (choice.provider, choice.model, key.key) not in asked:
                    asked.add((choice.provider, choice.model, key.key))
                    yield _look_into(choice, key)
    for code in LLMS:
        if code not in providers:
            yield Finding(service=NAMES[code], state=OFF, words="No bot has a key for it; rules answer without.")


def _look_into(choice: ModelChoice, key: NamedKey) -> Finding:
    name, where = f"{NAMES[choice.provider]}, {key.name}", f"{NAMES[choice.provider]} ({choice.base_url})"
    try:
        provider(choice.provider).look(key=key.key, model=choice.model, base_url=choice.base_url, timeout=SECONDS)
    except KeyRefused:
        return Finding(service=name, state=WRONG, words="The key is refused.", todo="Make a new one, and enter it.")
    except KeySpent:
        return Finding(service=name, state=WRONG, words="Its money is used up.", todo="Pay in at the provider.")
    except RateLimited:
        return Finding(service=name, state=LOOK, words="The key is good; just now it has asked too often.")
    except BadRequest as error:
        words = f"The key is good, but the model {choice.model} is not known there ({error})."
        return Finding(service=name, state=LOOK, words=words, todo="Choose another model on the bot's page.")
    except LLMError as error:
        words = f"{where} gave no usable answer: {error}."
        return Finding(service=name, state=WRONG, words=words, todo="Check the address and the way out.")
    return Finding(service=name, state=OK, words=f"The key is good for {choice.model}.")
