"""Numbers, dates and people with two readings: the open question, the calendar and what is known weigh them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from bots.language import Context, Understanding, understand
from bots.language.doubts import Unclear

ZONE = "Europe/Warsaw"
NOVEMBER = datetime.fromisoformat("2026-11-30T10:00:00+01:00")  # a Monday
SUMMER = datetime.fromisoformat("2027-06-09T18:00:00+02:00")  # a Wednesday
JANUARY = datetime.fromisoformat("2028-01-03T09:00:00+01:00")  # a Monday
HOURS = {day: [(time(10), time(20))] for day in range(1, 7)}
FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)
OFFERED = ((FRIDAY, time(17)), (FRIDAY, time(18)), (SATURDAY, time(12)))

NOTHING: dict[str, Any] = {}
SUMMED_UP = {
    "state": {"date": "2026-12-04", "time": "17:00", "people": 2},
    "requested": ("confirm",),
    "opening_hours": HOURS,
}
ASKED_ALL = {"requested": ("date", "time", "people"), "offered": OFFERED, "opening_hours": HOURS}
ASKED_PEOPLE = {"requested": ("people",), "state": {"date": "2026-12-04", "time": "17:00"}, "opening_hours": HOURS}
TWO_KNOWN = {"state": {"people": 2}, "opening_hours": HOURS}
CHOICE = {"offered": OFFERED, "opening_hours": HOURS}


def read(text: str, lang: str, known: dict[str, Any], now: datetime = NOVEMBER) -> Understanding:
    return understand(text, now=now, tz=ZONE, lang=lang, default_lang=lang, context=Context(**known))


def each(phrases: dict[str, str]) -> list[tuple[str, str]]:
    """(language, text) of phrases that stand with a bar between them."""
    return [(lang, text) for lang, texts in phrases.items() for text in texts.split(" | ")]


def told(phrases: dict[str, dict[Any, str]]) -> list[tuple[str, str, Any]]:
    """(language, text, what is expected) of phrases grouped by that."""
    return [
        (lang, text, expected)
        for lang, groups in phrases.items()
        for expected, texts in groups.items()
        for text in texts.split(" | ")
    ]


ANOTHER_HOUR = {
    "en": "could it be 6? | 2 of us, could it be 6? | what about 6? | can we do 6 | 6 instead | is 6 ok | does 6 work | "
    "id prefer 6 | yes but 6 | no, 6 | we could do 6 | could we go for 6 | or 6? | may it be 6 | actually 6 | 6?",
    "es": "mejor 18 | y a las 6? | podria ser 18? | somos 2, puede ser 18? | prefiero 18 | sí pero 18 | vale 18 | y 18? | "
    "se puede 18? | cambialo a 18 | 18 por favor | quizás 18 | dije 18",
    "pl": "moze byc 18? | a 18? | 2 osob, moze byc 18? | może jednak 18 | 18 da rade? | wolałabym 18 | 18 zamiast 17 | "
    "dla dwóch, a 18? | a moze osiemnasta? | tak, ale 18 | 18 poprosze | niech będzie 18 | czy 18 też możliwa",
    "ru": "а можно 18 | а 18? | нас 2, можно 18? | лучше 18 | давайте 18 | если 18 | 18 подойдет | а 18 никак? | да но 18 | "
    "тогда 18 | хочу 18 | может в шесть? | а шесть можно?",
    "uk": "а можна 18 | а 18? | нас 2, можна 18? | краще 18 | давайте 18 | якщо 18 | 18 підійде | так але 18 | тоді 18 | "
    "може шоста? | а можна шість? | лучше 18",
}
NO_HOUR = {
    "en": "she is 7, and wheel for me please | the second one | is it ok for a 5 year old? | i have 2 dogs | flat 5? | "
    "are there 2 wheels? | one question | can i bring 2 bottles | my kids are 7 | i have 3 questions | im 160 cm tall",
    "es": "tiene 7, y torno para mí | la segunda | tengo 2 perros | hay 2 tornos? | una pregunta | tengo 3 preguntas | "
    "podemos llevar 2 botellas? | mido 160 cm | calle 5?",
    "pl": "ona ma 7, a koło dla mnie | druga | drugi | mam 2 psy | czy sa 2 kola? | mam 3 pytania | bon 18 | "
    "jedno pytanie | czy dla 5-latka też?",
    "ru": "ей 7, а круг для меня | вторую | второй | у меня 2 собаки | там 2 круга? | у меня 3 вопроса | один вопрос | "
    "можно взять 2 бутылки? | на 3 этаже?",
    "uk": "їй 7, а коло для мене | другу | другий | у мене 2 собаки | там 2 кола? | у мене 3 питання | одне питання | "
    "можна взяти 2 пляшки? | на 3 поверсі?",
}


@pytest.mark.parametrize(("lang", "text"), each(ANOTHER_HOUR))
def test_another_hour_is_heard_without_its_little_word(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)

    assert found.time == time(18)
    assert found.people in (None, 2)
    assert found.date is None


@pytest.mark.parametrize(("lang", "text"), each(NO_HOUR))
def test_other_numbers_are_no_hours(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)

    assert (found.date, found.time, found.people, found.people_shift, found.unclear) == (None, None, None, None, ())


@pytest.mark.parametrize(("lang", "text"), each({"en": "could we be 3 | and 3?", "pl": "a 3?", "ru": "а 3?"}))
def test_a_small_number_may_be_people(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)

    assert found.people == 3 or (time(15), 3) in [one.values for one in found.unclear]
    assert found.time is None


ANSWERED = {
    "en": {None: "18 | 6 | 6pm", 2: "18, 2 | 6, 2 of us | 6pm for two | 6 for 2 | 2, 18 | 18 2"},
    "es": {None: "18 | las 18 | a las 6", 2: "18, 2 | 6, somos 2 | a las 18 para dos | a las 6, dos | los dos a las 6"},
    "pl": {
        None: "18 | o 18 | 18-ta",
        2: "18, 2 | 18:00 dla dwóch | 18 i 2 osoby | dwie osoby 18 | dla 2 na 18 | 2, 18",
    },
    "ru": {None: "18 | в 18 | в 6", 2: "18, 2 | 18:00 для двоих | в 6, двое | 18 двое | 18, нас двое | 2, 18"},
    "uk": {None: "18 | о 18 | о 6", 2: "18, 2 | 18:00 для двох | о 6, двоє | 18 двоє | 18, нас двоє | 2, 18"},
}


@pytest.mark.parametrize(("lang", "text", "people"), told(ANSWERED))
def test_an_offered_hour_is_no_number_of_people(lang: str, text: str, people: int | None) -> None:
    found = read(text, lang, ASKED_ALL)

    assert (found.date, found.time, found.people) == (FRIDAY, time(18), people)


@pytest.mark.parametrize("lang", ["en", "es", "pl", "ru", "uk"])
def test_a_small_number_answers_how_many(lang: str) -> None:
    assert read("2", lang, ASKED_ALL).people == 2
    assert read("3", lang, ASKED_PEOPLE).people == 3


COUNTED = {
    "en": {
        3: "plus one | +1 | one more person | plus my sister | and a friend joins | my sister is coming too | add one more | "
        "my mum wants to come too | we're 3 now | one extra person | bringing a friend as well | can you add a person?",
        1: "minus one | one less | my husband is not coming after all | without my husband | just me | one person dropped out | "
        "my friend cant make it so just me | one of us can't make it",
        4: "plus two friends | two more people are coming | 2 kids joining",
        2: "we are two now | just the two of us",
    },
    "es": {
        3: "una persona más | uno más | +1 | y también viene mi hermana | se apunta una amiga | añade una persona | "
        "otra persona más | somos tres ahora | más mi hermana | mi hermana también",
        1: "una menos | una persona menos | mi marido al final no viene | sin mi marido | solo yo | voy sola | quita una persona",
        4: "dos más | se suman dos | más dos niños",
        2: "ahora somos dos | son dos",
    },
    "pl": {
        3: "plus jedna osoba | jeszcze jedna osoba | +1 | plus moja siostra | dojdzie jeszcze kolezanka | siostra tez idzie | "
        "dodajcie jedną osobę | o jedną więcej | przyjdzie też mama | wezmę jeszcze mamę | plus dziecko",
        1: "minus jedna osoba | jedna osoba mniej | maz jednak nie przyjdzie | bez męża | tylko ja | mąż odpada | "
        "przyjdę sama, mąż nie może",
        4: "plus dwie | dołożymy jeszcze dwie osoby | plus dwójka dzieci",
        2: "jest nas teraz dwoje | bedziemy we dwie",
    },
    "ru": {
        3: "плюс один человек | плюс один | еще один | +1 | плюс сестра | и сестра тоже придет | подруга присоединится | "
        "добавьте одного | на одного человека больше | нас уже трое",
        1: "минус один | на одного меньше | муж не придет | без мужа | только я | подруга не сможет | один человек отпал",
        4: "ещё двое | плюс двое детей",
        2: "нас теперь двое | мы будем вдвоем",
    },
    "uk": {
        3: "плюс одна людина | плюс один | ще один | +1 | плюс сестра | сестра теж прийде | подруга приєднається | "
        "додайте ще одного | на одного більше | нас вже троє",
        1: "мінус один | на одного менше | чоловік не прийде | без чоловіка | тільки я | подруга не зможе | одна людина відпала",
        4: "ще двоє | плюс двоє дітей",
        2: "нас тепер двоє | ми будемо вдвох",
    },
}


@pytest.mark.parametrize(("lang", "text", "people"), told(COUNTED))
def test_more_and_fewer_are_counted_from_what_is_known(lang: str, text: str, people: int) -> None:
    found = read(text, lang, TWO_KNOWN)

    assert (found.people, found.time) == (people, None)
    assert found.intent != "cancel"


SHIFTS = {
    "en": {
        1: "one more person | plus my brother | a friend joins us",
        -1: "my husband is not coming after all | minus one",
    },
    "es": {1: "una persona más | y mi madre | se une una amiga", -1: "mi marido al final no viene | una persona menos"},
    "pl": {1: "plus jedna osoba | mama tez | dołączy koleżanka", -1: "mąż jednak nie przyjdzie | jedna osoba mniej"},
    "ru": {1: "плюс один человек | и мама | подруга присоединится", -1: "муж не придет | минус один человек"},
    "uk": {1: "плюс одна людина | і мама | подруга приєднається", -1: "чоловік не прийде | мінус одна людина"},
}


@pytest.mark.parametrize(("lang", "text", "shift"), told(SHIFTS))
def test_more_and_fewer_of_an_unknown_number_are_kept_as_such(lang: str, text: str, shift: int) -> None:
    found = read(text, lang, NOTHING)

    assert (found.people, found.people_shift) == (None, shift)


NOBODY_MORE = {
    "en": "one more thing | one more question | my sister also asked how much it is | my husband is not sure | another one | "
    "i will ask my husband | let me have a think, theres another place im looking at too | without my sister i wont come",
    "es": "una cosa más | una pregunta más | mi hermana también pregunta | mi marido no está seguro | otra hora | "
    "ya encontré otro sitio, así que no | es +18? | no quiero ni uno más",
    "pl": "jeszcze jedna sprawa | jeszcze jedno pytanie | mąż nie może w piątek | siostra też by chciała wiedzieć ile kosztuje | "
    "jeszcze 15 minut | bez dzieci | jeśli mąż nie przyjdzie, dam znać",
    "ru": "ещё один вопрос | муж не может в пятницу | сестра тоже спрашивает | без детей | ещё раз | муж не знает | "
    "но если мама не сможет то тогда и не надо",
    "uk": "ще одне питання | чоловік не може в п'ятницю | сестра теж питає | без дітей | ще раз | спитаю чоловіка | "
    "якщо мама не зможе то не треба",
}


@pytest.mark.parametrize(("lang", "text"), each(NOBODY_MORE))
def test_nobody_comes_or_goes_who_is_only_spoken_of(lang: str, text: str) -> None:
    found = read(text, lang, TWO_KNOWN)

    assert (found.people, found.people_shift) == (None, None)


WHO_COMES = {
    "en": {
        1: "one | just me | only one | myself",
        2: "two | both of us | me and my gf | couple",
        3: "me plus 2 | three",
    },
    "es": {1: "uno | una | yo sola | solo uno", 2: "dos | son dos | los dos | yo y mi novia", 3: "tres | seremos 3"},
    "pl": {
        1: "jedna | jeden | sama | tylko jedna",
        2: "dwie | dwoje | ja i mąż | z mamą",
        3: "troje | dwoje dzieci i ja",
    },
    "ru": {1: "один | одна | я один", 2: "двое | два | на двоих | я и дочь", 3: "трое | двое детей и я"},
    "uk": {1: "один | одна | буду сама", 2: "двоє | дві | двох чєловєк | я і донька", 3: "троє | двоє дітей і я"},
}


@pytest.mark.parametrize(("lang", "text", "people"), told(WHO_COMES))
def test_how_many_is_answered_in_a_word(lang: str, text: str, people: int) -> None:
    found = read(text, lang, ASKED_PEOPLE)

    assert (found.people, found.time, found.unclear) == (people, None, ())


@pytest.mark.parametrize(("lang", "text"), [("en", "yes"), ("pl", "tak"), ("es", "sí"), ("ru", "да"), ("uk", "так")])
def test_yes_is_no_number(lang: str, text: str) -> None:
    assert read(text, lang, ASKED_PEOPLE).people is None


AGES = {
    "en": {
        (5, (5, 7, 9)): "2 adults and 3 kids aged 5, 7, 9",
        (5, (4, 6, 8)): "3 children aged 4, 6 and 8 + 2 adults",
        (2, (9,)): "my daughter (9) and I | my 9yo daughter and me",
        (2, (7,)): "me and my 7 year old",
        (4, (4, 6)): "me, my wife and 2 kids (4 and 6)",
        (None, (7,)): "she is 7 | my son is 7",
        (None, (5, 8)): "my kids are 5 and 8",
    },
    "es": {
        (5, (5, 7, 9)): "2 adultos y 3 niños de 5, 7 y 9",
        (5, (4, 6, 8)): "3 niños de 4, 6 y 8 años + 2 adultos",
        (2, (9,)): "mi hija de 9 y yo | mi hija de 9 años y yo",
        (2, (6, 9)): "dos niños, 6 y 9",
        (None, (7,)): "tiene 7 años | mi hijo tiene 7",
        (None, (5, 8)): "mis hijos tienen 5 y 8",
    },
    "pl": {
        (5, (5, 7, 9)): "dwoje dorosłych i troje dzieci w wieku 5, 7 i 9 lat | 2 dorosłych i 3 dzieci (5, 7, 9)",
        (2, (9,)): "ja i córka 9 lat | moja corka (9) i ja",
        (3, (5, 7)): "dzieci 5 i 7 lat i ja",
        (None, (7,)): "córka ma 7 lat | ona ma 7",
        (None, (6, 8)): "syn 6 lat i corka 8 lat",
    },
    "ru": {
        (5, (5, 7, 9)): "двое взрослых и трое детей 5, 7 и 9 лет",
        (5, (4, 6, 8)): "3 детей 4, 6 и 8 лет + 2 взрослых",
        (2, (9,)): "дочка 9 лет и я | я и дочь (9)",
        (None, (7,)): "дочке 7 | ей 7",
        (None, (5, 8)): "дети 5 и 8 лет",
        (None, (17,)): "дочке 17, хочет тату",
    },
    "uk": {
        (5, (5, 7, 9)): "двоє дорослих і троє дітей 5, 7 і 9 років",
        (5, (4, 6, 8)): "3 дітей 4, 6 і 8 років + 2 дорослих",
        (2, (9,)): "донька 9 років і я",
        (None, (7,)): "доньці 7 | їй 7",
        (None, (3,)): "в мене малий 3 роки, є щось для нього?",
        (None, (15,)): "дочці п'ятнадцять, хоче тату",
    },
}


@pytest.mark.parametrize(("lang", "text", "expected"), told(AGES))
def test_ages_are_neither_hours_nor_people(lang: str, text: str, expected: tuple[int | None, tuple[int, ...]]) -> None:
    for known in (NOTHING, ASKED_ALL):
        found = read(text, lang, known)
        assert found.ages == expected[1]
        assert found.time is None
        assert known is ASKED_ALL or found.people == expected[0]


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "9 and 6"), ("es", "9 y 6"), ("pl", "9 i 6 lat"), ("ru", "9 и 6"), ("uk", "9 і 6 років")]
)
def test_ages_that_were_asked_for_are_heard(lang: str, text: str) -> None:
    assert read(text, lang, {"requested": ("ages",)}).ages == (9, 6)


DENIED = {
    "en": {
        (date(2026, 12, 9), None, None): "not 2 December but 9 | no not the 2nd, the 9th | i meant 9 december, not 2",
        (
            None,
            time(18),
            None,
        ): "not 5, 6 | 6 not 5 | not at 5 but at 6 | not 5pm, 6pm | don't want 5, want 6 | 6pm instead of 5pm",
        (None, None, 3): "3 people, not 2 | not 2 people, 3 | it's not for 2 but for 3 | not 2, 3",
        (None, None, 2): "no i said 2 people not 2 o'clock",
        (date(2026, 12, 5), None, None): "not on friday, on saturday | not friday but saturday",
    },
    "es": {
        (date(2026, 12, 9), None, None): "no 2 de diciembre sino 9 | el 9, no el 2 | el 9 de diciembre y no el 2",
        (
            None,
            time(18),
            None,
        ): "no a las 5, a las 6 | a las 6, no a las 5 | no 17 sino 18 | no, a las 6 | 18 en vez de 17",
        (None, None, 3): "no 2 personas, 3 | somos 3 no 2 | no son 2 son 3 | no para 2 sino para 3",
        (None, None, 2): "dije 2 personas no a las 2",
        (date(2026, 12, 5), None, None): "no el viernes, el sábado",
    },
    "pl": {
        (date(2026, 12, 9), None, None): "nie 2 grudnia tylko 9 | nie 2 grudnia, 9 | 9 grudnia nie 2",
        (None, time(18), None): "nie 17 tylko 18 | nie o 17, o 18 | 18 a nie 17 | nie, o 18 | nie 17, 18",
        (None, None, 3): "3 osoby a nie 2 | nie dwie osoby tylko trzy | nie na 2 osoby, na 3 | zamiast 2 osób będą 3",
        (None, None, 2): "mówiłam 2 osoby nie o 2",
        (date(2026, 12, 5), None, None): "nie na piatek tylko na sobote | nie w piątek, tylko w sobotę",
    },
    "ru": {
        (date(2026, 12, 9), None, None): "не 2 декабря а 9 | нет не 2 декабря а 9 | 9 декабря, не 2",
        (None, time(18), None): "не 17 а 18 | не в 5, а в 6 | в 6, не в 5 | не в 17:00, а в 18:00 | 18 вместо 17",
        (None, None, 3): "3 человека а не 2 | не двое а трое | нас не двое а трое | не 2 человека, а 3 | не на 2, на 3",
        (None, None, 2): "я сказала 2 человека а не 2 часа",
        (date(2026, 12, 5), None, None): "не на пятницу, а на субботу",
    },
    "uk": {
        (date(2026, 12, 9), None, None): "не 2 грудня а 9 | ні не 2 грудня а 9 | 9 грудня, не 2",
        (None, time(18), None): "не 17 а 18 | не о 5, а о 6 | о 6, не о 5 | не о 17:00, а о 18:00 | 18 замість 17",
        (None, None, 3): "3 людини а не 2 | не двоє а троє | нас не двоє а троє | не 2 людини, а 3 | не на 2, на 3",
        (None, None, 2): "я казала 2 людини а не 2 година",
        (date(2026, 12, 5), None, None): "не на п'ятницю, а на суботу",
    },
}


@pytest.mark.parametrize(("lang", "text", "expected"), told(DENIED))
def test_a_denied_value_is_not_taken(
    lang: str, text: str, expected: tuple[date | None, time | None, int | None]
) -> None:
    found = read(text, lang, SUMMED_UP)

    assert (found.date, found.time, found.people) == expected
    assert not (found.alternatives or found.time_alternatives or found.unclear)


BOTH_DENIED = {
    "en": "not friday at 5 but saturday at 6 | not fri 5pm, sat 6pm",
    "es": "no el viernes a las 5 sino el sabado a las 6",
    "pl": "nie w piątek o 17 tylko w sobotę o 18 | nie piątek 17 tylko sobota 18",
    "ru": "не в пятницу в 5 а в субботу в 6 | не в пятницу в 17:00, а в субботу в 18:00",
    "uk": "не в п'ятницю о 5 а в суботу о 6",
}


@pytest.mark.parametrize(("lang", "text"), each(BOTH_DENIED))
def test_with_the_day_its_hour_is_denied(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.date, found.time, found.excluded, found.time_alternatives) == (SATURDAY, time(18), (4,), ())


@pytest.mark.parametrize(
    ("lang", "text", "hour", "people"),
    [
        ("en", "no, 2 people tomorrow at 5pm", time(17), 2),
        ("en", "not before 5pm tomorrow", time(17), None),
        ("pl", "nie, 2 osoby jutro o 17", time(17), 2),
        ("pl", "jutro nie wcześniej niż o 17", time(17), None),
        ("es", "no, 2 personas mañana a las 5", time(17), 2),
        ("es", "mañana no antes de las 5", time(17), None),
        ("ru", "нет, 2 человека завтра в 5", time(17), 2),
        ("ru", "завтра не раньше 5", time(17), None),
        ("uk", "ні, 2 людини завтра о 5", time(17), 2),
        ("uk", "завтра не раніше 5", time(17), None),
    ],
)
def test_no_as_an_answer_denies_no_number(lang: str, text: str, hour: time, people: int | None) -> None:
    found = read(text, lang, NOTHING)

    assert (found.date, found.time, found.people) == (date(2026, 12, 1), hour, people)


WITH_DAY = {
    "en": "fri 15 | friday 15 | on friday the 15th | friday 15 for 2 | fri, 15 january | fri 15 at 5pm",
    "es": "viernes 15 | el viernes 15 | vie 15 | el viernes 15 para 2 | viernes 15 de enero | el viernes 15 a las 5",
    "pl": "piątek 15 | pt 15 | w piątek 15 | w piatek 15-go | piątek 15 stycznia | pt 15 o 17",
    "ru": "пт 15 | пятница 15 | в пятницу 15 | в пятницу 15-го | пятница 15 января | пт 15 в 17",
    "uk": "пт 15 | п'ятниця 15 | в п'ятницю 15 | в п'ятницю 15-го | п'ятниця 15 січня | пт 15 о 17",
}


@pytest.mark.parametrize(("lang", "text"), each(WITH_DAY))
def test_a_number_behind_its_weekday_is_the_day(lang: str, text: str) -> None:
    about_january = {"state": {"date": "2027-01-16"}, "opening_hours": HOURS}
    offered = {"offered": ((date(2027, 1, 15), time(17)), (date(2027, 1, 16), time(12))), "opening_hours": HOURS}

    for known in (about_january, offered):
        found = read(text, lang, known)
        assert found.date == date(2027, 1, 15)
        assert found.time in (None, time(17))


AS_AN_HOUR = {
    "en": "fri 15 | friday 15 | fri 5pm | fri at 15 | friday 17 | on friday 16",
    "es": "viernes 15 | el viernes 17 | viernes a las 15 | vie 16 | el viernes a las 5 | viernes 17:00",
    "pl": "pt 17 | piątek 15 | w piątek 16 | piątek o 15 | w piątek na 17 | pt 15:00",
    "ru": "пт 17 | пятница 15 | в пятницу 16 | в пятницу в 15 | в пятницу на 17 | пт 15:00",
    "uk": "пт 17 | п'ятниця 15 | в п'ятницю 16 | в п'ятницю о 15 | у п'ятницю, на 17 | пт 15:00",
}


@pytest.mark.parametrize(("lang", "text"), each(AS_AN_HOUR))
def test_a_number_behind_another_weekday_is_an_hour(lang: str, text: str) -> None:
    found = read(text, lang, {"opening_hours": HOURS})

    assert found.date == FRIDAY
    assert found.time in (time(15), time(16), time(17))


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "sat 12 to 2"), ("pl", "sob 12 do 14"), ("ru", "сб 12-14"), ("uk", "сб 12-14")]
)
def test_two_numbers_behind_a_weekday_are_hours(lang: str, text: str) -> None:
    found = read(text, lang, {"opening_hours": HOURS})

    assert (found.date, found.time) == (SATURDAY, time(12))


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "fri 18"), ("es", "viernes 18"), ("pl", "w piątek 18"), ("ru", "пт 18"), ("uk", "пт 18")]
)
def test_an_offered_hour_comes_before_a_day(lang: str, text: str) -> None:
    assert read(text, lang, CHOICE).time == time(18)
    assert read(text, lang, {"opening_hours": HOURS}).date == date(2026, 12, 18)


DIFFERING = {
    "en": "friday 16 december | friday the 16th | 16 december, friday | friday, december 16 | fri 16/12 | fri 16th for 2",
    "es": "viernes 16 de diciembre | el viernes 16 de diciembre | el 16 de diciembre, viernes | viernes 16/12 | "
    "el viernes, 16 de diciembre | viernes 16.12",
    "pl": "piątek 16 grudnia | 16 grudnia w piątek | 16.12 (piątek) | w piątek, 16 grudnia | pt 16.12 | w piątek 16-go",
    "ru": "пятница 16 декабря | 16 декабря в пятницу | 16.12 (пятница) | в пятницу, 16 декабря | пт 16.12 | в пятницу 16-го",
    "uk": "п'ятниця 16 грудня | 16 грудня в п'ятницю | 16.12 (п'ятниця) | у п'ятницю, 16 грудня | пт 16.12 | "
    "в п'ятницю 16-го",
}


@pytest.mark.parametrize(("lang", "text"), each(DIFFERING))
def test_a_weekday_and_a_date_that_differ_are_not_settled(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert found.date is None
    assert found.unclear == (Unclear("date", (date(2026, 12, 16), date(2026, 12, 18)), "weekday_differs"),)


OVER = {
    "en": "12 november | november 12 at 5pm for 2 | can we come on the 12th of november? | 12/11 | thursday 12 november | nov 12",
    "es": "12 de noviembre | el 12 de noviembre a las 5 para 2 | 12/11 | 12.11 | jueves 12 de noviembre | el doce de noviembre",
    "pl": "12 listopada | 12.11 | 12 listopada o 17 dla 2 osób | w czwartek 12 listopada | na 12 listopada | dwunastego listopada",
    "ru": "12 ноября | 12.11 | 12 ноября в 17 на двоих | в четверг 12 ноября | на 12 ноября | двенадцатого ноября",
    "uk": "12 листопада | 12.11 | 12 листопада о 17 на двох | в четвер 12 листопада | на 12 листопада | 12-го листопада",
}


@pytest.mark.parametrize(("lang", "text"), each(OVER))
def test_a_day_that_is_over_is_asked_about(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert found.date is None
    assert found.unclear == (Unclear("date", (date(2026, 12, 12), date(2027, 11, 12)), "past"),)
    assert "past_date" in found.problems


NOT_OVER = {
    "en": {date(2027, 1, 3): "3 january", date(2027, 11, 12): "12 november 2027", date(2027, 5, 5): "may 5"},
    "es": {date(2027, 1, 3): "3 de enero", date(2027, 11, 12): "12 de noviembre de 2027", date(2027, 5, 5): "5/5/2027"},
    "pl": {date(2027, 1, 3): "3 stycznia", date(2027, 11, 12): "12 listopada 2027", date(2026, 11, 30): "30 listopada"},
    "ru": {date(2027, 1, 3): "3 января", date(2027, 11, 12): "12 ноября 2027", date(2026, 11, 30): "30 ноября"},
    "uk": {date(2027, 1, 3): "3 січня", date(2027, 11, 12): "12 листопада 2027", date(2026, 11, 30): "30 листопада"},
}


@pytest.mark.parametrize(("lang", "text", "day"), told(NOT_OVER))
def test_a_day_to_come_is_taken(lang: str, text: str, day: date) -> None:
    found = read(text, lang, NOTHING)

    assert (found.date, found.unclear, found.problems) == (day, (), ())


TOLD = {
    "en": "i was there on 2 november, when is my mug ready?",
    "es": "fui el 2 de noviembre, cuando recojo?",
    "pl": "byłam u was 2 listopada, kiedy odbiór?",
    "ru": "я была у вас 2 ноября, когда будет готово?",
    "uk": "я була в вас 2 листопада, коли чашка буде готова?",
}


@pytest.mark.parametrize(("lang", "text"), each(TOLD))
def test_a_day_that_is_only_told_of_is_no_question(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.date, found.unclear, found.problems) == (None, (), ())


def test_readings_follow_the_day_on_which_they_are_said() -> None:
    assert read("1 june", "en", NOTHING, SUMMER).unclear[0].values == (date(2027, 7, 1), date(2028, 6, 1))
    assert read("fri 18", "en", NOTHING, SUMMER).date == date(2027, 6, 18)
    assert read("30 grudnia", "pl", NOTHING, JANUARY).unclear == ()
    assert read("в пятницу 28", "ru", NOTHING, JANUARY).date == date(2028, 1, 28)
    assert read("sábado 30 de enero", "es", NOTHING, JANUARY).unclear[0].values == (
        date(2028, 1, 30),
        date(2028, 1, 29),
    )


SAME = {
    "en": {
        (SATURDAY, None, ("time",)): "saturday then same time | same time on saturday | saturday same time",
        (None, time(18), ("day",)): "the same day but at 6 | that day but 6pm",
        (None, None, ("last",)): "as last time | same as last time please | like last time | the usual",
    },
    "es": {
        (date(2026, 12, 2), None, ("time",)): "el miercoles a la misma hora",
        (SATURDAY, None, ("time",)): "el sábado, misma hora",
        (None, time(18), ("day",)): "el mismo día pero a las 6 | mismo dia a las 18",
        (None, None, ("last",)): "como la última vez | igual que siempre | lo de siempre",
    },
    "pl": {
        (
            SATURDAY,
            None,
            ("time",),
        ): "w sobotę o tej samej godzinie | sobota, ta sama godzina | godzina bez zmian, sobota",
        (None, time(18), ("day",)): "w ten sam dzień ale 18 | ten sam dzien, 18 | tego samego dnia o 18",
        (None, None, ("last",)): "jak ostatnio | tak jak ostatnim razem | jak zawsze",
    },
    "ru": {
        (SATURDAY, None, ("time",)): "тогда в субботу в то же время | в субботу в тоже время | время то же, суббота",
        (None, time(18), ("day",)): "в тот же день но в 6 | в этот же день в 18",
        (None, None, ("last",)): "как в прошлый раз | как обычно | как всегда",
    },
    "uk": {
        (SATURDAY, None, ("time",)): "тоді в суботу в той же час | у суботу о тій самій годині",
        (None, time(18), ("day",)): "у той самий день але о 6 | того ж дня о 18",
        (None, None, ("last",)): "як минулого разу | як завжди | як зазвичай",
    },
}


@pytest.mark.parametrize(("lang", "text", "expected"), told(SAME))
def test_what_is_the_same_is_said_so(lang: str, text: str, expected: tuple[Any, ...]) -> None:
    found = read(text, lang, SUMMED_UP)

    assert (found.date, found.time, found.same) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "do i get it the same day or later"),
        ("en", "my husband says hello by the way, he's cooking and burning everything as usual"),
        ("en", "last time it was cold"),
        ("es", "las cosas nos las llevamos el mismo día o hay que volver?"),
        ("pl", "ostatnio było zimno"),
        ("ru", "в прошлый раз было холодно"),
    ],
)
def test_nothing_is_the_same_in_a_story(lang: str, text: str) -> None:
    assert read(text, lang, SUMMED_UP).same == ()


def test_small_talk_around_an_hour_or_a_day_does_not_hide_it() -> None:
    assert read("ya 6ish works", "en", NOTHING).time == time(18)
    assert read("давайте пятницу", "ru", NOTHING).date == FRIDAY
    assert read("давайте п'ятницю", "uk", NOTHING).date == FRIDAY


PICKED = {
    "en": {
        (SATURDAY, time(12)): "the later one | the last one | i'll take the later slot | the latest | saturday",
        (FRIDAY, time(17)): "the earlier | earlier one please | first one | the one at 5 | the 5pm one",
        (FRIDAY, time(18)): "the second one | number 2 | option 2 | the later one on friday",
    },
    "es": {
        (SATURDAY, time(12)): "el más tarde | el de más tarde | la última | el último | sábado",
        (FRIDAY, time(17)): "el más temprano | la primera opción | el de las 5 | el anterior",
        (FRIDAY, time(18)): "la segunda | número 2 | opción 2",
    },
    "pl": {
        (SATURDAY, time(12)): "ten późniejszy | późniejszy | ostatni | ten pozniejszy | sobota",
        (FRIDAY, time(17)): "wcześniejszy poproszę | pierwszy | ten o 17 | o 17 ten",
        (FRIDAY, time(18)): "druga opcja | ten drugi | numer 2",
    },
    "ru": {
        (SATURDAY, time(12)): "тот что позже | поздний | последний | который позже | суббота",
        (FRIDAY, time(17)): "который раньше | первый вариант | который в 5",
        (FRIDAY, time(18)): "второй | второе | номер 2 | в пятницу который позже",
    },
    "uk": {
        (SATURDAY, time(12)): "той що пізніше | пізніший | останній | субота",
        (FRIDAY, time(17)): "той що раніше | перший варіант | який о 5",
        (FRIDAY, time(18)): "другий | друге | номер 2",
    },
}


@pytest.mark.parametrize(("lang", "text", "slot"), told(PICKED))
def test_what_was_offered_is_picked_in_words(lang: str, text: str, slot: tuple[date, time]) -> None:
    found = read(text, lang, CHOICE)
    assert (found.date, found.time) == slot


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the later one"),
        ("en", "the earlier"),
        ("es", "el más tarde"),
        ("pl", "późniejszy"),
        ("pl", "wcześniejszy"),
        ("ru", "поздний"),
        ("uk", "пізніший"),
    ],
)
def test_nothing_is_picked_where_nothing_was_offered(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)
    assert (found.date, found.time) == (None, None)


def test_later_that_day_is_among_the_hours_of_that_day() -> None:
    texts = {"en": "later that day", "pl": "później tego dnia", "es": "más tarde ese día", "ru": "в тот же день позже"}
    for lang, text in texts.items():
        found = read(text, lang, {**CHOICE, "state": {"date": "2026-12-04"}})
        assert (found.date, found.time) == (FRIDAY, time(18))
    for lang, text in each({"en": "anything later?", "pl": "czy jest późniejszy?", "uk": "напишу вам пізніше"}):
        assert read(text, lang, CHOICE).date is None


SEVERAL = {
    "en": {
        True: "tue AND thu at 5pm, 2 people each | 5pm both days | friday and saturday at noon for 2",
        False: "tuesday or thursday at 5 | are you open tue and thu? | sick of your texts, stop sending them, all of them",
    },
    "es": {
        True: "martes y jueves a las 5, 2 personas cada día | a las 5 los dos días",
        False: "martes o jueves a las 5 | abrís martes y jueves?",
    },
    "pl": {
        True: "wtorek i czwartek o 17, po 2 osoby | o 17 w oba dni",
        False: "wtorek albo czwartek o 17 | otwarte we wtorek i czwartek?",
    },
    "ru": {
        True: "вторник и четверг в 17, по двое | на 17 и там и там | в 17 оба дня",
        False: "вторник или четверг в 17",
    },
    "uk": {
        True: "запишіть нас на вівторок і на четвер, на 17, по двоє | на 17 і там і там",
        False: "вівторок або четвер о 17",
    },
}


@pytest.mark.parametrize(("lang", "text", "several"), told(SEVERAL))
def test_two_wishes_at_once_are_not_a_choice(lang: str, text: str, several: bool) -> None:
    assert read(text, lang, NOTHING).several is several


SERVICES = {
    "wheel": ["koło", "toczenie na kole", "wheel", "круг", "гончарный круг", "коло", "гончарне коло", "torno"],
    "hand": ["lepienie", "lepienie z gliny", "hand-building", "лепка", "ліплення", "modelado", "glina"],
    "kids": ["zajęcia dla dzieci", "kids class", "kids", "детский класс", "дитячі заняття", "clase de niños", "niños"],
}
CHOSEN = {
    "en": {
        "wheel": "not the kids one, the wheel | without kids, wheel please | wheel",
        "hand": "hand-building, not the wheel | instead of the wheel hand-building",
        None: "i am allergic to clay | no kids | wheel or hand-building?",
    },
    "es": {
        "hand": "no el torno, modelado | en vez de torno modelado",
        None: "no la de niños | sin niños | torno o modelado?",
    },
    "pl": {
        "wheel": "mam alergię na glinę, koło w piątek | nie dla dzieci, na koło | nie wiem czy koło",
        "hand": "nie koło tylko lepienie | lepienie a nie koło | zamiast koła lepienie",
        None: "alergia na glinę | bez dzieci | koło czy lepienie?",
    },
    "ru": {"wheel": "аллергия на глину, круг", "hand": "не круг а лепка | лепка, не круг", None: "круг или лепка?"},
    "uk": {
        "wheel": "алергія на глину, коло",
        "hand": "не коло а ліплення | ліплення, не коло",
        None: "коло чи ліплення?",
    },
}


@pytest.mark.parametrize(("lang", "text", "service"), told(CHOSEN))
def test_a_denied_or_passing_word_chooses_no_service(lang: str, text: str, service: str | None) -> None:
    assert read(text, lang, {"services": SERVICES}).service == service


def test_two_services_beside_each_other_are_asked_about() -> None:
    for lang, text in each({"en": "wheel or hand-building?", "pl": "koło czy lepienie?", "uk": "коло чи ліплення?"}):
        assert read(text, lang, {"services": SERVICES}).unclear == (Unclear("service", ("wheel", "hand"), "several"),)


NOT_IN_THE_MORNING = {
    "en": "not in the morning | friday but not in the morning",
    "es": "no por la mañana",
    "pl": "nie rano | w piątek, tylko nie rano",
    "ru": "не утром | в пятницу, но не утром",
    "uk": "не зранку | в п'ятницю, тільки не зранку",
}


@pytest.mark.parametrize(("lang", "text"), each(NOT_IN_THE_MORNING))
def test_a_part_of_the_day_may_not_suit(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert found.not_parts == ("morning",)
    assert found.time is None


def test_readings_are_data() -> None:
    answer = read("friday 16 december", "en", NOTHING).as_json()

    assert answer["unclear"] == [{"field": "date", "values": ["2026-12-16", "2026-12-18"], "why": "weekday_differs"}]
    assert read("a 3?", "pl", SUMMED_UP).as_json()["unclear"][0]["values"] == ["15:00", 3]
    keys = ("people_shift", "ages", "same", "several", "not_parts")
    assert [answer[key] for key in keys] == [None, [], [], False, []]


MISSPELT = {
    "en": {2: "me and my dauhter | me and my doughter on tuesday | me n my dauhter shes 9"},
    "es": {2: "yo y mi hermna"},
}


@pytest.mark.parametrize(("lang", "text", "people"), told(MISSPELT))
def test_who_comes_is_heard_misspelt_too(lang: str, text: str, people: int) -> None:
    assert read(text, lang, {}).people == people
