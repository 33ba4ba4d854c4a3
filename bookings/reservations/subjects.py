"""What the cards of reservations and of enquiries have in common: free times to choose from, and reasons to refuse."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from bookings.availability.reasons import NotFree
from bookings.availability.slots import Slot
from bookings.availability.wording import at_day, free_times, why
from bots.staff.cards import TIME_RAN_OUT, RowSubject
from bots.staff.decisions import NotAllowed
from bots.staff.presentation import printable
from conversations import wording


class BookingSubject(RowSubject):
    refusals: ClassVar[tuple[type[Exception], ...]] = (NotFree,)
    sources: ClassVar[Mapping[str, str | Promise]] = {
        "chat": pgettext_lazy("staff", "the customer"),
        "clock": TIME_RAN_OUT,
    }
    refuse_because: ClassVar[Mapping[str, tuple[str | Promise, str | Promise]]]
    # ready-made reasons: what the button says, and what the customer reads after “The reason:”

    @abstractmethod
    def slots(self, row: Any) -> list[Slot]:
        """Return the free times that fit the row best."""

    @abstractmethod
    def language_of(self, row: Any, /) -> str:
        """Return the customer's language."""

    def when(self, at: datetime) -> str:
        return at_day(at)

    def safe(self, text: str, longest: int) -> str:
        return printable(text, longest)

    def times(self, subject_id: int) -> list[tuple[str, str]]:
        row = self.row(subject_id)
        starts = [slot.start.astimezone(row.business.zone) for slot in self.slots(row)] if row else []
        return [
            (start.isoformat(), f"{wording.short_day(start.date())} {wording.time_text(start)}") for start in starts
        ]

    def time(self, subject_id: int, text: str) -> datetime:
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise NotAllowed(_("Choose a time.")) from None
        if at.tzinfo:
            return at
        row = self.row(subject_id)
        if row is None:
            raise NotAllowed(str(self.gone))
        return at.replace(tzinfo=row.business.zone)

    def explain(self, error: Exception, subject_id: int) -> str:
        row = self.row(subject_id) if isinstance(error, NotFree) else None
        if not isinstance(error, NotFree) or row is None:
            return super().explain(error, subject_id)
        slots = [slot._replace(start=slot.start.astimezone(row.business.zone)) for slot in error.nearest]
        return " ".join([why(error.reason), *([free_times(slots)] if slots else [])])

    def reasons(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, (label, _text) in self.refuse_because.items()]

    def reason_text(self, code: str, subject_id: int) -> str:
        row = self.row(subject_id)
        if row is None or code not in self.refuse_because:
            return ""
        with translation.override(self.language_of(row)):
            return str(self.refuse_because[code][1])
