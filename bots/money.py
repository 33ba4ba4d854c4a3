"""Money as people write it. Amounts are integers in minor units everywhere: 1500 is 15.00 USD, 1500 JPY, 1.500 KWD."""

from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol
from django.utils.translation import get_language

# As the card networks count them, not CLDR, which would let a price and the deposit for it differ by a hundredfold
# (Stripe's page on currencies, read in November 2026).
ZERO_DECIMAL = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF")
)
THREE_DECIMAL = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))


def decimals(currency: str) -> int:
    """Return how many digits of an amount stand behind the point."""
    code = currency.upper()
    return 0 if code in ZERO_DECIMAL else 3 if code in THREE_DECIMAL else 2


def money(amount: int, currency: str, language: str = "") -> str:
    """Return an amount in minor units: 12000 PLN is “120 zł”; cents are told only where there are some."""
    code = currency.upper()
    locale = _locale(language or get_language() or "en")
    value = Decimal(amount).scaleb(-decimals(code))
    number = format_decimal(value, format=f"#,##0.{'0' * decimals(code)}" if value % 1 else "#,##0", locale=locale)
    symbol = "zł" if code == "PLN" else get_currency_symbol(code, locale=locale)
    before = locale.currency_formats["standard"].pattern.startswith("¤") and code != "PLN"
    return (f"{symbol}{number}" if before else f"{number} {symbol}").replace("\xa0", " ")


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)
