"""OpenAI, and every server that speaks like it: the Responses API, or Chat Completions where there is no other.

Facts: openai 3.52 (the SDK's source), "Responses API reference", "Function calling", "Prompt caching".
"""

import json
from collections.abc import Callable
from typing import Any

import openai

from bots.bounds import retry_after
from bots.llm import client as http_client
from bots.llm.base import (
    BadRequest,
    ChatMessage,
    Completion,
    CompletionRequest,
    Exchange,
    Finish,
    KeyRefused,
    KeySpent,
    LLMError,
    Nonsense,
    RateLimited,
    ToolUse,
    Unavailable,
    Usage,
)
from bots.llm.chat import ask_chat
from bots.llm.native import pack, spoken, unpack
from bots.llm.text import clean, json_object, number

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
        client = http_client.shared(self.code, base_url, lambda http: _make(base_url, http))
        client = client.with_options(api_key=key, timeout=http_client.patience(timeout))
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
        client = http_client.shared(self.code, base_url, lambda http: _make(base_url, http))
        client = client.with_options(api_key=key, timeout=http_client.patience(timeout))
        _called(lambda **_: client.models.with_raw_response.retrieve(model), {}, set())


class _NoSuchPath(BadRequest):
    """404 or 405 that does not name a model."""


class _NoSuchParameter(BadRequest):
    """The model does not take a parameter that it can do without."""

    def __init__(self, name: str, **rest: Any) -> None:
        super().__init__(f"parameter {name}", **rest)
        self.name = name


def _make(base_url: str, http: http_client.BoundedClient) -> openai.OpenAI:
    return openai.OpenAI(api_key="set per request", base_url=base_url, max_retries=0, http_client=http)


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
        finish=_finish(body, text, refusal, calls),
        usage=_usage(body.get("usage")),
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
    """The stable part first: instructions and tools are the beginning that the service finds in its cache."""
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
        body["tools"] = [
            {
                "type": "function",
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters,
                "strict": True,
            }
            for tool in request.tools
        ]
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
    """What it says, and how it refuses."""
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


def _finish(body: dict[str, Any], text: str, refusal: str, calls: tuple[ToolUse, ...]) -> Finish:
    details = body.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, dict) else None
    if refusal or reason == "content_filter":
        return Finish.REFUSED
    if body.get("status") == "incomplete":
        return Finish.LENGTH
    if calls:
        return Finish.TOOLS
    return Finish.DONE if clean(text).strip() else Finish.EMPTY


def _usage(usage: Any) -> Usage:
    if not isinstance(usage, dict):
        return Usage()
    details = usage.get("input_tokens_details")
    details = details if isinstance(details, dict) else {}
    return Usage(
        input_tokens=number(usage.get("input_tokens")),
        cached_tokens=number(details.get("cached_tokens")),
        cache_write_tokens=number(details.get("cache_write_tokens")),
        output_tokens=number(usage.get("output_tokens")),
    )


def _called(create: Any, body: dict[str, Any], refused: set[str]) -> dict[str, Any]:
    """The answer's JSON object. Raises an LLMError that carries no text of the request."""
    body = {name: value for name, value in body.items() if name not in refused}
    try:
        response = create(**body).http_response
    except openai.APIStatusError as error:
        raise _meaning(error, body) from None
    except openai.APIConnectionError as error:
        raise http_client.cut(error) from None
    except openai.OpenAIError as error:
        raise Nonsense(type(error).__name__) from None
    found = json_object(response.text)
    if found is None:
        raise Nonsense("not JSON", request_id=response.headers.get("x-request-id", ""))
    return {**found, "_request_id": response.headers.get("x-request-id", "")}


def _meaning(error: openai.APIStatusError, sent: dict[str, Any]) -> LLMError:
    status, code, request_id = error.status_code, str(error.code or error.type or ""), error.request_id or ""
    detail = f"{status} {code}"[:100].strip()
    param = str(error.param or "").split(".")[0]
    if status == 403 and not isinstance(error.body, dict):  # a proxy or a firewall, not the service
        return Unavailable(detail, request_id=request_id)
    if status == 403 and "model" in code:  # the key is good, only not for this model
        return BadRequest(detail, request_id=request_id)
    if status in (401, 403):
        return KeyRefused(detail, request_id=request_id)
    if status == 402 or (status == 429 and ({str(error.code), str(error.type)} & SPENT)):
        return KeySpent(detail, request_id=request_id)
    rest = retry_after(error.response.headers)
    if status == 429:
        return RateLimited(detail, request_id=request_id, rest_seconds=rest)
    if status in (408, 409) or status >= 500:
        return Unavailable(detail, request_id=request_id, rest_seconds=rest)
    if status in (404, 405) and "model" not in code and "input" in sent:
        return _NoSuchPath(detail, request_id=request_id)
    if status in (400, 422) and param in OPTIONAL and param in sent:
        return _NoSuchParameter(param, request_id=request_id)
    return BadRequest(detail, request_id=request_id) if status < 500 and status >= 400 else Nonsense(detail)
