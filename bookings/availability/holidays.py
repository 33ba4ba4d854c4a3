"""Public holidays by country, from the package `holidays`; names in the customer's language where it has them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def of_year(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of a year. A country that the package does not know has none."""
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def between(country: str, first: date, last: date) -> Iterable[date]:
    for year in range(first.year, last.year + 1):
        yield from (day for day in of_year(country, year) if first <= day <= last)


@lru_cache(maxsize=256)
def _names(country: str, year: int, language: str) -> dict[date, str]:
    try:
        known = holidays.country_holidays(country).supported_languages
    except NotImplementedError:
        return {}
    match = next((code for code in known if code == language or code.startswith(f"{language}_")), None)
    if match is None:
        return {}
    return dict(holidays.country_holidays(country, years=year, language=match).items())


def name_of(country: str, day: date, language: str) -> str:
    """“New Year's Day”; empty where the package has no name in that language, so that nobody reads a foreign one."""
    return _names(country, day.year, language).get(day, "")
