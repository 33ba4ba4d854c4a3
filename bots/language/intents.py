"""What does the customer want? Clause by clause, so that no half of a message is lost."""

from collections.abc import Sequence

from bots.language.clauses import SMALL_TALK, Clause, Cue, clauses_of, cues_of
from bots.language.message import Message
from bots.language.refusals import cannot_at_all, cannot_come, exchanges, only_refuses, rather_cancels

# The closed words; finer ones stand beside the coarse one they belong to.
COARSE = {
    "ask_price": "ask",
    "ask_hours": "ask",
    "ask_address": "ask",
    "ask_offer": "ask",
    "ask_delivery": "ask",
    "track_order": "order",
    "correct": "",
    "bye": "",
}
# With equal scores, which of two intents is the one to act on first.
WEIGHT = {
    "stop": 1.5, "start": 1.4, "human": 1.3, "cancel": 1.25, "change": 1.2, "complaint": 1.2, "my_booking": 1.15,
    "book": 1.1, "order": 1.08, "product": 1.0, "ask": 1.0, "deny": 0.95, "affirm": 0.95, "thank": 0.6, "greet": 0.45,
    "other": 0.1,
}  # fmt: skip
ASKS = ("ask", "ask_price", "ask_hours", "ask_address", "ask_offer", "ask_delivery")
SLOTS = {"date", "time", "people", "duration", "shift", "choice"}
BESIDE_GOODS = ("book", "ask_offer", "ask")
FLOOR = 0.25
SURE = 0.8
BOOKS = 0.7  # a weaker cue books only with a day, an hour or a number of people beside it


def read(
    message: Message, *, confirming: bool, service: bool
) -> tuple[list[tuple[str, float]], str, list[str], list[Clause]]:
    """(intents with scores, the main one, the clauses that ask something other than to book, all clauses)."""
    cues = cues_of(message)
    clauses = clauses_of(message, cues)
    words = sum(1 for token in message.tokens if token.kind != "mark" or not token.text.isascii())
    for clause in clauses:
        _score(message, clause, service, words)
    scores: dict[str, float] = {}
    for clause in clauses:
        for intent, score in clause.scores.items():
            scores[intent] = max(scores.get(intent, 0.0), score)
    _weigh_together(message, scores, clauses, confirming)
    questions = [_words_of(message, clause) for clause in clauses if _is_question(clause)]
    for intent, coarse in COARSE.items():
        if coarse and intent in scores:
            scores[coarse] = max(scores.get(coarse, 0.0), scores[intent])
    ordered = sorted(
        ((intent, round(score, 2)) for intent, score in scores.items() if score >= FLOOR),
        key=lambda pair: (-pair[1], -WEIGHT.get(pair[0], 0.5)),
    )
    main = _main(scores, clauses, confirming)
    if not ordered:
        ordered = [("other", 0.5)]
    return ordered, main, [question for question in questions if question], clauses


def _score(message: Message, clause: Clause, service: bool, words: int) -> None:
    """What one clause wants."""
    scores = clause.scores
    opening = _behind_greeting(message, clause)
    for cue in clause.cues:
        weight = cue.weight
        intent = cue.intent
        if intent == "need":
            continue
        early = cue.start <= opening + 1
        if intent in ("stop", "start") and cue.end - cue.start == 1 and words > (3 if intent == "stop" else 2):
            continue
        if intent == "affirm" and clause.asks and any(other.intent in ASKS for other in clause.cues):
            weight *= 0.3  # "подходит ли детям?" asks
        elif intent in ("affirm", "deny"):
            if not early:
                weight *= 0.3 if clause.end - clause.start > 4 else 0.7
            elif intent == "deny" and cue.end - cue.start == 1 and _plain_negation(message, cue, clause):
                weight *= 0.3
        if intent in ("cancel", "stop") and _negated(message, cue):
            weight *= 0.2
        if intent == "book" and not clause.asks and message.tag(cue.start - 1, "not"):
            if weight < SURE:
                continue  # "no puedo mañana"
            weight *= 0.3
        if intent == "greet" and cue.start > 2 and cue.start > clause.start + 1:
            continue
        if intent == "ask" and weight < SURE and not (clause.asks or cue.start <= opening + 2):
            continue
        if intent == "ask" and cue.end - cue.start == 1 and cue.start > opening and not clause.asks:
            continue  # "I'm afraid that…": a conjunction here
        if intent == "ask" and message.used[cue.start] in SLOTS:
            continue  # the "que" of "el viernes que viene"
        if intent == "ask_hours" and weight < 0.7 and not clause.asks:
            continue
        if intent == "correct" and cue.start > opening + 2:
            weight *= 0.7
        scores[intent] = (
            1 - (1 - scores.get(intent, 0.0)) * (1 - weight)
            if intent == "book" and weight < 0.7
            else max(scores.get(intent, 0.0), weight)
        )
    slots = {message.used[place] for place in range(clause.start, clause.end)} & SLOTS
    if cannot_come(message, clause):
        scores["cancel"] = max(scores.get("cancel", 0.0), 0.9)
    _ask_or_order(message, clause, slots)
    asked = message.tag(opening, "question") is not None  # without a mark: "is wifi free"
    _book_or_ask(scores, clause, bool(slots) or service, slots, asked)


