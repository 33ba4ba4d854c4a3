"""What the cards of all subjects have in common that are rows of a table: an enquiry, a reservation, a deposit."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed, decision_into
from bots.staff.subjects import Decided, Subject, SubjectCard

QUOTE_LENGTH = 500  # characters of somebody's own words
TIME_RAN_OUT = pgettext_lazy("staff", "time ran out")


class RowSubject(Subject):
    """A subject that is a row of a table, of which every change of status is recorded as a Decision.

    `row: Any` stands where each subject names its own model, which has a business, a status and a version.
    """

    gone: ClassVar[str | Promise]  # what is said if the row is not there any more
    words: ClassVar[Mapping[str, str | Promise]]  # what each status is called
    undecided: ClassVar[Collection[str]]  # statuses that nobody decided on
    sources: ClassVar[Mapping[str, str | Promise]] = {"clock": TIME_RAN_OUT}  # who decided, where no name says it

    @abstractmethod
    def row(self, subject_id: int, /) -> Any:
        """Return the row with all that its card shows; None if there is no such row any more."""

    @abstractmethod
    def lock(self, subject_id: int, /) -> Any:
        """Take the first locks of the subject's actions, then return the row. Raises ObjectDoesNotExist."""

    @abstractmethod
    def card_of(self, row: Any, status: str, now: datetime | None) -> SubjectCard:
        """Return the card, by `fill`; without `now`, as of this moment."""

    @abstractmethod
    def when(self, at: datetime) -> str:
        """Write a moment, which is on the business's clock already."""

    def status_of(self, row: Any) -> str:
        return str(row.status)

    def safe(self, text: str, longest: int) -> str:
        """Make somebody's words harmless to whoever reads them."""
        return text

    def fill(
        self, row: Any, status: str, *, facts: Iterable[tuple[str, str]], choices: Iterable[Choice], **more: Any
    ) -> SubjectCard:
        """Return the card, `more` by the names of its fields. Facts without a value are left out. One query."""
        return SubjectCard(
            business=row.business,
            subject=self.code,
            subject_id=row.pk,
            status=status,
            status_word=str(self.words[status]),
            facts=tuple((label, value) for label, value in facts if value),
            decided=self.decided(row, status),
            choices=tuple(choices),
            version=row.version,
            **more,
        )

    def card(self, subject_id: int, *, now: datetime | None = None) -> SubjectCard | None:
        row = self.row(subject_id)
        return None if row is None else self.card_of(row, self.status_of(row), now)

    def status(self, subject_id: int, *, lock: bool = False) -> tuple[str, str]:
        try:
            row = self.lock(subject_id) if lock else self.row(subject_id)
        except ObjectDoesNotExist:
            row = None
        if row is None:
            raise NotAllowed(str(self.gone))
        status = self.status_of(row)
        return status, str(self.words[status])

    def explain(self, error: Exception, subject_id: int) -> str:
        if not isinstance(error, AlreadyDecided):
            return str(error)
        row = self.row(subject_id)
        if row is None:
            return _("Already decided. %(decided)s") % {"decided": error.status}
        status = self.status_of(row)
        first = self.decided(row, status)
        return _("Already decided. %(decided)s") % {"decided": first.words if first else self.words[status]}

    def decided(self, row: Any, status: str) -> Decided | None:
        """Return who brought it into the status that it has; None while it is only asked for."""
        decision = None if status in self.undecided else decision_into(self.code, row.pk, status)
        if decision is None:
            return None
        at = decision.at.astimezone(row.business.zone)
        name = self.safe(" ".join(decision.by_name.split()), 80)
        who = str(self.sources.get(decision.source, name))
        words = _("%(status)s: %(who)s, %(when)s.")
        return Decided(
            words=words % {"status": self.words[status], "who": who, "when": self.when(at)},
            who=who,
            at=at,
            reason=self.safe(decision.reason, QUOTE_LENGTH),
        )
