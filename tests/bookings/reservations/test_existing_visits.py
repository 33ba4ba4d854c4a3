"""Everything under a visit that has a button can be said: another time of staff's, a held place, cancel, move, keep."""

from datetime import datetime

import pytest

from bookings.models import Reservation
from bookings.reservations import actions, reschedule
from bots.models import Bot
from bots.staff.actors import Actor
from tests.again import in_two_languages, once
from tests.bookings.reservations.talks import TUESDAY, is_summary_open, statuses, with_summary
from tests.customer import WARSAW, Customer

pytestmark = pytest.mark.slow

OWNER = Actor("Ewa", "admin")
OFFERED = "2026-11-25 18:30"
YES = {"uk": "так", "en": "yes", "pl": "tak", "ru": "да", "es": "si"}


def offered(studio: Bot, language: str) -> Customer:
    """The customer has asked for Tuesday at five; staff offer Wednesday at half past six instead."""
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    start = datetime.fromisoformat(OFFERED).replace(tzinfo=WARSAW)
    reschedule.offer_other_time(Reservation.objects.get(conversation=customer.conversation).pk, by=OWNER, start=start)
    customer.hears()
    assert customer.visits == [("pending", TUESDAY, 2), ("held", OFFERED, 2)]
    return customer


ACCEPTS = [
    ("en", "yes"), ("en", "ok that works"), ("en", "18:30 is fine"), ("pl", "tak, pasuje"), ("pl", "ok"),
    ("pl", "moze byc"), ("uk", "так, підходить"), ("uk", "добре"), ("ru", "да, подходит"), ("ru", "ок"),
    ("es", "vale si"), ("es", "me va bien"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(ACCEPTS))
def test_a_time_that_staff_offer_is_taken_in_words(studio: Bot, language: str, words: str) -> None:
    customer = offered(studio, language)
    said = customer.writes(words)
    assert customer.visits == [("moved", TUESDAY, 2), ("confirmed", OFFERED, 2)], said


DECLINES = [("en", "no thanks"), ("pl", "nie, dziekuje"), ("uk", "ні, не підходить"), ("ru", "нет, не подходит"),
            ("es", "no, no puedo")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(DECLINES))
def test_a_no_to_it_leaves_the_visit_as_it_is(studio: Bot, language: str, words: str) -> None:
    customer = offered(studio, language)
    customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2), ("cancelled", OFFERED, 2)]


NOT_YET = [("en", "hm let me think"), ("pl", "przemysle to"), ("uk", "подумаю"), ("ru", "спрошу мужа"),
           ("es", "lo tengo que mirar"), ("en", "yes if there is parking"), ("pl", "a jest parking?")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(NOT_YET))
def test_what_is_no_firm_yes_to_it_takes_nothing_and_it_stands(studio: Bot, language: str, words: str) -> None:
    customer = offered(studio, language)
    customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2), ("held", OFFERED, 2)]
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("confirmed", OFFERED, 2)]


AS_IT_WAS = [
    ("en", "keep it as it was"), ("en", "no changes please"), ("en", "nothing to change"), ("en", "all right as it is"),
    ("en", "i'd like to book a visit"), ("pl", "bez zmian"), ("pl", "nic nie zmieniamy"), ("pl", "zostawmy jak jest"),
    ("uk", "нічого не міняємо"), ("uk", "лишаємо як є"), ("ru", "ничего не меняем"), ("ru", "оставим как есть"),
    ("es", "sin cambios"), ("es", "déjalo como estaba"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(AS_IT_WAS))
def test_what_leaves_the_visit_where_it_is_takes_no_other_time(studio: Bot, language: str, words: str) -> None:
    customer = offered(studio, language)
    said = customer.writes(words)
    assert ("pending", TUESDAY, 2) in customer.visits, said


OTHER_DAY = [("en", "thursday at 6 would be better"), ("pl", "a moze byc czwartek o 18?"), ("uk", "а можна в четвер о 18?"),
             ("ru", "а можно в четверг в 18?"), ("es", "puede ser el jueves a las 18?")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(OTHER_DAY))
def test_another_day_than_staff_offer_moves_the_visit(studio: Bot, language: str, words: str) -> None:
    customer = offered(studio, language)
    said = customer.writes(words)
    assert customer.visits[-1] == ("draft", "2026-11-26 18:00", 2) and is_summary_open(customer), said
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("cancelled", OFFERED, 2), ("pending", "2026-11-26 18:00", 2)]


