"""What payments bring to the platform."""

from bots.registry import FRONT_DESK, SET_UP, Feature, Job, MenuItem
from payments import admin, checkout, decisions, events, metrics, refund_sync, setup, sweeps
from payments.card import DepositSubject

FEATURE = Feature(
    decisions=(*decisions.DECISIONS,),
    subjects=(DepositSubject(),),
    metrics=(metrics.families,),
    setup_checks=(setup.check,),
    csrf_exempt=(
        "payments.pages.PayPage",  # the address's own secret; it moves no money, and is not there in production
        "payments.webhooks.stripe",  # Stripe's signature over the raw body
    ),
    tasks={checkout.TASK: checkout.see_to, refund_sync.TASK: refund_sync.see_to, events.TASK: events.handle},
    jobs=(
        Job(
            "payments",
            5,
            "Take to the payment provider, and take in from it, what was not enqueued.",
            sweeps.wake_up,
            sweeps.drain,
        ),
        Job("old_payment_events", 86_400, "Forget what payment events said months ago.", events.forget_old),
    ),
    menu=(
        MenuItem(FRONT_DESK, 40, "Deposits", "payments", "payments_deposit_changelist", badge=admin.badge),
        MenuItem(SET_UP, 260, "What payment providers said", "receipt_long", "payments_paymentevent_changelist"),
    ),
)
