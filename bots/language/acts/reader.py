"""What each clause of a message does, beside what it says: accept, put off, ask for the status, be at the door…"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bots.language.acts import consent, staying
from bots.language.acts.cues import Cues
from bots.language.clauses import Clause
from bots.language.message import Message
from bots.language.refusals import cannot_come, rather_cancels

KINDS = (
    "inform", "correct", "exclude", "select", "accept", "decline", "defer", "ask", "request", "change", "cancel",
    "cannot", "keep", "mine", "voucher", "status", "repeat", "ask_total", "ask_end", "ask_duration", "ask_when",
    "ask_cancelling", "ask_refund", "another", "greet", "thank", "complain", "urgent", "stop", "human", "bot", "chat",
)  # fmt: skip
ASKS = ("ask_total", "ask_end", "ask_duration", "ask_when")  # of a visit
INTENTS = {
    "book": ("request", 0.6), "order": ("request", 0.6), "cancel": ("cancel", 0.75), "change": ("change", 0.75),
    "greet": ("greet", 0.6), "thank": ("thank", 0.6), "complaint": ("complain", 0.8), "human": ("human", 0.8),
    "correct": ("correct", 0.8),
}  # fmt: skip
OF_VISITS = ("keep", "mine")  # acts that are of a visit that there is
SAID = {"date", "time", "people", "duration", "shift"}
WITH_A_YES = {"accept", "thank", "greet", "inform", "select", "keep", "mine", "voucher", "another"}
BESIDE_CHAT = {"greet", "thank", "chat", "bot", "ask", "inform"}
# What a message does drops what it only seems to do: "I am at the door, cancel that" calls for a person first.
OVERRIDES = {
    "urgent": {"cancel", "stop", "complain", "status", "decline", "change", "defer"},
    "stop": {"cancel", "complain", "human", "defer", "decline"},
    "repeat": {"defer"},
    "status": {"defer"},
    "ask_cancelling": {"status", "mine", "cancel", "decline", "accept"},
    "ask_refund": {"status", "mine", "cancel", "decline", "accept"},
    "human": {"defer", "complain"},
    "bot": {"human"},
    "cancel": {"repeat", "status", "keep"},
    "change": {"keep", "status"},
    "thank": {"repeat"},
    "complain": {"repeat", "cancel"},
}
# Words that do something only together, in one clause.
TOGETHER = {
    "ask_end": (("at_what", "ends"), ("at_what", "fetched"), ("until_what", "lasts")),
    "ask_when": (("at_what", "agreed"), ("forgot", "hour")),
    "change": (("other", "unfit"), ("elsewhen", "comes"), ("elsewhen", "mine")),
    "stop": (("no_more", "letters"),),
    "human": (("somebody", "contacts"), ("person", "wants"), ("person", "contacts")),
}
# Mean nothing inside "do not move it".
NEGATED = {"moves", "gives_up", "cancel", "other", "elsewhen", "go_move", "go_cancel"}
CODE = re.compile(r"\b(?:[A-Za-z]{2,4}-|[A-Z]{2,4})\d{4,}\b")  # of a voucher
ASKING, BOOKS, SURE, SURE_STOP = 0.5, 0.7, 0.8, 0.9
FEW_TO_CHOOSE = 4  # words of "the second one please"
A_LINE = 7  # words of "so am I booked now or not"; "we are booked already, but…" has more
NEAR = 4  # tokens between "if" and what it supposes
FEW_WORDS = 2  # of "what?", "how, please?"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a message does: its kind, and where in the customer's text the clause stands that does it.

    Unless `sure`, nothing may be done upon it unasked: it is what such messages mean as a rule, or may be the opposite.
    """

    kind: str
    start: int
    end: int
    sure: bool = True


