"""OpenAI, and every server that speaks like it: the Responses API, or Chat Completions where there is no other.

Facts: openai 3.52 (the SDK's source), "Responses API reference", "Function calling", "Prompt caching".
"""

import json
from collections.abc import Callable
from typing import Any

import openai

from bots.llm import client as http_client
from bots.llm.base import (
    BadRequest,
    ChatMessage,
    Completion,
    CompletionRequest,
    Exchange,
    KeySpent,
    LLMError,
    Nonsense,
    RateLimited,
    ToolUse,
    Unavailable,
)
from bots.llm.chat import ask_chat, function_of
from bots.llm.native import pack, spoken, unpack
from bots.llm.text import clean, finish, json_object, usage

EFFORT = "low"  # a front desk looks things up, it does not prove theorems
SPENT = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_FAILED = {"rate_limit_exceeded": RateLimited, "server_error": Unavailable}

# What servers and models were found to lack, learnt once per process: addresses without Responses, and parameters
# (temperature, effort, …) that a model refuses.
_without_responses: set[str] = set()
_refused: dict[tuple[str, str], set[str]] = {}


class OpenAI:
    code = "openai"

    def ask(self, request: CompletionRequest, *, key: str, model: str, base_url: str, timeout: float) -> Completion:
        """One try. A server that knows no Responses is asked by Chat Completions in the same try."""
        client = _client(key, base_url, timeout)
        if base_url not in _without_responses:
            try:
                return _learning(base_url, model, lambda out: _ask_responses(client, request, key, model, out))
            except _NoSuchPath:
                answer = _learning(base_url, model, lambda out: _ask_chat(client, request, key, model, out))
                _without_responses.add(base_url)
                return answer
        return _learning(base_url, model, lambda out: _ask_chat(client, request, key, model, out))

    def look(self, *, key: str, model: str, base_url: str, timeout: float) -> None:
        """A server that lists no models says “not found”, as one that lacks this model does: BadRequest for both."""
        client = _client(key, base_url, timeout)
        _called(lambda **_: client.models.with_raw_response.retrieve(model), {}, set())


class _NoSuchPath(BadRequest):
    """404 or 405 that does not name a model."""


class _NoSuchParameter(BadRequest):
    """The model does not take a parameter that it can do without."""

    def __init__(self, name: str, **rest: Any) -> None:
        super().__init__(f"parameter {name}", **rest)
        self.name = name


def _client(key: str, base_url: str, timeout: float) -> openai.OpenAI:
    def make(http: http_client.BoundedClient) -> openai.OpenAI:
        return openai.OpenAI(api_key="set per request", base_url=base_url, max_retries=0, http_client=http)

    shared: openai.OpenAI = http_client.shared(OpenAI.code, base_url, make)
    return shared.with_options(api_key=key, timeout=http_client.patience(timeout))


def _learning(base_url: str, model: str, ask: Callable[[set[str]], Completion]) -> Completion:
    """Ask without what this model has refused before; a new refusal is remembered, and it is asked once more."""
    for _ in range(len(OPTIONAL)):
        known = _refused.setdefault((base_url, model), set())
        try:
            return ask(known)
        except _NoSuchParameter as refusal:
            if refusal.name in known:
                raise BadRequest(str(refusal), request_id=refusal.request_id) from None
            known.add(refusal.name)
    return ask(_refused[base_url, model])


OPTIONAL = ("temperature", "reasoning", "include", "prompt_cache_key", "reasoning_effort", "parallel_tool_calls")


def _ask_responses(
    client: openai.OpenAI, request: CompletionRequest, key: str, model: str, refused: set[str]
) -> Completion:
    body = _called(client.responses.with_raw_response.create, _body(request, key, model), refused)
    if body.get("status") in ("failed", "cancelled"):
        error = body.get("error")
        code = str(error.get("code")) if isinstance(error, dict) else "failed"
        raise _FAILED.get(code, Unavailable)(code[:60])
    output = body.get("output")
    if not isinstance(output, list):
        raise Nonsense("no output")
    items = [item for item in output if isinstance(item, dict)]
    calls = tuple(_call(item) for item in items if item.get("type") == "function_call")
    text, refusal = _texts(items)
    return Completion(
        text=clean(text or refusal),
        calls=calls,
        parsed=json_object(text) if request.schema is not None and text else None,
        finish=finish(
            text, calls, refused=bool(refusal) or _was_filtered(body), cut=body.get("status") == "incomplete"
        ),
        usage=usage(body.get("usage"), "input_tokens", "output_tokens"),
        model=str(body.get("model") or model)[:80],
        native=pack("responses", key, clean(items)) if calls else None,
        provider="openai",
        request_id=str(body.get("_request_id") or "")[:100],
    )