def _ask_or_order(message: Message, clause: Clause, slots: set[str]) -> None:
    """ "Can I come with my dog?" asks, "I'd like three bowls" orders: both begin like a booking but name no time."""
    scores = clause.scores
    wish = max((cue.start for cue in clause.cues if cue.intent == "book"), default=None)
    if wish is None or slots & {"date", "time", "choice"}:
        return
    places = range(wish, clause.end)
    along = (place for place in places if message.tag(place, "with") and not message.tag(place, "and"))
    if clause.asks and scores.get("book", 0.0) <= 0.9 and any(True for _ in along):
        scores["ask"] = max(scores.get("ask", 0.0), 0.85)
        del scores["book"]
    elif "duration" not in slots and not clause.asks and scores.get("book", 0.0) < 0.7:
        counted = any(message.tag(place, "num") for place in places)
        if counted and any(message.tag(place, "goods") for place in places):
            scores["order"] = max(scores.get("order", 0.0), 0.85)


def _negated(message: Message, cue: Cue) -> bool:
    """ "Don't cancel", "не нужно отменять"."""
    for place in (cue.start - 1, cue.start - 2):
        if place < 0 or message.tokens[place].kind == "mark":
            return False
        if message.tag(place, "not"):
            return True
    return False


def _behind_greeting(message: Message, clause: Clause) -> int:
    place = clause.start
    for cue in clause.cues:
        if cue.intent in ("greet", "affirm", "thank") and cue.start <= place + 1:
            place = max(place, cue.end)
    while place < clause.end and (
        message.mark(place, ",!-.¿¡") or (message.tag(place, "and") or message.tag(place, "but"))
    ):
        place += 1
    return place


def _plain_negation(message: Message, cue: Cue, clause: Clause) -> bool:
    """ "Nie mogę", "no puedo", "not today": the word denies what follows, it does not answer."""
    if cue.end >= clause.end or message.tokens[cue.end].kind == "mark":
        return False
    leads = any(message.tokens[place].kind == "word" for place in range(clause.start, cue.start))
    return message.used[cue.end] == "" and (leads or clause.end - cue.end > 1)


def _book_or_ask(
    scores: dict[str, float], clause: Clause, has_slots: bool, slots: set[str], asked: bool = False
) -> None:
    book = scores.get("book", 0.0)
    if book and not slots and any(cue.intent == "need" for cue in clause.cues):
        scores["ask"], scores["book"] = 0.85, 0.3  # "do I need to book?"
        return
    if book >= 0.75 and slots & {"date", "time"}:
        book = scores["book"] = max(book, 0.9)
    detail = max((scores.get(intent, 0.0) for intent in ASKS[1:]), default=0.0)
    if book and book < 0.7:
        if has_slots:
            book = 0.85
        elif clause.asks and detail < 0.5 and scores.get("ask", 0.0) < 0.5:
            book = 0.4
        scores["book"] = book
    if detail >= 0.6 and book:
        if book < 0.86 or not slots:
            scores["book"] = min(book, 0.45)
        if "ask_price" not in scores and slots and book >= 0.75 and detail <= 0.85:
            scores["book"] = book
            for intent in ASKS[1:]:
                if intent in scores:
                    scores[intent] *= 0.5
    if not book and not detail and scores.get("ask", 0.0) and len(slots & {"date", "time", "people"}) >= 2:
        book = scores["book"] = 0.8
    if scores.get("ask", 0.0) and book >= 0.75:
        scores["ask"] *= 0.4
    elif scores.get("ask", 0.0) and book > 0:
        scores["book"] = book * (0.9 if has_slots else 0.5)
        if has_slots:
            scores["ask"] *= 0.6
    wanting = [intent for intent in scores if intent not in SMALL_TALK and scores[intent] >= 0.5]
    if (clause.asks or asked) and not wanting:
        if has_slots:
            scores["book"] = 0.6
        else:
            scores["ask"] = max(scores.get("ask", 0.0), 0.55)


