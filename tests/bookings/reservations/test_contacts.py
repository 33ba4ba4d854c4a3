"""Who comes and how to reach them: taken whenever it is told, and asked for once where the channel does not say."""

import pytest

from bots.models import Bot
from tests.bookings.reservations.talks import WISH, is_summary_open, statuses, with_summary
from tests.customer import Customer

pytestmark = pytest.mark.slow

YES = {"en": "yes", "pl": "tak", "uk": "так", "ru": "да", "es": "si"}
TOLD = {  # to the summary
    "en": ("Anna Kowalska, +48 600 100 200", "Anna Kowalska", "+48600100200", ""),
    "pl": ("Anna Kowalska, tel. 600 100 200", "Anna Kowalska", "+48600100200", ""),
    "uk": ("Анна Коваль, +380 67 123 45 67", "Анна Коваль", "+380671234567", ""),
    "ru": ("Анна Коваль, anna@example.com", "Анна Коваль", "", "anna@example.com"),
    "es": ("Ana García, +34 612 345 678", "Ana García", "+34612345678", ""),
}
ANSWERS = {  # to “who comes?”
    "en": ("Anna", "Anna"), "pl": ("Ania Nowak", "Ania Nowak"), "uk": ("Оксана", "Оксана"), "ru": ("Ирина", "Ирина"),
    "es": ("a nombre de Lucía", "Lucía"),
}  # fmt: skip
REFUSALS = {"en": "no thanks", "pl": "nie chce podawac", "uk": "не хочу", "ru": "не хочу", "es": "no hace falta"}


def known(customer: Customer) -> tuple[str, str, str]:
    contact = customer.conversation.contact
    return contact.name, contact.phone, contact.email


@pytest.mark.parametrize("language", TOLD)
def test_a_name_told_to_the_summary_is_noted_and_the_summary_stands(studio: Bot, language: str) -> None:
    words, *expected = TOLD[language]
    customer = with_summary(Customer(studio), language)
    customer.writes(words)
    assert known(customer) == tuple(expected)
    assert statuses(customer) == ["draft"] and is_summary_open(customer)
    said = customer.writes(YES[language])
    assert statuses(customer) == ["pending"]
    assert len(said) == 1, "who is known is not asked for"


@pytest.mark.parametrize("language", TOLD)
def test_a_yes_with_a_name_sends_and_keeps_it(studio: Bot, language: str) -> None:
    words, *expected = TOLD[language]
    customer = with_summary(Customer(studio), language)
    said = customer.writes(f"{YES[language]}, {words}")
    assert (statuses(customer), known(customer)) == (["pending"], tuple(expected)), said


@pytest.mark.parametrize("language", ANSWERS)
def test_who_comes_is_asked_once_and_the_answer_kept(studio: Bot, language: str) -> None:
    words, name = ANSWERS[language]
    customer = with_summary(Customer(studio), language)
    assert len(customer.writes(YES[language])) == 2
    assert "name" in customer.dialogue.question.asks
    customer.writes(words)
    assert known(customer) == (name, "", "")
    assert statuses(customer) == ["pending"] and customer.dialogue.question is None


@pytest.mark.parametrize("language", REFUSALS)
def test_who_does_not_say_is_not_asked_again(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(REFUSALS[language])
    assert known(customer) == ("", "", "") and customer.dialogue.question is None
    customer.writes({"en": "move it to thursday", "pl": "przenies na czwartek", "uk": "перенесіть на четвер",
                     "ru": "перенесите на четверг", "es": "muevelo al jueves"}[language])  # fmt: skip
    said = customer.writes(YES[language])
    assert statuses(customer) == ["moved", "pending"] and len(said) == 1, said


@pytest.mark.parametrize("language", WISH)
def test_a_phone_told_with_the_wish_is_kept(studio: Bot, language: str) -> None:
    customer = Customer(studio)
    customer.writes(f"{WISH[language]}. +48 600 100 200")
    assert known(customer)[1] == "+48600100200"
    assert is_summary_open(customer)


def test_what_is_asked_meanwhile_is_answered(studio: Bot) -> None:
    customer = with_summary(Customer(studio), "en")
    customer.writes("yes")
    said = customer.writes("where can i park?")
    assert "courtyard" in said[0]
    assert known(customer) == ("", "", "")
