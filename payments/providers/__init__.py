"""The payment providers, one line each, and which of them takes new deposits."""

from django.conf import settings

from payments.providers.base import Provider
from payments.providers.sandbox import Sandbox
from payments.providers.stripe.provider import Stripe

PROVIDERS: dict[str, type[Provider]] = {"stripe": Stripe, "sandbox": Sandbox}


def provider(code: str) -> Provider:
    """Raises KeyError for a code that no file speaks."""
    return PROVIDERS[code]()


def chosen() -> type[Provider] | None:
    """The provider of new deposits (`settings.PAYMENTS_PROVIDER`): Stripe where there is a key, else the sandbox; in
    production never the sandbox. None: nothing can be asked for."""
    found = PROVIDERS.get(settings.PAYMENTS_PROVIDER)
    return None if found is Sandbox and settings.IN_PRODUCTION else found
