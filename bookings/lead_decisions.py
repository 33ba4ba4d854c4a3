"""What a person may decide about an enquiry. The rules stand in the verbs."""

from datetime import datetime

from django.utils.translation import pgettext_lazy

from bookings import leads
from bookings.models import Lead
from bots.staff.actors import Actor
from bots.staff.decisions import Choice

Status = Lead.Status

SUBJECT = "lead"


def _approve_and_ask(lead_id: int, *, by: Actor) -> Lead:
    return leads.approve_and_ask(lead_id, by=by)


def _hold(lead_id: int, *, by: Actor, time: datetime) -> Lead:
    return leads.request_deposit(lead_id, by=by, start=time)


def _book(lead_id: int, *, by: Actor, time: datetime) -> Lead:
    return leads.book(lead_id, by=by, start=time)


DECISIONS: list[Choice] = [
    Choice(
        subject=SUBJECT,
        verb="approve_and_ask",
        label=pgettext_lazy("staff", "Take it, ask for the deposit"),
        explains=pgettext_lazy("staff", "The customer is told that you take it, and gets the link for the deposit."),
        done=pgettext_lazy("staff", "The customer is told and gets the link for the deposit."),
        from_statuses=(Status.PENDING_APPROVAL,),
        run=_approve_and_ask,
        icon="task_alt",
    ),
    Choice(
        subject=SUBJECT,
        verb="approve",
        label=pgettext_lazy("staff", "Take it"),
        explains=pgettext_lazy("staff", "The customer is told that you take it, and what comes next."),
        done=pgettext_lazy("staff", "The customer is told that you take it."),
        from_statuses=(Status.PENDING_APPROVAL,),
        run=leads.approve,
        icon="check",
    ),
    Choice(
        subject=SUBJECT,
        verb="send_deposit",
        label=pgettext_lazy("staff", "Ask for the deposit"),
        explains=pgettext_lazy("staff", "The customer gets the link for the deposit."),
        done=pgettext_lazy("staff", "The customer gets the link for the deposit."),
        from_statuses=(Status.APPROVED, Status.EXPIRED),
        run=leads.send_deposit,
        icon="payments",
    ),
    Choice(
        subject=SUBJECT,
        verb="hold_time",
        label=pgettext_lazy("staff", "Deposit with a time"),
        explains=pgettext_lazy("staff", "The time is kept until the deposit is paid, and is booked by it."),
        done=pgettext_lazy("staff", "The time is kept, and the customer gets the link for the deposit."),
        from_statuses=(Status.APPROVED, Status.EXPIRED),
        run=_hold,
        asks=("time",),
        icon="schedule",
    ),
    Choice(
        subject=SUBJECT,
        verb="accept_late",
        label=pgettext_lazy("staff", "Keep the late payment"),
        explains=pgettext_lazy("staff", "It goes on as paid: its time is booked if it is still free, or chosen anew."),
        done=pgettext_lazy("staff", "It goes on as paid. The customer is told."),
        from_statuses=(Status.APPROVED, Status.EXPIRED, Status.WITHDRAWN),
        run=leads.accept_late_payment,
        icon="check",
    ),
    Choice(
        subject=SUBJECT,
        verb="send_booking_link",
        label=pgettext_lazy("staff", "Send the booking link"),
        explains=pgettext_lazy("staff", "The customer gets a page where they choose a time."),
        done=pgettext_lazy("staff", "The customer gets the booking link."),
        from_statuses=(Status.APPROVED, Status.DEPOSIT_PAID),
        run=leads.send_booking_link,
        icon="link",
    ),
    Choice(
        subject=SUBJECT,
        verb="book_time",
        label=pgettext_lazy("staff", "Book a time"),
        explains=pgettext_lazy("staff", "The time is booked, and the customer is told."),
        done=pgettext_lazy("staff", "Booked. The customer is told."),
        from_statuses=(Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT),
        run=_book,
        asks=("time",),
        icon="event_available",
    ),
    Choice(
        subject=SUBJECT,
        verb="mark_booked",
        label=pgettext_lazy("staff", "Booked elsewhere"),
        explains=pgettext_lazy("staff", "You have booked it in your own book. The customer is told that it is booked."),
        done=pgettext_lazy("staff", "Marked as booked. The customer is told."),
        from_statuses=(Status.APPROVED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT),
        run=leads.mark_booked,
        icon="event",
    ),
    Choice(
        subject=SUBJECT,
        verb="reject",
        label=pgettext_lazy("staff", "Decline"),
        explains=pgettext_lazy("staff", "The customer reads your reason."),
        done=pgettext_lazy("staff", "Declined. The customer is told."),
        from_statuses=(Status.PENDING_APPROVAL, Status.APPROVED),
        run=leads.reject,
        asks=("reason",),
        destructive=True,
        icon="close",
    ),
    Choice(
        subject=SUBJECT,
        verb="withdraw",
        label=pgettext_lazy("staff", "Close it"),
        explains=pgettext_lazy("staff", "The customer reads your reason. A deposit that is paid stays with you."),
        done=pgettext_lazy("staff", "Closed. The customer is told."),
        from_statuses=(Status.DEPOSIT_REQUESTED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT),
        run=leads.withdraw,
        asks=("reason",),
        destructive=True,
        icon="archive",
    ),
    Choice(
        subject=SUBJECT,
        verb="undo",
        label=pgettext_lazy("staff", "Take the last step back"),
        explains=pgettext_lazy(
            "staff", "It stands where it stood before. The customer is told if they had heard of it."
        ),
        done=pgettext_lazy("staff", "Taken back."),
        from_statuses=tuple(leads.UNDOABLE.values()),
        run=leads.undo,
        icon="undo",
    ),
]
