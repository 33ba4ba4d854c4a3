"""What a person may decide about a reservation. The rules stand in the actions and their table."""

from functools import partial

from django.utils.translation import pgettext_lazy

from bookings.reservations import actions, reschedule
from bookings.reservations.transitions import RESERVATION
from bots.staff.decisions import Choice

about = partial(Choice, subject="reservation")

DECISIONS: list[Choice] = [
    about(
        verb="approve",
        label=pgettext_lazy("staff", "Confirm"),
        explains=pgettext_lazy("staff", "The customer is told that the visit is confirmed."),
        done=pgettext_lazy("staff", "Confirmed. The customer is told."),
        from_statuses=RESERVATION.start("approve"),
        run=actions.approve,
        icon="check",
    ),
    about(
        verb="other_time",
        label=pgettext_lazy("staff", "Other time"),
        explains=pgettext_lazy(
            "staff",
            "The other time is held, and the customer is asked whether it suits. Nothing else changes until then.",
        ),
        done=pgettext_lazy("staff", "The other time is held, and the customer is asked."),
        from_statuses=RESERVATION.start("offer"),
        run=lambda reservation_id, *, by, time: reschedule.offer_other_time(reservation_id, by=by, start=time),
        asks=("time",),
        icon="schedule",
    ),
    about(
        verb="reject",
        label=pgettext_lazy("staff", "Decline"),
        explains=pgettext_lazy("staff", "The customer reads your reason and is offered other times."),
        done=pgettext_lazy("staff", "Declined. The customer is told."),
        from_statuses=RESERVATION.start("reject"),
        run=actions.reject,
        asks=("reason",),
        destructive=True,
        icon="close",
    ),
    about(
        verb="cancel",
        label=pgettext_lazy("staff", "Cancel"),
        explains=pgettext_lazy("staff", "The place is free again. The customer reads your reason."),
        done=pgettext_lazy("staff", "Cancelled. The customer is told."),
        from_statuses=RESERVATION.start("cancel", but=["reject"]),
        run=actions.cancel,
        asks=("reason",),
        destructive=True,
        icon="event_busy",
    ),
    about(
        verb="no_show",
        label=pgettext_lazy("staff", "Did not come"),
        explains=pgettext_lazy("staff", "It is only noted. The customer is not written to."),
        done=pgettext_lazy("staff", "Noted: did not come."),
        from_statuses=RESERVATION.start("no_show"),
        run=actions.no_show,
        destructive=True,
        icon="person_off",
    ),
]
