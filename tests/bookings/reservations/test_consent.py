"""Nothing is sent unless exactly this was summed up and the message as a whole is a firm yes to it."""

import pytest

from bookings.models import Reservation
from bots.models import Bot
from tests.again import once
from tests.bookings.reservations.talks import TUESDAY, is_summary_open, statuses, with_summary
from tests.customer import Customer
from tests.standins.llm import Model
from tests.standins.llm_dialects import Asked, Reply

pytestmark = pytest.mark.slow

# Thinking, asking somebody, doubt, a condition, a question, another wish: none of them is a yes.
NO_CONSENT = {
    "en": [
        "ok let me think", "yes but wait, i need to ask my wife", "hmm not sure", "ok i'll get back to you",
        "yeah maybe", "ok but how long does it take?", "sounds good, what do we wear?", "yes if there is parking",
        "great, let me check with my boyfriend first", "sure, if it doesn't rain", "yes but can my dog come",
        "ok give me 5 min", "looks good, will confirm tonight", "yes or maybe wednesday",
    ],
    "pl": [
        "dobrze, przemysle i dam znac", "ok ale ile trwa?", "super, a o ktorej konczymy?", "tak, tylko zapytam meza",
        "no nie wiem", "ok zastanowie sie", "tak, chyba ze bedzie padac", "fajnie, a mozna z psem?",
        "dobra, potwierdze wieczorem", "tak, jesli jest parking", "ok czekaj chwile", "w sumie tak, ale jeszcze sprawdze",
        "tak ale moze byc 18?",
    ],
    "uk": [
        "добре, подумаю і напишу", "так, але спочатку спитаю чоловіка", "ок, а скільки це триває?", "та не знаю",
        "ага, щас спитаю подругу", "супер, а о котрій закінчимо?", "так, якщо є парковка", "добре, напишу ввечері",
        "ок, зачекайте хвилинку", "гаразд, але ще порадимось", "можна з собакою?", "так, мабуть",
    ],
    "ru": [
        "ага щас у мужа спрошу", "ок подумаю", "да, но сначала уточню у подруги", "хорошо, а сколько длится?",
        "супер, а во сколько закончим?", "не уверена пока", "да, если есть парковка", "ладно, напишу вечером",
        "да подождите минутку", "хорошо, надо подумать", "ок, а с собакой можно?", "наверное да",
    ],
    "es": [
        "vale lo pienso", "claro, dejame pensarlo", "os vale si llevo al perro?", "ok pero cuanto dura?",
        "si, pero primero pregunto a mi marido", "vale, y a que hora acabamos?", "no se", "perfecto, luego te confirmo",
        "si, si hay aparcamiento", "vale, espera un momento", "supongo que si", "genial, lo hablo con mi novia",
    ],
}  # fmt: skip

FIRM = {
    "en": ["yes please", "great, book it", "yep send it 👍"],
    "pl": ["tak wyslij", "tak, poproszę", "super, prosze wyslac"],
    "uk": ["так, надсилайте", "да, відправляйте", "супер, підходить"],
    "ru": ["да, отправляйте", "ага давайте", "всё верно, отправьте"],
    "es": ["si, envia", "vale, perfecto", "sí por favor"],
}

# What people put between the summary and their yes: a question, a thanks, a doubt, small talk.
BETWEEN = {
    "en": ["what if i'm 10 min late?", "do you have vouchers?", "ok let me think", "thanks", "how much is it in total?"],
    "pl": ["a jak sie spoznie 10 min?", "macie bony?", "chwila, pomysle", "dzieki", "ile to razem?"],
    "uk": ["а якщо я запізнюсь на 10 хв?", "є сертифікати?", "секунду, подумаю", "дякую", "скільки разом?"],
    "ru": ["а если опоздаю на 10 минут?", "есть сертификаты?", "секунду, подумаю", "спасибо", "сколько всего выйдет?"],
    "es": ["y si llego 10 min tarde?", "teneis bonos regalo?", "un momento, lo pienso", "gracias", "cuanto es en total?"],
}  # fmt: skip


