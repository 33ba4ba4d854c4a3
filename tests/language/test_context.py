"""What the conversation so far does to a short answer."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from bots.language import Context, Understanding, understand
from tests.language.examples import NOW, ZONE

SLOTS = ((date(2026, 12, 1), time(18, 30)), (date(2026, 12, 2), time(18)), (date(2026, 12, 3), time(18, 30)))
HOURS = {3: [(time(8), time(16))], 4: [(time(16), time(22))]}


def read(text: str, lang: str = "", **known: Any) -> Understanding:
    return understand(text, now=NOW, tz=ZONE, lang=lang, context=Context(**known))


@pytest.mark.parametrize(
    ("text", "lang", "day", "hour"),
    [
        ("wed", "en", date(2026, 12, 2), time(18)),
        ("śr", "pl", date(2026, 12, 2), time(18)),
        ("the second one", "en", date(2026, 12, 2), time(18)),
        ("трете", "uk", date(2026, 12, 3), time(18, 30)),
        ("la última", "es", date(2026, 12, 3), time(18, 30)),
        ("в 18:00", "ru", date(2026, 12, 2), time(18)),
    ],
)
def test_an_offered_slot_is_picked(text: str, lang: str, day: date, hour: time) -> None:
    found = read(text, lang, offered=SLOTS)

    assert (found.date, found.time) == (day, hour)


def test_a_bare_number_is_what_was_asked_for() -> None:
    assert read("2", "pl", requested=("people",)).people == 2
    assert read("2", "pl", requested=("duration",)).duration_minutes == 120
    assert read("5", "en", requested=("time",)).time == time(17)
    assert read("24", "es", requested=("date",)).date == date(2026, 12, 24)
    assert not read("2", "pl").spans


def test_opening_hours_decide_between_morning_and_evening() -> None:
    assert read("thursday at 8", opening_hours=HOURS).time == time(8)
    assert read("friday at 8", opening_hours=HOURS).time == time(20)


def test_later_is_relative_to_what_is_known() -> None:
    assert read("an hour later", state={"time": "17:00"}).time == time(18)
    assert read("godzinę wcześniej", "pl", offered_time=time(17)).time == time(16)
    assert read("an hour later").time is None


def test_what_the_bot_offered_is_not_a_finding() -> None:
    found = read("tak", "pl", requested=("confirm",), offered_date=date(2026, 12, 1), offered_time=time(17))

    assert (found.intent, found.date, found.time, found.spans) == ("affirm", None, None, ())


@pytest.mark.parametrize(
    ("text", "lang", "service"),
    [
        ("chce sie zapisac na manikiur", "pl", "Manicure"),
        ("можно на маникюр завтра", "ru", "Manicure"),
        ("manicur tomorrow at 5", "en", "Manicure"),
        ("zajęcia toczenia na kole", "pl", "wheel"),
        ("запис на стрижку", "uk", "haircut"),
        ("hola, a qué hora abren?", "es", None),
    ],
)
def test_a_service_is_known_by_its_names(text: str, lang: str, service: str | None) -> None:
    services = {"wheel": ["toczenie na kole", "pottery wheel"], "Manicure": [], "haircut": ["стрижка"]}

    assert read(text, lang, services=services).service == service


def test_a_specialist_is_known_declined_and_in_another_script() -> None:
    people = {"Anna": ["Ania", "Аня"], "Настя": ["Анастасия"]}

    assert read("zapis do Anny", "pl", specialists=people).specialist == "Anna"
    assert read("к Ане завтра в 5", "ru", specialists=people).specialist == "Anna"
    assert read("можно к Насте?", "ru", specialists=people).specialist == "Настя"


def test_month_first_only_in_the_united_states() -> None:
    assert read("12/5 at 3pm", region="US").date == date(2026, 12, 5)
    assert read("12/5 at 3pm", region="GB").date == date(2027, 5, 12)


def test_the_language_stays_on_ok_and_numbers() -> None:
    for text in ("ok", "2", "👍", "17:00"):
        assert read(text, "uk").lang == "uk"
    assert read("hola, buenas tardes, quería una cita", "pl").lang == "es"


def test_both_halves_of_a_message_are_kept() -> None:
    found = read("hej ile kosztuja warsztaty i czy mozna przyjsc we wtorek na 17?")

    assert found.has("ask_price")
    assert found.has("book")
    assert (found.date, found.time) == (date(2026, 12, 1), time(17))
    assert found.questions == ("ile kosztuja warsztaty",)


def test_an_answer_with_a_question_is_both() -> None:
    found = read("tak, a jest gdzie zaparkowac?", requested=("confirm",))

    assert found.intent == "affirm"
    assert found.has("ask")
    assert found.questions == ("jest gdzie zaparkowac?",)


def test_a_move_has_an_old_and_a_new_slot() -> None:
    found = read("move it from 5pm to 6pm on friday")
    assert (found.from_time, found.time, found.date) == (time(17), time(18), date(2026, 11, 27))

    found = read("mam wizytę we wtorek o 16, mogę zmienić na środę?")
    assert (found.from_date, found.from_time, found.date) == (date(2026, 12, 1), time(16), date(2026, 12, 2))


def test_a_bare_weekday_is_never_today() -> None:
    assert read("wednesday").date == date(2026, 12, 2)
    assert read("this wednesday").date == date(2026, 11, 25)


def test_relative_days_follow_the_zone_of_the_business() -> None:
    night = datetime.fromisoformat("2026-11-25T23:30:00+00:00")

    assert understand("tomorrow", now=night, tz="Europe/Warsaw").date == date(2026, 11, 27)
    assert understand("tomorrow", now=night, tz="America/New_York").date == date(2026, 11, 26)


@pytest.mark.parametrize("word", ["stop", "STOP", "unsubscribe", "rezygnuję", "стоп", "Стоп!", "baja"])
def test_stop_words(word: str) -> None:
    assert read(word).intent == "stop"


@pytest.mark.parametrize("word", ["człowiek", "human", "оператор", "persona"])
def test_a_person_is_one_word_away(word: str) -> None:
    assert read(word).intent == "human"
