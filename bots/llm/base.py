"""What a model is asked and what it answers, in one shape for every provider. Pure data: no Django, no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpec:
    """A tool as the model sees it. `parameters` is a strict JSON schema: `additionalProperties` is false, every
    property is required, and what may be left out is nullable."""

    name: str
    description: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolUse:
    """The model wants a tool to run. `arguments` is None if it sent something else than a JSON object."""

    id: str
    name: str
    arguments: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolOutput:
    call_id: str
    text: str
    is_error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """A message of the dialogue, as it was."""

    role: Literal["customer", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One round within a turn: what the model wanted (`Answer.native`, given back unchanged), and what came of it.

    Another provider, or another key, cannot read `native`; it gets `calls` written out instead.
    """

    native: Any
    calls: tuple[ToolUse, ...]
    results: tuple[ToolOutput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRequest:
    """One question to a model.

    `stable` comes first and must be byte-identical from turn to turn, so that providers keep it in their cache;
    `facts` is what is true now and comes after it. `schema` asks for structured output. `cache_key` names the
    conversation: it steers the caches and the choice of a key, and is not secret.
    """

    purpose: str
    stable: str
    facts: str
    history: Sequence[ChatMessage | Exchange]
    tools: Sequence[ToolSpec] = ()
    schema: dict[str, Any] | None = None
    max_output_tokens: int
    temperature: float | None = None
    cache_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens. `input_tokens` are all of the input; `cached_tokens` and `cache_write_tokens` are parts of them."""

    input_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0


class Finish(StrEnum):
    DONE = "done"
    TOOLS = "tools"  # it waits for the results of its calls
    LENGTH = "length"  # cut off by a limit of tokens
    REFUSED = "refused"
    EMPTY = "empty"  # neither text nor calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What a model answered. `parsed` is set only if a schema was asked for and the text is a JSON object."""

    text: str
    calls: tuple[ToolUse, ...]
    parsed: dict[str, Any] | None
    finish: Finish
    usage: Usage
    model: str
    native: Any
    provider: str
    request_id: str


class LLMError(Exception):
    """A model did not answer. `kind` is what records and logs say: never a text of the customer, never a key.

    `may_cost`: the service may have done the work, and ask for its money.
    """

    kind = "error"
    may_cost = False

    def __init__(self, detail: str = "", *, request_id: str = "") -> None:
        super().__init__(detail or self.kind)
        self.request_id = request_id


class KeyRefused(LLMError):
    """401 or 403: the key is wrong, withdrawn or not allowed. It is retired until a person brings it back."""

    kind = "key refused"


class KeySpent(LLMError):
    """The money behind the key is used up; waiting a minute does not help."""

    kind = "key spent"


class RateLimited(LLMError):
    """Too many requests; `rest_seconds` is how long the service wants to be left alone, if it said so."""

    kind = "rate limited"

    def __init__(self, detail: str = "", *, request_id: str = "", rest_seconds: float | None = None) -> None:
        super().__init__(detail, request_id=request_id)
        self.rest_seconds = rest_seconds


class Unavailable(LLMError):
    """5xx, overload, a cut connection, no answer in time. Not the key's fault.

    `is_slow`: asking once more would most likely take as long again.
    """

    kind = "unavailable"

    def __init__(
        self,
        detail: str = "",
        *,
        request_id: str = "",
        rest_seconds: float | None = None,
        is_slow: bool = False,
        may_cost: bool = False,
    ) -> None:
        super().__init__(detail, request_id=request_id)
        self.rest_seconds = rest_seconds
        self.is_slow = is_slow
        self.may_cost = may_cost


class BadRequest(LLMError):
    """The service does not take this request (400, 404, 413, 422): the same would happen again with any key."""

    kind = "bad request"


class Nonsense(LLMError):
    """The service said that all is well, and what it sent cannot be used."""

    kind = "nonsense"
    may_cost = True


class LLM(Protocol):
    """A provider."""

    code: str

    def ask(self, request: CompletionRequest, *, key: str, model: str, base_url: str, timeout: float) -> Completion:
        """One try, within so many seconds. Raises an `LLMError`; nothing else."""
        ...

    def look(self, *, key: str, model: str, base_url: str, timeout: float) -> None:
        """Whether the key is good and knows the model: one reading question, free of charge. Raises an `LLMError`."""
        ...
