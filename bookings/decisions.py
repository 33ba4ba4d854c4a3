"""What a person may decide about a reservation. The rules stand in the verbs."""

from datetime import datetime

from django.utils.translation import pgettext_lazy

from bookings import calendar_choices, reservations
from bookings.models import CalendarEvent, Reservation
from bots.staff.actors import Actor
from bots.staff.decisions import Choice

Status = Reservation.Status


def _other_time(reservation_id: int, *, by: Actor, time: datetime) -> Reservation:
    return reservations.offer_other_time(reservation_id, by=by, start=time)


DECISIONS: list[Choice] = [
    Choice(
        subject="reservation",
        verb="approve",
        label=pgettext_lazy("staff", "Confirm"),
        explains=pgettext_lazy("staff", "The customer is told that the visit is confirmed."),
        done=pgettext_lazy("staff", "Confirmed. The customer is told."),
        from_statuses=(Status.PENDING,),
        run=reservations.approve,
        icon="check",
    ),
    Choice(
        subject="reservation",
        verb="other_time",
        label=pgettext_lazy("staff", "Other time"),
        explains=pgettext_lazy(
            "staff",
            "The other time is held, and the customer is asked whether it suits. Nothing else changes until then.",
        ),
        done=pgettext_lazy("staff", "The other time is held, and the customer is asked."),
        from_statuses=(Status.PENDING, Status.CONFIRMED),
        run=_other_time,
        asks=("time",),
        icon="schedule",
    ),
    Choice(
        subject="reservation",
        verb="reject",
        label=pgettext_lazy("staff", "Decline"),
        explains=pgettext_lazy("staff", "The customer reads your reason and is offered other times."),
        done=pgettext_lazy("staff", "Declined. The customer is told."),
        from_statuses=(Status.PENDING,),
        run=reservations.reject,
        asks=("reason",),
        destructive=True,
        icon="close",
    ),
    Choice(
        subject="reservation",
        verb="cancel",
        label=pgettext_lazy("staff", "Cancel"),
        explains=pgettext_lazy("staff", "The place is free again. The customer reads your reason."),
        done=pgettext_lazy("staff", "Cancelled. The customer is told."),
        from_statuses=(Status.HELD, Status.CONFIRMED),
        run=reservations.cancel,
        asks=("reason",),
        destructive=True,
        icon="event_busy",
    ),
    Choice(
        subject="reservation",
        verb="no_show",
        label=pgettext_lazy("staff", "Did not come"),
        explains=pgettext_lazy("staff", "It is only noted. The customer is not written to."),
        done=pgettext_lazy("staff", "Noted: did not come."),
        from_statuses=(Status.CONFIRMED,),
        run=reservations.no_show,
        destructive=True,
        icon="person_off",
    ),
    Choice(
        subject=calendar_choices.SUBJECT,
        verb="ours_again",
        label=pgettext_lazy("staff", "Write it as it is here"),
        explains=pgettext_lazy("staff", "What was changed by hand in Google is written over."),
        done=pgettext_lazy("staff", "It is being written into the calendar."),
        from_statuses=CalendarEvent.NEED_STAFF,
        run=calendar_choices.ours_again,
        icon="sync",
    ),
    Choice(
        subject=calendar_choices.SUBJECT,
        verb="keep_theirs",
        label=pgettext_lazy("staff", "Leave it as it is in Google"),
        explains=pgettext_lazy("staff", "The visit here stays as it is too."),
        done=pgettext_lazy("staff", "It stays as it is in Google."),
        from_statuses=CalendarEvent.NEED_STAFF,
        run=calendar_choices.keep_theirs,
        icon="back_hand",
    ),
]
