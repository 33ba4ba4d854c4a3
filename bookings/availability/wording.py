"""Sentences about times, in the language that is being spoken: why one cannot be had, and which can instead."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _, ngettext

from bookings.availability.reasons import Reason, Why
from bookings.availability.slots import Slot
from conversations import wording


def at_day(moment: datetime) -> str:
    """“Tuesday 24 November, 18:30”; on the business's clock already."""
    return f"{wording.long_day(moment.date())}, {wording.time_text(moment)}"


def free_times(slots: Sequence[Slot]) -> str:
    return _("Free: %(times)s.") % {"times": times([slot.start for slot in slots], slots[0].start)}


def why(reason: Reason) -> str:
    """One sentence for the customer. Times to choose instead stand in `free_times`."""
    facts = {
        "day": wording.long_day(reason.start.date()),
        "on_day": wording.on_day(reason.start.date()),
        "time": wording.time_text(reason.start),
        "name": reason.name,
        "count": reason.limit,
        "left": reason.left,
        "hours": ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in reason.hours),
        "earliest": at_day(reason.earliest) if reason.earliest else "",
        "last": wording.long_day(reason.last_day) if reason.last_day else "",
        "from": f"{reason.between[0]:%H:%M}" if reason.between else "",
        "until": f"{reason.between[1]:%H:%M}" if reason.between else "",
    }
    return capital(_sentence(reason) % facts)


def capital(text: str) -> str:
    """A sentence may begin with a weekday, which most languages write small."""
    return text[:1].upper() + text[1:]


def _sentence(reason: Reason) -> str:
    match reason.why:
        case Why.NOT_OFFERED:
            return _("This cannot be booked at the moment.")
        case Why.BAD_DURATION | Why.TOO_FEW_PEOPLE | Why.TOO_MANY_PEOPLE:
            return _about_size(reason)
        case Why.NONEXISTENT_TIME:
            return _("%(on_day)s there is no %(time)s: the clocks go forward that night.")
        case Why.PAST:
            return _("%(day)s, %(time)s is already over.")
        case Why.TOO_SOON:
            return _("%(day)s, %(time)s is too soon for us. The earliest is %(earliest)s.")
        case Why.TOO_FAR:
            return _("%(day)s cannot be booked yet. The last day that can be is %(last)s.")
        case Why.FULL | Why.NOTHING_LEFT:
            return _full(reason)
        case Why.NOT_ON_GRID:
            return _("%(on_day)s nothing starts at %(time)s exactly.")
        case _:
            return _closed(reason)


def _full(reason: Reason) -> str:
    if reason.why == Why.NOTHING_LEFT:
        hours = _("%(on_day)s between %(from)s and %(until)s nothing is free.")
        return hours if reason.between else _("%(on_day)s nothing is free any more.")
    if reason.left:
        return ngettext(
            "%(on_day)s at %(time)s there is only %(left)d place left.",
            "%(on_day)s at %(time)s there are only %(left)d places left.",
            reason.left,
        )
    return _("%(on_day)s at %(time)s everything is taken already.")


def _about_size(reason: Reason) -> str:
    if reason.why == Why.TOO_FEW_PEOPLE:
        return ngettext("This is for %(count)d person or more.", "This is for %(count)d people or more.", reason.limit)
    if reason.why == Why.TOO_MANY_PEOPLE:
        return ngettext("This is for %(count)d person only.", "This is for %(count)d people at most.", reason.limit)
    return ngettext(
        "It cannot be that long or short; %(count)d minute is possible.",
        "It cannot be that long or short; %(count)d minutes are possible.",
        reason.limit,
    )


def _closed(reason: Reason) -> str:
    match reason.why:
        case Why.HOLIDAY if reason.name:
            return _("%(on_day)s we are closed: %(name)s.")
        case Why.HOLIDAY:
            return _("%(on_day)s we are closed, it is a public holiday.")
        case Why.CLOSED_DAY:
            return _("%(on_day)s we are closed.")
        case Why.TIME_OFF:
            return _("%(on_day)s at %(time)s we cannot take anyone.")
        case Why.BREAK:
            return _("%(on_day)s at %(time)s we have a break. We are open %(hours)s.")
        case _:
            return _("%(on_day)s we are open %(hours)s, so that time does not fit.")


def times(starts: Sequence[datetime], now: datetime) -> str:
    """“on Tuesday 24 November at 15:00 or 18:30; on Wednesday 25 November at 17:00”."""
    days = []
    for day, group in groupby(starts, key=lambda start: start.date()):
        clocks = wording.one_of([wording.time_text(start) for start in group])
        days.append(_("%(on_day)s at %(times)s") % {"on_day": wording.on_day(day), "times": clocks})
    return "; ".join(days)


def either(words: Sequence[str]) -> str:
    """“on Friday 18 December or on Wednesday 16 December”."""
    return wording.one_of(list(words))
