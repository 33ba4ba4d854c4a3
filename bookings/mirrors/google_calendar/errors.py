"""What a call to Google Calendar may end with: each error says what to do next."""


class CalendarError(Exception):
    """`words` are plain, and safe to log and to show to staff."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class CalendarUnavailable(CalendarError):
    """No answer, or Google's own trouble: the same again may succeed, after so many seconds if it said so."""

    def __init__(self, words: str = "", after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class Trouble(CalendarUnavailable):
    """Google does not answer, or says that it has trouble: the whole calendar rests a little."""


class Quota(CalendarUnavailable):
    """Asked too often: the whole calendar rests."""


class CalendarForbidden(CalendarError):
    """We are not let in, whatever we ask: the calendar is paused and staff are told what to do."""


class CalendarRefused(CalendarError):
    """This one request will never be taken."""


class EventMissing(CalendarError):
    """There is no such event (or calendar), or it was deleted."""


class EventChanged(CalendarError):
    """It is not any more as it was when we looked."""


class Duplicate(CalendarError):
    """An event with this id was made before."""
