"""Anthropic: the Messages API.

Facts: anthropic 2.11 (the SDK's source), "Messages API", "Tool use", "Prompt caching", "Errors". Version 2026-10-21 of
the API takes no temperature; a key goes as `Authorization: Bearer`.
"""

from typing import Any

import anthropic

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
    ToolUse,
    Usage,
)
from bots.llm.native import pack, spoken, unpack
from bots.llm.text import clean, finish, json_object, number

EFFORT = "low"
CACHED = {"type": "ephemeral"}  # five minutes: a customer who answers later than that has left the phone
CUT = ("max_tokens", "model_context_window_exceeded")

# Models that were found to take no effort, learnt once per process.
_without_effort: set[tuple[str, str]] = set()


class Anthropic:
    code = "anthropic"

    def ask(self, request: CompletionRequest, *, key: str, model: str, base_url: str, timeout: float) -> Completion:
        """One try."""
        client = _client(key, base_url, timeout)
        if (base_url, model) not in _without_effort:
            try:
                return _ask(client, request, key, model, EFFORT)
            except _NoEffort:
                _without_effort.add((base_url, model))
        return _ask(client, request, key, model, "")

    def look(self, *, key: str, model: str, base_url: str, timeout: float) -> None:
        """A server that lists no models says “not found”, as one that lacks this model does: BadRequest for both."""
        client = _client(key, base_url, timeout)
        _called(lambda **_: client.models.with_raw_response.retrieve(model), {})


class _NoEffort(BadRequest):
    """The model does not take `output_config.effort`."""


def _client(key: str, base_url: str, timeout: float) -> anthropic.Anthropic:
    def make(http: http_client.BoundedClient) -> anthropic.Anthropic:
        return anthropic.Anthropic(
            api_key="set per request", base_url=base_url, max_retries=0, http_client=http, open_telemetry=False
        )

    shared: anthropic.Anthropic = http_client.shared(Anthropic.code, base_url, make)
    return shared.with_options(api_key=key, timeout=http_client.patience(timeout))


def _ask(client: anthropic.Anthropic, request: CompletionRequest, key: str, model: str, effort: str) -> Completion:
    body = _called(client.messages.with_raw_response.create, _body(request, key, model, effort))
    content = body.get("content")
    if not isinstance(content, list):
        raise Nonsense("no content", request_id=str(body["_request_id"]))
    blocks = [block for block in content if isinstance(block, dict)]
    calls = tuple(_call(block) for block in blocks if block.get("type") == "tool_use")
    reason = body.get("stop_reason")
    text = "".join(str(block.get("text") or "") for block in blocks if block.get("type") == "text")
    return Completion(
        text=clean(text),
        calls=calls,
        parsed=json_object(text) if request.schema is not None and text else None,
        finish=finish(text, calls, refused=reason == "refusal", cut=reason in CUT),
        usage=_usage(body.get("usage")),
        model=str(body.get("model") or model)[:80],
        native=pack("messages", key, clean(blocks)) if _may_go_back(calls) else None,
        provider="anthropic",
        request_id=str(body["_request_id"])[:100],
    )


def _body(request: CompletionRequest, key: str, model: str, effort: str) -> dict[str, Any]:
    """Tools and the stable part first, marked for the cache; what is true now after the mark."""
    system: list[Any] = [{"type": "text", "text": clean(request.stable) or "…", "cache_control": CACHED}]
    if request.facts.strip():
        system.append({"type": "text", "text": clean(request.facts)})
    config: dict[str, Any] = {"effort": effort} if effort else {}
    if request.schema is not None:
        config["format"] = {"type": "json_schema", "schema": request.schema}
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": request.max_output_tokens,
        "system": system,
        "messages": _messages(request, key),
    }
    if config:
        body["output_config"] = config
    if request.tools:
        body["tools"] = [
            {"name": tool.name, "description": tool.description, "input_schema": tool.parameters, "strict": True}
            for tool in request.tools
        ]
    return body


def _messages(request: CompletionRequest, key: str) -> list[Any]:
    messages: list[Any] = []
    for part in spoken(request.history):
        if isinstance(part, ChatMessage):
            role = "assistant" if part.role == "assistant" else "user"
            messages.append({"role": role, "content": [{"type": "text", "text": part.text}]})
        else:
            messages += _round(part, key)
    return messages


def _round(exchange: Exchange, key: str) -> list[Any]:
    """Return the assistant's blocks unchanged, and all results first in the one message after them."""
    asked = unpack(exchange, "messages", key) or [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": clean(call.arguments or {})}
        for call in exchange.calls
    ]
    results = [
        {
            "type": "tool_result",
            "tool_use_id": result.call_id,
            "content": clean(result.text) or "(nothing)",
            "is_error": result.is_error,
        }
        for result in exchange.results
    ]
    return [{"role": "assistant", "content": asked}, {"role": "user", "content": results}]


def _may_go_back(calls: tuple[ToolUse, ...]) -> bool:
    """Input that is no object is refused on its way back, so such a round is written out anew."""
    return bool(calls) and all(call.arguments is not None for call in calls)


def _call(block: dict[str, Any]) -> ToolUse:
    name, call_id = clean(str(block.get("name") or "")), clean(str(block.get("id") or ""))
    return ToolUse(id=call_id, name=name, arguments=json_object(block.get("input")))


def _usage(usage: Any) -> Usage:
    """Their `input_tokens` leave out what went through the cache; ours are all of them."""
    if not isinstance(usage, dict):
        return Usage()
    cached, written = number(usage.get("cache_read_input_tokens")), number(usage.get("cache_creation_input_tokens"))
    return Usage(
        input_tokens=number(usage.get("input_tokens")) + cached + written,
        cached_tokens=cached,
        cache_write_tokens=written,
        output_tokens=number(usage.get("output_tokens")),
    )


def _called(create: Any, body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer's JSON object. Raises an LLMError that carries no text of the request."""
    return http_client.called(anthropic, anthropic.AnthropicError, create, body, _meaning, "request-id")


def _meaning(error: anthropic.APIStatusError, sent: dict[str, Any]) -> LLMError:
    status, request_id, said = error.status_code, error.request_id or "", str(error.api_message or "")
    code = str(error.error_code or error.type or "")
    detail = f"{status} {code}"[:100].strip()
    # Spend limits come as 429 or 402 with a code; prepaid credit that is used up came as a 400 with these words.
    if status == 402 or "spend_limit" in code or "credit balance" in said:
        return KeySpent(detail, request_id=request_id)
    if status == 400 and "effort" in said and "effort" in sent.get("output_config", {}):
        return _NoEffort(detail, request_id=request_id)
    return http_client.usual_meaning(error, detail, names_model="model" in said)
