"""What a person may decide about a deposit. The rules stand in the actions and their table."""

from functools import partial

from django.utils.translation import pgettext_lazy

from bots.staff.decisions import Choice
from payments import deposits, refunds
from payments.transitions import DEPOSIT, SUBJECT

about = partial(Choice, subject=SUBJECT)

DECISIONS: list[Choice] = [
    about(
        verb="keep",
        label=pgettext_lazy("staff", "Keep the payment"),
        explains=pgettext_lazy("staff", "The late payment counts as paid."),
        done=pgettext_lazy("staff", "The payment is kept: it counts as paid."),
        from_statuses=DEPOSIT.start("keep"),
        run=deposits.keep,
        icon="check",
    ),
    about(
        verb="refund",
        label=pgettext_lazy("staff", "Give the money back"),
        explains=pgettext_lazy("staff", "All that is left of the payment goes back to the payer."),
        done=pgettext_lazy("staff", "The money is on its way back."),
        from_statuses=DEPOSIT.start("refund"),
        run=refunds.refund,
        destructive=True,
        icon="undo",
    ),
    about(
        verb="refund_part",
        label=pgettext_lazy("staff", "Give part of it back"),
        explains=pgettext_lazy("staff", "This amount goes back to the payer."),
        done=pgettext_lazy("staff", "The money is on its way back."),
        from_statuses=DEPOSIT.start("refund"),
        run=refunds.refund,
        asks=("amount",),
        destructive=True,
        icon="undo",
    ),
    about(
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
