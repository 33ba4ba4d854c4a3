"""Small words of the WhatsApp reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bots.channels.whatsapp_people import Book

CHANNEL = "whatsapp"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stood."""

    account: str
    field: str
    book: Book  # the people that the same value names


def word(name: str) -> str:
    return name if re.fullmatch(r"[a-z_]{1,40}", name) else "unknown"
