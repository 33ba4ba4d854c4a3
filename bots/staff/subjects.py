"""What staff decide about, told and decided alike everywhere: cards in Telegram, in e-mails and behind links.

An app describes its subject in a class that its Feature lists; the apps above know what a reservation
is, the ways down here only show what they are given. All words are in the active language, plain text, not escaped.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bots.db.transactions import atomic_with_retry
from bots.models import Business, Decision
from bots.registry import brought
from bots.staff.actors import Actor
from bots.staff.decisions import Choice, NotAllowed, all_choices, already

REASON_LENGTH = 500  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who brought the subject into its status, and when (on the business's clock)."""

    words: str  # “Confirmed by Anna, today 14:03.”
    who: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectCard:
    """All that a card tells. `choices` are those that can be made now, in the order that staff expect."""

    business: Business
    subject: str
    subject_id: int
    status: str
    status_word: str
    title: str  # “Tuesday 24 November, 18:30–20:30”
    who: str
    facts: tuple[tuple[str, str], ...]  # label and value
    decided: Decided | None
    choices: tuple[Choice, ...]
    version: int
    quote: str = ""  # the customer's own words
    deadline: str = ""  # “Please decide before 18:00.”, or nothing
    is_soon: bool = False  # it is about today: heard even in a manager's quiet hours
    waits: bool = False  # a person has to do the next step, whatever it waited for when the card was sent


class Subject(ABC):
    """One kind of thing that is decided about."""

    code: ClassVar[str]  # “reservation”, as in `Choice.subject`
    asks: ClassVar[Mapping[str, str | Promise]] = {}  # kinds of notifications that await a decision, with titles
    refusals: ClassVar[tuple[type[Exception], ...]] = ()  # what its actions raise beside AlreadyDecided and NotAllowed

    @abstractmethod
    def card(self, subject_id: int, *, now: datetime | None = None) -> SubjectCard | None:
        """Return the card as it is now; None if there is no such thing any more."""

    @abstractmethod
    def status(self, subject_id: int, *, lock: bool = False) -> tuple[str, str]:
        """Return the status and its word; with `lock`, inside a transaction, it stays as it is until the end of that.

        Takes the first lock of the subject's actions. Raises NotAllowed if there is no such thing any more.
        """

    @abstractmethod
    def times(self, subject_id: int) -> list[tuple[str, str]]:
        """Free times near the one asked for: ISO with offset, and how it reads."""

    @abstractmethod
    def time(self, subject_id: int, text: str) -> datetime:
        """A time as `times` writes it, or on the business's clock. Raises NotAllowed if it is none."""

    @abstractmethod
    def explain(self, error: Exception, subject_id: int) -> str:
        """Return what a refused decision means, in plain words: who was first and when, or why it cannot be."""

    def kind_for(self, decision: Decision) -> str:
        """Return which notice this decision is worth to managers; "" for none."""
        return ""

    def reasons(self) -> list[tuple[str, str]]:
        """Ready-made reasons for refusing: code and label."""
        return []

    def reason_text(self, code: str, subject_id: int) -> str:
        """Return a ready-made reason in the customer's language."""
        return ""


def all_subjects() -> Mapping[str, Subject]:
    return {subject.code: subject for subject in brought("subjects")}


def title_of(kind: str) -> str:
    """Return what stands above a notification that waits for a decision; "" for a kind that waits for none."""
    return next((str(subject.asks[kind]) for subject in all_subjects().values() if kind in subject.asks), "")


def subject_of(code: str) -> Subject:
    """Raises KeyError for a code that no app has described."""
    return all_subjects()[code]


def choice_of(subject: str, name: str) -> Choice | None:
    """Return the choice with that verb, whatever the status; None if there is none."""
    return next((one for one in all_choices() if (one.subject, one.verb) == (subject, name)), None)


def answers_of(choice: Choice, subject_id: int, form: Mapping[str, str]) -> dict[str, Any]:
    """What the choice asks for, read from a form's fields. Raises NotAllowed if a time is needed and none is given."""
    answers: dict[str, Any] = {}
    if "reason" in choice.asks:
        answers["reason"] = " ".join(form.get("reason", "").split())[:REASON_LENGTH]
    if "time" in choice.asks:
        answers["time"] = subject_of(choice.subject).time(subject_id, form.get("time", ""))
    return answers


@atomic_with_retry
def decide_about(
    subject: str, name: str, subject_id: int, *, from_status: str, by: Actor, answers: Mapping[str, Any] | None = None
) -> Choice:
    """Make a decision on the strength of what was shown: it counts only from the status that the person saw.

    `name` is the choice's verb. One transaction. Raises AlreadyDecided, NotAllowed, or what the action raises; then
    nothing changed.
    """
    status, word = subject_of(subject).status(subject_id, lock=True)
    choice = choice_of(subject, name)
    if choice is None:
        raise NotAllowed(_("That cannot be decided now."))
    if status != from_status or status not in choice.from_statuses:
        raise already(subject, subject_id, status, word)
    given = answers or {}
    choice.run(subject_id, by=by, **{name: given[name] for name in choice.asks if name in given})
    return choice
