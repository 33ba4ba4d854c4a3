"""The one entry to the language layer: text in, `Understanding` out. No database, no network, no clock of its own.

>>> from datetime import datetime, timezone
>>> understand("jutro o 17 dla 2 osób", now=datetime(2026, 11, 21, 9, tzinfo=timezone.utc), tz="Europe/Warsaw").people
2
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bots.language import (
    choosing,
    contacts,
    courtesy,
    denials,
    intents,
    languages,
    names,
    numbers,
    references,
    stories,
    weighing,
)
from bots.language.acts import consent, cues, reader as acts
from bots.language.acts.reader import Act
from bots.language.context import Context
from bots.language.dates import reader as date_reader
from bots.language.doubts import Unclear
from bots.language.lexicon import LEXICONS
from bots.language.message import Message, annotate
from bots.language.people import ages, reader as people
from bots.language.people.found import People
from bots.language.quotes import without_quotes
from bots.language.resolve import resolve
from bots.language.resolved import Resolved, Slots, as_date
from bots.language.times import durations, reader as time_reader
from bots.language.tokens import LIMIT, tokenize


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the customer's own text a field was found."""

    field: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything that one message says; None and empty where it says nothing.

    `date` without `date_end` is one day; with it, a stretch, both included. "Until Friday" is a `date_end` alone.
    `time` without `end_time` is a moment, or "after" it (then `open_ended`); "before noon" is an `end_time` alone.
    `alternatives` are the other days that suit as well as `date`, `time_alternatives` the other times.
    `people_shift` is how many more or fewer come than before, where it is not known how many that were.
    `ages` are those of the visitors in years, in the order in which they are told.
    `same` says what is to be as it is known: the "time", the "day", or all as the "last" time.
    `several` if all the days or times are wished for ("Tue and Thu, 2 people each"), and not any one of them.
    `not_parts` are parts of a day that do not suit: "morning", "evening"…
    `excluded` are days that do not suit: a weekday (0 is Monday) or a date.
    `from_date` and `from_time` are the old slot in "move it from Friday to Saturday".
    `unclear` are fields with two or more readings, which stay None themselves: the customer should say which.
    `questions` are the clauses that ask something other than to book, each about one thing.
    `answer` is what the message as a whole answers to "Shall I do it?", whatever was asked: "yes" is a firm yes and
    nothing else (days, hours, people and names are for the caller to compare), "but" accepts with anything beside it,
    "later" puts off, "no" declines, "" is none of these. `acts` are what its clauses do, of the kinds in `acts.KINDS`.
    """

    lang: str
    lang_score: float = 0.0
    intents: tuple[tuple[str, float], ...] = (("other", 0.5),)
    intent: str = "other"
    date: dt.date | None = None
    date_end: dt.date | None = None
    alternatives: tuple[dt.date, ...] = ()
    excluded: tuple[dt.date | int, ...] = ()
    from_date: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    time_alternatives: tuple[dt.time, ...] = ()
    from_time: dt.time | None = None
    open_ended: bool = False
    duration_minutes: int | None = None
    people: int | None = None
    people_shift: int | None = None
    ages: tuple[int, ...] = ()
    same: tuple[str, ...] = ()
    several: bool = False
    not_parts: tuple[str, ...] = ()
    service: str | None = None
    specialist: str | None = None
    phone: str | None = None
    email: str | None = None
    name: str | None = None
    questions: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    problems: tuple[str, ...] = ()
    answer: str = ""
    acts: tuple[Act, ...] = ()

    def does(self, kind: str, *, surely: bool = False) -> bool:
        """Return whether a clause of the message does this; "ask" is any question about something.

        What is done upon it without a question back must be `surely` so.
        """
        return any(
            (act.sure or not surely) and (act.kind == kind or (kind == "ask" and act.kind.startswith("ask_")))
            for act in self.acts
        )

    def seems_to(self, kind: str) -> bool:
        """Return whether the message is taken to do this, though no rule read it: a reason to ask, not to act."""
        return any(act.kind == kind and not act.sure for act in self.acts)

    def has(self, intent: str, threshold: float = 0.5) -> bool:
        """Return whether the message wants this, among other things."""
        return any(name == intent and score >= threshold for name, score in self.intents)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return self.intent == "other" and not self.spans

    def as_json(self) -> dict[str, Any]:
        """The fields as `manage.py understand` prints them: dates as YYYY-MM-DD, times as HH:MM, null where unsaid."""
        return {
            "lang": self.lang,
            "lang_score": self.lang_score,
            "intents": [[name, score] for name, score in self.intents],
            "intent": self.intent,
            "date": _iso(self.date),
            "date_end": _iso(self.date_end),
            "alternatives": [_iso(day) for day in self.alternatives],
            "excluded": [day if isinstance(day, int) else _iso(day) for day in self.excluded],
            "from_date": _iso(self.from_date),
            "time": _iso(self.time),
            "end_time": _iso(self.end_time),
            "time_alternatives": [_iso(moment) for moment in self.time_alternatives],
            "from_time": _iso(self.from_time),
            "open_ended": self.open_ended,
            "duration_minutes": self.duration_minutes,
            "people": self.people,
            "people_shift": self.people_shift,
            "ages": list(self.ages),
            "same": list(self.same),
            "several": self.several,
            "not_parts": list(self.not_parts),
            "service": self.service,
            "specialist": self.specialist,
            "phone": self.phone,
            "email": self.email,
            "name": self.name,
            "questions": list(self.questions),
            "spans": [
                {"field": span.field, "start": span.start, "end": span.end, "value": span.value} for span in self.spans
            ],
            "unclear": [one.as_json() for one in self.unclear],
            "problems": list(self.problems),
            "answer": self.answer,
            "acts": acts.as_json(self.acts),
        }


def _iso(value: dt.date | dt.time | None) -> str | None:
    if value is None:
        return None
    return value.strftime("%H:%M") if isinstance(value, dt.time) else value.isoformat()


@dataclass(slots=True)
class _Findings:
    """What has been found so far, with its spans."""

    message: Message
    spans: list[Span] = field(default_factory=list)

    def note(self, name: str, start: int, end: int, value: object) -> None:
        begin, finish = self.message.offsets(start, end)
        self.spans.append(Span(name, begin, finish, str(value)))

    def places(self) -> list[str]:
        """Return for each token the slot that it says, or nothing; "in five minutes" rather asks to wait."""
        message = self.message
        places = [what if what in consent.SLOTS else "" for what in message.used]
        for span in self.spans:
            if span.field in consent.SLOTS:
                for index, token in enumerate(message.tokens):
                    if span.start <= token.start and token.end <= span.end and message.used[index] != "ahead":
                        places[index] = span.field
        return places


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def understand(
    text: str,
    *,
    now: dt.datetime,
    tz: str | ZoneInfo,
    lang: str = "",
    default_lang: str = "en",
    context: Context = Context(),  # noqa: B008 - frozen
) -> Understanding:
    """Return what a customer's message says, read on the business's clock.

    `lang` is the language of the conversation so far and weighs in; `default_lang` decides when nothing else does.
    Only the first LIMIT characters are read. `now` must know its zone.
    """
    zone = _zone(tz) if isinstance(tz, str) else tz
    local = now.astimezone(zone)
    text = without_quotes(text[:LIMIT], context.bot_text)
    tokens = tokenize(text)
    code, score, romanized = languages.detect(tokens, prior=lang, default=default_lang)
    lexicon = LEXICONS[code]
    others = [
        other
        for other in LEXICONS.values()
        if other is not lexicon and (other.script == lexicon.script or not romanized)
    ]
    if not tokens:
        return Understanding(lang=code, lang_score=score)
    message = annotate(text, tokens, lexicon, romanized=romanized, others=others)
    _talked_about(message, context)
    named_whole = names.own_words(message, context.services)
    numbers.read(message)
    findings = _Findings(message)
    asked = set(context.requested)
    courtesy.set_aside(message)
    known = references.find(message)
    mail = contacts.email(message)
    phone = contacts.phone(message, context.region)
    picked = choosing.pick(message, context)
    old = ages.find(message, asked="ages" in asked)
    numbers.guard(message, asked="people" in asked)
    wanted = asked - {"date", "time"} if picked else asked  # "the last is the only one I can make"
    slots = stories.without(message, _slots(message, local, context, wanted))
    resolved = resolve(message, slots, local, context, picked)
    for name, start, end, value in resolved.spans:
        findings.note(name, start, end, value)
    known = references.meant(message, known)
    for kind, start, end in known:
        findings.note("same", start, end, kind)
    services = names.without_subjects(message, names.fits(message, context.services))
    if named_whole:
        services.append(named_whole)
    service, choice = names.best_of(services), names.both(message, services)
    if choice:
        service = None
        resolved.unclear.append(Unclear("service", (choice[0].key, choice[1].key), "several"))
    specialist = names.find(message, context.specialists, people=True)
    introduced = contacts.name(message, asked="name" in asked)
    for label, contact in (("email", mail), ("phone", phone), ("name", introduced)):
        if contact:
            findings.note(label, contact.start, contact.end, contact.value)
    for label, named in (("service", service), ("specialist", specialist)):
        if named:
            findings.note(label, named.start, named.end, named.key)
    confirming = "confirm" in asked or bool(context.offered_date or context.offered_time or context.offered)
    ordered, main, questions, clauses = intents.read(message, confirming=confirming, service=service is not None)
    heard = cues.find(message)
    places = findings.places()
    reply = consent.read(message, heard, places, proposed=context.proposed, doubtful=_doubtful(resolved))
    return Understanding(
        lang=code,
        lang_score=round(score, 3),
        intents=tuple(ordered),
        intent=main,
        date=resolved.date,
        date_end=resolved.date_end,
        alternatives=tuple(resolved.alternatives),
        excluded=tuple(resolved.excluded),
        from_date=resolved.from_date,
        time=resolved.time,
        end_time=resolved.end_time,
        time_alternatives=tuple(resolved.time_alternatives),
        from_time=resolved.from_time,
        open_ended=resolved.open_ended,
        duration_minutes=resolved.duration,
        people=resolved.people,
        people_shift=resolved.people_shift,
        ages=old,
        same=tuple(kind for kind, _start, _end in known),
        several=resolved.several,
        not_parts=tuple(resolved.not_parts),
        service=service.key if service else None,
        specialist=specialist.key if specialist else None,
        phone=phone.value if phone else None,
        email=mail.value if mail else None,
        name=introduced.value if introduced else None,
        questions=tuple(questions),
        spans=tuple(sorted(findings.spans, key=lambda span: (span.start, span.field))),
        unclear=tuple(resolved.unclear),
        problems=tuple(dict.fromkeys(resolved.problems)),
        answer=reply.answer,
        acts=acts.read(message, clauses, heard, places, reply),
    )


def _talked_about(message: Message, context: Context) -> None:
    """Put on the table which days and hours are talked about, for numbers that may be either."""
    slots = context.offered
    days = (as_date(context.state.get("date")), context.offered_date, *(slot[0] for slot in slots))
    message.near = tuple(dict.fromkeys(day for day in days if day is not None))
    message.shown = frozenset(slot[0] for slot in slots)
    message.hours = frozenset(slot[1].hour for slot in slots)
    message.opening = context.opening_hours


def _doubtful(resolved: Resolved) -> bool:
    """Return whether what was found cannot stand beside a yes: two days or hours, one that does not suit, one more."""
    several = resolved.alternatives or resolved.time_alternatives or resolved.excluded
    changed = resolved.people_shift or resolved.from_date or resolved.from_time
    return bool(several or changed or resolved.problems or resolved.unclear)


def _slots(message: Message, local: dt.datetime, context: Context, asked: set[str]) -> Slots:
    """Each grammar in turn; what one has understood, the next leaves alone."""
    denied = denials.find(message, local.date(), context)
    people_found = _without_days(message, people.find_sure(message))
    days = date_reader.find(message, local.date(), context.region)
    denied.set_aside(message)
    stretches = durations.find(message)
    ends, starts = {day.end for day in days}, {day.start for day in days}
    moments = time_reader.find(
        message, date_ends=ends, date_starts=starts, asked="time" in asked and "people" not in asked
    )
    moments += denied.moments
    people_found += denied.people
    offered, unclear = weighing.offered_hours(message, context)
    if not people_found:
        people_found = people.find_likely(message, asked="people" in asked)
    moments += offered
    moments, people_found, either = weighing.fewer_or_earlier(message, moments, people_found, context)
    unclear = [*unclear, *either]
    changed, doubts = weighing.changed_hour(message, moments, people_found, local.date(), context)
    return denied.taken_out(Slots(days, [*moments, *changed], stretches, people_found, [*unclear, *doubts]))


def _without_days(message: Message, found: list[People]) -> list[People]:
    """Return the people without the number of a day: "wrong day, it should be the 4 of December"."""
    kept: list[People] = []
    for one in found:
        places = range(one.start + 1, one.end)
        dated = any("num" in message.tags[place] and message.before(place, "month") is not None for place in places)
        if dated or message.tag(message.after(one.end, "of"), "month"):
            message.take(one.start, one.end, "")
        else:
            kept.append(one)
    return kept
