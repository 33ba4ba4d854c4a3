"""What must be true of the configuration of payments before anything runs."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

KNOWN = ("stripe", "sandbox")  # those of payments.providers, which is loaded only after the tables


@register(Tags.security)
def payment_provider(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The provider is known and has its keys, and customers are never sent to one that only plays."""
    found: list[CheckMessage] = []
    code = settings.PAYMENTS_PROVIDER
    if code and code not in KNOWN:
        hint = f"Write one of: {', '.join(KNOWN)}; or leave it empty."
        found.append(Error("PAYMENTS_PROVIDER names no provider.", hint=hint, id="frontdesk.E020"))
    if code == "sandbox" and settings.IN_PRODUCTION:
        hint = "Set STRIPE_SECRET_KEY, or APP_ENV=dev if no customers are served here."
        found.append(Error("The sandbox takes no money: it is not for production.", hint=hint, id="frontdesk.E021"))
    if code == "stripe" and not settings.STRIPE_SECRET_KEY:
        found.append(Error("PAYMENTS_PROVIDER is stripe, and STRIPE_SECRET_KEY is empty.", id="frontdesk.E022"))
    if settings.STRIPE_SECRET_KEY.startswith("pk_"):
        hint = "At Stripe under Developers, API keys: the secret one begins with sk_ or rk_."
        found.append(Error("STRIPE_SECRET_KEY is a publishable key.", hint=hint, id="frontdesk.E023"))
    if settings.STRIPE_SECRET_KEY and not settings.STRIPE_WEBHOOK_SECRET:
        hint = "docs/connect-stripe.md says where it stands. Until then Stripe is asked every ten minutes."
        found.append(Warning("STRIPE_WEBHOOK_SECRET is empty: no event is believed.", hint=hint, id="frontdesk.W024"))
    return found
