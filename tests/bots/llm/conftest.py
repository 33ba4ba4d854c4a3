"""A stand-in for the models, and the three ways of speaking to it: the same facts must hold for each."""

import pytest

from bots.llm import anthropic as anthropic_module, client as http_client, openai as openai_module
from bots.llm.base import ChatMessage, CompletionRequest, ToolSpec
from bots.llm.choosing import ModelChoice
from bots.llm.environment import NamedKey
from bots.llm.providers import provider
from tests.standins.llm import KEY, Model

TOOL = ToolSpec(
    name="find_times",
    description="Free times on a day.",
    parameters={
        "type": "object",
        "properties": {"day": {"type": "string"}, "people": {"type": ["integer", "null"]}},
        "required": ["day", "people"],
        "additionalProperties": False,
    },
)


@pytest.fixture
def model():
    with Model() as standin:
        yield standin
    http_client.close_all()


class Dialect:
    """One way to speak: which provider, at which address."""

    def __init__(self, name: str, standin: Model) -> None:
        self.name = name
        self.standin = standin
        self.provider = "anthropic" if name == "messages" else "openai"
        self.base_url = standin.anthropic_url if name == "messages" else standin.openai_url
        if name == "chat":
            standin.lacks.add("/v1/responses")

    def ask(self, request: CompletionRequest, *, key: str = KEY, timeout: float = 5, name: str = "small-1"):
        llm = provider(self.provider)
        return llm.ask(request, key=key, model=name, base_url=self.base_url, timeout=timeout)

    def choice(self, *keys: str, model: str = "gpt-5.6-luna") -> ModelChoice:
        named = [NamedKey(f"KEY_{number}", key) for number, key in enumerate(keys or (KEY,))]
        return ModelChoice(provider=self.provider, model=model, keys=named, base_url=self.base_url)


@pytest.fixture(params=["responses", "chat", "messages"])
def dialect(request, model):
    yield Dialect(request.param, model)
    openai_module._without_responses.clear()
    openai_module._refused.clear()
    anthropic_module._without_effort.clear()


def asking(*history, **fields) -> CompletionRequest:
    """A request, with "Hello" said unless there is another history."""
    base = {
        "purpose": "main_response", "stable": "You are Glinka.", "facts": "It is Friday.",
        "history": history or (ChatMessage(role="customer", text="Hello"),), "max_output_tokens": 500, "cache_key": "c1",
    }  # fmt: skip
    return CompletionRequest(**{**base, **fields})
