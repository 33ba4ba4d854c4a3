"""Who is meant: a phone number, a business-scoped user id, or both.

Meta: "Business-scoped user IDs" (May 2026). `contacts[]` is a list to look in, not one that runs beside `messages[]`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots.channels import reading
from bots.channels.base import Identity

CHANNEL = "whatsapp"
PHONE = re.compile(r"[0-9]{5,20}")
BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class Person:
    phone: str = ""
    bsuid: str = ""
    name: str = ""

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The phone number first: it is what can be written to in every case."""
        found = [("phone", self.phone), ("bsuid", self.bsuid)]
        return tuple(Identity(CHANNEL, kind, value) for kind, value in found if value)

    @property
    def sender(self) -> Identity:
        return self.identities[0]

    @property
    def also(self) -> tuple[Identity, ...]:
        return self.identities[1:]


class Book:
    """The people that a value names, to be looked up by user id, then by number."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.people = [_read(entry) for entry in reading.parts(value, "contacts")]

    def find(self, phone: str, bsuid: str) -> Person:
        by_id = (one for one in self.people if bsuid and one.bsuid == bsuid)
        by_phone = (one for one in self.people if phone and one.phone == phone)
        return next(by_id, None) or next(by_phone, None) or Person()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stood."""

    account: str
    field: str
    book: Book  # the people that the same value names


def _read(entry: Mapping[str, Any]) -> Person:
    phone, bsuid = split(reading.text(entry, "wa_id"), reading.text(entry, "user_id"))
    return Person(phone, bsuid, reading.text(reading.part(entry, "profile"), "name")[:200])


def split(phone: str, bsuid: str) -> tuple[str, str]:
    """(phone, bsuid), each in its place: some feeds put the user id where the number belongs."""
    phone, bsuid = phone.strip().removeprefix("+"), bsuid.strip()
    if phone and not PHONE.fullmatch(phone):
        bsuid, phone = bsuid or phone, ""
    return phone, bsuid if BSUID.fullmatch(bsuid) else ""


def person_of(item: Mapping[str, Any], book: Book, *, phone: str = "from", bsuid: str = "from_user_id") -> Person:
    """The person that an item is about, completed by what the same value says of them. Raises Malformed for nobody."""
    number, user = split(reading.text(item, phone), reading.text(item, bsuid))
    known = book.find(number, user)
    found = Person(number or known.phone, user or known.bsuid, known.name)
    if not found.identities:
        raise reading.Malformed(f"{phone} and {bsuid} are missing")
    return found
