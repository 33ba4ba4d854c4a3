"""Which of what was offered, which day and which hour: places in a list, days that will not do, the same hour."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from bots.language import Context, Understanding, understand

NOW = datetime.fromisoformat("2026-11-30T10:00:00+01:00")  # a Monday
FRIDAY, WEDNESDAY = date(2026, 12, 4), date(2026, 12, 9)
HOURS = {day: [(time(10), time(20))] for day in range(7)}
FIRST, SECOND, THIRD = time(15), time(16, 30), time(18)
CHOICE = {
    "requested": ("time",),
    "offered": tuple((FRIDAY, hour) for hour in (FIRST, SECOND, THIRD)),
    "state": {"date": "2026-12-04", "people": 2},
}
SUMMED_UP = {"requested": ("confirm",), "state": {"date": "2026-12-03", "time": "17:00", "people": 2}}
ASKED_DAY = {"requested": ("date",)}
NOTHING: dict[str, Any] = {}


def read(text: str, lang: str, known: dict[str, Any]) -> Understanding:
    context = Context(opening_hours=HOURS, **known)
    return understand(text, now=NOW, tz="Europe/Warsaw", lang=lang, default_lang=lang, context=context)


def told(phrases: dict[str, dict[Any, str]]) -> list[tuple[str, str, Any]]:
    """(language, text, what is expected) of phrases grouped by that."""
    return [
        (lang, text, expected)
        for lang, groups in phrases.items()
        for expected, texts in groups.items()
        for text in texts.split(" | ")
    ]


def each(phrases: dict[str, str]) -> list[tuple[str, str]]:
    """(language, text) of phrases that stand with a bar between them."""
    return [(lang, text) for lang, texts in phrases.items() for text in texts.split(" | ")]


PLACES = {
    "en": {
        FIRST: "of the three, the first would be most convenient, thank you | the one mentioned first suits us, and thanks again for being so patient",
        SECOND: "2 please | I'll take 2 | let's go with 2 then, thanks | we would like to take the second of those, if we "
        "may | I think the second time suits us better | can't do the first, so the second",
        THIRD: "the third would be the most suitable for us, thank you | i take last time | last option is the only one i "
        "can make with my shifts | the first two don't work, so the third",
    },
    "es": {
        FIRST: "el uno | el horario que mencionó en primer lugar me conviene | prefiero el primero de esos, si puede ser "
        "y no es molestia para usted",
        SECOND: "el 2 | 2 por favor | quiero el 2 | de esos tres el segundo, en los otros estoy en la universidad",
        THIRD: "me quedo con el último horario que me ofreció, hija | de esas tres la última, en las otras estoy en la "
        "uni | las dos primeras no me van, así que la tercera",
    },
    "pl": {
        FIRST: "poproszę 1 | wybieram pierwszą z zaproponowanych godzin, bo potem mamy jeszcze wizytę u babci",
        SECOND: "2 poproszę | biorę 2 | to 2 | zdecydowałam się na drugi z podanych terminów | zostajemy przy drugim",
        THIRD: "poproszę tę ostatnią godzinę | dwa pierwsze odpadają, więc zostaje ostatni",
    },
    "ru": {
        FIRST: "давайте 1 | мы бы взяли первое из предложенных, если его ещё никто не занял",
        SECOND: "2 пожалуйста | давайте 2 | под номером два, если ещё не заняли | 2ой вар норм заберу | остановимся на втором",
        THIRD: "из трёх возьму последнее, первые два я на учёбе | наиболее удобно время, указанное последним | первые два "
        "не подходят, поэтому третий",
    },
    "uk": {
        FIRST: "давайте 1 | нам найзручніше те, що вказане першим, дякуємо вам за турботу і терпіння",
        SECOND: "2 будь ласка | друга година зі списку мені до вподоби | зупинимося на другому | візьмемо друге",
        THIRD: "перші два ніяк, тому третій | мені найкраще пасує останній із трьох",
    },
}


@pytest.mark.parametrize(("lang", "text", "hour"), told(PLACES))
def test_a_place_in_the_list_is_heard_with_courtesy_and_in_longer_answers(lang: str, text: str, hour: time) -> None:
    found = read(text, lang, CHOICE)
    assert (found.date, found.time, found.time_alternatives) == (FRIDAY, hour, ())


TURNED_DOWN = {
    "en": "the first is too early for us | the second doesn't work | can't do the third | this is our second visit | not "
    "the first",
    "es": "la primera no me va | la segunda es demasiado tarde | no puedo a la tercera",
    "pl": "pierwszy mi nie pasuje | trzecia jest za późno | drugi odpada",
    "ru": "первый не подходит | третье для нас слишком поздно | второй отпадает",
    "uk": "перше не пасує | третє запізно для нас | другий відпадає",
}


@pytest.mark.parametrize(("lang", "text"), each(TURNED_DOWN))
def test_what_is_turned_down_is_not_chosen(lang: str, text: str) -> None:
    assert read(text, lang, CHOICE).time is None


HOURS_STILL = {
    "en": {FIRST: "3 | 3 please", time(14): "at 2 | 2pm", THIRD: "6"},
    "es": {time(14): "a las 2 | a las dos", FIRST: "a las 3"},
    "pl": {FIRST: "3", time(14): "o drugiej | o 14"},
    "ru": {FIRST: "3", time(14): "в 2 | в два"},
    "uk": {FIRST: "3", time(14): "о другій | друга година дня"},
}


@pytest.mark.parametrize(("lang", "text", "hour"), told(HOURS_STILL))
def test_a_led_or_an_offered_hour_is_no_place(lang: str, text: str, hour: time) -> None:
    assert read(text, lang, CHOICE).time == hour


OUT = {
    "en": "I have another commitment on December 4 | 4 December we're not in town | I have an exam on December 4 and won't "
    "come",
    "es": "lamentablemente el 4 de diciembre tenemos otro compromiso | yo el 4/12 no estar en ciudad | el 4/12 no se arma | "
    "ese día no, que el 4 de diciembre se casa mi sobrina | el 4 de diciembre no hay chance",
    "pl": "4.12 mam sprawdzian i nie przyjdę | na 4.12 nie ma opcji | 4 grudnia bez szans | 4 grudnia mamy już inne "
    "zobowiązania",
    "ru": "на 4.12 у меня врач, в этот день не приду | ой не, на 4.12 вообще без вариантов | я 4 декабря работать, нельзя | "
    "4 декабря у меня собеседование",
    "uk": "на 4.12 у мене лікар, в цей день не прийду | 4 грудня взагалі без варіантів | 4 грудня в мене співбесіда",
}


@pytest.mark.parametrize(("lang", "text"), each(OUT))
def test_a_day_that_will_not_do(lang: str, text: str) -> None:
    found = read(text, lang, ASKED_DAY)
    assert (found.date, found.excluded) == (None, (FRIDAY,))


WISHED = {
    "en": "let's do the 4th of December because after that I'm away | kids are off school 4 December so can you take a "
    "booking for 2 after 5pm | 4 December, if that's not too much trouble | what times have you got on December 4 | any "
    "slots left on 4 December | a lesson 4 December after work",
    "es": "quiero el 4 de diciembre porque después trabajo | el 4 de diciembre, si no es molestia | una clase el 4 de "
    "diciembre después de las cinco",
    "pl": "najbardziej odpowiadałby termin 4 grudnia, jeśli to nie kłopot | może 4 grudnia, bo potem pracuję | lekcja 4 "
    "grudnia po piątej",
    "ru": "гончарный урок 4-го декабря после пяти | давайте на 4 декабря, потом еду к бабушке | на 4 декабря, если не "
    "сложно | какие часы на 4 декабря у вас ещё не разобрали",
    "uk": "давайте на 4 грудня бо потім їду до бабусі | давайте на 4 грудня, бо потім працюю | на 4 грудня, якщо не важко",
}


@pytest.mark.parametrize(("lang", "text"), each(WISHED))
def test_a_reason_or_a_courtesy_beside_a_wish_bars_nothing(lang: str, text: str) -> None:
    found = read(text, lang, ASKED_DAY)
    assert (found.date, found.date_end, found.excluded) == (FRIDAY, None, ())


MEANT = {
    "en": "wrong day, it should be December 4 | wrong day, it should be the 4 of December | I said 4 December | I put 4 "
    "December",
    "es": "ese día ni puedo, puse 4/12 | dije el 4 de diciembre | ese día no, el 4 de diciembre mejor",
    "pl": "a ja pisałam na 4 grudnia | na 4 grudnia pisałem | mówiłam na piątek",
    "ru": "да не, на 4 декабря же писал | я ж на пятницу просила | нам надо 4-го декабря! время не трогайте, оно удобное",
    "uk": "я ж писала на 4 грудня | на 4 грудня я ж писала | я на п'ятницю просив",
}


@pytest.mark.parametrize(("lang", "text"), each(MEANT))
def test_what_the_customer_wrote_before_is_the_day(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)
    assert (found.date, found.people, found.excluded) == (FRIDAY, None, ())


STORIES = {
    "en": "we left on Friday and nobody called",
    "es": "pedí el lunes y no sé nada",
    "pl": "pisałam w piątek i nikt nie odpisał",
    "ru": "писала в пятницу, никто не ответил",
    "uk": "писала в п'ятницю, ніхто не відповів",
}


@pytest.mark.parametrize(("lang", "text"), each(STORIES))
def test_when_something_was_written_is_no_wish(lang: str, text: str) -> None:
    assert read(text, lang, NOTHING).date is None


def test_what_follows_from_a_story_is_a_wish() -> None:
    text = "My girlfriend has been dropping hints for months so I'd like to bring her on the 4th of December in the evening"
    found = read(text, "en", NOTHING)
    assert (found.date, found.time) == (FRIDAY, time(18))


SAME_HOUR = {
    "en": "the time's great, only make it on Friday | the hour is good but I want to come on the 4 of December | the hour "
    "we agreed upon is fine; however, I would prefer December 4 | on the 4 of December, same o'clock | the time suits me, "
    "but the 4th of December",
    "es": "el 4 de diciembre, manteniendo el horario | el horario va bien, cambia el día: el 4 de diciembre | el 4 de "
    "diciembre, la hora déjala igual | igual de hora pero el 4 de diciembre | la hora me parece perfecta; prefiero el 4/12",
    "pl": "w dniu 4 grudnia? godzinę zostawmy | czas ok, ale 4 grudnia | 4 grudnia o tej samej się da? | godzina pasuje, "
    "tylko 4 grudnia | godzina jak ustaliliśmy, ale 4 grudnia",
    "ru": "тот самый час, но 4 декабря | на 4.12 в этот же час есть? | время меня устраивает, но запишите на 4 декабря | "
    "4 декабря, время как договаривались",
    "uk": "час добре, день інший, 4 грудня | 4 грудня, час як домовлялися | те саме по часу, але 4 грудня | час мене "
    "цілком влаштовує, але 4 грудня",
}


@pytest.mark.parametrize(("lang", "text"), each(SAME_HOUR))
def test_the_hour_stays(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)
    assert (found.date, found.time, "time" in found.same) == (FRIDAY, None, True)


OTHER_HOUR = {
    "en": "what time works for you on Friday | is the time ok? | any time is good on Friday | the time doesn't work for us",
    "es": "la hora no me va bien | ¿qué hora os va bien el viernes?",
    "pl": "godzina mi nie pasuje | mam czas w piątek",
    "ru": "время не подходит | какое время удобно в пятницу?",
    "uk": "час мені не підходить | який час зручний у п'ятницю?",
}


@pytest.mark.parametrize(("lang", "text"), each(OTHER_HOUR))
def test_an_hour_that_is_asked_about_or_refused_does_not_stay(lang: str, text: str) -> None:
    assert read(text, lang, SUMMED_UP).same == ()


TWO_VISITS = {
    "en": "first on December 4, then on December 9, at 6 pm for 2 people | two lessons: first 4 December, second 9 "
    "December, 6 pm, for two",
    "es": "primero el 4 de diciembre y luego el 9 de diciembre, a las 18 para dos | una el 4/12, otra el 9/12, a las 18h, "
    "para dos",
    "pl": "najpierw 4 grudnia, potem 9 grudnia, o 18 dla 2 osób | raz 4 grudnia, drugi raz 9 grudnia, o 18:00, 2 osoby",
    "ru": "сначала полепить 4 декабря, а красить придём на 9.12, каждый раз в 18.00 на 2 человек | один на 4.12, второй на "
    "9.12, на 18:00, на двоих | на двоих в 18:00: первое на 4 декабря, второе на 9 декабря",
    "uk": "перший раз прийдемо 4 грудня, другий 9 грудня, на 18:00, на двох | спочатку 4.12, потім 9.12, о 18:00 на двох",
}


@pytest.mark.parametrize(("lang", "text"), each(TWO_VISITS))
def test_first_one_day_then_another_are_two_visits(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)
    assert (found.date, found.alternatives, found.several) == (FRIDAY, (WEDNESDAY,), True)
    assert (found.time, found.people) == (time(18), 2)


ONE_VISIT = {
    "en": "first choice the 4th of December, second choice the 9th of December, 6 pm for 2 | 4 December or 9 December, 6 pm "
    "for 2",
    "es": "primera opción el 4/12, segunda opción el 9/12, a las 18 para dos",
    "pl": "pierwszy wybór 4 grudnia albo 9 grudnia, o 18 dla 2 osób",
    "ru": "первый вариант 4 декабря, второй вариант 9 декабря, в 18:00 на двоих",
    "uk": "перший варіант 4 грудня, другий варіант 9 грудня, о 18:00 на двох",
}


@pytest.mark.parametrize(("lang", "text"), each(ONE_VISIT))
def test_a_first_and_a_second_choice_are_one_visit(lang: str, text: str) -> None:
    assert not read(text, lang, NOTHING).several


def test_being_late_is_no_part_of_the_day() -> None:
    found = read("voy tarde, perdón", "es", NOTHING)
    assert (found.time, found.end_time) == (None, None)


def test_another_hour_behind_a_change_of_mind() -> None:
    assert read("Zmieniłem zdanie co do godziny: szósta wieczorem", "pl", SUMMED_UP).time == time(18)
    assert read("I changed my mind about the hour: six in the evening", "en", SUMMED_UP).time == time(18)
    assert read("передумала, в шесть вечера", "ru", SUMMED_UP).time == time(18)
    assert read("передумала, о шостій вечора", "uk", SUMMED_UP).time == time(18)


def test_the_suffix_of_a_day_is_no_yes() -> None:
    assert read("гончарный урок 4-го декабря после пяти", "ru", NOTHING).answer != "yes"


MISSPELT = {"en": "the secnd one | the seccond one pls", "es": "la segnuda | la seguna porfa", "uk": "дргуий"}


@pytest.mark.parametrize(("lang", "text"), each(MISSPELT))
def test_a_misspelt_place_is_a_place(lang: str, text: str) -> None:
    assert read(text, lang, CHOICE).time == SECOND


def test_the_one_that_is_described_is_no_hour() -> None:
    assert read("the blue one", "en", CHOICE).time is None
    assert read("at one", "en", CHOICE).time == time(13)


LEAVES = {
    "en": "ok bye, until saturday then | thank you! see you saturday", "es": "muchas gracias, hasta el lunes!",
    "pl": "no to do zobaczenia w sobotę :) | dzięki, to do soboty", "ru": "отлично, спасибо, до среды",
    "uk": "дякую! до четверга",
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), each(LEAVES))
def test_the_day_of_a_farewell_is_no_wish(lang: str, text: str) -> None:
    understood = read(text, lang, NOTHING)
    assert (understood.date, understood.date_end, understood.has("book")) == (None, None, False)
