"""Sizes and sums as customers write them, in five languages, and what looks like them and is none."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from bots.language import measures
from bots.language.steps import steps

SIZES = [
    ("en", "like 10 by 15 cm", (10, 15)),
    ("en", "about 12cm", (12,)),
    ("en", "10-12 cm", (12,)),
    ("en", "10cm x 5cm", (10, 5)),
    ("en", "4 inches", (10.2,)),
    ("en", '4"', (10.2,)),
    ("en", "4 in tall", (10.2,)),
    ("pl", "dziesięć centymetrów", (10,)),
    ("pl", "2,5 cm", (2.5,)),
    ("pl", "5 cali", (12.7,)),
    ("ru", "10 см на 15", (10, 15)),
    ("ru", "десять сантиметров", (10,)),
    ("uk", "15 на 20 см", (15, 20)),
    ("es", "8 pulgadas", (20.3,)),
    ("es", "unos veinte centímetros", (20,)),
    ("es", "120 mm", (12,)),
]
NO_SIZES = ["on my arm", "4 in december", "palm size", "for 300 euro", "call 501 234 567", "at 10:15", ""]
MONEY = [
    ("en", "around 300-400 euro", (300, 400, "EUR")),
    ("en", "up to $500", (None, 500, "USD")),
    ("en", "at least 300 eur", (300, None, "EUR")),
    ("en", "€250", (None, 250, "EUR")),
    ("en", "between 200 and 400 pounds", (200, 400, "GBP")),
    ("en", "2k", (None, 2000, "PLN")),
    ("pl", "do 1500 zł", (None, 1500, "PLN")),
    ("pl", "1 500 zł", (None, 1500, "PLN")),
    ("pl", "od 1000 do 2000 zl", (1000, 2000, "PLN")),
    ("pl", "tysiąc złotych", (None, 1000, "PLN")),
    ("pl", "like 2-3k zł", (2000, 3000, "PLN")),
    ("ru", "две тысячи злотых", (None, 2000, "PLN")),
    ("ru", "1,5 тыс злотых", (None, 1500, "PLN")),
    ("uk", "тисяча гривень", (None, 1000, "UAH")),
    ("es", "mil euros", (None, 1000, "EUR")),
    ("es", "entre 200 y 300 euros", (200, 300, "EUR")),
    ("en", "12 cm, budget 300 zl", (None, 300, "PLN")),
]
NO_MONEY = ["on my arm", "12 cm", "on 12 december 2026", "call 501 234 567", ""]


@pytest.mark.parametrize(("lang", "text", "cm"), SIZES)
def test_size(lang, text, cm):
    assert [size.cm for size in measures.sizes(text, lang=lang)][:1] == [cm]


@pytest.mark.parametrize("text", NO_SIZES)
def test_no_size(text):
    assert measures.sizes(text) == []


def test_a_bare_number_is_a_size_only_where_it_was_asked_for():
    assert measures.sizes("12") == []
    assert measures.sizes("12", bare=True)[0].cm == (12,)
    assert measures.sizes("10x15", bare=True)[0].cm == (10, 15)


@pytest.mark.parametrize(("lang", "text", "expected"), MONEY)
def test_money(lang, text, expected):
    found = measures.money(text, currency="PLN", lang=lang)
    assert found is not None
    assert (found.low, found.high, found.currency) == expected


@pytest.mark.parametrize("text", NO_MONEY)
def test_no_money(text):
    assert measures.money(text, currency="PLN") is None


def test_a_bare_sum_is_in_the_business_currency_only_where_it_was_asked_for():
    assert measures.money("300", currency="PLN") is None
    assert measures.money("300", currency="PLN", bare=True).high == Decimal(300)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("go back", "back"), ("назад", "back"), ("wróć", "back"), ("atrás", "back"), ("skip", "skip"), ("pomiń", "skip"),
        ("пропустити", "skip"), ("no sé", "skip"), ("obojętnie", "any"), ("cuando sea", "any"), ("будь-коли", "any"),
        ("change my budget", "change"), ("zmień rozmiar", "change"), ("i want another tattoo", "another"),
    ],
)  # fmt: skip
def test_step(text, step):
    assert step in steps(text)


@pytest.mark.parametrize(
    "text", ["a wolf on my back, looking at the moon, fine lines", "I have no idea what it costs there"]
)
def test_what_is_said_in_passing_is_no_step(text):
    assert not steps(text) & {"back", "skip"}


@given(st.text(max_size=300))
@pytest.mark.slow
def test_nothing_that_is_written_breaks_it(text):
    for lang in ("en", "pl", "ru"):
        assert all(0 < length < 1000 for size in measures.sizes(text, lang=lang, bare=True) for length in size.cm)
        found = measures.money(text, currency="PLN", lang=lang, bare=True)
        assert found is None or max(found.low or 0, found.high or 0) > 0
        steps(text)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["cm", " cm", " см", " centimetros"]))
def test_two_sides_are_read_as_they_are_written(width, height, unit):
    assert measures.sizes(f"{width} x {height}{unit}")[0].cm == (width, height)


@given(st.integers(1, 9_999_999), st.sampled_from(["zł", " zł", " PLN", " zlotych"]))
def test_a_sum_is_read_as_it_is_written(amount, currency):
    found = measures.money(f"do {amount}{currency}", currency="EUR")
    assert (found.high, found.currency) == (Decimal(amount), "PLN")
