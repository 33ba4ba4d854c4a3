"""The one signal: what has become of a deposit.

`payment_changed` is sent inside the action's transaction, by the model `Deposit`, with `deposit` (as it is now, its row
locked) and `change`, one of CHANGES. Receivers write rows, nothing else: whatever they raise undoes the change.

- "opened": its link can be given to the customer (`deposit.url`). Once for each deposit.
- "paid": the money is there. Again, with `deposit.late` true, when staff keep a payment that came too late.
- "paid_late": the money came after the deposit had expired, failed or been withdrawn. Staff decide: refund or keep.
- "expired", "failed", "withdrawn": it will not be paid any more.
- "refunded": money went back, `deposit.refunded_amount` in all, of `deposit.amount`.
- "disputed": the payer's bank wants it back, or has decided (`deposit.dispute_status`, Stripe's word).
"""

from django.dispatch import Signal

CHANGES = ("opened", "paid", "paid_late", "expired", "failed", "refunded", "disputed", "withdrawn")

payment_changed = Signal()