@pytest.mark.parametrize("language", NO_CONSENT)
def test_what_is_no_firm_yes_sends_nothing_and_leaves_the_question_open(studio: Bot, language: str) -> None:
    """All in one talk: what is no yes by itself is none behind the others either."""
    customer = with_summary(Customer(studio), language)
    wrong = {}
    for words in NO_CONSENT[language]:
        said = customer.writes(words)
        if statuses(customer) != ["draft"] or not said or not customer.dialogue.question:
            wrong[words] = (customer.visits, said)
    assert not wrong


@pytest.mark.parametrize("language", once(FIRM, first=3))
def test_a_firm_yes_sends_exactly_what_was_summed_up(studio: Bot, language: str) -> None:
    for words in FIRM[language]:
        customer = with_summary(Customer(studio), language)
        said = customer.writes(words)
        assert customer.visits == [("pending", TUESDAY, 2)], (words, said)


@pytest.mark.parametrize("language", once(BETWEEN, first=3))
def test_a_firm_yes_counts_also_after_something_in_between(studio: Bot, language: str) -> None:
    wrong = {}
    for words in BETWEEN[language]:
        customer = with_summary(Customer(studio), language)
        said = customer.writes(words)
        if statuses(customer) != ["draft"] or not is_summary_open(customer):
            wrong[words] = (customer.visits, said)
            continue
        said += customer.writes(FIRM[language][0])
        if customer.visits != [("pending", TUESDAY, 2)]:
            wrong[words] = (customer.visits, said)
    assert not wrong


