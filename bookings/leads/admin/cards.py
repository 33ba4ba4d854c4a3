"""An enquiry as staff see it on the board, on its page and beside its conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from bookings.leads.admin.photos import Thumbnail, thumbnails
from bookings.leads.choices import choices_now
from bookings.leads.next_step import Step, next_step
from bookings.models import Lead
from bookings.reservations.admin.buttons import CardButton, Done, button_of, done_of as what_was_done
from bots.models import Decision
from bots.staff.presentation import clock_time, one_line, printable, span
from conversations.wording import money
from payments.models import Deposit

Status = Lead.Status

PILLS = {
    Status.DRAFT: ("edit_note", "grey"),
    Status.PENDING_APPROVAL: ("hourglass_top", "yellow"),
    Status.APPROVED: ("thumb_up", "blue"),
    Status.DEPOSIT_REQUESTED: ("payments", "yellow"),
    Status.DEPOSIT_PAID: ("paid", "green"),
    Status.BOOKING_LINK_SENT: ("link", "blue"),
    Status.BOOKED: ("event_available", "green"),
    Status.REJECTED: ("block", "grey"),
    Status.EXPIRED: ("timer_off", "grey"),
    Status.WITHDRAWN: ("event_busy", "grey"),
}
DONE_WORDS = {
    "start": "Begun", "submit": "Put before you", "approve": "Approved", "reject": "Declined",
    "request_deposit": "Deposit asked for", "deposit_paid": "Deposit paid", "deposit_failed": "Payment failed",
    "deposit_refunded": "Deposit given back", "accept_late_payment": "Late payment kept",
    "send_booking_link": "Booking link sent", "book": "Booked", "mark_booked": "Marked as booked",
    "withdraw": "Closed", "expire": "Ran out", "undo": "Taken back",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeadCard:
    pk: int
    status: str
    status_word: str
    icon: str
    colour: str
    business: str
    customer: str
    phone: str
    title: str
    facts: list[str]
    thumbnails: list[Thumbnail]
    more_photos: int
    step: str
    waits_for: str
    age: str
    deadline: str
    deposit: str
    deposit_url: str
    is_late: bool
    buttons: list[CardButton]
    first_buttons: list[CardButton]  # what one most likely wants, where the next step is staff's
    more_buttons: list[CardButton]
    done: Done | None
    url: str
    chat_url: str
    visit_url: str
    decide_url: str
    times_url: str


def with_cards(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return the same enquiries with all that their cards tell but decisions, deposits and photos, in one query."""
    related = ("business", "contact", "conversation", "service", "bot__lead_settings__service", "reservation__business")
    return rows.select_related(*related)


def cards_of(rows: Iterable[Lead], now: datetime) -> list[LeadCard]:
    """Cards of enquiries that come from `with_cards`. Three queries: who moved them, their deposits, their photos."""
    found = list(rows)
    ids = [lead.pk for lead in found]
    moves = Decision.objects.filter(subject="lead", subject_id__in=ids).exclude(from_status=F("to_status"))
    moved = {one.subject_id: one for one in moves.order_by("subject_id", "-pk").distinct("subject_id")}
    asked = Deposit.objects.filter(subject="lead", subject_id__in=ids).order_by("subject_id", "-pk")
    deposits = {one.subject_id: one for one in asked.distinct("subject_id")}
    photos = thumbnails(ids)
    return [_card(lead, moved.get(lead.pk), deposits.get(lead.pk), photos[lead.pk], now) for lead in found]


def _card(
    lead: Lead, moved: Decision | None, deposit: Deposit | None, photos: tuple[list[Thumbnail], int], now: datetime
) -> LeadCard:
    icon, colour = PILLS[Status(lead.status)]
    step = next_step(lead)
    buttons = [button_of(choice) for choice in choices_now(lead, now, last=moved)]
    first = _first(buttons, step)
    page = {name: reverse(f"admin:bookings_lead_{name}", args=[lead.pk]) for name in ("change", "decide", "times")}
    return LeadCard(
        pk=lead.pk,
        status=lead.status,
        status_word=lead.get_status_display(),
        icon=icon,
        colour=colour,
        business=lead.business.name,
        customer=one_line(str(lead.contact), 60),
        phone=printable(lead.contact.phone),
        title=one_line(lead.title, 160),
        facts=_facts(lead),
        thumbnails=photos[0],
        more_photos=photos[1],
        step=step.words,
        waits_for=step.waits_for,
        age=span(now - lead.status_at),
        deadline=_deadline(lead, now),
        deposit=deposit_words(deposit, now, lead) if deposit else "",
        deposit_url=_page("payments_deposit", deposit.pk if deposit else None),
        is_late=lead.paid_late_at is not None,
        buttons=buttons,
        first_buttons=first,
        more_buttons=[button for button in buttons if button not in first],
        done=done_of(moved, lead, now) if moved else None,
        url=page["change"],
        chat_url=_page("conversations_conversation", lead.conversation_id),
        visit_url=_page("bookings_reservation", lead.reservation_id),
        decide_url=page["decide"],
        times_url=page["times"],
    )


def _first(buttons: list[CardButton], step: Step) -> list[CardButton]:
    """Return what one most likely wants where the next step is staff's: the step forward, and the way to say no."""
    if step.waits_for != "staff":
        return []
    forward = [button for button in buttons if not button.destructive and not button.asks_time]
    wanted = [button for button in forward if button.verb == "accept_late"] or forward
    return [*wanted[:1], *[button for button in buttons if button.destructive][:1]]


def _page(name: str, pk: int | None) -> str:
    return reverse(f"admin:{name}_change", args=[pk]) if pk else ""


def _facts(lead: Lead) -> list[str]:
    """Size, budget and wished day, as far as they are known."""
    size = f"{lead.size_cm.normalize():f} cm" if lead.size_cm is not None else ""
    budget = ""
    if lead.budget_amount is not None:
        budget = f"budget {money(lead.budget_amount, lead.budget_currency or lead.business.currency, 'en')}"
    day = f"wishes {lead.wished_day:%a} {lead.wished_day.day} {lead.wished_day:%b}" if lead.wished_day else ""
    return [fact for fact in (size, budget, day) if fact]


def _deadline(lead: Lead, now: datetime) -> str:
    """Until when the deposit can be paid."""
    if lead.status != Status.DEPOSIT_REQUESTED or lead.deposit_expires_at is None:
        return ""
    return f"until {clock_time(lead.deposit_expires_at, lead.business.zone, now)}"


def deposit_words(deposit: Deposit, now: datetime, lead: Lead) -> str:
    """“Deposit 100,00 zł: paid”, without a look at its refunds."""
    amount = money(deposit.amount, deposit.currency, "en")
    words = "paid too late" if deposit.late and deposit.decided_at is None else deposit.get_status_display().lower()
    back = f", {money(deposit.refunded_amount, deposit.currency, 'en')} given back" if deposit.refunded_amount else ""
    return f"Deposit {amount}: {words}{back}"


def done_of(decision: Decision, lead: Lead, now: datetime) -> Done:
    return what_was_done(decision, lead, now, DONE_WORDS)
