"""What customers read: every reason and every piece of news in five languages, with real plurals."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from bookings.availability import wording as availability_wording
from bookings.availability.reasons import Reason, Why
from bookings.models import Reservation
from bookings.reservations import (
    actions as reservation_actions,
    holds,
    notifications as reservation_notifications,
    reschedule,
    wording as reservation_wording,
)
from bots.staff.actors import Actor
from conversations.models import Message
from tests.bookings.availability.times import NOW, at, clock, day
from tests.factories import ConversationFactory, DraftFactory, ServiceFactory

STAFF = Actor("Maria", "admin")
LANGUAGES = ["pl", "uk", "ru", "es"]


def reason(why: Why, **facts) -> Reason:
    facts = {
        "start": at("2026-11-24 17:00"),
        "limit": 3,
        "last_day": day("2027-01-22"),
        "earliest": at("2026-11-24 18:30"),
        "hours": ((clock("10:00"), clock("13:00")), (clock("14:00"), clock("18:00"))),
    } | facts
    return Reason(why=why, **facts)


SENTENCES = [
    (Why.FULL, "en", "On Tuesday 24 November at 17:00 everything is taken already."),
    (Why.FULL, "pl", "We wtorek 24 listopada o 17:00 wszystko jest już zajęte."),
    (Why.FULL, "uk", "У вівторок 24 листопада о 17:00 усе вже зайнято."),
    (Why.FULL, "ru", "Во вторник 24 ноября в 17:00 всё уже занято."),
    (Why.FULL, "es", "El martes 24 de noviembre a las 17:00 ya está todo ocupado."),
    (Why.BREAK, "pl", "We wtorek 24 listopada o 17:00 mamy przerwę. Otwarte: 10:00–13:00, 14:00–18:00."),
    (Why.TOO_FAR, "en", "Tuesday 24 November cannot be booked yet. The last day that can be is Friday 22 January."),
    (Why.TOO_SOON, "uk", "Вівторок 24 листопада, 17:00 для нас зарано. Найраніше: вівторок 24 листопада, 18:30."),
    (Why.CLOSED_DAY, "es", "El martes 24 de noviembre está cerrado."),
    (Why.TOO_MANY_PEOPLE, "ru", "Это не больше чем для 3 человек."),
]


@pytest.mark.parametrize(("why", "language", "expected"), SENTENCES)
def test_refusal_reads_like_a_person_of_that_language(why, language, expected):
    assert reservation_notifications.why(reason(why), language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_its_sentence_in_every_language(why, language):
    text = reservation_notifications.why(reason(why), language)
    assert text != reservation_notifications.why(reason(why), "en")
    assert "%" not in text
    assert text[0] == text[0].upper()
    assert text[-1] == "."


PLACES = [
    ("en", 1, "there is only 1 place left"),
    ("en", 2, "there are only 2 places left"),
    ("pl", 1, "zostało tylko 1 miejsce"),
    ("pl", 2, "zostały tylko 2 miejsca"),
    ("pl", 5, "zostało tylko 5 miejsc"),
    ("pl", 12, "zostało tylko 12 miejsc"),
    ("uk", 2, "залишилося тільки 2 місця"),
    ("ru", 5, "осталось только 5 мест"),
    ("es", 1, "solo queda 1 plaza"),
]


@pytest.mark.parametrize(("language", "left", "expected"), PLACES)
def test_places_left_have_real_plurals(language, left, expected):
    assert expected in reservation_notifications.why(reason(Why.FULL, left=left), language)


def test_holiday_is_named_where_its_name_is_known():
    assert reservation_notifications.why(reason(Why.HOLIDAY, name="Boże Narodzenie"), "pl").endswith(
        "jest zamknięte: Boże Narodzenie."
    )
    assert reservation_notifications.why(reason(Why.HOLIDAY), "ru").endswith("закрыто, это праздник.")


def test_catalogues_hold_every_sentence_of_the_app():
    app = Path(settings.BASE_DIR) / "bookings"
    found = {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in extract_from_dir(app, [("**.py", "python")])
    }
    assert found
    for language in LANGUAGES:
        with (app / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        known = {
            message.id if isinstance(message.id, str) else message.id[0]
            for message in catalogue
            if message.id and all([message.string] if isinstance(message.string, str) else message.string)
        }
        assert found - known == set(), language


def _everything(language: str) -> list[str]:
    """Each piece of news once."""
    service = ServiceFactory(max_people=3, asks_people=True, hold_minutes=60)
    service.resources.update(capacity=3)
    conversation = ConversationFactory(account__bot__business=service.business, language=language)

    def asked(start: str) -> Reservation:
        moment = at(start)
        draft = DraftFactory(
            service=service, conversation=conversation, people=2, day=moment.date(), start_time=moment.time()
        )
        return reservation_actions.request(draft.pk, by=Actor.customer(), now=NOW)

    first = reservation_actions.approve(asked("2026-11-26 10:00").pk, by=STAFF, now=NOW)
    moved = reschedule.move(first.pk, by=Actor.customer(), start=at("2026-11-26 12:00"), now=NOW)
    reservation_actions.reject(moved.pk, by=STAFF, reason="inventory", now=NOW)
    moved = reschedule.move(first.pk, by=STAFF, start=at("2026-11-26 14:00"), now=NOW)
    reschedule.offer_other_time(moved.pk, by=STAFF, start=at("2026-11-26 16:00"), now=NOW)
    asked("2026-11-27 10:00")
    holds.expire_holds(NOW.replace(hour=13))
    reservation_actions.cancel(moved.pk, by=STAFF, now=NOW)
    return [message.text for message in Message.objects.filter(conversation=conversation).order_by("seq")]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_news_is_in_the_customers_language(language):
    texts, english = _everything(language), _everything("en")
    assert len(texts) == len(english) == 7
    words = {word for text in english for word in re.findall(r"[A-Za-z]{4,}", text)} - {"inventory", "martes"}
    for text in texts:
        assert not words & set(re.findall(r"[A-Za-z]{4,}", text)), text
        assert "%" not in text


@pytest.mark.django_db
def test_polish_news_reads_naturally():
    texts = _everything("pl")
    assert texts[0] == (
        "Potwierdzone: czwartek 26 listopada, 10:00–11:00, 2 osoby. Przypomnimy dzień wcześniej. "
        "Gdyby coś się zmieniło, po prostu napisz."
    )
    assert texts[1].startswith(
        "Niestety czwartek 26 listopada, 12:00–13:00, 2 osoby nie wchodzi w grę. Powód: inventory. "
        "Rezerwacja na czwartek 26 listopada, 10:00 zostaje bez zmian. Wolne: "
    )


@pytest.mark.django_db
def test_language_of_the_talk_goes_before_the_one_booked_in():
    service = ServiceFactory(business__default_language="es")
    draft = DraftFactory(service=service, conversation__language="uk", language="pl")
    assert reservation_notifications.language_of(draft) == "uk"
    draft.conversation.language = ""
    assert reservation_notifications.language_of(draft) == "pl"
    draft.language = ""
    assert reservation_notifications.language_of(draft) == "es"


def test_long_reason_is_cut_and_ends_as_a_sentence():
    with translation.override("en"):
        assert reservation_wording.as_sentence("no  clay") == "no clay."
        assert reservation_wording.as_sentence("Sorry!") == "Sorry!"
        assert len(reservation_wording.as_sentence("x" * 1000)) == reservation_wording.REASON_LENGTH
    assert availability_wording.capital("wtorek") == "Wtorek"
