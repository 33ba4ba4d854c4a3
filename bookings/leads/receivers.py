"""What becomes of an enquiry when its deposit does: heard inside the payment's own transaction, rows only.

The conversation is locked already (`payments.transitions` begins with the subject's own first lock). A time that was
held is booked only while it is still held: what a late payment wanted is never taken back from somebody else.
"""

from typing import Any

from django.dispatch import receiver

from bookings.availability.reasons import NotFree
from bookings.leads import notifications
from bookings.leads.booking import make_link
from bookings.leads.deposits import SUBJECT, release, take_back_deposit
from bookings.leads.transitions import LEAD, lock_lead, settings_of
from bookings.leads.visits import visit_of
from bookings.models import Lead, Reservation
from bookings.reservations.allocation import allocate_new
from bookings.reservations.confirmation import confirm
from bookings.reservations.reminders.planning import plan
from bookings.reservations.transitions import RESERVATION, lock_family
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import takeover
from conversations.models import Conversation
from payments.models import Deposit
from payments.signals import payment_changed

Status = Lead.Status

PAYMENT = Actor("The payment", "payment")


@receiver(payment_changed, sender=Deposit, dispatch_uid="bookings.leads.actions")
def on_payment_changed(deposit: Deposit, change: str, **_rest: Any) -> None:
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
        notifications.deposit_open(lead, deposit.url, deposit.amount, deposit.expires_at)


def _paid(lead: Lead, deposit: Deposit) -> None:
    if not LEAD.allows(lead, "deposit_paid"):
        _show_staff(lead)
        return
    was_held = lead.reservation is not None
    LEAD.change(lead, "deposit_paid", by=PAYMENT)
    if was_held and _book_held(lead):
        notifications.deposit_paid_and_booked(lead, deposit.amount)
    else:
        _without_time(lead, deposit, lost_its_time=was_held)


def _book_held(lead: Lead) -> bool:
    """Confirm the time that is held for the deposit; False if it is not held any more."""
    assert lead.reservation_id is not None
    now = clock.now()
    visit = lock_family(lead.reservation_id).row
    if not RESERVATION.allows(visit, "confirm_held") or visit.period.lower <= now:
        return False
    confirm(visit, "confirm_held", by=PAYMENT, now=now)
    lead.reservation = visit
    LEAD.change(lead, "book", by=PAYMENT)
    return True


def _without_time(lead: Lead, deposit: Deposit, *, lost_its_time: bool) -> None:
    """Paid, and a time is still to be chosen."""
    if lost_its_time:
        LEAD.update(lead, reservation=None)
        _show_staff(lead)
    notifications.deposit_paid(lead, deposit.amount, lost_its_time=lost_its_time)
    if settings_of(lead.bot).link_follows_payment:
        LEAD.change(lead, "send_booking_link", by=PAYMENT)
        notifications.link(lead, *make_link(lead))


def _paid_late(lead: Lead, deposit: Deposit) -> None:
    LEAD.update(lead, paid_late_at=deposit.paid_at or clock.now())
    notifications.deposit_late(lead, deposit.amount)
    _show_staff(lead)


def _kept(lead: Lead, deposit: Deposit) -> None:
    """Staff keep a late payment: the enquiry goes on as paid, with the time it wanted if that is still free."""
    take_back_deposit(lead, by=PAYMENT)  # another one may have been asked for meanwhile
    wanted = lead.reservation
    if not LEAD.allows(lead, "accept_late_payment"):
        LEAD.update(lead, paid_late_at=None)
        return
    LEAD.change(lead, "accept_late_payment", by=PAYMENT, paid_late_at=None)
    if wanted is not None and _book_again(lead, wanted):
        notifications.deposit_paid_and_booked(lead, deposit.amount)
    else:
        _without_time(lead, deposit, lost_its_time=wanted is not None)


def _book_again(lead: Lead, wanted: Reservation) -> bool:
    """Take the time that was held before, if nobody else has it."""
    now = clock.now()
    if wanted.period is None or wanted.period.lower <= now or wanted.service is None:
        return False
    lead.service = wanted.service
    try:
        visit = allocate_new(
            visit_of(lead), wanted.period.lower, status=Reservation.Status.CONFIRMED, by=PAYMENT, now=now
        )
    except (NotFree, NotAllowed):
        return False
    plan(visit, now=now)
    LEAD.change(lead, "book", by=PAYMENT, reservation=visit)
    return True


def _expired(lead: Lead, deposit: Deposit) -> None:
    if not LEAD.allows(lead, "deposit_expired"):
        return
    held = lead.reservation if release(lead, Actor.clock()) else None
    LEAD.change(lead, "deposit_expired", by=Actor.clock())
    notifications.deposit_expired(lead, held)


def _failed(lead: Lead, deposit: Deposit) -> None:
    if not LEAD.allows(lead, "deposit_failed"):
        return
    release(lead, PAYMENT)
    LEAD.change(lead, "deposit_failed", by=PAYMENT, reservation=None)
    notifications.deposit_failed(lead)
    _show_staff(lead)


def _withdrawn(lead: Lead, deposit: Deposit) -> None:
    """Staff took it back where deposits are shown; the actions of enquiries have moved the enquiry before that."""
    if not LEAD.allows(lead, "take_back_deposit"):
        return
    release(lead, PAYMENT)
    unheard = notifications.take_back(lead)
    LEAD.change(lead, "take_back_deposit", by=PAYMENT, reservation=None)
    if not unheard:
        notifications.undone(lead)


def _refunded(lead: Lead, deposit: Deposit) -> None:
    notifications.refunded(lead, deposit.refunded_amount, deposit.amount)
    if deposit.refunded_amount < deposit.amount:
        return
    if lead.paid_late_at is not None and deposit.late:
        LEAD.update(lead, paid_late_at=None)
    elif LEAD.allows(lead, "deposit_refunded"):
        LEAD.change(lead, "deposit_refunded", by=PAYMENT)


def _disputed(lead: Lead, deposit: Deposit) -> None:
    _show_staff(lead)


def _show_staff(lead: Lead) -> None:
    takeover.raise_attention(lead.conversation_id, Conversation.Attention.WAITING)


CHANGES = {
    "opened": _opened, "paid": _paid, "paid_late": _paid_late, "kept": _kept, "expired": _expired, "failed": _failed,
    "withdrawn": _withdrawn, "refunded": _refunded, "disputed": _disputed,
}  # fmt: skip
