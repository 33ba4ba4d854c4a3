"""Makes a recorded talk of a real one: the same words without names, numbers and addresses, days by their names."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import yaml

from bots.language import understand
from bots.language.context import WEEKDAYS
from bots.language.lexicon import LEXICONS
from bots.language.tokens import fold
from conversations.evaluation.cases import AFTER
from conversations.evaluation.sandbox import sandboxes
from conversations.models import Contact, Conversation, Message, Turn

# What stands at the end: code, and what staff read.
AS_IT_STANDS, NOTHING, PERSON = "as_it_stands", "nothing", "person"
ENDS = (
    (AS_IT_STANDS, "What stands now is right"),
    (NOTHING, "Nothing was to be done"),
    (PERSON, "A person was to be called"),
)

TAKEN_OUT = {"name": "[name]", "phone": "[phone]", "email": "[e-mail]"}
CALLS = "hand_over"  # the tool that calls a person
SHORT_NAME = 3  # letters
LONGEST_NUMBER = 4  # digits; what is longer could tell who it is
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.[a-z]{2,4}/\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
# A word with a capital letter inside a sentence: mostly somebody's name, or a place.
_CAPITAL = re.compile(r"(?<=[\w,;:] )[^\W\d_a-zà-ÿа-яіїєґёąćęłńóśźż][^\W\d_]{2,}(?:-[^\W\d_]+)*")
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
# Digits that belong together however they are grouped, except days and hours: “600 700 800”, “+48-600-700-800”.
_NUMBER = re.compile(r"\d{3}\.\d{3}\.\d{2,4}|\+?\d[\d\s()/-]{3,}\d|\d{5,}")
# The words for a street with what follows up to the number of the house, in the languages that we speak.
_STREET = re.compile(
    r"(?:\b(?:ul|al|os|pl|вул|просп|пр|ул|пер)\.\s*|\b(?:ulica|ulicy|aleja|alei|calle|avenida|avda|вулиця|вулиці|улица|"
    r"улице|улицы|проспект)\s+)[\w’'.-]+(?:\s+[\w’'.-]+){0,2}?\s*,?\s*\d+\w?(?:\s*[/m]\s*\d+)?"
    r"|\b\d+[a-z]?\s+(?:[\w’'.-]+\s+){1,2}(?:street|st|road|rd|avenue|ave|lane|square)\b\.?",
    re.IGNORECASE,
)


def lines_of(conversation: Conversation) -> list[dict[str, str]]:
    """Return what the customer wrote and pressed, as the lines of a case; nobody can be told from it."""
    rows = Message.objects.filter(conversation=conversation, author=Message.Author.CUSTOMER).order_by("seq")
    names, zone = days_said(conversation), conversation.business.zone
    lines: list[dict[str, str]] = []
    for message in rows:
        if message.choice:
            lines.append({"presses": pressed(message)})
        elif message.text.strip():
            moment = message.sent_at.astimezone(zone)
            lines.append({"says": plain(message.text, conversation, moment, names)})
    return lines


def pressed(message: Message) -> str:
    """Return what a button does, without the numbers of the rows that it was about: “booking:yes”.

    Where several did the same, like times to choose from, with its place among them: “booking:slot 2”.
    """
    does = ":".join(message.choice.split(":")[:2])
    shown = Message.objects.filter(conversation=message.conversation_id, seq__lt=message.seq).order_by("-seq")
    for before in shown.exclude(buttons=[]):
        alike = [one["payload"] for one in before.buttons if one["payload"].startswith(does)]
        if message.choice in alike:
            return f"{does} {alike.index(message.choice) + 1}" if len(alike) > 1 else does
    return does


def plain(text: str, conversation: Conversation, moment: datetime, names: Mapping[date, str]) -> str:
    """Return a text without what tells who wrote it; its days by their names. `moment` on the business's clock."""
    for span in sorted(_understood(text, conversation, moment), key=lambda one: -one.start):
        instead = TAKEN_OUT.get(span.field, "")
        day = _day(span.value) if span.field == "date" else None
        if day is not None and day in names:
            instead = f"{{{names[day]}}}"
        if instead:
            text = f"{text[: span.start]}{instead}{text[span.end :]}"
    text = _STREET.sub("[address]", _HANDLE.sub("[name]", _EMAIL.sub("[e-mail]", _LINK.sub("[link]", text))))
    text = _NUMBER.sub(lambda found: _number(found[0]), text)
    for word in names_of(conversation.contact):
        stem = word[:-1] if len(word) > SHORT_NAME else word  # names are declined
        text = re.sub(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return _CAPITAL.sub(lambda found: found[0] if is_word(found[0]) else "[name]", text)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for lexicon in LEXICONS.values() for word in lexicon.vocabulary)


