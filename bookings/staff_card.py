"""A reservation as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from bookings.availability import Slot, nearest
from bookings.desk import others_that_day
from bookings.models import Reservation
from bookings.news import language_of
from bookings.refusals import at_day, free_times, why
from bookings.reservations import NotFree
from bookings.sentences import people_count, service_name
from bookings.verbs import lock_conversation, starts_at
from bots.db import clock
from bots.models import Decision
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed, choices_for
from bots.staff.subjects import Decided, Subject, SubjectCard
from conversations import wording
from conversations.admin.words import one_line, shown

Status = Reservation.Status

ORDER = ["approve", "other_time", "reject", "cancel", "no_show"]
OTHERS = 6  # visits of the same day that a card lists
QUOTE_LENGTH = 500  # characters of the customer's words
STATUS_WORDS: dict[str, str | Promise] = {
    Status.DRAFT: pgettext_lazy("staff", "Being talked about"),
    Status.HELD: pgettext_lazy("staff", "Held for the customer"),
    Status.PENDING: pgettext_lazy("staff", "Waits for your answer"),
    Status.CONFIRMED: pgettext_lazy("staff", "Confirmed"),
    Status.REJECTED: pgettext_lazy("staff", "Declined"),
    Status.CANCELLED: pgettext_lazy("staff", "Cancelled"),
    Status.EXPIRED: pgettext_lazy("staff", "Not answered in time"),
    Status.MOVED: pgettext_lazy("staff", "Moved to another time"),
    Status.NO_SHOW: pgettext_lazy("staff", "Did not come"),
}
REASONS: dict[str, str | Promise] = {
    "full": pgettext_lazy("staff", "Everything is taken"),
    "closed": pgettext_lazy("staff", "We are closed then"),
    "away": pgettext_lazy("staff", "Nobody is there to do it"),
}
REASON_TEXTS: dict[str, str | Promise] = {  # as the customer reads them, after “The reason:”
    "full": gettext_lazy("everything is taken at that time"),
    "closed": gettext_lazy("we are closed at that time"),
    "away": gettext_lazy("the person who does this is away"),
}


class ReservationSubject(Subject):
    code: ClassVar[str] = "reservation"
    refusals: ClassVar[tuple[type[Exception], ...]] = (NotFree,)

    def card(self, subject_id: int, *, now: datetime | None = None) -> SubjectCard | None:
        """Three queries: the reservation, how often the customer came, who decided last."""
        related = ("business", "contact", "service", "resource", "conversation", "moves")
        row = Reservation.objects.select_related(*related).filter(pk=subject_id).first()
        if row is None:
            return None
        now = now or clock.now()
        waits = row.status in (Status.PENDING, Status.HELD) and row.hold_until
        deadline = at_day(row.hold_until.astimezone(row.business.zone)) if waits and row.hold_until else ""
        return SubjectCard(
            business=row.business,
            subject=self.code,
            subject_id=row.pk,
            status=row.status,
            status_word=str(STATUS_WORDS[row.status]),
            title=_time_of(row),
            who=one_line(str(row.contact), 60) if row.contact else pgettext("staff", "Unknown"),
            facts=tuple(facts_of(row)),
            quote=shown(row.note, QUOTE_LENGTH),
            deadline=_("Please decide before %(when)s.") % {"when": deadline} if deadline else "",
            decided=decided(row),
            choices=tuple(choices_now(row, now)),
            version=row.version,
            is_soon=bool(row.period) and starts_at(row).date() == now.astimezone(row.business.zone).date(),
        )

    def status(self, subject_id: int, *, lock: bool = False) -> tuple[str, str]:
        """With `lock`, the conversation's row is locked, with which every verb begins; a reservation without a
        conversation stays unlocked, and the verb's own check decides."""
        try:
            if lock:
                lock_conversation(subject_id)
            status = Reservation.objects.values_list("status", flat=True).get(pk=subject_id)
        except Reservation.DoesNotExist:
            raise NotAllowed(_("This reservation does not exist any more.")) from None
        return status, str(STATUS_WORDS[status])

    def times(self, subject_id: int) -> list[tuple[str, str]]:
        row = Reservation.objects.select_related("business", "service").filter(pk=subject_id).first()
        starts = [slot.start.astimezone(row.business.zone) for slot in times_for(row)] if row else []
        return [
            (start.isoformat(), f"{wording.short_day(start.date())} {wording.time_text(start)}") for start in starts
        ]

    def time(self, subject_id: int, text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise NotAllowed(_("Choose a time.")) from None
        row = Reservation.objects.select_related("business").get(pk=subject_id)
        return at if at.tzinfo else at.replace(tzinfo=row.business.zone)

    def told(self, error: Exception, subject_id: int) -> str:
        if isinstance(error, NotFree):
            zone = Reservation.objects.select_related("business").get(pk=subject_id).business.zone
            slots = [slot._replace(start=slot.start.astimezone(zone)) for slot in error.nearest]
            return " ".join([why(error.reason), *([free_times(slots)] if slots else [])])
        if isinstance(error, AlreadyDecided):
            row = Reservation.objects.select_related("business").filter(pk=subject_id).first()
            first = decided(row) if row else None
            words = first.words if first else str(STATUS_WORDS[row.status]) if row else error.status
            return _("Already decided. %(decided)s") % {"decided": words}
        return str(error)

    def kind_for(self, decision: Decision) -> str:
        """A request and a late wish to cancel wait for an answer; what a customer or the clock changes is news."""
        if decision.to_status == Status.PENDING and decision.from_status != Status.PENDING:
            return "request"
        if decision.verb == "ask to cancel":
            return "wish"
        was_live = decision.from_status in Reservation.LIVE
        if was_live and decision.way in ("chat", "clock") and decision.verb in ("cancel", "take", "expire"):
            return "news"
        return "news" if decision.to_status == Status.CONFIRMED and decision.way == "chat" else ""

    def reasons(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in REASONS.items()]

    def reason_text(self, code: str, subject_id: int) -> str:
        row = Reservation.objects.select_related("business", "conversation", "contact").filter(pk=subject_id).first()
        if row is None or code not in REASONS:
            return ""
        with translation.override(language_of(row)):
            return str(REASON_TEXTS[code])


def facts_of(row: Reservation) -> list[tuple[str, str]]:
    """Label and value, the weightiest first; what is not known is left out."""
    language = get_language() or "en"
    facts = [
        (_("Service"), service_name(row.service, language) if row.service else ""),
        (_("Place"), row.resource.name if row.resource else ""),
        (_("People"), people_count(row.people) if row.people else ""),
        (_("Price"), wording.money(row.price, row.business.currency, language) if row.price else ""),
        (_("Customer"), _visits(row)),
        (_("Phone"), shown(row.contact.phone) if row.contact else ""),
        (_("Instead of"), _time_of(row.moves, row) if row.moves else ""),
        (_("Also that day"), _others(row, language)),
        (_("Asked for"), at_day(row.created_at.astimezone(row.business.zone))),
    ]
    return [(label, value) for label, value in facts if value]


def _others(row: Reservation, language: str) -> str:
    """What else is booked then, as far as there is room."""
    others = others_that_day(row, language)
    more = [f"+{len(others) - OTHERS}"] if len(others) > OTHERS else []
    return "; ".join([*others[:OTHERS], *more]) or _("nothing")


def _visits(row: Reservation) -> str:
    """New, or how often they were here and stayed away."""
    if row.contact is None:
        return ""
    past = Q(status=Status.CONFIRMED, period__endswith__lte=Now())
    counts = row.contact.reservations.aggregate(
        came=Count("pk", filter=past), missed=Count("pk", filter=Q(status=Status.NO_SHOW))
    )
    came = _("came %(count)d×") % {"count": counts["came"]} if counts["came"] else _("first visit")
    missed = _("did not come %(count)d×") % {"count": counts["missed"]} if counts["missed"] else ""
    return ", ".join(filter(None, (came, missed)))


def _time_of(row: Reservation, owner: Reservation | None = None) -> str:
    """“Tuesday 24 November, 18:30–20:30”, or what is known of it."""
    zone = (owner or row).business.zone
    if row.period:
        start, end = row.period.lower.astimezone(zone), row.period.upper.astimezone(zone)
        return wording.visit_time(start, end)
    day = wording.long_day(row.day) if row.day else ""
    return ", ".join(filter(None, (day, wording.time_text(row.start_time) if row.start_time else ""))) or _(
        "No time yet"
    )


def decided(row: Reservation) -> Decided | None:
    """Who brought it into the status that it has; None while it is only asked for."""
    if row.status in (Status.DRAFT, Status.PENDING):
        return None
    decisions = Decision.objects.filter(subject="reservation", subject_id=row.pk, to_status=row.status)
    decision = decisions.exclude(from_status=F("to_status")).first()
    if decision is None:
        return None
    at = decision.at.astimezone(row.business.zone)
    who = _who(decision)
    words = _("%(status)s: %(who)s, %(when)s.") % {"status": STATUS_WORDS[row.status], "who": who, "when": at_day(at)}
    return Decided(words=words, who=who, at=at, reason=shown(decision.reason, QUOTE_LENGTH))


def _who(decision: Decision) -> str:
    if decision.way == "chat":
        return pgettext("staff", "the customer")
    if decision.way == "clock":
        return pgettext("staff", "time ran out")
    return one_line(decision.by_name, 80)


def choices_now(row: Reservation, now: datetime) -> list[Choice]:
    """What can be decided about it at this moment, in the order that staff expect."""
    begun = bool(row.period and row.period.lower <= now)
    over = bool(row.period and row.period.upper <= now)
    offered = [
        choice
        for choice in choices_for("reservation", row.status)
        if not (begun and choice.verb in ("approve", "other_time"))
        and not (over and choice.verb == "cancel")
        and (begun or choice.verb != "no_show")
    ]
    return sorted(offered, key=lambda choice: ORDER.index(choice.verb) if choice.verb in ORDER else len(ORDER))


def times_for(row: Reservation) -> list[Slot]:
    """The three free times nearest to the one asked for."""
    if row.service is None or row.people is None or row.period is None:
        return []
    start, end = row.period.lower, row.period.upper
    return nearest(
        row.service,
        start,
        people=row.people,
        duration_minutes=int((end - start).total_seconds() // 60),
        now=clock.now(),
        count=3,
        ignore_reservation_id=row.pk,
        but_not=[start],
    )