@pytest.mark.parametrize("language", once(BETWEEN, first=3))
def test_three_digressions_later_the_yes_is_still_heard(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    said = [text for words in BETWEEN[language][:3] for text in customer.writes(words)]
    said += customer.writes(FIRM[language][0])
    assert customer.visits == [("pending", TUESDAY, 2)], said


@pytest.mark.parametrize("language", once(FIRM, first=3))
def test_a_yes_with_a_question_is_answered_and_asked_once_more(studio: Bot, language: str) -> None:
    asks = {"en": "yes, where can i park?", "pl": "tak, a jest gdzie zaparkowac?", "uk": "так, а де припаркуватися?",
            "ru": "да, а где припарковаться?", "es": "si, hay donde aparcar?"}[language]  # fmt: skip
    customer = with_summary(Customer(studio), language)
    said = customer.writes(asks)
    assert statuses(customer) == ["draft"]
    assert is_summary_open(customer) and len(said) == 2, said
    customer.writes(FIRM[language][0])
    assert statuses(customer) == ["pending"]


CHANGES = {
    "en": ["could it be 6?", "2 of us, could it be 6?", "yes but at 6pm", "make it 18:00"],
    "pl": ["moze byc 18?", "2 osob, moze byc 18?", "tak, ale o 18", "a o 18 da rade?"],
    "uk": ["а можна о 18?", "нас двоє, можна о 18?", "так, але о 18", "давайте на 18"],
    "ru": ["а можно в 18?", "нас двое, можно в 18?", "да, но в 18", "давайте на 18"],
    "es": ["puede ser a las 18?", "somos dos, puede ser a las 18?", "si, pero a las 18", "mejor a las 18"],
}


@pytest.mark.parametrize("language", once(CHANGES, first=3))
def test_another_hour_is_summed_up_anew_before_it_is_sent(studio: Bot, language: str) -> None:
    wrong = {}
    for words in CHANGES[language]:
        customer = with_summary(Customer(studio), language)
        said = customer.writes(words)
        if customer.visits != [("draft", "2026-11-24 18:00", 2)] or not is_summary_open(customer):
            wrong[words] = (customer.visits, said)
            continue
        customer.writes(FIRM[language][0])
        if customer.visits != [("pending", "2026-11-24 18:00", 2)]:
            wrong[words] = (customer.visits, said)
    assert not wrong


@pytest.mark.parametrize("language", once(FIRM, first=3))
def test_a_yes_that_was_written_before_the_summary_is_none(studio: Bot, language: str) -> None:
    """Both came in one burst: nobody had seen a summary yet."""
    from tests.bookings.reservations.talks import WISH

    customer = Customer(studio)
    customer.writes(WISH[language], FIRM[language][0])
    assert statuses(customer) == ["draft"]
    assert is_summary_open(customer)


# --- buttons -------------------------------------------------------------------------------------------------------


def test_the_button_of_an_older_summary_shows_the_one_of_today(studio: Bot) -> None:
    customer = with_summary(Customer(studio), "en")
    old = customer.dialogue.question.yes
    customer.writes("make it 6pm")
    assert customer.dialogue.question.yes != old
    customer.receive("Yes, send it", old)
    said = customer.hears()
    assert customer.visits == [("draft", "2026-11-24 18:00", 2)]
    assert "18:00–20:00" in said[0] and is_summary_open(customer)
    customer.presses("Yes, send it")
    assert customer.visits == [("pending", "2026-11-24 18:00", 2)]


def test_the_same_button_twice_sends_once(studio: Bot) -> None:
    customer = with_summary(Customer(studio), "en")
    yes = customer.dialogue.question.yes
    for _ in range(2):
        customer.receive("Yes, send it", yes)
        said = customer.hears()
    assert customer.visits == [("pending", TUESDAY, 2)]
    assert said and Reservation.objects.count() == 1


def test_the_button_of_a_draft_that_was_let_go_sends_nothing(studio: Bot) -> None:
    customer = with_summary(Customer(studio), "en")
    yes = customer.dialogue.question.yes
    customer.writes("no, forget it, cancel")
    customer.receive("Yes, send it", yes)
    said = customer.hears()
    assert not Reservation.objects.filter(status__in=Reservation.LIVE).exists()
    assert said


@pytest.mark.parametrize("payload", ["booking:yes:{}", "booking:yes:{}:", "booking:yes:{}:0000000000"])
def test_a_button_without_the_right_mark_sends_nothing(studio: Bot, payload: str) -> None:
    customer = with_summary(Customer(studio), "en")
    customer.receive("Yes, send it", payload.format(Reservation.objects.get().pk))
    customer.hears()
    assert statuses(customer) == ["draft"] and is_summary_open(customer)


# --- a model is held to the same -----------------------------------------------------------------------------------


class Hasty:
    """A model that takes everything for a yes."""

    def __call__(self, asked: Asked) -> Reply:
        if asked.results:
            return Reply(text="👍")
        said = [part.text for part in asked.parts if part.role == "user"]
        return Reply(calls=[("request_visit", {"agreement": said[-1]})])


@pytest.mark.parametrize("language", NO_CONSENT)
def test_a_model_cannot_send_without_a_firm_yes_either(studio: Bot, model: Model, language: str) -> None:
    sent = {}
    for words in NO_CONSENT[language][:6]:
        model.brain = _silent
        customer = with_summary(Customer(studio), language)
        model.brain = Hasty()
        said = customer.writes(words)
        if statuses(customer) != ["draft"]:
            sent[words] = said
    assert not sent


@pytest.mark.parametrize("language", once(FIRM, first=3))
def test_a_model_sends_upon_a_firm_yes_to_the_summary(studio: Bot, model: Model, language: str) -> None:
    model.brain = _silent
    customer = with_summary(Customer(studio), language)
    model.brain = Hasty()
    said = customer.writes(FIRM[language][0])
    assert customer.visits == [("pending", TUESDAY, 2)], said
    assert customer.turn.agent == "llm"


def _silent(_asked: Asked) -> Reply:
    """Says nothing, so that rules answer."""
    return Reply(text="")


TAKES_LEAVE = {"en": "ok thanks", "pl": "ok dzieki", "uk": "добре, дякую", "ru": "ок, спасибо", "es": "vale gracias"}


@pytest.mark.parametrize("language", once(TAKES_LEAVE, first=3))
def test_thanks_beside_a_plain_ok_send_nothing_and_are_understood(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    summary = customer.dialogue.question.text
    assert customer.writes(TAKES_LEAVE[language]) == [summary]
    assert statuses(customer) == ["draft"] and customer.dialogue.question.times == 2
    assert not customer.conversation.attention


SLIPS = {
    "en": "yes snd it pls",
    "pl": "tak wsylij",
    "uk": "так, надісилайте",
    "ru": "да, отпарвляйте",
    "es": "si, mndala",
}


@pytest.mark.parametrize("language", once(SLIPS, first=3))
def test_a_yes_with_a_slip_of_the_finger_sends(studio: Bot, language: str) -> None:
    customer = with_summary(Customer(studio), language)
    said = customer.writes(SLIPS[language])
    assert customer.visits == [("pending", TUESDAY, 2)], said