def is_word(word: str) -> bool:
    """Return whether the language layer knows it, in any language; a name it mostly does not."""
    return fold(word) in _vocabulary()


def _number(found: str) -> str:
    return "[number]" if sum(sign.isdigit() for sign in found) > LONGEST_NUMBER else found


def names_of(contact: Contact) -> list[str]:
    """Return the words of the customer's name, as the business knows it."""
    return re.findall(r"[^\W\d_]{3,}", contact.name)


def _understood(text: str, conversation: Conversation, moment: datetime) -> Any:
    zone, language = conversation.business.zone, conversation.language or conversation.business.default_language
    return understand(text, now=moment, tz=zone, lang=language, default_lang=language).spans


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def days_said(conversation: Conversation) -> dict[date, str]:
    """Return a name for each day that was said or booked, as cases name their days; of a third alike none."""
    zone = conversation.business.zone
    found: set[date] = set()
    for message in Message.objects.filter(conversation=conversation, author=Message.Author.CUSTOMER):
        moment = message.sent_at.astimezone(zone)
        for span in _understood(message.text, conversation, moment):
            day = _day(span.value) if span.field == "date" else None
            if day is not None and day >= moment.date():
                found.add(day)
    for sandbox in sandboxes():
        found |= sandbox.days_of(conversation)
    names: dict[date, str] = {}
    for day in sorted(found):
        weekday = WEEKDAYS[day.weekday()]
        free = [name for name in (weekday, f"{weekday}{AFTER}") if name not in names.values()]
        if free:
            names[day] = free[0]
    return names


def case_of(conversation: Conversation, *, goal: str, end: str, lines: list[dict[str, str]]) -> str:
    """Return the file of a recorded talk. `goal`: what the customer wanted, in staff's words; `end`: one of ENDS."""
    language = conversation.language or conversation.business.default_language
    case: dict[str, Any] = {"id": f"{language}-saved-{conversation.pk}", "goal": goal, "talk": lines}
    wants_person = conversation.attention == Conversation.Attention.WANTS_PERSON
    called = wants_person or Turn.objects.filter(conversation=conversation, steps__contains=[{"tool": CALLS}]).exists()
    if end == PERSON or (end == AS_IT_STANDS and called):
        case["attention"] = str(Conversation.Attention.WANTS_PERSON)
    names = days_said(conversation)
    for sandbox in sandboxes():
        rows = sandbox.goal_of(conversation, names)
        case |= {"before": rows.pop("before")} if "before" in rows else {}
        if end != PERSON:
            case |= rows if end == AS_IT_STANDS else sandbox.nothing()
    return yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=120)


def read_lines(text: str) -> list[dict[str, str]]:
    """Return the lines as staff left them: “> words”, “[press] what the button does”. Raises ValueError."""
    lines: list[dict[str, str]] = []
    for row in text.splitlines():
        if row.startswith("[press] "):
            lines.append({"presses": row.removeprefix("[press] ").strip()})
        elif row.startswith("> "):
            lines.append({"says": row.removeprefix("> ").strip()})
        elif row.strip() and lines and "says" in lines[-1]:
            lines[-1]["says"] += f"\n{row.strip()}"
        elif row.strip():
            raise ValueError("Every line begins with “> ” or with “[press] ”.")
    if not lines:
        raise ValueError("Nothing of the talk is left.")
    return lines


def shown_lines(lines: list[dict[str, str]]) -> str:
    """Return the lines as staff read and edit them."""
    return "\n".join(f"[press] {one['presses']}" if "presses" in one else _indented(one["says"]) for one in lines)


def _indented(text: str) -> str:
    """Return a message so that none of its later lines looks like a message or a button of its own."""
    return "> " + "\n".join(line.strip() for line in text.splitlines()).replace("\n", "\n    ")
