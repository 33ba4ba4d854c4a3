"""Whether payments work, in plain words: one reading request (`manage.py check_setup`)."""

from collections.abc import Iterator

from django.conf import settings

from bots.models import Bot
from bots.setup import LOOK, OFF, OK, WRONG, Finding
from payments.models import PaymentEvent, ProviderState
from payments.providers import chosen
from payments.providers.base import NoAccess, ProviderError
from payments.providers.stripe.provider import Stripe, expects_livemode

SERVICE = "Payments"


def check(bot: Bot | None) -> Iterator[Finding]:
    """Return the same for every bot."""
    provider = chosen()
    if provider is None:
        todo = "Set STRIPE_SECRET_KEY if a business asks for deposits."
        yield Finding(service=SERVICE, state=OFF, words="Not set up: no deposit can be asked for.", todo=todo)
    elif provider is not Stripe:
        words = "The sandbox plays the provider: everything can be tried, no money moves."
        yield Finding(service=SERVICE, state=OFF, words=words, todo="Set STRIPE_SECRET_KEY to take real payments.")
    else:
        yield _stripe()
        yield _webhook()


def _stripe() -> Finding:
    try:
        Stripe().ping()
    except NoAccess as error:
        return Finding(service="Stripe", state=WRONG, words=error.words, todo="Set it anew, then restart.")
    except ProviderError as error:
        todo = "Check STRIPE_API_URL and the way out; deposits wait until it answers."
        return Finding(service="Stripe", state=WRONG, words=error.words, todo=todo)
    if expects_livemode() is not True and settings.IN_PRODUCTION:
        words = "The key is good, but it is for tests: nobody can really pay."
        return Finding(service="Stripe", state=LOOK, words=words, todo="Set the live key before customers come.")
    return Finding(service="Stripe", state=OK, words=f"The key is good{_kind()}.")


def _kind() -> str:
    livemode = expects_livemode()
    return "" if livemode is None else ", for real money" if livemode else ", for tests"


def _webhook() -> Finding:
    service, address = "Stripe’s events", f"{settings.PUBLIC_URL}/webhooks/stripe/"
    if not settings.STRIPE_WEBHOOK_SECRET:
        words = "STRIPE_WEBHOOK_SECRET is empty: payments are noticed only every ten minutes."
        return Finding(service=service, state=WRONG, words=words, todo=f"Make an endpoint for {address} at Stripe.")
    latest = PaymentEvent.objects.filter(provider="stripe").first()
    if latest is None:
        todo = f"Send a test event from Stripe to {address}."
        return Finding(service=service, state=LOOK, words="The secret is set; nothing has come yet.", todo=todo)
    state = ProviderState.objects.filter(pk="stripe").exclude(warning="").first()
    if state is not None:
        return Finding(service=service, state=LOOK, words=state.warning, todo="Payments work all the same.")
    return Finding(service=service, state=OK, words=f"The latest came at {latest.received_at:%d %B %H:%M} UTC.")
