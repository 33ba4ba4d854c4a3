"""What a person may decide about an enquiry. The rules stand in the actions and their table."""

from functools import partial

from django.utils.translation import pgettext_lazy

from bookings.leads import actions, booking as lead_booking, deposits
from bookings.leads.transitions import LEAD
from bots.staff.decisions import Choice

about = partial(Choice, subject="lead")

DECISIONS: list[Choice] = [
    about(
        verb="approve_and_ask",
        label=pgettext_lazy("staff", "Take it, ask for the deposit"),
        explains=pgettext_lazy("staff", "The customer is told that you take it, and gets the link for the deposit."),
        done=pgettext_lazy("staff", "The customer is told and gets the link for the deposit."),
        from_statuses=LEAD.start("approve"),
        run=actions.approve_and_ask,
        icon="task_alt",
    ),
    about(
        verb="approve",
        label=pgettext_lazy("staff", "Take it"),
        explains=pgettext_lazy("staff", "The customer is told that you take it, and what comes next."),
        done=pgettext_lazy("staff", "The customer is told that you take it."),
        from_statuses=LEAD.start("approve"),
        run=actions.approve,
        icon="check",
    ),
    about(
        verb="send_deposit",
        label=pgettext_lazy("staff", "Ask for the deposit"),
        explains=pgettext_lazy("staff", "The customer gets the link for the deposit."),
        done=pgettext_lazy("staff", "The customer gets the link for the deposit."),
        from_statuses=LEAD.start("request_deposit"),
        run=actions.send_deposit,
        icon="payments",
    ),
    about(
        verb="hold_time",
        label=pgettext_lazy("staff", "Deposit with a time"),
        explains=pgettext_lazy("staff", "The time is kept until the deposit is paid, and is booked by it."),
        done=pgettext_lazy("staff", "The time is kept, and the customer gets the link for the deposit."),
        from_statuses=LEAD.start("request_deposit"),
        run=lambda lead_id, *, by, time: deposits.request_deposit(lead_id, by=by, start=time),
        asks=("time",),
        icon="schedule",
    ),
    about(
        verb="accept_late",
        label=pgettext_lazy("staff", "Keep the late payment"),
        explains=pgettext_lazy("staff", "It goes on as paid: its time is booked if it is still free, or chosen anew."),
        done=pgettext_lazy("staff", "It goes on as paid. The customer is told."),
        from_statuses=LEAD.start("accept_late_payment"),
        run=deposits.accept_late_payment,
        icon="check",
    ),
    about(
        verb="send_booking_link",
        label=pgettext_lazy("staff", "Send the booking link"),
        explains=pgettext_lazy("staff", "The customer gets a page where they choose a time."),
        done=pgettext_lazy("staff", "The customer gets the booking link."),
        from_statuses=LEAD.start("send_booking_link"),
        run=lead_booking.send_booking_link,
        icon="link",
    ),
    about(
        verb="book_time",
        label=pgettext_lazy("staff", "Book a time"),
        explains=pgettext_lazy("staff", "The time is booked, and the customer is told."),
        done=pgettext_lazy("staff", "Booked. The customer is told."),
        from_statuses=LEAD.start("book"),
        run=lambda lead_id, *, by, time: lead_booking.book(lead_id, by=by, start=time),
        asks=("time",),
        icon="event_available",
    ),
    about(
        verb="mark_booked",
        label=pgettext_lazy("staff", "Booked elsewhere"),
        explains=pgettext_lazy("staff", "You have booked it in your own book. The customer is told that it is booked."),
        done=pgettext_lazy("staff", "Marked as booked. The customer is told."),
        from_statuses=LEAD.start("mark_booked"),
        run=lead_booking.mark_booked,
        icon="event",
    ),
    about(
        verb="reject",
        label=pgettext_lazy("staff", "Decline"),
        explains=pgettext_lazy("staff", "The customer reads your reason."),
        done=pgettext_lazy("staff", "Declined. The customer is told."),
        from_statuses=LEAD.start("reject"),
        run=actions.reject,
        asks=("reason",),
        destructive=True,
        icon="close",
    ),
    about(
        verb="withdraw",
        label=pgettext_lazy("staff", "Close it"),
        explains=pgettext_lazy("staff", "The customer reads your reason. A deposit that is paid stays with you."),
        done=pgettext_lazy("staff", "Closed. The customer is told."),
        from_statuses=LEAD.start("withdraw", but=["submit", "reject"]),
        run=actions.withdraw,
        asks=("reason",),
        destructive=True,
        icon="archive",
    ),
    about(
        verb="undo",
        label=pgettext_lazy("staff", "Take the last step back"),
        explains=pgettext_lazy(
            "staff", "It stands where it stood before. The customer is told if they had heard of it."
        ),
        done=pgettext_lazy("staff", "Taken back."),
        from_statuses=LEAD.start("undo"),
        run=actions.undo,
        icon="undo",
    ),
]
