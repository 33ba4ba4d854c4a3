"""What the three dialects of language models take, refuse and answer; each as the vendor's reference says it.

A dialect checks a body (raising `Refusal`), reads it into an `Asked`, and writes a `Reply` as the service would.
Facts: "Responses API", "Chat Completions", "Messages API" (version 2026-10-21), the SDKs' own types.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

_numbers = itertools.count(1)


class Refusal(Exception):
    """An error of the service."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error", **more: Any) -> None:
        super().__init__(message)
        self.status, self.message, self.kind, self.more = status, message, kind, more


@dataclass
class Part:
    """One thing in the order it was said: role "user", "assistant", "call" or "result"."""

    role: str
    text: str = ""
    name: str = ""
    arguments: Any = None
    id: str = ""
    is_error: bool = False


@dataclass
class Asked:
    """A request in neutral words, for a brain."""

    api: str
    model: str
    key: str
    stable: str
    facts: str
    parts: list[Part]
    tools: dict[str, dict[str, Any]]
    schema: dict[str, Any] | None
    body: dict[str, Any]

    @property
    def customer(self) -> str:
        """What the customer said last."""
        return next((part.text for part in reversed(self.parts) if part.role == "user"), "")

    @property
    def results(self) -> list[Part]:
        """What the tools said since then, each with its tool's name."""
        found: list[Part] = []
        for part in reversed(self.parts):
            if part.role == "user":
                break
            if part.role == "result":
                found.insert(0, part)
        return found


@dataclass
class Reply:
    text: str = ""
    calls: list[tuple[str, Any]] = field(default_factory=list)  # arguments: a dict, or raw words for invalid JSON
    refusal: str = ""
    finish: str = ""  # "length"
    usage: bool = True