INSTEAD = [("en", "ok wednesday"), ("pl", "to srode"), ("uk", "давайте середу"), ("ru", "давайте среду"),
           ("es", "pues el miercoles")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(INSTEAD))
def test_after_a_refusal_another_day_keeps_hour_and_people(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    actions.reject(Reservation.objects.get().pk, by=OWNER, reason="a group")
    customer.hears()
    said = customer.writes(words)
    assert customer.visits == [("rejected", TUESDAY, 2), ("draft", "2026-11-25 17:00", 2)], said
    assert is_summary_open(customer)


WHAT_OF_IT = [
    ("en", "cancel my booking", "keep it", "pending"), ("pl", "chce odwolac", "nie, zostaw", "pending"),
    ("uk", "хочу скасувати візит", "ні, залиште", "pending"), ("ru", "отмените запись", "нет, оставьте", "pending"),
    ("es", "quiero anular la reserva", "no, dejala", "pending"), ("en", "cancel my booking", "cancel it", "cancelled"),
    ("pl", "chce odwolac", "odwolaj", "cancelled"), ("uk", "хочу скасувати візит", "скасувати", "cancelled"),
    ("ru", "отмените запись", "отменить", "cancelled"), ("es", "quiero anular la reserva", "anulala", "cancelled"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words", "answer", "status"), WHAT_OF_IT)
def test_keep_and_cancel_are_said_as_they_are_pressed(
    studio: Bot, language: str, words: str, answer: str, status: str
) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(words)
    assert statuses(customer) == ["pending"]
    said = customer.writes(answer)
    assert statuses(customer) == [status], said


@pytest.mark.parametrize(("language", "answer"), [("en", "move it"), ("pl", "przenies"), ("uk", "перенести"),
                                                  ("ru", "перенести"), ("es", "muevela")])  # fmt: skip
def test_move_is_said_as_it_is_pressed(studio: Bot, language: str, answer: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes({"en": "cancel my booking", "pl": "chce odwolac", "uk": "хочу скасувати візит",
                     "ru": "отмените запись", "es": "quiero anular la reserva"}[language])  # fmt: skip
    customer.writes(answer)
    assert statuses(customer) == ["pending", "draft"]
    assert {"date", "time"} <= set(customer.dialogue.question.asks)


IN_ITS_PLACE = [
    ("en", "actually not tuesday, thursday at 6"), ("en", "thursday at 6 instead of tuesday"),
    ("pl", "jednak nie wtorek tylko czwartek o 18"), ("pl", "moge w czwartek o 18 zamiast wtorku?"),
    ("uk", "не вівторок, а четвер о 18"), ("uk", "у четвер о 18 замість вівторка"),
    ("ru", "не вторник, а четверг в 18"), ("ru", "в четверг в 18 вместо вторника"),
    ("es", "no el martes, el jueves a las 18"), ("es", "el jueves a las 18 en vez del martes"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(IN_ITS_PLACE))
def test_a_day_in_place_of_the_visits_own_moves_it_and_is_no_second_visit(
    studio: Bot, language: str, words: str
) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    said = customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2), ("draft", "2026-11-26 18:00", 2)], said
    assert is_summary_open(customer)
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", "2026-11-26 18:00", 2)]


ASKS_ONLY = [("en", "what if i cant make it?"), ("pl", "a jak nie dam rady przyjść?"), ("uk", "а якщо я не зможу прийти?"),
             ("ru", "а если не смогу прийти?"), ("es", "y si no puedo ir?")]  # fmt: skip
TAKES_LEAVE = {"en": "ok thanks", "pl": "ok dzięki", "uk": "ок, дякую", "ru": "ок, спасибо", "es": "vale, gracias"}


@pytest.mark.parametrize(("language", "words"), in_two_languages(ASKS_ONLY))
def test_what_is_only_asked_of_cancelling_is_answered_and_cancels_nothing(
    studio: Bot, language: str, words: str
) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    said = customer.writes(words)
    assert any("24" in text for text in said), said
    customer.writes(TAKES_LEAVE[language])
    assert customer.visits == [("pending", TUESDAY, 2)]


CANCELS_IT = {"en": "cancel my visit", "pl": "odwołaj moją wizytę", "uk": "скасуйте мій запис",
              "ru": "отмените мою запись", "es": "cancela mi reserva"}  # fmt: skip
THINKS_BETTER = [
    ("en", "never mind"), ("en", "forget what i wrote, we'll be there"), ("en", "nothing to change"), ("en", "ok thanks"),
    ("pl", "zapomnij o tym"), ("pl", "nie chciałam nic odwoływać"), ("pl", "ok dzięki"), ("uk", "не треба нічого міняти"),
    ("uk", "забудьте, що я писала"), ("ru", "забудьте про отмену"), ("ru", "ничего не отменяем, придём"),
    ("es", "nada de cancelar, ahí estaré"), ("es", "me la quedo"), ("es", "vale, gracias"),
    ("en", "cancelled too early, i'll come"), ("en", "no need for cancelling"), ("pl", "odwołanie nieaktualne"),
    ("pl", "niepotrzebnie odwoływałam, przyjdę"), ("uk", "скасування не потрібне"), ("uk", "передумав відміняти, прийду"),
    ("ru", "зря отменяла, приду"), ("es", "mejor sin cancelar"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(THINKS_BETTER))
def test_who_thinks_better_of_cancelling_keeps_the_visit(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(CANCELS_IT[language])
    assert "visit" in customer.dialogue.question.asks
    said = customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2)], said


ANOTHER = [("en", "i'd like to make another booking, wednesday at 6 for two"),
           ("pl", "chciałabym zrobić drugą rezerwację, w środę o 18 dla dwóch osób"),
           ("uk", "хочу зробити ще один запис, на середу о 18 на двох"),
           ("ru", "хочу сделать ещё одну бронь, на среду в 18 на двоих"),
           ("es", "quería hacer otra reserva, el miércoles a las 18 para dos")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(ANOTHER))
def test_another_booking_is_no_change_of_the_one_there_is(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(words)
    said = customer.writes(YES[language])
    assert customer.visits == [("pending", TUESDAY, 2), ("pending", "2026-11-25 18:00", 2)], said


MAY_ONE = [("en", "can you cancel my booking please?"), ("en", "how do i cancel my booking?"), ("pl", "jak odwołać rezerwację?"),
           ("uk", "ви можете скасувати мій запис?"), ("ru", "как отменить мою запись?"),
           ("es", "¿me puedes cancelar la reserva?")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(MAY_ONE))
def test_a_question_with_cancelling_in_it_is_asked_about_and_is_no_question_of_how_it_stands(
    studio: Bot, language: str, words: str
) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    said = customer.writes(words)
    assert "visit" in customer.dialogue.question.asks, said
    assert customer.visits == [("pending", TUESDAY, 2)]


BOOKED_FOR_ANOTHER = [("en", "am i booked in? could it be wednesday at 6 instead"),
                      ("pl", "czy mam potwierdzone? może być środa o 18?"), ("ru", "меня записали? можно в среду в 18?"),
                      ("uk", "мене записали? можна в середу о 18?"), ("es", "¿está confirmado? ¿puede ser el miércoles a las 18?")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(BOOKED_FOR_ANOTHER))
def test_another_time_beside_a_question_for_what_is_booked_moves_that(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes("Kate, 600 100 200")
    said = customer.writes(words)
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", "2026-11-25 18:00", 2)], said


AS_IT_IS = {
    "en": "tuesday at 5",
    "pl": "wtorek o 17",
    "uk": "вівторок о 17",
    "ru": "вторник в 17",
    "es": "martes a las 17",
}
MOVES_IT = {"en": "move my visit", "pl": "przełóż moją wizytę", "uk": "перенесіть мій запис", "ru": "перенесите мою запись",
            "es": "cambia mi reserva"}  # fmt: skip
THREE = {"en": "we are three", "pl": "będzie nas troje", "uk": "нас троє", "ru": "нас трое", "es": "somos tres"}


@pytest.mark.parametrize("language", once(YES, first=2))
def test_whoever_moves_a_visit_to_where_it_is_wants_something_else_of_it(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(MOVES_IT[language])
    said = customer.writes(AS_IT_IS[language])
    assert "people" in customer.dialogue.question.asks, said
    customer.writes(THREE[language])
    assert is_summary_open(customer)
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", TUESDAY, 3)]


SAYS_IT_TWICE = {
    "en": ("we must cancel, the train does not run", "please cancel it then, we are stuck here at home"),
    "pl": ("musimy odwołać, pociąg nie jedzie", "odwołujemy, bo utknęliśmy w domu"),
    "uk": ("маємо скасувати, потяг не їде", "скасуйте, бо ми застрягли вдома"),
    "ru": ("надо отменить, поезд не идёт", "отмените, мы застряли дома"),
    "es": ("tenemos que cancelar, el tren no sale", "cancélala, nos hemos quedado en casa"),
}


@pytest.mark.parametrize("language", once(YES, first=2))
def test_whoever_says_twice_that_they_cancel_is_not_asked_a_third_time(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    first, second = SAYS_IT_TWICE[language]
    customer.writes(first)
    assert customer.visits == [("pending", TUESDAY, 2)]
    said = customer.writes(second)
    assert customer.visits == [("cancelled", TUESDAY, 2)], said


BOTH_CANCEL = [("en", "we two have to cancel the wheel workshop"), ("pl", "we dwie musimy odwołać warsztaty na kole"),
               ("uk", "ми вдвох мусимо скасувати гончарне коло"), ("ru", "мы вдвоём вынуждены отменить гончарный круг"),
               ("es", "los dos tenemos que cancelar el taller de torno")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(BOTH_CANCEL))
def test_how_many_cancel_is_no_change_of_the_number_of_people(studio: Bot, language: str, words: str) -> None:
    customer = Customer(studio)
    customer.writes(FOR_ONE[language])
    customer.writes(YES[language])
    said = customer.writes(words)
    assert "visit" in customer.dialogue.question.asks, said
    assert customer.visits == [("pending", TUESDAY, 1)]


FOR_ONE = {"en": "can i come on tuesday at 5pm? just me", "pl": "chcę przyjść we wtorek o 17, sama", "es": "quiero ir el martes a las 17, yo sola",
           "uk": "хочу прийти у вівторок о 17, сама", "ru": "хочу прийти во вторник в 17, одна"}  # fmt: skip
TO_SUNDAY = {"en": "move it to sunday", "pl": "przełóż na niedzielę", "uk": "перенесіть на неділю", "ru": "перенесите на воскресенье",
             "es": "cámbiala al domingo"}  # fmt: skip
TO_THURSDAY = {"en": "move it to thursday at 6", "pl": "przełóż na czwartek na 18", "uk": "перенесіть на четвер на 18",
               "ru": "перенесите на четверг на 18", "es": "cámbiala al jueves a las 18"}  # fmt: skip
LEAVES_IT = {"en": "ok, don't change anything", "pl": "to zostawmy jak jest", "uk": "тоді лишаємо як є", "ru": "ничего не меняем",
             "es": "entonces déjala como está"}  # fmt: skip
LEAVES_IT_FOR_NOW = {"en": "leave it for now, i'll let you know", "pl": "na razie zostawmy to jak jest, odezwę się",
                     "uk": "поки лишаємо як є, я напишу", "ru": "пока оставим как есть, я напишу",
                     "es": "de momento déjala como está, ya te aviso"}  # fmt: skip


@pytest.mark.parametrize("language", once(YES, first=2))
def test_a_move_whose_times_do_not_suit_is_dropped_in_words(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(TO_SUNDAY[language])
    said = customer.writes(LEAVES_IT[language])
    assert customer.visits == [("pending", TUESDAY, 2)], said


@pytest.mark.parametrize("language", once(YES, first=2))
def test_who_leaves_a_visit_for_now_may_still_move_it(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(TO_THURSDAY[language])
    said = customer.writes(LEAVES_IT_FOR_NOW[language])
    assert customer.visits[0] == ("pending", TUESDAY, 2), said
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", "2026-11-26 18:00", 2)], said


@pytest.mark.parametrize("language", once(YES, first=2))
def test_a_move_of_a_visit_that_nobody_knows_is_a_wish(studio: Bot, language: str) -> None:
    customer = Customer(studio)
    customer.writes(TO_THURSDAY[language])
    customer.writes(THREE[language])
    assert customer.visits == [("draft", "2026-11-26 18:00", 3)]
    assert is_summary_open(customer)


CANNOT_THEN = [("en", "i can't make it then, but thursday at 6 works"), ("pl", "nie dam rady, ale w czwartek o 18 tak"),
               ("uk", "не зможу тоді, але в четвер о 18 можу"), ("ru", "тогда не смогу, но в четверг в 18 получится"),
               ("es", "no puedo ir, pero el jueves a las 18 sí")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(CANNOT_THEN))
def test_who_cannot_then_and_names_another_time_moves_the_visit(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    said = customer.writes(words)
    assert customer.visits == [("pending", TUESDAY, 2), ("draft", "2026-11-26 18:00", 2)], said
    customer.writes(YES[language])
    assert customer.visits == [("moved", TUESDAY, 2), ("pending", "2026-11-26 18:00", 2)]


CANNOT_COME = [("en", "sorry, can't make it that day"), ("uk", "шось я думаю може не прийду"), ("pl", "nie mogę przyjść"),
               ("ru", "что-то я заболела, может не приду"), ("es", "no puedo ir el martes"),
               ("es", "quizá no pueda ir el martes"), ("en", "i might not make it on tuesday")]  # fmt: skip
OK = {"en": "ok", "pl": "ok", "uk": "ок", "ru": "да", "es": "vale"}


@pytest.mark.parametrize(("language", "words"), in_two_languages(CANNOT_COME))
def test_a_bare_yes_cancels_only_where_cancelling_was_asked_for(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(words)
    said = customer.writes(OK[language])
    assert customer.visits == [("pending", TUESDAY, 2)], said
    assert "visit" in customer.dialogue.question.asks
    customer.writes(CANCELS_IT[language])
    assert customer.visits == [("cancelled", TUESDAY, 2)]


OTHER_THAN_THERE_IS = [("en", "cancel the saturday one"), ("uk", "скасуйте суботній запис"), ("pl", "odwołaj tę w sobotę"),
                       ("ru", "отмените субботнюю запись"), ("es", "anula la del sábado")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(OTHER_THAN_THERE_IS))
def test_a_day_on_which_there_is_no_visit_cancels_no_other(studio: Bot, language: str, words: str) -> None:
    customer = with_summary(Customer(studio), language)
    customer.writes(YES[language])
    customer.writes(words)
    said = customer.writes(OK[language])
    assert customer.visits == [("pending", TUESDAY, 2)], said


COMES_AFTER_ALL = [("en", "no, nothing changes, i'll come on tuesday"), ("uk", "ні, нічого не міняємо, прийду у вівторок"),
                   ("pl", "a nie, nic się nie zmienia, będę we wtorek"), ("ru", "нет, ничего не меняем, приду во вторник"),
                   ("es", "no, no cambies nada, voy el martes")]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), in_two_languages(COMES_AFTER_ALL))
def test_a_weekday_said_against_a_move_is_that_of_the_visit(studio: Bot, language: str, words: str) -> None:
    """A week later the same weekday would be another one."""
    customer = Customer(studio)
    customer.writes(IN_TWO_WEEKS[language])
    customer.writes(YES[language])
    assert customer.visits == [("pending", "2026-12-08 17:00", 2)]
    customer.writes(TO_TENTH[language])
    said = customer.writes(words)
    customer.writes(OK[language])
    assert customer.visits == [("pending", "2026-12-08 17:00", 2)], said


IN_TWO_WEEKS = {"en": "can we come on tuesday 8 december at 5pm? 2 of us", "pl": "chcemy przyjsc 8 grudnia o 17, 2 osoby",
                "uk": "хочемо прийти 8 грудня о 17, нас двоє", "ru": "хотим прийти 8 декабря в 17, нас двое",
                "es": "queremos ir el 8 de diciembre a las 17, somos dos"}  # fmt: skip
TO_TENTH = {"en": "move it to 10 december at 6pm", "pl": "przełóż na 10 grudnia na 18", "uk": "перенесіть на 10 грудня на 18",
            "ru": "перенесите на 10 декабря на 18", "es": "cámbiala al 10 de diciembre a las 18"}  # fmt: skip
