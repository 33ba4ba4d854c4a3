"""What a trip to Google Calendar may end with: each error says what to do next."""


class CalendarError(Exception):
    """`words` are plain, and safe to log and to show to staff."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class TryLater(CalendarError):
    """No answer, or Google's own trouble: the same again may succeed, after so many seconds if it said so."""

    def __init__(self, words: str = "", after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class Trouble(TryLater):
    """Google does not answer, or says that it has trouble: the whole calendar rests a little."""


class Quota(TryLater):
    """Asked too often: the whole calendar rests."""


class NoAccess(CalendarError):
    """We are not let in, whatever we ask: the calendar is paused and staff are told what to do."""


class Refused(CalendarError):
    """This one request will never be taken."""


class Missing(CalendarError):
    """There is no such event (or calendar), or it was deleted."""


class Changed(CalendarError):
    """It is not any more as it was when we looked."""


class Duplicate(CalendarError):
    """An event with this id was made before."""
