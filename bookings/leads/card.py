"""An enquiry as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from bookings.availability.free_times import free_slots, nearest
from bookings.availability.slots import Slot
from bookings.availability.wording import at_day
from bookings.leads import questions
from bookings.leads.choices import choices_now
from bookings.leads.notifications import language_of
from bookings.leads.transitions import lock_lead
from bookings.leads.visits import service_of
from bookings.leads.wording import answer_words
from bookings.models import Lead, LeadAnswer
from bookings.reservations.subjects import BookingSubject
from bookings.reservations.wording import service_name, visit_line
from bots.db import clock
from bots.models import Decision
from bots.staff.cards import QUOTE_LENGTH
from bots.staff.presentation import one_line, printable
from bots.staff.subjects import SubjectCard
from conversations import wording

Status = Lead.Status

LOOK_AHEAD = timedelta(days=28)  # for times to hold or book
NEXT_IS_STAFF = (Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_PAID)


class LeadSubject(BookingSubject):
    code = "lead"
    asks = {"enquiry": gettext_lazy("New enquiry"), "next": gettext_lazy("Your turn")}
    gone = gettext_lazy("This enquiry does not exist any more.")
    undecided = (Status.DRAFT, Status.PENDING_APPROVAL)
    sources = {**BookingSubject.sources, "payment": pgettext_lazy("staff", "the payment")}
    words = {
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
    refuse_because = {
        "style": (pgettext_lazy("staff", "Not our style"), gettext_lazy("this is not a style that we do well")),
        "full": (pgettext_lazy("staff", "We are booked up"), gettext_lazy("we are booked up for the coming months")),
        "health": (
            pgettext_lazy("staff", "Not on this skin or place"),
            gettext_lazy("we do not think that it would heal well there"),
        ),
    }

    def row(self, subject_id: int) -> Lead | None:
        related = ("business", "bot", "contact", "conversation", "service", "reservation__service")
        rows = Lead.objects.select_related(*related, "reservation__business")
        return rows.filter(pk=subject_id).first()

    lock = staticmethod(lock_lead)  # the conversation's row; without one the enquiry's

    def slots(self, row: Lead) -> list[Slot]:
        """Return times near the wished-for day, else the next ones, each of a day of its own."""
        service = service_of(row)
        if service is None:
            return []
        now = clock.now().astimezone(row.business.zone)
        if row.wished_day and row.wished_day > now.date():
            noon = datetime.combine(row.wished_day, datetime.min.time().replace(hour=12), row.business.zone)
            return nearest(service, noon, people=1, now=now, count=3)
        days = free_slots(service, first_day=now.date(), last_day=now.date() + LOOK_AHEAD, people=1, now=now)
        first_of_day = {slot.start.date(): slot for slot in reversed(days)}
        return [first_of_day[day] for day in sorted(first_of_day)[:3]]

    language_of = staticmethod(language_of)

    def card_of(self, row: Lead, status: str, now: datetime | None) -> SubjectCard:
        due = row.deposit_expires_at if status == Status.DEPOSIT_REQUESTED else None
        return self.fill(
            row,
            status,
            title=one_line(row.title, 80) or _("Enquiry %(number)d") % {"number": row.pk},
            who=one_line(str(row.contact), 60),
            facts=facts_of(row),
            choices=choices_now(row, now or clock.now()),
            quote=printable(row.title, QUOTE_LENGTH) if len(row.title) > 80 else "",
            deadline=_("To be paid before %(when)s.") % {"when": at_day(_local(row, due))} if due else "",
            waits=status in NEXT_IS_STAFF,
        )

    def kind_for(self, decision: Decision) -> str:
        """Return what the studio must do next waits for an answer; what a customer or the clock changes is news."""
        if decision.from_status == decision.to_status or decision.from_status == "":
            return ""
        if decision.to_status == Status.PENDING_APPROVAL and decision.verb == "submit":
            return "enquiry"
        if decision.to_status == Status.DEPOSIT_PAID:
            return "next"
        if decision.source in ("chat", "clock", "payment") and decision.from_status != Status.DRAFT:
            return "news"
        return ""


def facts_of(row: Lead) -> list[tuple[str, str]]:
    """Return label and value: what the customer answered, then money and time; "" for what is not known."""
    language = get_language() or "en"
    photos = row.photos.count()
    return [
        *_answers(row, language),
        (_("Photos"), str(photos) if photos else ""),
        (_("Books"), service_name(row.service, language) if row.service else ""),
        (
            _("Deposit"),
            wording.money(row.deposit_amount, row.business.currency, language) if row.deposit_amount else "",
        ),
        (_("Time"), visit_line(row.reservation, language) if row.reservation and row.reservation.period else ""),
        (_("Paid too late"), at_day(_local(row, row.paid_late_at)) if row.paid_late_at else ""),
        (_("Phone"), printable(row.contact.phone)),
        (_("Earlier enquiries"), str(earlier) if (earlier := _earlier(row)) else ""),
        (_("Sent in"), at_day(_local(row, row.submitted_at)) if row.submitted_at else ""),
    ]


def _answers(row: Lead, language: str) -> list[tuple[str, str]]:
    """Return the customer's own words, unless they are the title already."""
    answers = LeadAnswer.objects.filter(lead=row, is_skipped=False).select_related("question__bot__business")
    found = answers.exclude(question__kind="photos").prefetch_related("question__texts")
    named = [(questions.name_of(one.question, language), answer_words(one, language)) for one in found]
    return [(name, one_line(words, 200)) for name, words in named if words != row.title]


def _earlier(row: Lead) -> int:
    return Lead.objects.filter(contact=row.contact, business=row.business, pk__lt=row.pk).count()


def _local(row: Lead, moment: datetime) -> datetime:
    return moment.astimezone(row.business.zone)
