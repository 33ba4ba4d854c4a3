"""What a person may decide about a deposit. The rules stand in the actions and their table."""

from django.utils.translation import pgettext_lazy

from bots.staff.actors import Actor
from bots.staff.decisions import Choice
from payments import deposits, refunds
from payments.models import Refund
from payments.transitions import DEPOSIT, SUBJECT


def _refund(deposit_id: int, *, by: Actor) -> Refund:
    return refunds.refund(deposit_id, by=by)


def _refund_part(deposit_id: int, *, by: Actor, amount: int) -> Refund:
    return refunds.refund(deposit_id, by=by, amount=amount)


DECISIONS: list[Choice] = [
    Choice(
        subject=SUBJECT,
        verb="keep",
        label=pgettext_lazy("staff", "Keep the payment"),
        explains=pgettext_lazy("staff", "The late payment counts as paid."),
        done=pgettext_lazy("staff", "The payment is kept: it counts as paid."),
        from_statuses=DEPOSIT.start("keep"),
        run=deposits.keep,
        icon="check",
    ),
    Choice(
        subject=SUBJECT,
        verb="refund",
        label=pgettext_lazy("staff", "Give the money back"),
        explains=pgettext_lazy("staff", "All that is left of the payment goes back to the payer."),
        done=pgettext_lazy("staff", "The money is on its way back."),
        from_statuses=DEPOSIT.start("refund"),
        run=_refund,
        destructive=True,
        icon="undo",
    ),
    Choice(
        subject=SUBJECT,
        verb="refund_part",
        label=pgettext_lazy("staff", "Give part of it back"),
        explains=pgettext_lazy("staff", "This amount goes back to the payer."),
        done=pgettext_lazy("staff", "The money is on its way back."),
        from_statuses=DEPOSIT.start("refund"),
        run=_refund_part,
        asks=("amount",),
        destructive=True,
        icon="undo",
    ),
    Choice(
        subject=SUBJECT,
        verb="withdraw",
        label=pgettext_lazy("staff", "Take the request back"),
        explains=pgettext_lazy("staff", "The link stops working."),
        done=pgettext_lazy("staff", "Taken back. The link does not work any more."),
        from_statuses=DEPOSIT.start("withdraw"),
        run=deposits.withdraw,
        destructive=True,
        icon="close",
    ),
]