def tokens(text: str) -> int:
    return max(1, len(text.encode()) // 4)


def prefix(body: dict[str, Any], *names: str) -> str:
    return json.dumps([body.get(name) for name in names], ensure_ascii=False)


def check_strict(schema: Any, where: str) -> None:
    """A strict schema: closed objects that require all they have."""
    if not isinstance(schema, dict):
        raise Refusal(400, f"Invalid schema for {where}: it must be an object.")
    if schema.get("type") == "object" or "properties" in schema:
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            raise Refusal(400, f"Invalid schema for {where}: 'additionalProperties' must be false.")
        if sorted(schema.get("required", [])) != sorted(properties):
            raise Refusal(400, f"Invalid schema for {where}: 'required' must name every property.")
        for name, inner in properties.items():
            check_strict(inner, f"{where}.{name}")
    for inner in [*schema.get("anyOf", []), *schema.get("$defs", {}).values()]:
        check_strict(inner, where)
    if isinstance(schema.get("items"), dict):
        check_strict(schema["items"], where)


def check_names(body: dict[str, Any], allowed: set[str], extra: str = "Unknown parameter: '{}'.") -> None:
    for name in body:
        if name not in allowed:
            raise Refusal(400, extra.format(name), code="unknown_parameter", param=name)


def check_text(text: Any, where: str) -> str:
    if not isinstance(text, str):
        raise Refusal(400, f"{where}: expected a string.")
    return text


# --- OpenAI: Responses -----------------------------------------------------------------------------

RESPONSES = {
    "model", "instructions", "input", "tools", "tool_choice", "text", "reasoning", "max_output_tokens", "store",
    "parallel_tool_calls", "previous_response_id", "prompt_cache_key", "safety_identifier", "service_tier",
    "truncation", "include", "metadata", "temperature", "top_p",
}  # fmt: skip


class Responses:
    path = "/v1/responses"
    request_id_header = "x-request-id"

    @staticmethod
    def read(body: dict[str, Any], key: str) -> Asked:
        check_names(body, RESPONSES)
        tools = {}
        for tool in body.get("tools", []):
            if tool.get("type") != "function" or "function" in tool:
                raise Refusal(400, "Missing required parameter: 'tools[0].name'.", param="tools[0].name")
            if tool.get("strict"):
                check_strict(tool["parameters"], tool["name"])
            tools[tool["name"]] = tool["parameters"]
        form = body.get("text", {}).get("format", {})
        if form.get("strict"):
            check_strict(form["schema"], form["name"])
        items = body["input"]
        items = [{"role": "user", "content": items}] if isinstance(items, str) else items
        facts, parts = Responses._parts(items)
        schema = form.get("schema")
        return Asked("responses", body["model"], key, body.get("instructions", ""), facts, parts, tools, schema, body)

    @staticmethod
    def _parts(items: list[dict[str, Any]]) -> tuple[str, list[Part]]:
        facts, parts, open_calls = [], [], {}
        for item in items:
            kind = item.get("type", "message")
            if kind == "message":
                content = item["content"]
                text = content if isinstance(content, str) else "".join(one.get("text", "") for one in content)
                if item["role"] in ("developer", "system"):
                    facts.append(text)
                    continue
                parts.append(Part(item["role"], check_text(text, "content")))
            elif kind == "function_call":
                check_text(item["arguments"], "arguments")
                open_calls[item["call_id"]] = item["name"]
                parts.append(Part("call", name=item["name"], arguments=item["arguments"], id=item["call_id"]))
            elif kind == "function_call_output":
                if item["call_id"] not in open_calls:
                    raise Refusal(400, f"No tool call found for function call output with call_id {item['call_id']}.")
                name = open_calls.pop(item["call_id"])
                parts.append(Part("result", check_text(item["output"], "output"), name, id=item["call_id"]))
            elif kind != "reasoning":
                raise Refusal(400, f"Invalid value: '{kind}'.", param="input")
        if open_calls:
            raise Refusal(400, f"No tool output found for function call {next(iter(open_calls))}.")
        return "\n".join(facts), parts

    @staticmethod
    def write(reply: Reply, asked: Asked, cached: int) -> dict[str, Any]:
        output: list[dict[str, Any]] = [
            {"type": "reasoning", "id": f"rs_{next(_numbers)}", "summary": [], "encrypted_content": "gAAAA=="}
        ]
        for name, arguments in reply.calls:
            words = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
            number = next(_numbers)
            call = {"type": "function_call", "id": f"fc_{number}", "call_id": f"call_{number}", "status": "completed"}
            output.append({**call, "name": name, "arguments": words})
        content = [{"type": "output_text", "text": reply.text, "annotations": []}] if reply.text else []
        content += [{"type": "refusal", "refusal": reply.refusal}] if reply.refusal else []
        if content:
            output.append({
                "type": "message", "id": f"msg_{next(_numbers)}", "role": "assistant", "status": "completed",
                "content": content,
            })  # fmt: skip
        size = tokens(json.dumps(asked.body, ensure_ascii=False))
        usage = {
            "input_tokens": size, "input_tokens_details": {"cached_tokens": min(cached, size), "cache_write_tokens": 0},
            "output_tokens": tokens(json.dumps(output)), "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": size + tokens(json.dumps(output)),
        }  # fmt: skip
        return {
            "id": f"resp_{next(_numbers)}", "object": "response", "created_at": 1_760_000_000, "model": asked.model,
            "status": "incomplete" if reply.finish == "length" else "completed", "error": None,
            "incomplete_details": {"reason": "max_output_tokens"} if reply.finish == "length" else None,
            "output": output, "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
            **({"usage": usage} if reply.usage else {}),
        }  # fmt: skip

    @staticmethod
    def error(refusal: Refusal) -> dict[str, Any]:
        more = {"param": None, "code": None, **refusal.more}
        return {"error": {"message": refusal.message, "type": refusal.kind, **more}}

    @staticmethod
    def cache_of(body: dict[str, Any]) -> tuple[str, int]:
        """What the service may find in its cache, and how many tokens that is."""
        stable = prefix(body, "tools", "instructions", "prompt_cache_key")
        return hashlib.sha256(stable.encode()).hexdigest(), tokens(stable) if tokens(stable) >= 1024 else 0


# --- OpenAI: Chat Completions ------------------------------------------------------------------------

CHAT = {
    "model", "messages", "tools", "tool_choice", "response_format", "max_completion_tokens", "prompt_cache_key",
    "safety_identifier", "parallel_tool_calls", "temperature", "top_p", "store", "reasoning_effort", "metadata",
}  # fmt: skip


class Chat:
    path = "/v1/chat/completions"
    request_id_header = "x-request-id"
    error = Responses.error

    @staticmethod
    def read(body: dict[str, Any], key: str) -> Asked:
        check_names(body, CHAT)
        tools = {}
        for tool in body.get("tools", []):
            function = tool.get("function")
            if not function:
                raise Refusal(400, "Missing required parameter: 'tools[0].function'.", param="tools[0].function")
            if function.get("strict"):
                check_strict(function["parameters"], function["name"])
            tools[function["name"]] = function["parameters"]
        form = body.get("response_format", {}).get("json_schema", {})
        if form.get("strict"):
            check_strict(form["schema"], form["name"])
        system, parts = Chat._parts(body["messages"])
        stable, facts = ([*system, "", ""])[0], "\n".join(system[1:])
        return Asked("chat", body["model"], key, stable, facts, parts, tools, form.get("schema"), body)

    @staticmethod
    def _parts(messages: list[dict[str, Any]]) -> tuple[list[str], list[Part]]:
        system, parts, open_calls = [], [], {}
        for message in messages:
            role = message["role"]
            if role != "tool" and open_calls:
                raise Refusal(400, "An assistant message with 'tool_calls' must be followed by tool messages.")
            if role in ("system", "developer"):
                system.append(check_text(message["content"], "content"))
            elif role == "tool":
                if message["tool_call_id"] not in open_calls:
                    raise Refusal(400, "messages with role 'tool' must be a response to 'tool_calls'.")
                name = open_calls.pop(message["tool_call_id"])
                parts.append(Part("result", check_text(message["content"], "content"), name))
            else:
                if message.get("content"):
                    parts.append(Part(role, check_text(message["content"], "content")))
                for call in message.get("tool_calls") or []:
                    open_calls[call["id"]] = call["function"]["name"]
                    parts.append(Part("call", name=call["function"]["name"], arguments=call["function"]["arguments"]))
        if open_calls:
            raise Refusal(400, "An assistant message with 'tool_calls' must be followed by tool messages.")
        return system, parts

    @staticmethod
    def write(reply: Reply, asked: Asked, cached: int) -> dict[str, Any]:
        calls = [
            {
                "id": f"call_{next(_numbers)}", "type": "function",
                "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given)},
            }
            for name, given in reply.calls
        ]  # fmt: skip
        message: dict[str, Any] = {"role": "assistant", "content": reply.text or None, "refusal": reply.refusal or None}
        if calls:
            message["tool_calls"] = calls
        finish = reply.finish or ("tool_calls" if calls else "stop")
        size, out = tokens(json.dumps(asked.body, ensure_ascii=False)), tokens(json.dumps(message))
        usage = {
            "prompt_tokens": size, "completion_tokens": out, "total_tokens": size + out,
            "prompt_tokens_details": {"cached_tokens": min(cached, size)},
        }  # fmt: skip
        return {
            "id": f"chatcmpl-{next(_numbers)}", "object": "chat.completion", "created": 1_760_000_000,
            "model": asked.model, "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            **({"usage": usage} if reply.usage else {}),
        }  # fmt: skip

    @staticmethod
    def cache_of(body: dict[str, Any]) -> tuple[str, int]:
        stable = json.dumps([body.get("tools"), body["messages"][:1], body.get("prompt_cache_key")], ensure_ascii=False)
        return hashlib.sha256(stable.encode()).hexdigest(), tokens(stable) if tokens(stable) >= 1024 else 0


# --- Anthropic: Messages -----------------------------------------------------------------------------

MESSAGES = {
    "model", "max_tokens", "messages", "system", "tools", "tool_choice", "output_config", "thinking", "cache_control",
    "metadata", "stop_sequences", "service_tier",
}  # fmt: skip


class Messages:
    path = "/v1/messages"
    request_id_header = "request-id"

    @staticmethod
    def read(body: dict[str, Any], key: str) -> Asked:
        check_names(body, MESSAGES, "{}: Extra inputs are not permitted")
        if not isinstance(body.get("max_tokens"), int):
            raise Refusal(400, "max_tokens: Field required")
        system = body.get("system", [])
        system = [{"type": "text", "text": system}] if isinstance(system, str) else system
        if any(not block["text"] for block in system):
            raise Refusal(400, "system: text content blocks must be non-empty")
        tools = {}
        for tool in body.get("tools", []):
            if tool.get("strict"):
                check_strict(tool["input_schema"], tool["name"])
            tools[tool["name"]] = tool["input_schema"]
        form = body.get("output_config", {}).get("format") or {}
        if form:
            check_strict(form["schema"], "output_config.format")
        texts = [block["text"] for block in system]
        parts = Messages._parts(body["messages"])
        stable, facts = ([*texts, ""])[0], "\n".join(texts[1:])
        return Asked("messages", body["model"], key, stable, facts, parts, tools, form.get("schema"), body)

    @staticmethod
    def _parts(messages: list[dict[str, Any]]) -> list[Part]:
        merged: list[tuple[str, list[dict[str, Any]]]] = []
        for message in messages:  # neighbours of one role are one message
            content = message["content"]
            blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
            if not blocks:
                raise Refusal(400, "messages: content must be non-empty")
            if merged and merged[-1][0] == message["role"]:
                merged[-1][1].extend(blocks)
            else:
                merged.append((message["role"], list(blocks)))
        if not merged or merged[0][0] != "user":
            raise Refusal(400, 'messages: first message must use the "user" role')
        if merged[-1][0] != "user":
            raise Refusal(400, "This model does not support assistant message prefill.")
        parts: list[Part] = []
        open_calls: dict[str, str] = {}
        for role, blocks in merged:
            parts += Messages._of_message(role, blocks, open_calls)
        return parts

    @staticmethod
    def _of_message(role: str, blocks: list[dict[str, Any]], open_calls: dict[str, str]) -> list[Part]:
        parts: list[Part] = []
        wanted = dict(open_calls)
        for number, block in enumerate(blocks):
            if block["type"] == "tool_result":
                if block["tool_use_id"] not in open_calls:
                    raise Refusal(
                        400, f"unexpected `tool_use_id` found in `tool_result` blocks: {block['tool_use_id']}"
                    )
                if any(before["type"] != "tool_result" for before in blocks[:number]):
                    raise Refusal(400, "tool_result blocks must come first in the content")
                name = open_calls.pop(block["tool_use_id"])
                parts.append(Part("result", block["content"], name, is_error=bool(block.get("is_error"))))
            elif block["type"] == "text":
                if not block["text"].strip():
                    raise Refusal(400, "messages: text content blocks must contain non-whitespace text")
                parts.append(Part(role, block["text"]))
            elif block["type"] == "tool_use":
                if not isinstance(block["input"], dict):
                    raise Refusal(400, "tool_use.input: Input should be an object")
                open_calls[block["id"]] = block["name"]
                parts.append(Part("call", name=block["name"], arguments=block["input"]))
        if role == "user" and wanted.keys() & open_calls.keys():
            raise Refusal(400, "`tool_use` ids were found without `tool_result` blocks immediately after")
        return parts

    @staticmethod
    def write(reply: Reply, asked: Asked, cached: int) -> dict[str, Any]:
        content: list[dict[str, Any]] = [{"type": "thinking", "thinking": "", "signature": "EqQB"}]
        content += [{"type": "text", "text": reply.text}] if reply.text else []
        for name, arguments in reply.calls:
            content.append({"type": "tool_use", "id": f"toolu_{next(_numbers)}", "name": name, "input": arguments})
        stop = {"length": "max_tokens"}.get(reply.finish) or ("tool_use" if reply.calls else "end_turn")
        size = tokens(json.dumps(asked.body, ensure_ascii=False))
        _, cacheable = Messages.cache_of(asked.body)
        usage = {
            "input_tokens": max(size - cacheable, 0), "output_tokens": tokens(json.dumps(content)),
            "cache_read_input_tokens": cached, "cache_creation_input_tokens": cacheable - cached,
        }  # fmt: skip
        return {
            "id": f"msg_{next(_numbers)}", "type": "message", "role": "assistant", "model": asked.model,
            "content": [{"type": "text", "text": reply.refusal}] if reply.refusal else content,
            "stop_reason": "refusal" if reply.refusal else stop, "stop_sequence": None,
            **({"usage": usage} if reply.usage else {}),
        }  # fmt: skip

    @staticmethod
    def error(refusal: Refusal) -> dict[str, Any]:
        error = {"type": refusal.kind, "message": refusal.message}
        if "code" in refusal.more and refusal.more["code"] != "unknown_parameter":
            error["details"] = {"error_code": refusal.more["code"]}
        return {"type": "error", "error": error, "request_id": "req_1"}

    @staticmethod
    def cache_of(body: dict[str, Any]) -> tuple[str, int]:
        """Everything up to the last mark: tools, then the system's blocks."""
        system = body.get("system", [])
        marked = [number for number, block in enumerate(system) if isinstance(block, dict) and "cache_control" in block]
        if not marked:
            return "", 0
        stable = json.dumps([body.get("tools"), system[: marked[-1] + 1]], ensure_ascii=False)
        return hashlib.sha256(stable.encode()).hexdigest(), tokens(stable) if tokens(stable) >= 512 else 0


DIALECTS: dict[str, Any] = {dialect.path: dialect for dialect in (Responses, Chat, Messages)}
