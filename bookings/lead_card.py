"""An enquiry as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from bookings import consultation, leads
from bookings.availability import Slot, free_slots, nearest
from bookings.lead_moves import last_move, lock_lead, settings_of
from bookings.lead_news import language_of
from bookings.lead_words import answer_words
from bookings.models import Lead, LeadAnswer
from bookings.placing import NotFree
from bookings.refusals import at_day, free_times, why
from bookings.sentences import service_name, visit_line
from bots.db import clock
from bots.models import Decision
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed, choices_for
from bots.staff.subjects import Decided, Subject, SubjectCard
from conversations import wording
from conversations.admin.words import one_line, shown

Status = Lead.Status

QUOTE_LENGTH = 500  # characters of the customer's words
LOOK_AHEAD = timedelta(days=28)  # for times to hold or book
NEXT_IS_STAFF = (Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_PAID)
STATUS_WORDS: dict[str, str | Promise] = {
    Status.DRAFT: pgettext_lazy("staff", "Being talked about"),
    Status.PENDING_APPROVAL: pgettext_lazy("staff", "Waits for your answer"),
    Status.APPROVED: pgettext_lazy("staff", "Taken on"),
    Status.DEPOSIT_REQUESTED: pgettext_lazy("staff", "Deposit asked for"),
    Status.DEPOSIT_PAID: pgettext_lazy("staff", "Deposit paid"),
    Status.BOOKING_LINK_SENT: pgettext_lazy("staff", "Booking link sent"),
    Status.BOOKED: pgettext_lazy("staff", "Booked"),
    Status.REJECTED: pgettext_lazy("staff", "Declined"),
    Status.EXPIRED: pgettext_lazy("staff", "Ran out"),
    Status.WITHDRAWN: pgettext_lazy("staff", "Closed"),
}
REASONS: dict[str, str | Promise] = {
    "style": pgettext_lazy("staff", "Not our style"),
    "full": pgettext_lazy("staff", "We are booked up"),
    "health": pgettext_lazy("staff", "Not on this skin or place"),
}
REASON_TEXTS: dict[str, str | Promise] = {  # as the customer reads them, after “The reason:”
    "style": gettext_lazy("this is not a style that we do well"),
    "full": gettext_lazy("we are booked up for the coming months"),
    "health": gettext_lazy("we do not think that it would heal well there"),
}


class LeadSubject(Subject):
    code: ClassVar[str] = "lead"
    refusals: ClassVar[tuple[type[Exception], ...]] = (NotFree,)

    def card(self, subject_id: int, *, now: datetime | None = None) -> SubjectCard | None:
        row = _row(subject_id)
        if row is None:
            return None
        now = now or clock.now()
        due = row.deposit_expires_at if row.status == Status.DEPOSIT_REQUESTED else None
        return SubjectCard(
            business=row.business,
            subject=self.code,
            subject_id=row.pk,
            status=row.status,
            status_word=str(STATUS_WORDS[row.status]),
            title=one_line(row.title, 80) or _("Enquiry %(number)d") % {"number": row.pk},
            who=one_line(str(row.contact), 60),
            facts=tuple(facts_of(row)),
            quote=shown(row.title, QUOTE_LENGTH) if len(row.title) > 80 else "",
            deadline=_("To be paid before %(when)s.") % {"when": at_day(_local(row, due))} if due else "",
            decided=decided(row),
            choices=tuple(choices_now(row, now)),
            version=row.version,
            waits=row.status in NEXT_IS_STAFF,
        )

    def status(self, subject_id: int, *, lock: bool = False) -> tuple[str, str]:
        """With `lock`, the conversation's row is locked, with which every verb begins; without one the enquiry's."""
        try:
            status = (
                lock_lead(subject_id).status
                if lock
                else Lead.objects.values_list("status", flat=True).get(pk=subject_id)
            )
        except Lead.DoesNotExist:
            raise NotAllowed(_("This enquiry does not exist any more.")) from None
        return status, str(STATUS_WORDS[status])

    def times(self, subject_id: int) -> list[tuple[str, str]]:
        row = _row(subject_id)
        starts = [slot.start.astimezone(row.business.zone) for slot in times_for(row)] if row else []
        return [
            (start.isoformat(), f"{wording.short_day(start.date())} {wording.time_text(start)}") for start in starts
        ]

    def time(self, subject_id: int, text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise NotAllowed(_("Choose a time.")) from None
        row = Lead.objects.select_related("business").get(pk=subject_id)
        return at if at.tzinfo else at.replace(tzinfo=row.business.zone)

    def told(self, error: Exception, subject_id: int) -> str:
        row = _row(subject_id)
        if isinstance(error, NotFree) and row is not None:
            zone = row.business.zone
            slots = [slot._replace(start=slot.start.astimezone(zone)) for slot in error.nearest]
            return " ".join([why(error.reason), *([free_times(slots)] if slots else [])])
        if isinstance(error, AlreadyDecided):
            first = decided(row) if row else None
            words = first.words if first else str(STATUS_WORDS[row.status]) if row else error.status
            return _("Already decided. %(decided)s") % {"decided": words}
        return str(error)

    def kind_for(self, decision: Decision) -> str:
        """What the studio must do next waits for an answer; what a customer or the clock changes is news."""
        if decision.from_status == decision.to_status or decision.from_status == "":
            return ""
        if decision.to_status == Status.PENDING_APPROVAL and decision.verb == "submit":
            return "enquiry"
        if decision.to_status == Status.DEPOSIT_PAID:
            return "next"
        if decision.way in ("chat", "clock", "payment") and decision.from_status != Status.DRAFT:
            return "news"
        return ""

    def reasons(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in REASONS.items()]

    def reason_text(self, code: str, subject_id: int) -> str:
        row = _row(subject_id)
        if row is None or code not in REASONS:
            return ""
        with translation.override(language_of(row)):
            return str(REASON_TEXTS[code])


def facts_of(row: Lead) -> list[tuple[str, str]]:
    """Label and value: what the customer answered, then money and time; what is not known is left out."""
    language = get_language() or "en"
    photos = row.photos.count()
    facts = [
        *_answers(row, language),
        (_("Photos"), str(photos) if photos else ""),
        (_("Books"), service_name(row.service, language) if row.service else ""),
        (
            _("Deposit"),
            wording.money(row.deposit_amount, row.business.currency, language) if row.deposit_amount else "",
        ),
        (_("Time"), visit_line(row.reservation, language) if row.reservation and row.reservation.period else ""),
        (_("Paid too late"), at_day(_local(row, row.paid_late_at)) if row.paid_late_at else ""),
        (_("Phone"), shown(row.contact.phone)),
        (_("Earlier enquiries"), str(earlier) if (earlier := _earlier(row)) else ""),
        (_("Sent in"), at_day(_local(row, row.submitted_at)) if row.submitted_at else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _answers(row: Lead, language: str) -> list[tuple[str, str]]:
    """The customer's own words, unless they are the title already."""
    answers = LeadAnswer.objects.filter(lead=row, is_skipped=False).select_related("question__bot__business")
    found = answers.exclude(question__kind="photos").prefetch_related("question__texts")
    named = [(consultation.name_of(one.question, language), answer_words(one, language)) for one in found]
    return [(name, one_line(words, 200)) for name, words in named if words != row.title]


