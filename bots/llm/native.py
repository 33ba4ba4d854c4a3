"""A provider's own items of one round, to be given back unchanged: plain JSON, with who can read them."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from bots.llm.base import ChatMessage, Exchange
from bots.llm.text import clean


def pack(dialect: str, key: str, items: list[Any]) -> dict[str, Any]:
    """Reasoning can be read by the account that made it only, so the key is part of the label (as a hash)."""
    return {"dialect": dialect, "account": _account(key), "items": items}


def unpack(exchange: Exchange, dialect: str, key: str) -> list[Any] | None:
    """The items as they came, if this dialect and this key made them; None if the calls must be written out anew."""
    native = exchange.native
    if not isinstance(native, dict) or native.get("dialect") != dialect or native.get("account") != _account(key):
        return None
    items = native.get("items")
    return items if isinstance(items, list) and items else None


def _account(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


GO_ON = "(The customer has written nothing more. Go on.)"
BEFORE = "(The dialogue began earlier.)"


def spoken(history: Sequence[ChatMessage | Exchange]) -> list[ChatMessage | Exchange]:
    """Return the dialogue as services take it: nothing empty, begun by the customer, not ended by the assistant."""
    parts = [_cleaned(part) for part in history if not isinstance(part, ChatMessage) or part.text.strip()]
    if not parts or isinstance(parts[0], Exchange) or parts[0].role == "assistant":
        parts.insert(0, ChatMessage(role="customer", text=BEFORE))
    last = parts[-1]
    if isinstance(last, ChatMessage) and last.role == "assistant":
        parts.append(ChatMessage(role="customer", text=GO_ON))
    return parts


def _cleaned(part: ChatMessage | Exchange) -> ChatMessage | Exchange:
    return ChatMessage(role=part.role, text=clean(part.text) or "…") if isinstance(part, ChatMessage) else part
