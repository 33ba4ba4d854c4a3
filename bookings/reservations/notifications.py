"""What customers are told when something became of their visit, in their language. Verbs call this; rules stand there.

Every sentence names the full day (VOICE.md, rule 3), and bad news comes with times that can be had, as buttons. The
buttons say “booking:take:<reservation>:<version>:<start>” and “booking:decline:<reservation>:<version>”, which
`reschedule.take` and `actions.cancel` understand.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from bookings.availability import free_times as availability_free_times, wording as availability_wording
from bookings.availability.reasons import Reason
from bookings.availability.slots import Slot
from bookings.availability.wording import at_day, capital, free_times
from bookings.models import Reminder, Reservation
from bookings.reservations.wording import as_sentence, visit_line
from bots.channels.base import Button
from bots.models import Decision
from conversations import outbox, wording
from conversations.models import Message
from conversations.reminders import ReminderText

# Outside a channel's window these go as the account's approved templates; what follows the name are the facts.
TEMPLATES = {
    "visit_reminder": ("Reminder before a visit", ("name", "business", "visit", "when")),
    "visit_confirmed": ("A visit is confirmed", ("name", "business", "visit", "when")),
    "visit_moved": ("A visit has a new time", ("name", "business", "visit", "when", "old")),
    "visit_offered": ("Another time is offered", ("name", "business", "visit", "when", "old")),
    "visit_rejected": ("A request is declined", ("name", "business", "visit", "when", "reason")),
    "visit_cancelled": ("A visit is called off by the business", ("name", "business", "visit", "when", "reason")),
    "visit_expired": ("A request ran out", ("name", "business", "visit", "when")),
}


def language_of(reservation: Reservation) -> str:
    """Return the one that the customer writes in now, else the one they booked in."""
    conversation, contact = reservation.conversation, reservation.contact
    known = (conversation and conversation.language, reservation.language, contact and contact.language)
    business = reservation.business
    return business.language_for(next((code for code in known if code), business.default_language))


def visit(reservation: Reservation) -> str:
    """“Tuesday 24 November, 18:30–20:30, 3 people”."""
    return visit_line(reservation, "")


def when(reservation: Reservation) -> str:
    """“Tuesday 24 November, 18:30”."""
    return at_day(reservation.period.lower.astimezone(reservation.business.zone))


def why(reason: Reason, language: str) -> str:
    """One sentence about why a time cannot be had."""
    with translation.override(language):
        return availability_wording.why(reason)


def take_buttons(reservation: Reservation, slots: Sequence[Slot]) -> list[Button]:
    """One button a time; the version makes a button under an older message harmless."""
    return [
        Button(
            f"{wording.short_day(slot.start.date())} {wording.time_text(slot.start)}",
            f"booking:take:{reservation.pk}:{reservation.version}:{slot.start.isoformat()}",
        )
        for slot in slots
    ]


def confirmed(reservation: Reservation) -> None:
    with translation.override(language_of(reservation)):
        text = _("Confirmed: %(visit)s.") % {"visit": visit(reservation)}
        if scheduled := reservation.reminders.filter(status="scheduled").order_by("fire_at").first():
            day_before = scheduled.local_day < reservation.period.lower.astimezone(reservation.business.zone).date()
            text += " " + (_("We will remind you the day before.") if day_before else _("We will remind you."))
        _tell(
            reservation,
            "confirmed",
            text + " " + _("If anything changes, just write."),
            expires_at=reservation.period.lower,
        )


def moved(reservation: Reservation, old: Reservation) -> None:
    """The new time is sure, or asked for by staff themselves; the old one is given up."""
    with translation.override(language_of(reservation)):
        text = _("Confirmed, the new time is %(visit)s. The old one, %(old)s, is cancelled.")
        _tell(
            reservation,
            "moved",
            text % {"visit": visit(reservation), "old": when(old)},
            facts={"old": when(old)},
            expires_at=reservation.period.lower,
        )


def rejected(reservation: Reservation, before: Sequence[Reservation], reason: str, *, now: datetime) -> None:
    with translation.override(language_of(reservation)):
        text = _("Sorry, %(visit)s will not work.") % {"visit": visit(reservation)}
        _bad_news(reservation, "rejected", text, before, reason, now, offer_it_again=False)


def cancelled(reservation: Reservation, before: Sequence[Reservation], reason: str, *, now: datetime) -> None:
    """Staff called off a visit, or withdrew a time that they held for the customer."""
    with translation.override(language_of(reservation)):
        text = _("Sorry, we have to cancel %(visit)s.") % {"visit": visit(reservation)}
        _bad_news(reservation, "cancelled", text, before, reason, now, offer_it_again=False)


def expired(reservation: Reservation, before: Sequence[Reservation], *, now: datetime) -> None:
    """Nobody decided in time: staff did not about a request, or the customer did not about an offer."""
    with translation.override(language_of(reservation)):
        if reservation.moves is not None and not before:
            return  # it was about a visit that is gone meanwhile
        text = _("Sorry, nobody could confirm %(visit)s in time, so it is not reserved any more.")
        if _was_offered(reservation):
            text = _("%(visit)s is not kept for you any more.")
        _bad_news(reservation, "expired", text % {"visit": visit(reservation)}, before, "", now, offer_it_again=True)


def offered(reservation: Reservation, old: Reservation) -> None:
    with translation.override(language_of(reservation)):
        text = _("Could you come at another time instead of %(old)s? We can offer %(visit)s.")
        text %= {"old": when(old), "visit": visit(reservation)}
        if reservation.hold_until is not None:
            until = reservation.hold_until.astimezone(reservation.business.zone)
            text += " " + _("We keep it for you until %(until)s; until you answer, nothing changes.") % {
                "until": at_day(until)
            }
        start = reservation.period.lower.isoformat()
        buttons = [
            Button(_("Take it"), f"booking:take:{reservation.pk}:{reservation.version}:{start}"),
            Button(_("No, thanks"), f"booking:decline:{reservation.pk}:{reservation.version}"),
        ]
        _tell(reservation, "offered", text, buttons, facts={"old": when(old)}, expires_at=reservation.hold_until)


def reminder(reservation: Reservation, due: Reminder) -> ReminderText:
    """One of a visit's reminders; if it asks, three buttons answer it, and so do words (`visiting`)."""
    assert reservation.conversation_id is not None
    with translation.override(language_of(reservation)):
        asks, buttons = [], []
        text = _("A reminder: %(visit)s. If anything has changed, just write.")
        if due.asks:
            text, asks, buttons = _("A reminder: %(visit)s. Will you come?"), ["coming"], _coming(reservation)
        return ReminderText(
            reservation.conversation_id,
            capital(text % {"visit": visit(reservation)}),
            dedupe_key=_key(reservation, f"reminder {due.kind}"),
            expires_at=due.expires_at,
            template="visit_reminder",
            parameters=_facts(reservation),
            buttons=buttons,
            asks=asks,
            replaces=_key_of_all(reservation),
        )


