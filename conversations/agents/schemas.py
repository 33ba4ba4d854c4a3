"""A tool's typed signature as the strict JSON schema that models get, and their arguments back as typed values."""

import inspect
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from bots.llm.base import ToolSpec
from conversations.chat.skills import ModelRetry, Tool

LONGEST_TEXT = 2000  # characters that an argument may have


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value.replace("\x00", "")[:LONGEST_TEXT]


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    if isinstance(value, float) and not value.is_integer():
        raise ValueError
    number = int(value)
    if not -(2**31) < number < 2**31:
        raise ValueError
    return number


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value)[:10])


def _clock(value: Any) -> time:
    return time.fromisoformat(_text(value)[:5])


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(_text(value))


# How a type is written in the schema, said in words, and read.
_TYPES: dict[type, tuple[dict[str, Any], str, Callable[[Any], Any]]] = {
    str: ({"type": "string"}, "text", _text),
    int: ({"type": "integer"}, "a whole number", _number),
    bool: ({"type": "boolean"}, "true or false", _truth),
    date: ({"type": "string", "description": "YYYY-MM-DD"}, "a day like 2026-11-24", _day),
    time: ({"type": "string", "description": "HH:MM"}, "a time like 18:30", _clock),
    datetime: ({"type": "string", "description": "YYYY-MM-DDTHH:MM"}, "a moment like 2026-11-24T18:30", _moment),
}


class Argument:
    """One argument: its place in the schema, and how it is read."""

    def __init__(self, name: str, hint: Any) -> None:
        self.name = name
        notes = [note for note in hint.__metadata__ if isinstance(note, str)] if get_origin(hint) is Annotated else []
        hint = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
        self.may_be_null = type(None) in parts
        kind = next(part for part in parts if part is not type(None))
        self.choices = [str(one) for one in get_args(kind)] if get_origin(kind) is Literal else []
        schema, self.words, self._read = _TYPES[str if self.choices else kind]
        self.schema = dict(schema)
        if self.choices:
            self.schema["enum"] = [*self.choices, None] if self.may_be_null else self.choices
        if self.may_be_null:
            self.schema["type"] = [schema["type"], "null"]
        if told := " ".join([*notes, schema.get("description", "")]).strip():
            self.schema["description"] = told

    def read(self, value: Any) -> Any:
        """Return the typed value. Raises ModelRetry, in words that help."""
        if value is None and self.may_be_null:
            return None
        if self.choices and value not in self.choices:
            raise ModelRetry(f"{self.name} must be one of: {', '.join(self.choices)}.")
        try:
            return self._read(value)
        except (ValueError, TypeError, OverflowError):
            shown = str(value)[:40]
            raise ModelRetry(f"{self.name} must be {self.words}, not {shown!r}.") from None


class ModelTool:
    """A tool as the model is told of it."""

    def __init__(self, tool: Tool, skill: str = "") -> None:
        self.tool, self.skill = tool, skill
        self.arguments = _arguments(getattr(tool.function, "__func__", tool.function))
        self.spec = ToolSpec(
            name=tool.name,
            description=" ".join(tool.description.split()),
            parameters={
                "type": "object",
                "properties": {one.name: one.schema for one in self.arguments},
                "required": [one.name for one in self.arguments],
                "additionalProperties": False,
            },
        )

    def read(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """Typed arguments. What is missing counts as null. Raises ModelRetry, in words that help the model."""
        if given is None:
            raise ModelRetry("The arguments were not a JSON object.")
        if unknown := sorted(set(given) - {one.name for one in self.arguments}):
            raise ModelRetry(f"There is no argument {', '.join(name[:40] for name in unknown[:5])}.")
        return {one.name: one.read(given.get(one.name)) for one in self.arguments}


@lru_cache(maxsize=256)
def _arguments(function: Callable[..., Any]) -> tuple[Argument, ...]:
    hints = get_type_hints(function, include_extras=True)
    names = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    return tuple(Argument(name, hints[name]) for name in names)