def _weigh_together(message: Message, scores: dict[str, float], clauses: list[Clause], confirming: bool) -> None:
    """What one intent says about another."""
    refused = scores.get("deny", 0.0) >= SURE
    if not confirming and not refused and not set(message.used) & SLOTS and cannot_at_all(message):
        scores["cancel"] = max(scores.get("cancel", 0.0), 0.75)
        for weak in ("deny", "book"):
            if weak in scores:
                scores[weak] *= 0.6
    for strong in ("cancel", "change", "my_booking", "track_order", "complaint"):
        if scores.get(strong, 0.0) >= 0.8:
            for weak in ("book", "my_booking", "ask", "order", "affirm", "ask_offer", "product"):
                if weak == strong or weak not in scores or (strong == "track_order" and weak == "order"):
                    continue
                elsewhere = max(
                    (c.scores.get(weak, 0.0) for c in clauses if c.scores.get(strong, 0.0) < 0.5), default=0.0
                )
                scores[weak] = elsewhere if elsewhere >= 0.7 and weak in ("ask", "affirm") else min(scores[weak], 0.3)
    if scores.get("change", 0.0) < SURE and not confirming and exchanges(message):
        scores["change"] = 0.9
    if scores.get("cancel", 0.0) >= 0.8 and scores.get("change", 0.0) >= 0.8:
        if rather_cancels(message):
            scores["change"] *= 0.4
        else:
            scores["cancel"] *= 0.75
    if scores.get("book", 0.0) >= SURE and {"date", "time"} & set(message.used) and "human" in scores:
        scores["human"] *= 0.7  # "could someone see me tomorrow at ten?"
    if scores.get("order", 0.0) >= 0.8 and "book" in scores:
        scores["book"] = min(scores["book"], 0.45)
    _goods_and_repairs(message, scores, clauses)
    if "shift" in message.used and scores.get("cancel", 0.0) < 0.8:
        scores["change"] = max(scores.get("change", 0.0), 0.7)
        if "book" in scores:
            scores["book"] *= 0.6
    _bare_slots(message, scores, confirming)


def _goods_and_repairs(message: Message, scores: dict[str, float], clauses: list[Clause]) -> None:
    """Goods against visits, and what a workshop is asked."""
    if scores.get("product", 0.0) >= 0.8:
        weaker = (
            ("product",) if scores.get("book", 0.0) >= SURE and {"date", "time"} & set(message.used) else BESIDE_GOODS
        )
        for weak in weaker:
            if weak in scores:
                scores[weak] *= 0.6
    asks = any(clause.asks for clause in clauses)
    if any("repair" in tags or (asks and "condition" in tags) for tags in message.tags):
        _repair(scores)
    priced = scores.get("ask_price", 0.0) >= 0.6 or any("repair" in tags for tags in message.tags)
    if priced and "change" in scores and not set(message.used) & SLOTS:
        scores["change"] *= 0.4  # "what does it cost to change the soles?"
        scores["ask"] = max(scores.get("ask", 0.0), 0.85)


def _bare_slots(message: Message, scores: dict[str, float], confirming: bool) -> None:
    """A day or an hour with no word of what it is for: booked, refused or corrected."""
    has_slots = bool(set(message.used) & SLOTS)
    strong_wish = [
        intent
        for intent, score in scores.items()
        if score >= 0.5 and intent not in ("greet", "affirm", "deny", "correct")
    ]
    if has_slots:
        if not strong_wish and not confirming and only_refuses(message):
            scores["cancel"] = max(scores.get("cancel", 0.0), 0.75)
        elif not strong_wish:
            scores["book"] = max(scores.get("book", 0.0), 0.6)
        if scores.get("deny", 0.0) >= 0.8:
            scores["correct"] = max(scores.get("correct", 0.0), 0.8)
        elif scores.get("affirm", 0.0) >= 0.8 and not scores.get("cancel"):
            scores["correct"] = max(scores.get("correct", 0.0), 0.5)


def _repair(scores: dict[str, float]) -> None:
    """ "The screen is broken, can you fix it?" is what a workshop lives on: no complaint, and no wish for a product."""
    found = False
    for other in ("complaint", "product"):
        if scores.get(other, 0.0) >= SURE:
            scores[other] *= 0.6
            found = True
    if found and scores.get("book", 0.0) < SURE:
        scores["ask"] = max(scores.get("ask", 0.0), 0.85)


def _is_question(clause: Clause) -> bool:
    detail = max((clause.scores.get(intent, 0.0) for intent in ASKS[1:]), default=0.0)
    general = clause.scores.get("ask", 0.0)
    own = max((clause.scores.get(i, 0.0) for i in ("cancel", "change", "my_booking", "human", "stop")), default=0.0)
    if own >= 0.85:
        return False
    return (
        detail >= 0.5
        or (general >= 0.5 and clause.scores.get("book", 0.0) < 0.7)
        or clause.scores.get("product", 0.0) >= 0.8
    )


def _words_of(message: Message, clause: Clause) -> str:
    """Return the clause as the customer wrote it, without the greeting before it."""
    start = _behind_greeting(message, clause)
    end = clause.end
    if start >= end:
        return ""
    while end > start and message.mark(end - 1, ",;-–"):
        end -= 1
    if end <= start:
        return ""
    begin, finish = message.offsets(start, end)
    return message.text[begin:finish]


def _main(scores: dict[str, float], clauses: Sequence[Clause], confirming: bool) -> str:
    totals: dict[str, float] = {}
    for intent, score in scores.items():
        name = COARSE.get(intent, intent)
        if name:
            totals[name] = max(totals.get(name, 0.0), score * WEIGHT.get(name, 0.5))
    first = clauses[0].scores if clauses else {}
    for answer in ("affirm", "deny"):
        if first.get(answer, 0.0) >= SURE and answer in totals:
            if confirming:
                totals[answer] *= 1.2
            elif scores.get("book", 0.0) < 0.9:
                totals[answer] *= 1.1  # "yes, at two suits me" answers before it books
    best = max(totals, key=lambda name: totals[name], default="other")
    return best if totals.get(best, 0.0) >= FLOOR else "other"
