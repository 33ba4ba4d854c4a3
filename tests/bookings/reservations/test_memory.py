"""What was said stays until it is done or dropped: after a price, a closed day, an offer; and cancelling is not moving."""

import pytest

from bots.models import Bot
from tests.bookings.reservations.talks import TUESDAY, is_summary_open, statuses, with_summary
from tests.customer import Customer

pytestmark = pytest.mark.slow

FRIDAY, WEDNESDAY = "2026-11-27 17:00", "2026-11-25 17:00"
THREE = ("draft", WEDNESDAY, 3)

AFTER_CLOSED = [  # Sunday is closed: hour and people hold for the day that is named then
    ("en", "sunday at 5pm, 3 people", "wednesday then same time"),
    ("en", "sunday at 5pm, 3 people", "ok wednesday"),
    ("pl", "w niedziele o 17 dla 3 osob", "to w srode o tej samej godzinie"),
    ("pl", "w niedziele o 17 dla 3 osob", "to moze sroda"),
    ("uk", "хочемо в неділю о 17, нас троє", "тоді в середу на той самий час"),
    ("uk", "хочемо в неділю о 17, нас троє", "давайте середу"),
    ("ru", "хотим в воскресенье в 17, нас трое", "тогда в среду в то же время"),
    ("ru", "хотим в воскресенье в 17, нас трое", "давайте среду"),
    ("es", "quiero ir el domingo a las 17, somos 3", "el miercoles a la misma hora"),
    ("es", "quiero ir el domingo a las 17, somos 3", "pues el miercoles"),
]


@pytest.mark.parametrize(("language", "first", "then"), AFTER_CLOSED)
def test_hour_and_people_outlive_a_closed_day(studio: Bot, language: str, first: str, then: str) -> None:
    customer = Customer(studio)
    said = customer.writes(first)
    said += customer.writes(then)
    assert customer.visits == [THREE], said
    assert is_summary_open(customer)


AFTER_PRICE = [
    ("en", "how much is the wheel on tuesday evening for 2?", "ya 6ish works"),
    ("pl", "ile kosztuje kolo we wtorek wieczorem dla 2 osob?", "a o 18"),
    ("uk", "скільки коштує у вівторок ввечері на двох?", "давайте о 18"),
    ("ru", "сколько стоит во вторник вечером на двоих?", "давайте в 18"),
    ("es", "cuanto cuesta el martes por la tarde para 2?", "a las 18 vale"),
]


@pytest.mark.parametrize(("language", "first", "then"), AFTER_PRICE)
def test_the_price_is_answered_and_the_rest_of_the_question_kept(
    studio: Bot, language: str, first: str, then: str
) -> None:
    customer = Customer(studio)
    said = customer.writes(first)
    assert "120" in " ".join(said), said
    said = customer.writes(then)
    assert customer.visits == [("draft", "2026-11-24 18:00", 2)], said


CHANGES = [
    ("en", "actually wednesday", WEDNESDAY, 2), ("en", "we are 3 now", TUESDAY, 3), ("en", "plus my sister", TUESDAY, 3),
    ("pl", "jednak w srode", WEDNESDAY, 2), ("pl", "plus jedna osoba", TUESDAY, 3), ("pl", "bedzie nas 3", TUESDAY, 3),
    ("uk", "краще в середу", WEDNESDAY, 2), ("uk", "плюс одна людина", TUESDAY, 3), ("uk", "нас буде троє", TUESDAY, 3),
    ("ru", "лучше в среду", WEDNESDAY, 2), ("ru", "плюс один человек", TUESDAY, 3), ("ru", "нас будет трое", TUESDAY, 3),
    ("es", "mejor el miercoles", WEDNESDAY, 2), ("es", "una persona mas", TUESDAY, 3), ("es", "seremos 3", TUESDAY, 3),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "when", "people"), CHANGES)
def test_a_change_of_one_thing_keeps_the_others(studio: Bot, language: str, words: str, when: str, people: int) -> None:
    customer = with_summary(Customer(studio), language)
    said = customer.writes(words)
    assert customer.visits == [("draft", when, people)], said
    assert is_summary_open(customer)


SECOND = [  # of the times that were shown
    ("en", "tuesday evening for 2", "the second one"), ("en", "tuesday evening for 2", "the later one"),
    ("pl", "we wtorek wieczorem dla 2 osob", "ten drugi"), ("pl", "we wtorek wieczorem dla 2 osob", "18:30"),
    ("uk", "у вівторок ввечері, двоє", "другий варіант"), ("ru", "во вторник вечером, двое", "второй вариант"),
    ("ru", "во вторник вечером, двое", "который позже"), ("es", "el martes a partir de las 18, somos 2", "la segunda"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "first", "then"), SECOND)
def test_what_was_shown_is_chosen_in_words(studio: Bot, language: str, first: str, then: str) -> None:
    customer = Customer(studio)
    said = customer.writes(first)
    said += customer.writes(then)
    assert customer.visits == [("draft", "2026-11-24 18:30", 2)], said


def test_noon_of_a_day_that_was_offered_is_no_other_day_of_the_month(studio: Bot) -> None:
    """28 November and 12 December are Saturdays both."""
    customer = Customer(studio)
    customer.writes("хочу в неділю з донькою")
    said = customer.writes("тоді сб 12")
    assert customer.visits == [("draft", "2026-11-28 12:00", 2)], said


SENT = {"en": "yes", "pl": "tak", "uk": "так", "ru": "да", "es": "si"}
CANCELS = [
    ("en", "i can't come, please cancel"), ("pl", "prosze jednak odwolac"), ("uk", "скасуйте будь ласка"),
    ("ru", "отмените пожалуйста"), ("es", "al final no podemos, hay que cancelar"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), CANCELS)
def test_cancelling_is_asked_about_once_and_a_yes_cancels(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(SENT[language])
    customer.writes(words)
    assert statuses(customer) == ["pending"]
    assert customer.dialogue.question.yes.startswith("booking:cancel:")
    said = customer.writes(SENT[language])
    assert statuses(customer) == ["cancelled"], said


MOVES = [
    ("en", "no need to cancel, just move it to thursday same time"), ("pl", "nie odwoluj, tylko przenies na czwartek"),
    ("uk", "не скасовуйте, просто перенесіть на четвер"), ("ru", "не надо отменять, просто перенесите на четверг"),
    ("es", "no lo canceles, solo muevelo al jueves"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), MOVES)
def test_no_need_to_cancel_is_a_move(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(SENT[language])
    said = customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2), ("draft", "2026-11-26 17:00", 2)], said
    customer.writes(SENT[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", "2026-11-26 17:00", 2)]


def test_the_summary_names_the_service_that_nobody_named(studio: Bot) -> None:
    assert "Wheel workshop: Tuesday 24 November" in Customer(studio).writes("tuesday at 5pm for 2")[-1]
