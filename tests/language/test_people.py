"""Who comes: pairs, a child of some age and whoever writes, one more, only one, and women who are no two o'clock."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.language.test_readings import NOTHING, SUMMED_UP, TWO_KNOWN, each, read, told

FRIDAY = date(2026, 12, 4)

PAIRS = {
    "en": "just me and her on friday | just me and him please, friday | a spot on friday for my wife and myself | "
    "dad and son thing on friday | some mum and daughter time on friday | me and the missus fancy friday | "
    "friday for me + my kiddo | mother-daughter class on friday | me and my bestie, friday | for her and me on friday | "
    "Table for me and nan please, friday | "
    "my little one and me on friday please | could my grandpa and I come on friday",
    "es": "solo ella y yo el viernes | mi hermano y yo, el viernes | mi prima i yo el viernes | papá e hijo el viernes | "
    "apúntanos el viernes a mi cuñada y a mí | mi comadre y yo vamos el viernes | para mi chamaco y para mí, el viernes | "
    "el viernes mi peque y yo | voy con mi mami el viernes | "
    " para mi nieta y un servidor el viernes | madre e hija, viernes | quiero ir con él el viernes",
    "pl": "tylko ja i ona w piątek | mama + córka, piątek | dla siebie i dziecka, piątek | ja i młody w piątek | "
    "ja mama + syn na piątek | moja psiapsi i ja w piątek | dla mnie i mojej córci na piątek | przyjdę z nim w piątek | "
    "ja z siostrą w piątek | miejsce dla niego i dla mnie na piątek | tata z synem w piątek | ja i mój brachol, piątek",
    "ru": "только я и он, пятница | братан мой и я, в пятницу | мама и дочь на пятницу | для себя и сына на пятницу | "
    "запишите меня и мою тётю на пятницу | я и малой в пятницу | для нее и для меня на пятницу | мы с сеструхой в пятницу | "
    "я и моя половинка, пятница | хочу прийти с ней в пятницу | папа + дочка, пятница | я с доцей в пятницу | дед и я, в пятницу",
    "uk": "тільки я і він у п'ятницю | тато + донька, п'ятниця | для мене та моєї тітки на п'ятницю | я і бестішка в п'ятницю | "
    "хочу прийти з нею в п'ятницю | для неї і для мене на п'ятницю | я з малою у п'ятницю | для себе й сина на п'ятницю | "
    "сеструха моя і я, п'ятниця | мама й синок на п'ятницю | ми з кумою в п'ятницю | мій дідусь та я, п'ятниця",
}


@pytest.mark.parametrize(("lang", "text"), each(PAIRS))
def test_a_pair_is_two(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.people, found.people_shift, found.date, found.time) == (2, None, FRIDAY, None)


NO_PAIR = {
    "en": "can I talk to her about friday? | I'll come only on Friday | my girl's birthday is on friday | "
    "me and then her bag on friday? | i have to come on friday",
    "es": "quiero hablar con ella el viernes | vengo solo a preguntar por el viernes | voy con mucho gusto el viernes",
    "pl": "chcę porozmawiać z nim w piątek | przyjdę jeden raz w piątek | z małym opóźnieniem w piątek",
    "ru": "хочу поговорить с ней в пятницу | буду один раз в пятницу | с малой группой в пятницу",
    "uk": "хочу поговорити з нею у п'ятницю | буду один раз у п'ятницю | з малою групою у п'ятницю",
}


@pytest.mark.parametrize(("lang", "text"), each(NO_PAIR))
def test_who_is_only_spoken_of_makes_no_pair(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.people, found.people_shift) == (None, None)


WITH_A_CHILD = {
    "en": "my son is 9, could the two of us join on friday | my girl just turned 9, friday, just me and her | "
    "a child in the age of 9 and me, friday | kiddo will be 9, he'll be with me, the two of us on friday | "
    "he'll be 9, my boy, can we both come friday | dad and son on friday, he is 9",
    "es": "mi niña 9 años, yo mamá, venimos el viernes las dos | mi chamaca de 9 y yo el viernes | "
    "el viernes mi hija y yo, edad de ella: 9 | mi peque cumplió 9, iríamos él y yo el viernes | papá e hijo el viernes, el niño 9 años",
    "pl": "ja i młody (9 lat), piątek | ja tata + córka lat 9, piątek | syn ma 9 lat, ja będę lepić razem z nim, piątek | "
    "dla siebie i dziecka w wieku 9 lat na piątek | młoda ma 9 lat, miejsce dla niej i dla mnie w piątek | mama i syn lat 9, piątek",
    "ru": "моей принцессе 9, хотим с ней вдвоём в пятницу | для меня и дочери на пятницу, возраст ребёнка — 9 | "
    "пацану 9, мы с ним двое будем в пятницу | я мама, сыну 9, приду с ним в пятницу | "
    "доча, 9 лет, и я с ней вместе, в пятницу | внуку исполнилось 9, в пятницу только я и он | мы с сыном вдвоём на 4.12, малому 9, не рано ему? | "
    "я папа, дочь моя 9, мы в пятницу, только я и она",
    "uk": "я і малий (9 років), п'ятниця | доні 9, ліпитиму разом із нею в п'ятницю | тато + син, сину 9 років, п'ятниця | "
    "моїй принцесі 9, ми з нею вдвох у п'ятницю | для мене і доньки на п'ятницю, вік дитини: 9 | "
    "онуку виповнилось 9, прийду з ним у п'ятницю",
}


@pytest.mark.parametrize(("lang", "text"), each(WITH_A_CHILD))
def test_a_child_of_some_age_comes_with_whoever_writes(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.people, found.ages, found.date, found.time) == (2, (9,), FRIDAY, None)
    assert found.people_shift is None


AGES_ALONE = {
    "en": {(9,): "would 9 be too young? | he'll be 9, my son | she just turned 9, my daughter | age: 9, my kid"},
    "es": {(9,): "mi hijo ya cumplió 9 | edad de mi hija: 9 | mi nene de 9 | el chaval tiene 9 años"},
    "pl": {(9,): "córka lat 9, 4 grudnia | syn, lat 9 | wiek dziecka: 9 | czy 9 to za mało? to córka"},
    "ru": {(9,): "возраст ребёнка — 9 | доче 9 | пацану 9 | 9 не мало? это для дочки"},
    "uk": {(9,): "вік доні — 9 | малому 9 | доці 9 | 9 не замало? це для сина"},
}


@pytest.mark.parametrize(("lang", "text", "ages"), told(AGES_ALONE))
def test_an_age_is_heard_wherever_its_word_stands(lang: str, text: str, ages: tuple[int, ...]) -> None:
    found = read(text, lang, NOTHING)

    assert (found.ages, found.time) == (ages, None)
    assert found.date in (None, FRIDAY)


LEFT_OR_JOINING = {
    "en": {
        1: "only 1 now | make that one person please | it'll only be little old me | only one of us will be there | "
        "change it from two people to one | my friend can't, I'll have to come without her | I'll come on my own | "
        "it's just me now, he bailed",
        3: "plus one lol | one more is coming, my sister | make it one more than i said | an additional seat please | "
        "my brother heard about it and now he wants in as well | add her as well | count him in too | and someone else is coming, add somebody",
    },
    "es": {
        1: "cambiar mi reserva de dos a una | en vez de dos va a ser una | asistiré sin él | yo sí voy, pero sola | cambiar de dos plazas a una sola | solo vengo yo | solo 1 ahora | "
        "quita a mi hermana, yo sí voy | de dos personas a una | ahora solo yo vengo",
        3: "súmala | agregame uno que se coló | seremos uno más de lo que dije | se me olvidó mi suegra, inclúyela también | "
        "agrega a alguien más | una plaza adicional | una persona más jaja",
    },
    "pl": {
        1: "zmień z dwóch na jedną | zamiast dwóch osób będzie jedna | będę jedna | przyjdę sam jeden | proszę zmienić z dwóch osób na jedną | ja przyjdę, tylko że sama | "
        "mąż nie może, przyjdę bez niego | zostałam sama | tylko jedna z nas będzie",
        3: "dopiszcie ją też | jedna osoba więcej niż mówiłam | dodatkowe miejsce poproszę | dopisz kogoś jeszcze | "
        "chce dołączyć moja kuzynka | plus jeden do nas | jego też policzcie",
    },
    "ru": {
        1: "измените с двух на одного | вместо двоих будет один | из двоих остался один я | с двух мест на одно | подруга не может, приду без неё | я приду, но одна | "
        "запишите меня одну | остаюсь только я | всего 1 теперь",
        3: "плюс один к нам | братишка увязался, его тоже впишите | забыл про сына, его тоже посчитайте | "
        "на одного больше чем говорила | допишите кого-то ещё одного | ещё один ахах | дополнительное место, пожалуйста",
    },
    "uk": {
        1: "змініть з двох на одного | замість двох буде одна людина | він не йде, я один | мене запишіть саму | доведеться мені самому | з двох осіб на одну | прийду самотою | "
        "прийду, але без нього | лишилась тільки я",
        3: "дорахуйте його | допиши ще когось одного до нас | сестру теж, її теж запишіть | на одного більше ніж казала | "
        "плюс один до нас | додаткове місце, будь ласка | і брата, його теж порахуйте",
    },
}


@pytest.mark.parametrize(("lang", "text", "people"), told(LEFT_OR_JOINING))
def test_who_is_left_and_who_joins(lang: str, text: str, people: int) -> None:
    for known in (TWO_KNOWN, SUMMED_UP):
        found = read(text, lang, known)
        assert (found.people, found.time, found.date) == (people, None, None)


NOBODY_MORE = {
    "en": "my mum booked it, can I put her number down? | just check with my boss | only one question | "
    "can the studio call her back too | what if one of us drops out",
    "es": "cuéntale a mi madre cuánto cuesta | agrega que soy alérgica | una foto más | hablé con ella ayer",
    "pl": "dopisz jego numer | niech jeszcze mąż to potwierdzi | jeszcze jedno zdjęcie | sprawdzę z szefem",
    "ru": "запишите его номер | пусть ещё муж подтвердит | старший администратор мне ответил | я с ней поговорю",
    "uk": "запишіть його номер | хай ще чоловік підтвердить | старший адміністратор сказав | я з нею поговорю",
}


@pytest.mark.parametrize(("lang", "text"), each(NOBODY_MORE))
def test_nobody_joins_who_is_only_spoken_of(lang: str, text: str) -> None:
    found = read(text, lang, TWO_KNOWN)

    assert (found.people, found.people_shift) == (None, None)


def test_two_to_one_may_be_hours_or_people() -> None:
    text = "can you change my booking from two to one"

    assert read(text, "en", TWO_KNOWN).people == 1
    assert read(text, "en", NOTHING).unclear[0].values == (time(13), 1)
    assert read(text, "en", {"state": {"time": "14:00", "people": 2}}).time == time(13)


NO_HEADS = {
    "en": "it should be December 4 | it will be December 4 | could it be 4 December",
    "es": "debería ser el 4 de diciembre | son 4 de diciembre",
    "pl": "powinno być 4 grudnia | będzie 4 grudnia",
    "ru": "должно быть 4 декабря | будет 4 декабря",
    "uk": "має бути 4 грудня | буде 4 грудня",
}


@pytest.mark.parametrize(("lang", "text"), each(NO_HEADS))
def test_a_day_of_a_month_is_no_number_of_people(lang: str, text: str) -> None:
    found = read(text, lang, NOTHING)

    assert (found.people, found.date) == (None, FRIDAY)


@pytest.mark.parametrize(
    "text",
    [
        "nosotras iremos las dos",
        "venimos las dos",
        "estamos apuntadas las dos",
        "mi comadre y yo, las dos jubiladas",
        "iremos las dos",
    ],
)
def test_two_women_are_no_hour(text: str) -> None:
    found = read(text, "es", NOTHING)

    assert (found.people, found.time) == (2, None)


@pytest.mark.parametrize(
    "text", ["las dos", "a las dos", "mejor las dos", "quedamos a las dos", "podemos las dos", "las dos de la tarde"]
)
def test_two_o_clock_are_no_women(text: str) -> None:
    found = read(text, "es", {"requested": ("time",)})

    assert found.time is not None
    assert (found.people, found.time.hour) == (None, 14)
