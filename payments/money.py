"""Amounts of money in minor units: which can be paid in a currency, and reading what staff write.

Stripe's rules (its page on supported currencies, read in November 2026): amounts are integers in the smallest unit;
zero-decimal currencies count whole units; of three-decimal ones the last digit must be 0; ISK and UGX have no minor
unit any more but are sent with two decimals that are 00. The least that can be charged is about half a US dollar.
"""

from decimal import Decimal, InvalidOperation

from babel.numbers import is_currency
from django.utils.translation import gettext as _

from bots.money import THREE_DECIMAL, decimals, money
from bots.staff.decisions import NotAllowed

__all__ = ["LEAST", "check", "decimals", "minor_units", "money", "problem_of"]

WHOLE_ONLY = frozenset({"ISK", "UGX"})  # two decimals that must be 00
MOST = 99_999_999  # eight digits

# About half a US dollar; other currencies are not checked before the provider does.
LEAST = {
    "USD": 50, "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50,
    "GBP": 30, "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50,
    "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000,
}  # fmt: skip


def problem_of(amount: int, currency: str) -> str:
    """Return why so much cannot be asked for in this currency, in plain words; "" if it can."""
    code = currency.upper()
    if not is_currency(code):
        return _("“%(currency)s” is no currency.") % {"currency": currency}
    if amount <= 0:
        return _("The amount must be more than nothing.")
    if amount > MOST:
        return _("That is more than can be paid at once.")
    if code in THREE_DECIMAL and amount % 10:
        return _("In %(currency)s the last digit must be 0.") % {"currency": code}
    if code in WHOLE_ONLY and amount % 100:
        return _("In %(currency)s there are whole amounts only.") % {"currency": code}
    least = LEAST.get(code, 0)
    if amount < least:
        return _("The least that can be paid by card is %(least)s.") % {"least": money(least, code)}
    return ""


def check(amount: int, currency: str) -> None:
    """Raises NotAllowed, in plain words, if so much cannot be asked for."""
    if problem := problem_of(amount, currency):
        raise NotAllowed(problem)


def minor_units(text: str, currency: str) -> int:
    """“15,50” or “1 500.00” as minor units. Raises NotAllowed if it is no amount of this currency."""
    cleaned = text.strip().replace(" ", "").replace("\xa0", "").replace("\u202f", "").replace(",", ".")
    try:
        value = Decimal(cleaned).scaleb(decimals(currency))
    except InvalidOperation:
        value = Decimal("NaN")
    if (
        not value.is_finite()
        or value % 1
        or not cleaned.replace(".", "").isdecimal()
        or not cleaned.isascii()
        or not 0 < value <= MOST
    ):
        raise NotAllowed(_("“%(text)s” is no amount.") % {"text": text.strip()[:20]})
    return int(value)
