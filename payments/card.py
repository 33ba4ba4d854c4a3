"""A deposit as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime

from django.utils import dateformat
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from bots.models import Decision
from bots.staff.cards import RowSubject
from bots.staff.decisions import NotAllowed, choices_for
from bots.staff.subjects import SubjectCard, all_subjects
from payments import transitions
from payments.models import Deposit
from payments.money import money

NEWS = {"dispute": "news", "refund failed": "news", "doubt": "news"}


class DepositSubject(RowSubject):
    """Its status is where the deposit stands, refunds and disputes included."""

    code = transitions.SUBJECT
    asks = {"money": gettext_lazy("Paid too late: please decide")}
    gone = gettext_lazy("This deposit does not exist any more.")
    undecided = ("requested", "open", "late")
    words = {
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

    def row(self, subject_id: int) -> Deposit | None:
        return Deposit.objects.select_related("business").filter(pk=subject_id).first()

    lock = staticmethod(transitions.lock)

    def status_of(self, row: Deposit) -> str:
        return row.standing

    def when(self, at: datetime) -> str:
        """“24 November, 14:03”."""
        return dateformat.format(at, "j E, H:i")

    def card_of(self, row: Deposit, status: str, now: datetime | None) -> SubjectCard:
        return self.fill(
            row,
            status,
            title=f"{money(row.amount, row.currency)}, {row.title}",
            who=who_of(row),
            facts=self.facts(row),
            # One field asked for by itself is more than a button: part of an amount is given back in the admin.
            choices=[one for one in choices_for(self.code, status) if "amount" not in one.asks],
            quote=row.problem,
        )

    def facts(self, row: Deposit) -> list[tuple[str, str]]:
        """Return label and value; "" for what is not known."""
        late = pgettext("staff", "after the time to pay was over, so nothing is kept for the payer any more")
        zone = row.business.zone
        return [
            (_("Paid"), self.when(row.paid_at.astimezone(zone)) if row.paid_at else ""),
            (_("Too late"), late if row.late else ""),
            (_("To be paid before"), self.when(row.expires_at.astimezone(zone)) if row.is_live else ""),
            (_("Given back"), money(row.refunded_amount, row.currency) if row.refunded_amount else ""),
            (_("Dispute"), row.dispute_status.replace("_", " ")),
            (_("Why"), row.failure),
        ]

    def times(self, subject_id: int) -> list[tuple[str, str]]:
        return []

    def time(self, subject_id: int, text: str) -> datetime:
        raise NotAllowed(_("A deposit has no time to choose."))

    def kind_for(self, decision: Decision) -> str:
        """A late payment waits for an answer; a dispute, a failed refund and money that does not fit are news."""
        if decision.to_status == "late" and decision.from_status != "late":
            return "money"
        return NEWS.get(decision.verb, "")


def who_of(row: Deposit) -> str:
    """As the card of what it is for says."""
    about = all_subjects().get(row.subject)
    card = about.card(row.subject_id) if about else None
    return card.who if card and card.who else pgettext("staff", "The payer")
