"""What can be wrong with a turn: a closed list, each with the plain line that the report says."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The first eight are invariants of every talk; the others are what customers complain of most."""

    CONSENT = "consent"
    REASKED = "reasked"
    DROPPED_QUESTION = "dropped question"
    LANGUAGE = "language"
    REPEATED = "repeated"
    SILENCE = "silence"
    DEAD_END = "dead end"
    TOO_LONG = "too long"
    LOST_YES = "lost yes"
    FORGOTTEN = "forgotten"
    WRONG_DAY = "wrong day or time"
    WRONG_PEOPLE = "wrong people"
    WRONG_SERVICE = "wrong service"
    HALF = "half taken in"
    REASON = "wrong reason"
    SWALLOWED = "swallowed by the form"
    HAND_OVER = "needless hand-over"
    NOT_CALLED = "nobody called"
    KNEW_BETTER = "knew and did not say"
    DOUBTED = "did not know, beside the answer"
    STATUS = "status not told"
    OFFERED = "offered what nobody asked"
    BROKE = "broke"


SAYS = {
    Kind.CONSENT: "something was done without a firm yes to exactly that",
    Kind.REASKED: "what was said already was asked again",
    Kind.DROPPED_QUESTION: "a question was neither answered nor passed on",
    Kind.LANGUAGE: "answered in another language than the customer's",
    Kind.REPEATED: "the same sentence twice in a row, or the same question a third time",
    Kind.SILENCE: "no answer at all",
    Kind.DEAD_END: "a reply that leaves no next step while something is open",
    Kind.TOO_LONG: "more than twice as many turns as it needs",
    Kind.LOST_YES: "a firm yes while the summary was open, and nothing was done",
    Kind.FORGOTTEN: "what was said earlier was lost",
    Kind.WRONG_DAY: "another day or time than was said",
    Kind.WRONG_PEOPLE: "another number of people than was said",
    Kind.WRONG_SERVICE: "another service than was said",
    Kind.HALF: "only a part of what was said was taken in",
    Kind.REASON: "refused without the true reason",
    Kind.SWALLOWED: "words that answer something else were taken as the answer to a question of the form",
    Kind.HAND_OVER: "handed over, or gave up, without cause",
    Kind.NOT_CALLED: "a person was needed or asked for, and none was called",
    Kind.KNEW_BETTER: "said “I do not know” to what the rows know",
    Kind.DOUBTED: "said “I do not know” where nothing unknown was asked",
    Kind.STATUS: "asked how it stands, and not told",
    Kind.OFFERED: "offered times to who wanted something else",
    Kind.BROKE: "the turn or the lab itself failed",
}

INVARIANTS = (
    Kind.CONSENT,
    Kind.REASKED,
    Kind.DROPPED_QUESTION,
    Kind.LANGUAGE,
    Kind.REPEATED,
    Kind.SILENCE,
    Kind.DEAD_END,
    Kind.TOO_LONG,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was wrong, in the turn with this number (0: of the talk as a whole)."""

    kind: Kind
    turn: int = 0
    note: str = ""
