"""What becomes of an enquiry when its deposit does: heard inside the payment's own transaction, rows only.

The conversation is locked already (`payments.ledger` begins with the subject's own first lock). A time that was held is
booked only while it is still held: what a late payment wanted is never taken back from somebody else.
"""

from typing import Any

from django.dispatch import receiver

from bookings import lead_news
from bookings.lead_booking import make_link, place
from bookings.lead_moves import EDGES, change, lock_lead, move, settings_of
from bookings.lead_paying import SUBJECT, release, take_back_deposit
from bookings.models import Lead, Reservation
from bookings.moves import settle
from bookings.placing import NotFree
from bookings.reminders import plan
from bookings.verbs import lock_family
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import takeover
from conversations.models import Conversation
from payments.models import Deposit
from payments.signals import payment_changed

Status = Lead.Status

PAYMENT = Actor("The payment", "payment")


@receiver(payment_changed, sender=Deposit, dispatch_uid="bookings.leads")
def heard(deposit: Deposit, change: str, **_rest: Any) -> None:
    """Hand each change of a lead's deposit to what must be done about it; of other deposits nothing is known here."""
    if deposit.subject != SUBJECT:
        return
    try:
        lead = lock_lead(deposit.subject_id)
    except Lead.DoesNotExist:
        return
    act = CHANGES.get("kept" if change == "paid" and deposit.late else change)
    if act is not None:
        act(lead, deposit)


def _opened(lead: Lead, deposit: Deposit) -> None:
    if lead.status == Status.DEPOSIT_REQUESTED:
        lead_news.deposit_open(lead, deposit.url, deposit.amount, deposit.expires_at)


def _paid(lead: Lead, deposit: Deposit) -> None:
    if lead.status != Status.DEPOSIT_REQUESTED:
        _show_staff(lead)
        return
    was_held = lead.reservation is not None
    move(lead, "deposit_paid", by=PAYMENT)
    if was_held and _book_held(lead):
        lead_news.deposit_paid_and_booked(lead, deposit.amount)
    else:
        _without_time(lead, deposit, lost_its_time=was_held)


def _book_held(lead: Lead) -> bool:
    """Confirm the time that is held for the deposit; False if it is not held any more."""
    assert lead.reservation_id is not None
    now = clock.now()
    visit = lock_family(lead.reservation_id).row
    if visit.status != Reservation.Status.HELD or visit.period.lower <= now:
        return False
    settle(visit, verb="approve", by=PAYMENT, now=now)
    lead.reservation = visit
    move(lead, "book", by=PAYMENT)
    return True


def _without_time(lead: Lead, deposit: Deposit, *, lost_its_time: bool) -> None:
    """Paid, and a time is still to be chosen."""
    if lost_its_time:
        change(lead, reservation=None)
        _show_staff(lead)
    lead_news.deposit_paid(lead, deposit.amount, lost_its_time=lost_its_time)
    if settings_of(lead.bot).link_follows_payment:
        move(lead, "send_booking_link", by=PAYMENT)
        lead_news.link(lead, *make_link(lead))


def _paid_late(lead: Lead, deposit: Deposit) -> None:
    change(lead, paid_late_at=deposit.paid_at or clock.now())
    lead_news.deposit_late(lead, deposit.amount)
    _show_staff(lead)


def _kept(lead: Lead, deposit: Deposit) -> None:
    """Staff keep a late payment: the enquiry goes on as paid, with the time it wanted if that is still free."""
    take_back_deposit(lead, by=PAYMENT)  # another one may have been asked for meanwhile
    wanted = lead.reservation
    if lead.status not in EDGES["accept_late_payment"].start:
        change(lead, paid_late_at=None)
        return
    move(lead, "accept_late_payment", by=PAYMENT, paid_late_at=None)
    if wanted is not None and _book_again(lead, wanted):
        lead_news.deposit_paid_and_booked(lead, deposit.amount)
    else:
        _without_time(lead, deposit, lost_its_time=wanted is not None)


def _book_again(lead: Lead, wanted: Reservation) -> bool:
    """Take the time that was held before, if nobody else has it."""
    now = clock.now()
    if wanted.period is None or wanted.period.lower <= now or wanted.service is None:
        return False
    lead.service = wanted.service
    try:
        visit = place(lead, wanted.period.lower, status=Reservation.Status.CONFIRMED, by=PAYMENT, now=now)
    except (NotFree, NotAllowed):
        return False
    plan(visit, now=now)
    move(lead, "book", by=PAYMENT, reservation=visit)
    return True


def _expired(lead: Lead, deposit: Deposit) -> None:
    if lead.status != Status.DEPOSIT_REQUESTED:
        return
    held = lead.reservation if release(lead, Actor.clock()) else None
    move(lead, "expire", by=Actor.clock())
    lead_news.deposit_expired(lead, held)


def _failed(lead: Lead, deposit: Deposit) -> None:
    if lead.status != Status.DEPOSIT_REQUESTED:
        return
    release(lead, PAYMENT)
    move(lead, "deposit_failed", by=PAYMENT, reservation=None)
    lead_news.deposit_failed(lead)
    _show_staff(lead)


def _withdrawn(lead: Lead, deposit: Deposit) -> None:
    """Staff took it back where deposits are shown; the verbs of enquiries have moved the enquiry before that."""
    if lead.status != Status.DEPOSIT_REQUESTED:
        return
    release(lead, PAYMENT)
    unheard = lead_news.take_back(lead)
    move(lead, "take_back_deposit", by=PAYMENT, reservation=None)
    if not unheard:
        lead_news.undone(lead)


def _refunded(lead: Lead, deposit: Deposit) -> None:
    lead_news.refunded(lead, deposit.refunded_amount, deposit.amount)
    if deposit.refunded_amount < deposit.amount:
        return
    if lead.paid_late_at is not None and deposit.late:
        change(lead, paid_late_at=None)
    elif lead.status in EDGES["deposit_refunded"].start:
        move(lead, "deposit_refunded", by=PAYMENT)


def _disputed(lead: Lead, deposit: Deposit) -> None:
    _show_staff(lead)


def _show_staff(lead: Lead) -> None:
    if lead.conversation_id is not None:
        takeover.raise_attention(lead.conversation_id, Conversation.Attention.WAITING)


CHANGES = {
    "opened": _opened, "paid": _paid, "paid_late": _paid_late, "kept": _kept, "expired": _expired, "failed": _failed,
    "withdrawn": _withdrawn, "refunded": _refunded, "disputed": _disputed,
}  # fmt: skip