def read(
    message: Message, clauses: Sequence[Clause], cues: Cues, slots: list[str], reply: consent.Reply
) -> tuple[Act, ...]:
    """All acts of a message, in order, each kind once a clause."""
    reader = _Reader(message, clauses, cues, slots, reply)
    whole = reader.hardly_a_word()
    urgent, surely = reader.urgent(), not staying.may_not_cancel(message, cues)
    acts: list[Act] = []
    for clause in clauses:
        begin, finish = _trimmed(message, clause)
        if begin >= finish:
            continue
        kinds = [whole] if whole else list(reader.kinds(clause))
        if not whole and any(clause.start <= place < clause.end for place in urgent):
            kinds = ["urgent", *(kind for kind in kinds if kind not in ("ask", "chat"))]
        start, end = message.offsets(begin, finish)
        acts.extend(Act(kind, start, end, sure=kind != "cancel" or surely) for kind in dict.fromkeys(kinds))
    if reply.keeps and not any(act.kind == "keep" for act in acts):
        acts.append(Act("keep", 0, len(message.text)))
    if not acts and message.text.strip() and set(message.text.strip()) <= set("?!¿ "):
        acts.append(Act("repeat", 0, len(message.text)))
    agreed = _agreed(acts, reply)
    cancels = next((act for act in agreed if act.kind == "cancel"), None)
    if cancels and not staying.names_cancelling(message, cues):
        agreed.append(Act("cannot", cancels.start, cancels.end))
    return tuple(agreed)


def as_json(acts: Sequence[Act]) -> list[dict[str, Any]]:
    """Return them as they are kept with a turn; most are sure, and that is not told."""
    return [
        {"kind": act.kind, "start": act.start, "end": act.end, **({} if act.sure else {"sure": False})} for act in acts
    ]


def _agreed(acts: list[Act], reply: consent.Reply) -> list[Act]:
    """Drop what one act says against another."""
    kinds = {act.kind for act in acts}
    drop: set[str] = set()
    if reply.answer == consent.YES:
        drop = set(KINDS) - WITH_A_YES
    elif reply.answer == consent.LATER and "defer" in kinds and not kinds & {"repeat", "status", "human"}:
        drop = {"cancel"}
    if reply.keeps:
        drop |= {"cancel", "change", "stop", "decline"}
    for strong, weak in OVERRIDES.items():
        if strong in kinds and strong not in drop:
            drop |= weak
    if kinds - drop - BESIDE_CHAT:
        drop.add("chat")
    return [act for act in acts if act.kind not in drop]


def _trimmed(message: Message, clause: Clause) -> tuple[int, int]:
    """Return the clause without the marks around it."""
    begin, finish = clause.start, clause.end
    while begin < finish and message.mark(begin, ",;-–—.!?¿¡…)"):
        begin += 1
    while finish > begin and message.mark(finish - 1, ",;-–—.!?…("):
        finish -= 1
    return begin, finish


