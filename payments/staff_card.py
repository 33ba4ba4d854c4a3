"""A deposit as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime
from typing import ClassVar

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from bots.models import Decision
from bots.staff.decisions import AlreadyDecided, NotAllowed, choices_for
from bots.staff.subjects import Decided, Subject, SubjectCard, all_subjects
from payments.ledger import SUBJECT, lock_subject
from payments.models import Deposit
from payments.money import money

STANDING_WORDS: dict[str, str | Promise] = {
    "requested": pgettext_lazy("staff", "Being prepared"),
    "open": pgettext_lazy("staff", "Waits for the payment"),
    "paid": pgettext_lazy("staff", "Paid"),
    "late": pgettext_lazy("staff", "Paid too late"),
    "expired": pgettext_lazy("staff", "Not paid in time"),
    "failed": pgettext_lazy("staff", "The payment failed"),
    "withdrawn": pgettext_lazy("staff", "Taken back"),
    "refunding": pgettext_lazy("staff", "Being given back"),
    "partly_refunded": pgettext_lazy("staff", "Partly given back"),
    "refunded": pgettext_lazy("staff", "Given back"),
    "disputed": pgettext_lazy("staff", "Disputed by the payer’s bank"),
}
NEWS = {"dispute": "news", "refund failed": "news", "doubt": "news"}


class DepositSubject(Subject):
    code: ClassVar[str] = SUBJECT

    def card(self, subject_id: int, *, now: datetime | None = None) -> SubjectCard | None:
        row = Deposit.objects.select_related("business").filter(pk=subject_id).first()
        if row is None:
            return None
        standing = row.standing
        return SubjectCard(
            business=row.business,
            subject=self.code,
            subject_id=row.pk,
            status=standing,
            status_word=str(STANDING_WORDS[standing]),
            title=f"{money(row.amount, row.currency)}, {row.title}",
            who=who_of(row),
            facts=tuple(facts_of(row)),
            quote=row.problem,
            deadline="",
            decided=decided(row, standing),
            # One field asked for by itself is more than a button: part of an amount is given back in the admin.
            choices=tuple(one for one in choices_for(self.code, standing) if "amount" not in one.asks),
            version=row.version,
        )

    def status(self, subject_id: int, *, lock: bool = False) -> tuple[str, str]:
        """With `lock`: the subject's first lock, then the deposit's, as every verb takes them."""
        rows = Deposit.objects.filter(pk=subject_id)
        about = rows.values_list("subject", "subject_id").first()
        if about is None:
            raise NotAllowed(_("This deposit does not exist any more."))
        if lock:
            lock_subject(*about)
            rows = rows.select_for_update()
        standing = rows.get().standing
        return standing, str(STANDING_WORDS[standing])

    def times(self, subject_id: int) -> list[tuple[str, str]]:
        return []

    def time(self, subject_id: int, text: str) -> datetime:
        raise NotAllowed(_("A deposit has no time to choose."))

    def told(self, error: Exception, subject_id: int) -> str:
        row = Deposit.objects.select_related("business").filter(pk=subject_id).first()
        if isinstance(error, AlreadyDecided) and row is not None:
            standing = row.standing
            first = decided(row, standing)
            words = first.words if first else str(STANDING_WORDS[standing])
            return _("Already decided. %(decided)s") % {"decided": words}
        return str(error)

    def kind_for(self, decision: Decision) -> str:
        """A late payment waits for an answer; a dispute, a failed refund and money that does not fit are news."""
        if decision.to_status == "late" and decision.from_status != "late":
            return "money"
        return NEWS.get(decision.verb, "")


def facts_of(row: Deposit) -> list[tuple[str, str]]:
    """Label and value; what is not known is left out."""
    late = pgettext("staff", "after the time to pay was over, so nothing is kept for the payer any more")
    facts = [
        (_("Paid"), _when(row.paid_at, row) if row.paid_at else ""),
        (_("Too late"), late if row.late else ""),
        (_("To be paid before"), _when(row.expires_at, row) if row.is_live else ""),
        (_("Given back"), money(row.refunded_amount, row.currency) if row.refunded_amount else ""),
        (_("Dispute"), row.dispute_status.replace("_", " ")),
        (_("Why"), row.failure),
    ]
    return [(label, value) for label, value in facts if value]


def who_of(row: Deposit) -> str:
    """As the card of what it is for says."""
    about = all_subjects().get(row.subject)
    card = about.card(row.subject_id) if about else None
    return card.who if card and card.who else pgettext("staff", "The payer")


def decided(row: Deposit, standing: str) -> Decided | None:
    """Who brought it to where it stands."""
    found = Decision.objects.filter(subject=SUBJECT, subject_id=row.pk, to_status=standing).exclude(
        from_status=standing
    )
    decision = found.first()
    if decision is None or standing in ("requested", "open", "late"):
        return None
    at = decision.at.astimezone(row.business.zone)
    who = pgettext("staff", "time ran out") if decision.way == "clock" else decision.by_name
    words = _("%(status)s: %(who)s, %(when)s.")
    when = _when(at, row)
    said = words % {"status": STANDING_WORDS[standing], "who": who, "when": when}
    return Decided(words=said, who=who, at=at, reason=decision.reason)


def _when(moment: datetime, row: Deposit) -> str:
    """“24 November, 14:03” on the business's clock."""
    return dateformat.format(moment.astimezone(row.business.zone), "j E, H:i")
