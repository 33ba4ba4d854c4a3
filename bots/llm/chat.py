"""Chat Completions: what most compatible servers speak, local ones too."""

import json
from collections.abc import Callable
from typing import Any

from bots.llm.base import ChatMessage, Completion, CompletionRequest, Exchange, Nonsense, ToolSpec, ToolUse
from bots.llm.native import pack, spoken, unpack
from bots.llm.text import clean, finish, json_object, usage

Send = Callable[[dict[str, Any]], dict[str, Any]]


def ask_chat(send: Send, request: CompletionRequest, key: str, model: str) -> Completion:
    """`send` posts one body and gives the answer's JSON object."""
    body = send(_body(request, key, model))
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise Nonsense("no choices")
    wanted = message.get("tool_calls")
    wanted = [one for one in wanted if isinstance(one, dict)] if isinstance(wanted, list) else []
    calls = tuple(_call(one) for one in wanted if one.get("type", "function") == "function")
    text, refusal = _text(message.get("content")), str(message.get("refusal") or "")
    reason = choice.get("finish_reason")
    return Completion(
        text=clean(text or refusal),
        calls=calls,
        parsed=json_object(text) if request.schema is not None and text else None,
        finish=finish(text, calls, refused=bool(refusal) or reason == "content_filter", cut=reason == "length"),
        usage=usage(body.get("usage"), "prompt_tokens", "completion_tokens"),
        model=str(body.get("model") or model)[:80],
        native=pack("chat", key, [_again(message, wanted)]) if calls else None,
        provider="openai",
        request_id=str(body.get("_request_id") or "")[:100],
    )


def _body(request: CompletionRequest, key: str, model: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": _messages(request, key),
        "max_completion_tokens": request.max_output_tokens,
        "prompt_cache_key": clean(request.cache_key)[:64],
    }
    if request.tools:
        body["tools"] = [{"type": "function", "function": function_of(tool)} for tool in request.tools]
    if request.schema is not None:
        schema = {"name": "answer", "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.temperature is not None:
        body["temperature"] = request.temperature
    return body


def function_of(tool: ToolSpec) -> dict[str, Any]:
    """Return a tool as both dialects of OpenAI describe it."""
    return {"name": tool.name, "description": tool.description, "parameters": tool.parameters, "strict": True}


def _messages(request: CompletionRequest, key: str) -> list[Any]:
    """Facts follow the stable part as a second system message: “developer” is unknown to many local servers."""
    messages: list[Any] = [{"role": "system", "content": clean(request.stable)}]
    if request.facts.strip():
        messages.append({"role": "system", "content": clean(request.facts)})
    for part in spoken(request.history):
        if isinstance(part, ChatMessage):
            messages.append({"role": "assistant" if part.role == "assistant" else "user", "content": part.text})
        else:
            messages += _round(part, key)
    return messages


def _round(exchange: Exchange, key: str) -> list[Any]:
    written_out = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(clean(call.arguments or {}), ensure_ascii=False)},
        }
        for call in exchange.calls
    ]
    asked = unpack(exchange, "chat", key) or [{"role": "assistant", "content": None, "tool_calls": written_out}]
    return asked + [
        {"role": "tool", "tool_call_id": result.call_id, "content": clean(result.text) or "(nothing)"}
        for result in exchange.results
    ]


def _again(message: dict[str, Any], wanted: list[Any]) -> dict[str, Any]:
    """Return the assistant's message with the fields that may go back."""
    said: dict[str, Any] = clean({"role": "assistant", "content": message.get("content"), "tool_calls": wanted})
    return said


def _text(content: Any) -> str:
    if isinstance(content, list):  # some servers send parts
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _call(wanted: dict[str, Any]) -> ToolUse:
    function = wanted.get("function")
    function = function if isinstance(function, dict) else {}
    return ToolUse(
        id=clean(str(wanted.get("id") or "")),
        name=clean(str(function.get("name") or "")),
        arguments=json_object(function.get("arguments")),
    )
