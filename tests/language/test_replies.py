"""How customers answer what a bot has said: a day that will not do, the middle one, all as it was, not so but so."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from tests.language.test_readings import HOURS, NOTHING, SUMMED_UP, each, read, told

THURSDAY, FRIDAY, SEVENTH = date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 7)
SHOWN = ((THURSDAY, time(13)), (THURSDAY, time(16, 30)), (FRIDAY, time(18)))
OFFERED: dict[str, Any] = {"offered": SHOWN, "requested": ("date", "time"), "opening_hours": HOURS}
SERVICES = {
    "wheel": ["koło", "toczenie", "wheel", "круг", "коло", "torno"],
    "hand": ["bez koła", "без кола", "без круга", "sin torno", "no wheel", "hand-building", "lepienie"],
    "alone": ["one to one", "sam na sam", "uno a uno"],
}

CORRECTED = {
    "en": "no on 7 december i said | um no on 7 december | you misunderstood, 7 december | wrong day, 7 december | "
    "thats not what i asked for, 7 december please | no, it should have been 7 december | sorry, I meant 7 Decmber",
    "es": "uy puse mal 7 diciembre | no era así, te pedí el 7 de diciembre | me equivoqué, el 7 de diciembre | "
    "no, dije el 7 de diciembre | perdón, quería decir el 7 de diciembre | no era ese, el 7/12",
    "pl": "nie wtedy 7.12! | zaszła pomyłka, chodziło mi o taki dzień: 7 grudnia | nie tak, 7.12 | miało być 7 grudnia | "
    "przecież pisałam 7.12 | zly dzien, mialo byc 7.12 | źle pani wpisała, 7 grudnia miało być | nie, 7 grudnia",
    "ru": "вы ошиблись мне нужно 7-го декабря | не так поняли, на 7.12 хочу | ой, имелось в виду 7.12, простите | "
    "я перепутала, на 7 декабря имела в виду | нет, 7 декабря | день не тот, 7 декабря",
    "uk": "ви не так зрозуміли на 7.12 хочу | ні, 7 грудня | переплутала дату, 7 грудня | помилка, має бути 7 грудня | "
    "не тоді, 7.12 | ви помилились, мені треба 7-го грудня",
}


@pytest.mark.parametrize(("lang", "text"), each(CORRECTED))
def test_what_is_denied_is_what_the_bot_said(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)

    assert (found.date, found.excluded) == (SEVENTH, ())


CORRECTED_HOUR = {
    "en": "i said 4:30pm not that | wrong time, 16:30 | no, 4.30pm i said",
    "es": "no así, a las 16:30 | dije 16:30, no eso",
    "pl": "na 16:30 nie tak jak napisałeś | ups, godzina 16:30 miało być | zla godzina, 16:30",
    "ru": "час не тот, на 16:30 мы говорили | время не то, 16 30 надо | не, не так, 16:30",
    "uk": "час не той, 16 30 треба | ні, не так, 16:30 | виправте будь ласка годину: 16-30",
}


@pytest.mark.parametrize(("lang", "text"), each(CORRECTED_HOUR))
def test_another_hour_than_the_bot_said(lang: str, text: str) -> None:
    assert read(text, lang, SUMMED_UP).time == time(16, 30)


OPTIONS = {
    "en": {
        0: "first one | the top one | 1st pls | option 1 | the first you named | not the last two, the first | the earliest one",
        1: "the middle one | second option please | 2nd pls | i would choose the second of these | #2 | the one in the middle "
        "would suit us best i think thanks | the one after the first | option number two please | not the first, the one after",
        2: "the last one | the bottom one | the final one you listed | not the first two, the other one | 3rd one",
    },
    "es": {
        0: "la primera | la de arriba | la 1 | opción 1 | la primera de las tres | la primerita",
        1: "la de en medio | número dos | la segunda de esas | la del medio me viene mejor | opcion 2 porfa | la 2",
        2: "la última | la de abajo | ni la primera ni la segunda, la otra | opción 3 | la tercera",
    },
    "pl": {
        0: "pierwsza opcja | ten na górze | biorę opcję nr 1 | proszę o pierwszą z podanych | to co na samej gorze",
        1: "to co w środku | druga opcja | opcja nr 2 | ten w srodku | ani pierwszy ani ostatni, ten pomiędzy",
        2: "trzecia ocpja nam odpowiada | ostatni z listy | ten na dole | opcja 3",
    },
    "ru": {
        0: "первый вариант | верхний | то что первым написали | 1-й вариант",
        1: "беру 2-ой вариант | вариант номер два прошу | средний | тот что посередине | не первое и не последнее | опция 2",
        2: "последний | нижний вариант | опция 3 | третий из предложенных",
    },
    "uk": {
        0: "перший варіант | той що зверху | найперший | опція 1",
        1: "той що посередині | середній | номер два | другий варіант | ані перший ані останній, середній",
        2: "останній | нижній варіант | 3й варіант | той що пізніше",
    },
}


@pytest.mark.parametrize(("lang", "text", "place"), told(OPTIONS))
def test_one_of_those_shown_is_meant(lang: str, text: str, place: int) -> None:
    found = read(text, lang, OFFERED)

    assert (found.date, found.time) == SHOWN[place]
    assert (found.people, found.unclear, found.excluded) == (None, (), ())


OUT_OF_THREE = {
    "en": "out of the three 4:30pm",
    "es": "de esas tres, a las 16:30",
    "pl": "z tych trzech 16:30",
    "ru": "из этих трех на 16:30",
    "uk": "з тих трьох на 16:30",
}


@pytest.mark.parametrize(("lang", "text"), each(OUT_OF_THREE))
def test_how_many_were_shown_is_neither_a_day_nor_an_hour(lang: str, text: str) -> None:
    found = read(text, lang, OFFERED)

    assert (found.date, found.time, found.people) == (THURSDAY, time(16, 30), None)


def test_an_option_and_how_many_in_one_message() -> None:
    found = read("pierwsze co napisałeś będzie ok,, w sumie bedzie nas dwojka", "pl", OFFERED)

    assert (found.date, found.time, found.people) == (*SHOWN[0], 2)


NO_OPTION = {
    "en": "in the middle of the week | in the middle of december",
    "es": "en medio de la semana",
    "pl": "w środku tygodnia",
    "ru": "в середине недели | в первой половине дня",
    "uk": "у середині тижня",
}


@pytest.mark.parametrize(("lang", "text"), each(NO_OPTION))
def test_the_middle_of_something_else_is_no_option(lang: str, text: str) -> None:
    assert (read(text, lang, OFFERED).date, read(text, lang, OFFERED).time) not in SHOWN


EXCLUDED = {
    "en": "no good 7 December, got the kids | 7 december is no good for me | cant do 7 december | skip 7 december | "
    "7 December? no chance, kids are home | on 7 december i'm working, so not then | im away 7 december, rest is open | "
    "anything but 7 december | i'm busy 7 december unfortunately, what else is there | so long as it isnt 7 december | "
    "7 decmber doesnt suit us | rule out 7 december for me | we're at a wedding on 7 december | not 7 december please | "
    "7 december is impossible for us, any other day is ok | we cannot come on 7 december, we have guests",
    "es": "mi marido curra el 7 de diciembre no nos va | el 7 de diciembre trabajo, así que ese no | no me cuadra el 7/12 | "
    "el 7 diciembre no puedo | quita el 7 de diciembre de las opciones | el 7 de diciembre estoy de viaje, el resto libre | "
    "que no caiga el 7 de diciembre porfa | cualquier día menos el 7 de diciembre | 7/12 descartado | "
    "el 7/12? imposible, están los niños en casa",
    "pl": "w dniu 7 grudnia mnie nie ma w mieście | 7 grudnia odpada | 7.12 nie mogę | skreśl 7.12, nie mogę wtedy | "
    "7 grudnia kiepsko, może coś w innym dniu | 7-go grudnia odpuszczam, wesele mam. inne dni spoko | nie w dniu 7 grudnia | "
    "niestety 7 grudnia jestem zajeta | 7.12 nie dam rady bo mam angielski | byle nie 7 grudnia | tylko nie 7.12 | "
    "a coś innego niż 7 grudnia? | 7 grudnia ❌ reszta ✅",
    "ru": "7-го декабря мы на свадьбе поэтому не тогда | 7 декабря никак | 7.12 не могу | 7 декабря я на работе | "
    "все дни ок, кроме одного, на 7.12 никак | 7 декабря меня не будет в городе | 7 декабря? неее | "
    "7 декабря не подходит, любой другой день | вычеркните 7 декабря | 7 декабря отпадает | лишь бы не 7 декабря",
    "uk": "7 грудня я на роботі, ніяк | 7 грудня не можу | 7.12 відпадає | 7 грудня мене не буде в місті | "
    "7 грудня ми на весіллі, тому не тоді | 7 грудня? нєє | не ставте мене 7 грудня | аби не 7 грудня | "
    "7 грудня не підходить, інші дні ок | 7 грудня в мене іспит, тож ні",
}


@pytest.mark.parametrize(("lang", "text"), each(EXCLUDED))
def test_a_day_with_a_reason_against_it_does_not_suit(lang: str, text: str) -> None:
    for known in (OFFERED, SUMMED_UP) if "come" not in text else (OFFERED,):
        found = read(text, lang, known)

        assert (found.date, found.excluded) == (None, (SEVENTH,))
        assert (found.time, found.people) == (None, None)


WANTED = {
    "en": "7 december works, I'm busy on other days | my birthday is on 7 december, can we come? | is 7 december not possible? | "
    "could we do 7 december, other days are bad | can't wait for 7 december! | no problem, 7 december",
    "es": "el 7 de diciembre me viene bien, el resto no puedo | no pasa nada, el 7 de diciembre",
    "pl": "nie, 7 grudnia | 7 grudnia pasuje, w inne dni nie mogę | nie mogę się doczekać 7 grudnia",
    "ru": "нет, 7 декабря | 7 декабря подойдет, в остальные дни занята",
    "uk": "ні, 7 грудня | 7 грудня підійде, в інші дні не можу",
}


@pytest.mark.parametrize(("lang", "text"), each(WANTED))
def test_a_day_that_suits_stays_a_choice(lang: str, text: str) -> None:
    found = read(text, lang, OFFERED)

    assert (found.date, found.excluded) == (SEVENTH, ())


@pytest.mark.parametrize(
    ("lang", "text"),
    each(
        {
            "en": "I can't do mornings | mornings are no good",
            "es": "por la mañana no | por la mañana no puedo",
            "pl": "rano nie moge | rano odpada",
            "ru": "утром никак | утром не могу",
            "uk": "зранку ніяк | зранку не можу",
        }
    ),
)
def test_a_part_of_the_day_is_out(lang: str, text: str) -> None:
    found = read(text, lang, OFFERED)

    assert (found.not_parts, found.time) == (("morning",), None)


@pytest.mark.parametrize(
    ("lang", "text"),
    each(
        {
            "en": "not tomorrow, the day after",
            "es": "mañana no, al día siguiente",
            "pl": "nie jutro, dzień później | nie jutro tylko pojutrze",
            "ru": "не завтра, а на следующий день | не завтра, а послезавтра",
            "uk": "не завтра, а наступного дня | не завтра, послєзавтра",
        }
    ),
)
def test_the_day_after_a_denied_one(lang: str, text: str) -> None:
    found = read(text, lang, OFFERED)

    assert (found.date, found.excluded) == (date(2026, 12, 2), (date(2026, 12, 1),))


OWN_WORDS = {
    "en": {"hand": "no wheel | hand-building | i meant no wheel please", "alone": "one to one sounds fun"},
    "es": {"hand": "sin torno | no, sin torno por favor", "wheel": "el torno"},
    "pl": {"hand": "bez koła | jednak bez kola | nie to, bez koła", "alone": "sam na sam", "wheel": "koło"},
    "ru": {"hand": "без круга | нет, без круга", "wheel": "круг"},
    "uk": {"hand": "без кола | ні, без кола | давайте замість цього без кола", "wheel": "коло"},
}


@pytest.mark.parametrize(("lang", "text", "service"), told(OWN_WORDS))
def test_a_service_is_known_by_its_own_words_first(lang: str, text: str, service: str) -> None:
    found = read(text, lang, {"services": SERVICES})

    assert (found.service, found.people, found.date, found.time) == (service, None, None, None)


PEOPLE = {
    "en": {
        1: "my sister's not coming but i still am | its only me now | flying solo now lol | it should be for one | only need one",
        2: "it's 2 of us now | table for 2",
        3: "party size is three now | change the number of people to 3 | +1 | my cousin wants to tag along | my nan fancies it now | "
        "+1 on the booking i made",
    },
    "es": {
        1: "va a ser para una | la cosa ha quedado en solo una | ahora soy yo nada más | solo voy yo | voy solita",
        3: "agrégame una persona extra | se nos ha sumado un colega | mi suegra se ha animado",
        4: "apunta 4 | total de personas: 4",
    },
    "pl": {
        1: "bede sam razem ze mną | idę sam | tylko ja jedna | źle policzyłem, będę tylko ja | zostawcie tylko mnie",
        2: "przyjdziemy we dwie razem ze mną",
        3: "w naszym zarezerwowanym terminie przyjdzie z nami dodatkowo szwagier | doszła nam kuzynka | zmień ilość osób: 3 | "
        "dochodzi koleżanka z pracy | źle policzyłem, bedzie nas troje | miało być dla 3 osób",
    },
    "ru": {
        1: "на одного переделайте нашу бронь | приду один, не как договаривались | иду соло | оставьте только меня",
        3: "обновите запись, по людям 3 | товарищ подтянется | измените количество людей: 3",
    },
    "uk": {
        1: "чекайте тільки мене | прийду соло | я сам",
        3: "скільки з нас: троє | змініть кількість людей: 3 | сусідка проситься з нами",
        4: "прийдемо вчотирьох",
    },
}


@pytest.mark.parametrize(("lang", "text", "people"), told(PEOPLE))
def test_who_comes_is_told_in_many_words(lang: str, text: str, people: int) -> None:
    found = read(text, lang, {"state": {"people": 2}, "opening_hours": HOURS})

    assert (found.people, found.time) == (people, None)


def test_a_plus_before_a_number_is_no_yes() -> None:
    found = read("+1", "en", SUMMED_UP)

    assert (found.people, found.answer) == (3, "")
    assert read("+", "ru", SUMMED_UP).answer == "yes"


def test_an_hour_before_places_is_no_number_of_people() -> None:
    found = read("нам бы 5-го декабря к 13 места на четверых", "ru", NOTHING)
    assert (found.date, found.people) == (date(2026, 12, 5), 4)
    found = read("нам бы завтра в 16:30 места на 2х", "ru", NOTHING)
    assert (found.time, found.people) == (time(16, 30), 2)
    assert read("хай буде 12-го грудня", "uk", NOTHING).people is None


SAME_HOUR = {
    "en": "in the same slot as before, 7 december | 7 december and keep the time as is | 7 december, no change to the time | "
    "the time can stay, just 7 december | 7 december, hour unchanged | 7 december at the time we already had",
    "es": "el 7 diciembre a la hora q ya estaba | el 7 de diciembre, sin mover la hora | el 7/12 y la hora igual | "
    "el 7 de diciembre, la hora se queda como está | a la misma hora el 7 diciembre",
    "pl": "o tej samej co teraz, 7.12 | 7 grudnia, godziny nie zmieniamy | 7.12, godzina dotychczasowa | "
    "7 grudnia, pora niech zostanie jak była | 7 grudnia o tej samej porze",
    "ru": "7 декабря, а время как и было | время прежнее, только 7-го декабря | 7 декабря, по времени ничего не меняем | "
    "на 7 декабря, час тот же | 7 декабря, время оставьте",
    "uk": "час не чіпаєм, тільки день, на 7 грудня | 7 грудня, час той самий | 7 грудня, а по часу як було | "
    "7 грудня, час лишається | 7 грудня не змінюючи часу",
}


@pytest.mark.parametrize(("lang", "text"), each(SAME_HOUR))
def test_the_hour_stays(lang: str, text: str) -> None:
    found = read(text, lang, SUMMED_UP)

    assert (found.date, found.time, found.same) == (SEVENTH, None, ("time",))


@pytest.mark.parametrize(
    ("lang", "text"),
    each(
        {
            "pl": "7.12 rano | 7.12 z rana dla pary",
            "ru": "на 7.12 утром | 7.12 с утра",
            "uk": "на 7.12 вранці | 7.12 зранку",
        }
    ),
)
def test_digits_before_a_part_of_the_day_are_a_day(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert found.date == SEVENTH
    assert found.time is not None and found.time.minute == 0


def test_an_answer_of_one_word() -> None:
    asked = {"requested": ("date", "time", "people"), "opening_hours": HOURS}
    assert read("2pm", "en", asked).time == time(14)
    assert read("14", "en", asked).time == time(14)
    assert read("time", "en", asked).is_empty


@pytest.mark.parametrize("words", ["yes", "ok", "так", "да", "tak", "sí", "hm", "the kiln is nice"])
def test_a_single_time_is_picked_by_nothing_that_does_not_name_it(words: str) -> None:
    understood = read(words, "en", {"offered": SHOWN[:1]})
    assert (understood.date, understood.time) == (None, None)