def _earlier(row: Lead) -> int:
    return Lead.objects.filter(contact=row.contact, business=row.business, pk__lt=row.pk).count()


def decided(row: Lead) -> Decided | None:
    """Who brought it into the status that it has; None while it is only asked for."""
    if row.status in (Status.DRAFT, Status.PENDING_APPROVAL):
        return None
    decision = last_move(row)
    if decision is None or decision.to_status != row.status:
        return None
    at, who = _local(row, decision.at), _who(decision)
    words = _("%(status)s: %(who)s, %(when)s.") % {"status": STATUS_WORDS[row.status], "who": who, "when": at_day(at)}
    return Decided(words=words, who=who, at=at, reason=shown(decision.reason, QUOTE_LENGTH))


def _who(decision: Decision) -> str:
    if decision.way == "chat":
        return pgettext("staff", "the customer")
    if decision.way == "clock":
        return pgettext("staff", "time ran out")
    if decision.way == "payment":
        return pgettext("staff", "the payment")
    return one_line(decision.by_name, 80)


def choices_now(row: Lead, now: datetime, *, last: Decision | None = None) -> list[Choice]:
    """What can be decided about it at this moment, in the order that staff expect.

    Who has many asks nothing for each: with `bot__lead_settings__service` selected, and the `last` move given.
    """
    asks_deposit = bool(row.deposit_amount or settings_of(row.bot).deposit_amount)
    fits = {
        "approve_and_ask": asks_deposit,
        "send_deposit": asks_deposit,
        "hold_time": asks_deposit and leads.service_of(row) is not None,
        "accept_late": row.paid_late_at is not None,
        "send_booking_link": row.status == Status.DEPOSIT_PAID or not asks_deposit,
        "mark_booked": row.status != Status.APPROVED or not asks_deposit,
        "book_time": leads.service_of(row) is not None,
    }
    offered = [choice for choice in choices_for("lead", row.status) if fits.get(choice.verb, True)]
    if not any(choice.verb == "undo" for choice in offered):
        return offered
    can_undo = leads.can_be_undone(row, last, now) if last else leads.can_undo(row, now=now)
    return offered if can_undo else [choice for choice in offered if choice.verb != "undo"]


def times_for(row: Lead) -> list[Slot]:
    """Free times for what the enquiry books: near the wished-for day, else the next ones, each of a day of its own."""
    service = leads.service_of(row)
    if service is None:
        return []
    now = clock.now().astimezone(row.business.zone)
    if row.wished_day and row.wished_day > now.date():
        noon = datetime.combine(row.wished_day, datetime.min.time().replace(hour=12), row.business.zone)
        return nearest(service, noon, people=1, now=now, count=3)
    days = free_slots(service, first_day=now.date(), last_day=now.date() + LOOK_AHEAD, people=1, now=now)
    first_of_day = {slot.start.date(): slot for slot in reversed(days)}
    return [first_of_day[day] for day in sorted(first_of_day)[:3]]


def _row(subject_id: int) -> Lead | None:
    related = ("business", "bot", "contact", "conversation", "service", "reservation__service", "reservation__business")
    return Lead.objects.select_related(*related).filter(pk=subject_id).first()


def _local(row: Lead, moment: datetime) -> datetime:
    return moment.astimezone(row.business.zone)