def _ask_chat(client: openai.OpenAI, request: CompletionRequest, key: str, model: str, refused: set[str]) -> Completion:
    return ask_chat(
        lambda body: _called(client.chat.completions.with_raw_response.create, body, refused), request, key, model
    )


def _body(request: CompletionRequest, key: str, model: str) -> dict[str, Any]:
    """Return the stable part first: instructions and tools are the beginning that the service finds in its cache."""
    body: dict[str, Any] = {
        "model": model,
        "instructions": clean(request.stable),
        "input": _input(request, key),
        "max_output_tokens": request.max_output_tokens,
        "store": False,  # customers' talks are not kept there
        "include": ["reasoning.encrypted_content"],
        "reasoning": {"effort": EFFORT},
        "prompt_cache_key": clean(request.cache_key)[:64],
    }
    if request.tools:
        body["tools"] = [{"type": "function", **function_of(tool)} for tool in request.tools]
    if request.schema is not None:
        body["text"] = {"format": {"type": "json_schema", "name": "answer", "strict": True, "schema": request.schema}}
    if request.temperature is not None:
        body["temperature"] = request.temperature
    return body


def _input(request: CompletionRequest, key: str) -> list[Any]:
    items: list[Any] = [{"role": "developer", "content": clean(request.facts)}] if request.facts.strip() else []
    for part in spoken(request.history):
        if isinstance(part, ChatMessage):
            items.append({"role": "assistant" if part.role == "assistant" else "user", "content": part.text})
        else:
            items += _round(part, key)
    return items


def _round(exchange: Exchange, key: str) -> list[Any]:
    asked = unpack(exchange, "responses", key) or [
        {
            "type": "function_call",
            "call_id": call.id,
            "name": call.name,
            "arguments": json.dumps(clean(call.arguments or {}), ensure_ascii=False),
        }
        for call in exchange.calls
    ]
    return asked + [
        {"type": "function_call_output", "call_id": result.call_id, "output": clean(result.text) or "(nothing)"}
        for result in exchange.results
    ]


def _texts(items: list[dict[str, Any]]) -> tuple[str, str]:
    """Return what it says, and how it refuses."""
    parts = [
        part
        for item in items
        if item.get("type") == "message"
        for part in item.get("content") or []
        if isinstance(part, dict)
    ]
    said = "".join(str(part.get("text") or "") for part in parts if part.get("type") == "output_text")
    refused = "".join(str(part.get("refusal") or "") for part in parts if part.get("type") == "refusal")
    return said, refused


def _call(item: dict[str, Any]) -> ToolUse:
    name, call_id = clean(str(item.get("name") or "")), clean(str(item.get("call_id") or item.get("id") or ""))
    return ToolUse(id=call_id, name=name, arguments=json_object(item.get("arguments")))


def _was_filtered(body: dict[str, Any]) -> bool:
    details = body.get("incomplete_details")
    return isinstance(details, dict) and details.get("reason") == "content_filter"


def _called(create: Any, body: dict[str, Any], refused: set[str]) -> dict[str, Any]:
    """Return the answer's JSON object. Raises an LLMError that carries no text of the request."""
    body = {name: value for name, value in body.items() if name not in refused}
    return http_client.called(openai, openai.OpenAIError, create, body, _meaning, "x-request-id")


def _meaning(error: openai.APIStatusError, sent: dict[str, Any]) -> LLMError:
    status, code, request_id = error.status_code, str(error.code or error.type or ""), error.request_id or ""
    detail = f"{status} {code}"[:100].strip()
    param = str(error.param or "").split(".")[0]
    if status == 402 or (status == 429 and ({str(error.code), str(error.type)} & SPENT)):
        return KeySpent(detail, request_id=request_id)
    if status in (404, 405) and "model" not in code and "input" in sent:
        return _NoSuchPath(detail, request_id=request_id)
    if status in (400, 422) and param in OPTIONAL and param in sent:
        return _NoSuchParameter(param, request_id=request_id)
    return http_client.usual_meaning(error, detail, names_model="model" in code)