def _coming(reservation: Reservation) -> list[Button]:
    """Not “booking:cancel”: by that button a model knows that a plain yes may mean to cancel (`consent`)."""
    return [
        Button(_("Yes, I will"), f"booking:come:{reservation.pk}"),
        Button(_("Move it"), f"booking:move:{reservation.pk}"),
        Button(_("Cancel it"), f"booking:notcome:{reservation.pk}"),
    ]


def _was_offered(reservation: Reservation) -> bool:
    """Return whether staff had proposed it, as against a request of the customer's."""
    return Decision.objects.filter(subject="reservation", subject_id=reservation.pk, verb="offer").exists()


def _bad_news(
    reservation: Reservation,
    what: str,
    text: str,
    before: Sequence[Reservation],
    reason: str,
    now: datetime,
    *,
    offer_it_again: bool,
) -> None:
    """What happened, why, what stays as it is, and what can be had instead."""
    if reservation.conversation_id is None:
        return
    parts = [text]
    if reason:
        parts.append(_("The reason: %(reason)s") % {"reason": as_sentence(reason)})
    if before:
        parts.append(_("Your place on %(old)s stays as it is.") % {"old": when(before[0])})
    slots = _instead(reservation, before, now, offer_it_again)
    if slots:
        parts += [free_times(slots), _("Would one of these suit you?")]
    else:
        parts.append(_("Write to us and we will find another time."))
    facts = {"reason": as_sentence(reason) if reason else "–"}
    _tell(reservation, what, " ".join(parts), take_buttons(reservation, slots), facts=facts)


def _instead(
    reservation: Reservation, before: Sequence[Reservation], now: datetime, offer_it_again: bool
) -> list[Slot]:
    if reservation.service is None or reservation.people is None:
        return []
    taken = [one.period.lower for one in before]
    return availability_free_times.nearest(
        reservation.service,
        reservation.period.lower,
        people=reservation.people,
        duration_minutes=reservation.duration_minutes,
        now=now,
        ignore_reservation_id=before[0].pk if before else None,
        but_not=taken if offer_it_again else [reservation.period.lower, *taken],
    )


def _tell(
    reservation: Reservation,
    what: str,
    text: str,
    buttons: Sequence[Button] = (),
    *,
    facts: Mapping[str, str] | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Once for each version of the reservation. Nothing, if it did not come from a conversation.

    Older news of the same visit that still waits (the channel's window was closed) is overtaken by this.
    """
    if reservation.conversation_id is None:
        return
    outbox.say(
        reservation.conversation_id,
        capital(text),
        purpose=Message.Purpose.NEWS,
        buttons=buttons,
        dedupe_key=_key(reservation, what),
        expires_at=expires_at,
        template=f"visit_{what}",
        parameters={**_facts(reservation), **(facts or {})},
        replaces=_key_of_all(reservation),
    )


def _key(reservation: Reservation, what: str) -> str:
    return f"{_key_of_all(reservation)}{reservation.version}:{what}"


def _key_of_all(reservation: Reservation) -> str:
    """Return what the keys of all that is said about a visit begin with."""
    return f"reservation:{reservation.pk}:"


def _facts(reservation: Reservation) -> dict[str, str]:
    """Return what a template's places may hold, in the language that is active."""
    contact = reservation.contact
    return {
        "name": (contact and contact.name) or _("dear customer"),
        "business": reservation.business.name,
        "visit": visit(reservation),
        "when": when(reservation),
    }
