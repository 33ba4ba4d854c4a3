"""What a person may decide about a copy in Google that somebody changed by hand. The rules stand in `choices`."""

from functools import partial

from django.utils.translation import pgettext_lazy

from bookings.mirrors.google_calendar import choices
from bookings.models import CalendarEvent
from bots.staff.decisions import Choice

about = partial(Choice, subject=choices.SUBJECT, from_statuses=CalendarEvent.NEED_STAFF)

DECISIONS: list[Choice] = [
    about(
        verb="ours_again",
        label=pgettext_lazy("staff", "Write it as it is here"),
        explains=pgettext_lazy("staff", "What was changed by hand in Google is written over."),
        done=pgettext_lazy("staff", "It is being written into the calendar."),
        run=choices.ours_again,
        icon="sync",
    ),
    about(
        verb="keep_theirs",
        label=pgettext_lazy("staff", "Leave it as it is in Google"),
        explains=pgettext_lazy("staff", "The visit here stays as it is too."),
        done=pgettext_lazy("staff", "It stays as it is in Google."),
        run=choices.keep_theirs,
        icon="back_hand",
    ),
]