class _Reader:
    """One message, and what its clauses do."""

    def __init__(
        self, message: Message, clauses: Sequence[Clause], cues: Cues, slots: list[str], reply: consent.Reply
    ) -> None:
        self.message, self.cues, self.slots, self.reply = message, cues, slots, reply
        self.said = {category for here in cues for category in here}
        self.words = sum(token.kind == "word" for token in message.tokens)
        asks = any(message.mark(place, "?") for place in range(len(message)))
        open_still = reply.answer in (consent.NOTHING, consent.BUT) and "moves" not in self.said
        self.asks = asks or any(clause.asks for clause in clauses)
        self.days = {"date", "time"} & set(message.used)
        self.cancels = any(cannot_come(message, clause) for clause in clauses)
        opposes = any("but" in tags and "or" not in tags for tags in message.tags)
        wonders = "yet" in self.said and self.words <= A_LINE and not opposes
        moving = (place for place, here in enumerate(cues) if {"moves", "go_move"} & here.keys())
        self.rather_cancels = rather_cancels(message, moving)
        self.settled = open_still and "settled" in self.said and (asks or wonders)  # "записали нас или нет"

    def hardly_a_word(self) -> str:
        """Return what a message does that has hardly a word: "what?"."""
        place, heard = 0, False
        while place < len(self.message):
            here = self.cues[place]
            if "huh" in here:
                heard, place = True, here["huh"]
            elif self.message.tokens[place].kind == "mark" or (heard and "fill" in here):
                place = max(here.get("fill", 0), place + 1)
            else:
                return ""
        return "repeat" if heard and self.words <= FEW_WORDS else ""

    def urgent(self) -> list[int]:
        """Return the tokens that say that somebody stands at the door or is ill: plainly, or by two words together."""
        if {"what_if", "cancelling"} & self.said:
            return []
        places: dict[str, list[int]] = {"urgent": [], "there": [], "ill": [], "hurry": []}
        if not self.said & places.keys():
            return []
        reach = 0
        for place, here in enumerate(self.cues):
            inside = place < reach  # "cannot find" is one word of it, not two
            reach = max(reach, here.get("there", 0))
            for category in places.keys() & here.keys():
                if category != "there" or not inside:
                    places[category].append(place)
        if self._cancels_surely() and not places["there"]:
            return []  # "the child has a fever, we cancel", "sent away urgently, cancel it"
        calm = (
            "calm" in self.said
            or {"at_what", "ends"} <= self.said
            or self.reply.answer not in (consent.NOTHING, consent.NO)
        )
        if places["urgent"] or calm:
            return places["urgent"]
        trouble = places["there"] + places["ill"]
        return trouble if trouble and (places["hurry"] or len(places["there"]) > 1) else []

    def _cancels_surely(self) -> bool:
        return any(tags["i:cancel"][0] >= SURE_STOP for tags in self.message.tags if "i:cancel" in tags)

    def kinds(self, clause: Clause) -> Iterator[str]:
        """What one clause does."""
        said = self._said(clause)
        scores = clause.scores
        takes_back = max(scores.get("cancel", 0.0), scores.get("change", 0.0)) >= SURE_STOP
        asks = clause.asks or any(
            score >= ASKING and not (name == "ask" and takes_back)  # «tengo que cancelar» is no question
            for name, score in scores.items()
            if name.startswith("ask")
        )
        fine = self._plain(clause, said)
        cancelling = self._asks_of_cancelling(clause, said)
        hypothetical = cancelling or "what_if" in said
        if clause.start <= self.reply.accepted_at < clause.end:
            yield "accept"
        if "defer" in said or (self.reply.answer == consent.LATER and {"put_off", "wait"} & said):
            yield "defer"
        yield from self._wishes(said, clause, asks=asks, hypothetical=hypothetical or (asks and bool(fine)))
        yield from fine
        if self._has_voucher(clause, said):
            yield "voucher"
        yield from (kind for kind in OF_VISITS if kind in said)
        if "makes" in said:
            yield "another"
        if cancelling:
            yield "ask_refund" if "policy" in said else "ask_cancelling"
        if hypothetical or (asks and not fine and scores.get("book", 0.0) < BOOKS):
            yield "ask"
        yield from self._slots(clause, said)
        if "complain" in said and "complaint" not in scores:
            yield "complain"
        if "chat" in said and not fine and scores.get("book", 0.0) < BOOKS:
            yield "chat"

    def _said(self, clause: Clause) -> set[str]:
        """The cues of a clause, and what some of them only say together."""
        said: set[str] = set()
        kept = 0
        for place in range(clause.start, clause.end):
            here = self.cues[place]
            kept = max(kept, here.get("keep", 0), here.get("right", 0))  # “nothing to change” changes nothing
            said |= {category for category, end in here.items() if category not in NEGATED or end > kept}
        counted = any(self.message.used[place] == "people" for place in range(clause.start, clause.end))
        if counted and "contacts" not in said:
            said.discard("person")  # "for one person"
        for kind, pairs in TOGETHER.items():
            near = self.said if kind == "change" else said
            if any(one in said and other in near for one, other in pairs):
                said.add(kind)
        if "ends" in said and clause.asks and "time" in self.days:
            said.add("ask_end")  # "will we be done by five?"
        self._settle(said)
        return said

    def _settle(self, said: set[str]) -> None:
        """Decide between the readings of a clause that its words leave open."""
        if "person" in said and self.words <= FEW_WORDS:
            said.add("human")
        if said & {"no_staff", "settled"}:
            said.discard("human")  # "my husband will call me", "has anybody confirmed it?"
        if "no_bot" in said:
            said.add("human")
        if "makes" in said:
            said.discard("mine")  # "I'd like to make a booking": another one than there may be
        if "defer" in said and "until_what" not in said:
            said.discard("ask_end")  # "I will tell you when we finish"
        if "elsewhere" in said and not said & {"fetched", "until_what"}:
            said.discard("ask_end")
        if "ask_end" in said:
            said.discard("elsewhere")
            said -= {"ask_when", "stop", "cancel", "defer"}
        if self.reply.answer == consent.LATER and "mine" not in self.said:
            said.discard("change")  # "I will write to you another day"
        if "moves" in said and self.reply.answer != consent.YES:
            said.add("change")
        if "gives_up" in said and "letters" not in said:
            said.add("cancel")
            said -= {"change", "stop"}
        elif "off" in said:  # "take me off the list": of the workshop, or of those who get letters
            others = zip(self.message.tags, self.cues, strict=True)
            elsewhere = any("i:cancel" in tags and "off" not in here for tags, here in others)
            visit = "visit" in said or "mine" in self.said or self.days or self.cancels or elsewhere
            of_visit = "letters" not in said and visit
            said -= {"stop", "cancel"}
            said.add("cancel" if of_visit else "stop")

    def _asks_of_cancelling(self, clause: Clause, said: set[str]) -> bool:
        """ "What if I can't come?", "is there a fee for cancelling?": nothing is cancelled by it."""
        if "cancelling" in said:
            return True
        would = clause.scores.get("cancel", 0.0) >= ASKING or cannot_come(self.message, clause)
        supposes = "what_if" in said or self._supposes(clause)
        if not (would or (said & {"ill", "absence"} and (supposes or "policy" in said))):
            return False
        noun = any("cancelling" in self.message.tags[place] for place in range(clause.start, clause.end))
        if noun and any(score >= ASKING for name, score in clause.scores.items() if name.startswith("ask")):
            return True  # "would cancelling cost me"
        return "what_if" in said or (self.asks and ("policy" in self.said or supposes))

    def _supposes(self, clause: Clause) -> bool:
        """ "If I can't", "jeśli zachoruję": not "cancel it if that is possible"."""
        for place in range(clause.start, clause.end):
            condition = self.message.tag(place, "on_condition")
            reach = range(condition[1], min(condition[1] + NEAR, clause.end)) if condition else ()
            roles = ("me", "cannot", "absent", "i:cancel", "not", "relation", "child")
            if any(self.message.tag(spot, role) for spot in reach for role in roles):
                return True
        return False

    def _has_voucher(self, clause: Clause, said: set[str]) -> bool:
        """Return whether the customer has a voucher, and does not only ask for one."""
        begin, finish = self.message.offsets(clause.start, clause.end)
        if CODE.search(self.message.text[begin:finish]):
            return True
        return "voucher" in said and "sells" not in said and ("pays" in said or not clause.asks)

    def _plain(self, clause: Clause, said: set[str]) -> list[str]:
        """What a clause does that has words of its own."""
        asks = () if "elsewhere" in said else ASKS  # how long the firing takes is not how long the visit takes
        plain = [kind for kind in (*asks, "repeat", "bot", "human", "stop") if kind in said]
        scores = clause.scores
        days = {"date", "time"} & {self.message.used[place] for place in range(clause.start, clause.end)}
        books = bool(days) and scores.get("book", 0.0) >= SURE_STOP
        moves = max(scores.get("change", 0.0), scores.get("cancel", 0.0)) >= INTENTS["change"][1]
        if not moves and ("status" in said or (self.settled and "settled" in said and not plain and not books)):
            plain.append("status")
        elif scores.get("my_booking", 0.0) >= SURE and not said & {*ASKS, "change", "cancel"} and not moves:
            plain.append("status" if self.settled else "ask_when")
        if scores.get("stop", 0.0) >= SURE_STOP and self.words <= FEW_WORDS:
            plain.append("stop")
        return plain

    def _wishes(self, said: set[str], clause: Clause, *, asks: bool, hypothetical: bool) -> Iterator[str]:
        """What the intents of a clause and its own words want done."""
        scores, answer = clause.scores, self.reply.answer
        found = {kind for name, (kind, floor) in INTENTS.items() if scores.get(name, 0.0) >= floor}
        found -= self._taken_back(clause)
        if ("go_move" in said and answer != consent.YES) or "change" in said:
            found.add("change")
        if "cancel" in said and answer != consent.YES:
            found.add("cancel")
        if "wrong" in said:
            found.add("correct")
            found -= {"cancel", "stop", "complain"}
        if "human" not in said and (
            said & {"bot", "no_staff", "person", "status"} or answer in (consent.BUT, consent.LATER)
        ):
            found.discard("human")  # "I must call my husband first"
        if hypothetical or "gives_up" in self.said or ("complain" not in said and (asks or answer == consent.NO)):
            found.discard("complain")  # "will my clothes get dirty?"
        if hypothetical or not self._cancels(clause, said, found):
            found.discard("cancel")
        if hypothetical:
            found -= {"request", "change"}
        if self.rather_cancels:
            found.discard("change")
        if ("decline" in said and "change" not in found) or ("no" in said and answer == consent.NO):
            found.add("decline")
        yield from (kind for kind in KINDS if kind in found)

    def _taken_back(self, clause: Clause) -> set[str]:
        """Return what the clause says only inside of "do not cancel it", "no need to move anything"."""
        kept = [
            (place, self.cues[place]["keep"]) for place in range(clause.start, clause.end) if "keep" in self.cues[place]
        ]
        inside: dict[str, bool] = {}
        for cue in clause.cues:
            if cue.intent in ("cancel", "change"):
                within = any(start <= cue.start < end for start, end in kept)
                inside[cue.intent] = inside.get(cue.intent, True) and within
        return {intent for intent, all_inside in inside.items() if all_inside}

    def _cancels(self, clause: Clause, said: set[str], found: set[str]) -> bool:
        """Return whether what looks like cancelling is: not "my sister cannot come, but I can"."""
        pays = "voucher" in said or ("pays" in said and "voucher" in self.said)
        if "stays_on" in said or ((pays or "ask_end" in said) and "cancel" not in said):
            return False
        if "change" not in found:
            return True
        wants_other = bool(said & {"moves", "other"})
        return "cancel" in said or (clause.scores.get("cancel", 0.0) >= SURE and not wants_other)

    def _slots(self, clause: Clause, said: set[str]) -> Iterator[str]:
        """What a clause says about days, hours and people, and which of several it chooses."""
        used = {self.message.used[place] for place in range(clause.start, clause.end)}
        if "excluded" in used:
            yield "exclude"
        chosen = "choice" in used or "choice" in self.slots[clause.start : clause.end]
        if chosen or "select" in said or self._ordinal(clause):
            yield "select"
        if used & SAID and clause.scores.get("book", 0.0) < INTENTS["book"][1]:
            yield "inform"

    def _ordinal(self, clause: Clause) -> bool:
        """Return whether a short clause names one of several: "the second", "давайте последний"."""
        tags = self.message.tags
        places = range(clause.start, clause.end)
        free = (place for place in places if "ord" in tags[place] or "last_one" in tags[place])
        return len(places) <= FEW_TO_CHOOSE and any(not self.message.used[place] for place in free)
