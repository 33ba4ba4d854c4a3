"""What a person may decide about a copy in Google that somebody changed by hand. The rules stand in `choices`."""

from django.utils.translation import pgettext_lazy

from bookings.mirrors.google_calendar import choices
from bookings.models import CalendarEvent
from bots.staff.decisions import Choice

DECISIONS: list[Choice] = [
    Choice(
        subject=choices.SUBJECT,
        verb="ours_again",
        label=pgettext_lazy("staff", "Write it as it is here"),
        explains=pgettext_lazy("staff", "What was changed by hand in Google is written over."),
        done=pgettext_lazy("staff", "It is being written into the calendar."),
        from_statuses=CalendarEvent.NEED_STAFF,
        run=choices.ours_again,
        icon="sync",
    ),
    Choice(
        subject=choices.SUBJECT,
        verb="keep_theirs",
        label=pgettext_lazy("staff", "Leave it as it is in Google"),
        explains=pgettext_lazy("staff", "The visit here stays as it is too."),
        done=pgettext_lazy("staff", "It stays as it is in Google."),
        from_statuses=CalendarEvent.NEED_STAFF,
        run=choices.keep_theirs,
        icon="back_hand",
    ),
]
