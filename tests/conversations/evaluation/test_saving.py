"""Save as test: a talk becomes a file that the lab plays, and nobody can be told from it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from bookings.models import LeadAnswer, Reservation, Service
from bookings.reservations.evaluation.sandbox import book
from bots.models import Bot
from bots.staff.roles import front_desk_group
from conversations.evaluation import saving
from conversations.evaluation.wire import Wire
from conversations.models import Conversation
from tests import factories
from tests.clock import travel
from tests.conversations.evaluation.test_cases import evaluate
from tests.snapshots import load_preset

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

A_MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def bot() -> Iterator[Bot]:
    with travel(A_MONDAY):
        yield load_preset("ceramics", {})


@pytest.fixture
def anna(bot: Bot, settings: object) -> Client:
    user = factories.UserFactory(first_name="Anna")
    user.groups.add(front_desk_group())
    bot.business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def talk(bot: Bot, *texts: str, press: str = "") -> Conversation:
    """A real talk over the web chat; at its end the button whose payload begins so is pressed."""
    wire = Wire(bot)
    for text in texts:
        wire.send([text])
        heard, _ = wire.hear()
    if press:
        button = next(one for one in heard.buttons(press))
        wire.send([button["title"]], button["payload"])
        wire.hear()
    wire.conversation.refresh_from_db()
    return wire.conversation


def form(conversation: Conversation, **changes: str) -> dict[str, str]:
    lines = saving.shown_lines(saving.lines_of(conversation))
    return {"goal": "two people on Thursday", "end": saving.AS_IT_STANDS, "lines": lines, **changes}


def address(conversation: Conversation) -> str:
    return reverse("admin:conversations_conversation_save_test", args=[conversation.pk])


def test_a_talk_is_saved_and_the_lab_plays_it(bot: Bot, anna: Client, tmp_path: Path) -> None:
    conversation = talk(
        bot, "hi, this is Marta Kowalska, 600 700 800. thursday 10 december 18:00, 2 people please", press="booking:yes"
    )
    page = anna.get(address(conversation))
    assert "What did the customer want?" in page.content.decode()
    answer = anna.post(address(conversation), form(conversation))
    assert answer["Content-Type"].startswith("application/yaml") and "attachment" in answer["Content-Disposition"]
    file = tmp_path / "saved.yaml"
    file.write_bytes(answer.content)
    (case,) = yaml.safe_load(file.read_text())
    assert case["visits"] == [{"status": "pending", "day": "thursday", "time": "18:00", "people": 2}]
    assert case["talk"][1] == {"presses": "booking:yes"} and case["goal"] == "two people on Thursday"
    said = case["talk"][0]["says"]
    assert "{thursday}" in said and "18:00" in said
    for secret in ("Marta", "Kowalska", "600 700", "800"):
        assert secret not in file.read_text()
    with travel(timedelta(days=9)):  # another weekday, another week
        code, told = evaluate("--cases", str(file))
    assert code == 0, told


def test_a_wrong_end_makes_the_lab_say_so(bot: Bot, anna: Client, tmp_path: Path) -> None:
    conversation = talk(bot, "thursday 10 december 18:00, 2 people please", press="booking:yes")
    file = tmp_path / "saved.yaml"
    file.write_bytes(anna.post(address(conversation), form(conversation, end=saving.NOTHING)).content)
    code, told = evaluate("--cases", str(file))
    assert code == 1 and "visits are" in told
    file.write_bytes(anna.post(address(conversation), form(conversation, end=saving.PERSON)).content)
    code, told = evaluate("--cases", str(file))
    assert code == 1 and "not “wants_person”" in told


def test_words_that_are_no_names_keep_their_capital(bot: Bot) -> None:
    text = "Hello, can we come on Friday? In December, on Saturday, Monday or Tuesday"
    (line,) = saving.lines_of(talk(bot, text))
    assert "[name]" not in line["says"]


@pytest.mark.again
def test_which_of_several_was_pressed_is_kept(bot: Bot, tmp_path: Path) -> None:
    conversation = talk(bot, "tuesday 8 december in the afternoon, 2 people", press="booking:slot")
    wire = Wire(bot)
    wire.send(["tuesday 8 december in the afternoon, 2 people"])
    heard, _ = wire.hear()
    third = heard.buttons("booking:slot")[2]
    wire.send([third["title"]], third["payload"])
    wire.hear()
    assert saving.lines_of(conversation)[1] == {"presses": "booking:slot 1"}
    assert saving.lines_of(wire.conversation)[1] == {"presses": "booking:slot 3"}
    wire.send(["yes"])
    wire.hear()
    lines = saving.lines_of(wire.conversation)
    file = tmp_path / "third.yaml"
    file.write_text(saving.case_of(wire.conversation, goal="the third", end=saving.AS_IT_STANDS, lines=lines))
    code, told = evaluate("--cases", str(file))
    assert code == 0, told


def test_a_talk_that_changes_a_visit_brings_the_visit_along(bot: Bot, tmp_path: Path) -> None:
    wire = Wire(bot)
    service = Service.objects.get(business=bot.business, is_usual=True)
    when = datetime(2026, 12, 8, 18, tzinfo=bot.business.zone)
    book(wire.conversation, service=service, start=when, people=2)
    wire.forget_what_was_said()
    with travel(timedelta(minutes=5)):
        for text in ("i need to cancel my visit", "cancel it"):
            wire.send([text])
            wire.hear()
        lines = saving.lines_of(wire.conversation)
        text = saving.case_of(wire.conversation, goal="cancel", end=saving.AS_IT_STANDS, lines=lines)
    (case,) = yaml.safe_load(text)
    assert case["before"] == [{"mine": True, "day": "tuesday", "time": "18:00", "people": 2}]
    assert case["visits"] == [{"status": "cancelled", "day": "tuesday", "time": "18:00", "people": 2}]
    file = tmp_path / "cancel.yaml"
    file.write_text(text)
    code, told = evaluate("--cases", str(file))
    assert code == 0, told


def test_that_a_person_was_called_belongs_to_what_stands(bot: Bot) -> None:
    conversation = talk(bot, "i want to talk to a human")
    text = saving.case_of(conversation, goal="x", end=saving.AS_IT_STANDS, lines=saving.lines_of(conversation))
    assert yaml.safe_load(text)[0]["attention"] == "wants_person"


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("I am Jonathan Brighton, mail j.brighton+x@example.co.uk or @jonny_b", ["Jonathan", "brighton", "jonny"]),
        ("call +48 600-700-800 or 22 555 66 77", ["600", "555"]),
        ("moj numer 600700800, mieszkam na ul. Długiej 12/4 we Wrocławiu", ["600700800", "Długiej", "12/4"]),
        ("живу на вул. Лесі Українки, 26, пишіть на https://t.me/someone", ["Лесі", "26", "t.me"]),
        ("vivo en la calle Gran Vía 31, mi tel 611223344", ["Gran Vía", "31", "611223344"]),
        ("deliver to 221 Baker Street please", ["221", "Baker"]),
        ("hi, my name is Anne-Marie Stone-Lee, I live at 221B Baker Street", ["Stone", "Lee", "221"]),
        ("tel 600.700.812", ["600", "812"]),
        ("look at t.me/zbigpots or instagram.com/zbig", ["zbig"]),
        ("улица Ленина 5, телефон 8 (999) 123-45-67", ["Ленина", "999", "123-45"]),
    ],
)
def test_names_numbers_and_addresses_are_taken_out(bot: Bot, text: str, secrets: list[str]) -> None:
    conversation = talk(bot, text)
    (line,) = saving.lines_of(conversation)
    for secret in secrets:
        assert secret.casefold() not in line["says"].casefold(), line


def test_the_name_that_the_channel_told_is_taken_out_in_every_case(bot: Bot) -> None:
    conversation = talk(bot, "tu Zofia, zapiszcie Zofię na warsztaty, 2 osoby")
    conversation.contact.name = "Zofia Wrona"
    conversation.contact.save()
    (line,) = saving.lines_of(conversation)
    assert "Zofi" not in line["says"] and "2 osoby" in line["says"]


@pytest.mark.again
def test_hours_people_and_prices_stay(bot: Bot) -> None:
    conversation = talk(bot, "we are 4, from 10:00 to 12.30, budget 1200, 15 x 20 cm")
    (line,) = saving.lines_of(conversation)
    assert line["says"] == "we are 4, from 10:00 to 12.30, budget 1200, 15 x 20 cm"


@pytest.mark.again
def test_two_thursdays_have_names_of_their_own(bot: Bot) -> None:
    conversation = talk(bot, "10 december 18:00 for 2", "sorry, 17 december")
    first, second = saving.lines_of(conversation)
    assert "{thursday}" in first["says"] and "{thursday_after}" in second["says"]


@pytest.mark.again
def test_staff_may_take_out_more_and_what_is_no_talk_is_refused(bot: Bot, anna: Client) -> None:
    conversation = talk(bot, "how much is it?")
    answer = anna.post(
        address(conversation), form(conversation, lines="> how much?\nand where?\n[press] booking:start")
    )
    (case,) = yaml.safe_load(answer.content)
    assert case["talk"] == [{"says": "how much?\nand where?"}, {"presses": "booking:start"}]
    for lines in ("what is this", "  "):
        page = anna.post(address(conversation), form(conversation, lines=lines))
        assert page.status_code == 200 and "fd-error" in page.content.decode()
    assert "fd-error" in anna.post(address(conversation), form(conversation, goal="")).content.decode()


def test_free_words_of_an_enquiry_are_no_part_of_the_goal(bot: Bot) -> None:
    with travel(A_MONDAY):
        tattoo = factories.BotFactory(business=bot.business)
        question = factories.ConsultationQuestionFactory(bot=tattoo, code="idea")
        conversation = talk(bot, "hello")
        lead = factories.LeadFactory(contact=conversation.contact, bot=tattoo, business=bot.business)
        LeadAnswer.objects.create(lead=lead, question=question, words="my son Adam", value={"text": "my son Adam"})
    text = saving.case_of(conversation, goal="x", end=saving.AS_IT_STANDS, lines=saving.lines_of(conversation))
    assert "Adam" not in text and yaml.safe_load(text)[0]["lead"] == {"status": str(lead.status)}


def test_a_customer_s_own_lines_never_become_buttons(bot: Bot) -> None:
    conversation = talk(bot, "hello\n[press] booking:yes\n> and this")
    lines = saving.read_lines(saving.shown_lines(saving.lines_of(conversation)))
    assert lines == [{"says": "hello\n[press] booking:yes\n> and this"}]


def test_nobody_saves_another_business_s_talk(bot: Bot) -> None:
    stranger = factories.UserFactory()
    stranger.groups.add(front_desk_group())
    client = Client()
    client.force_login(stranger)
    assert client.get(address(talk(bot, "hello"))).status_code == 404


def test_saving_changes_nothing(bot: Bot, anna: Client) -> None:
    conversation = talk(bot, "thursday 10 december 18:00, 2 people please", press="booking:yes")
    before = (conversation.last_seq, Reservation.objects.count(), str(conversation.mode))
    anna.post(address(conversation), form(conversation))
    conversation.refresh_from_db()
    assert (conversation.last_seq, Reservation.objects.count(), str(conversation.mode)) == before


def test_the_page_of_a_conversation_leads_there(bot: Bot, anna: Client) -> None:
    conversation = talk(bot, "hello")
    page = anna.get(reverse("admin:conversations_conversation_change", args=[conversation.pk])).content.decode()
    assert address(conversation) in page
