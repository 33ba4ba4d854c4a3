"""An open question is never lost: it comes again after something else, and closes when what it asked is done."""

import pytest

from bots.models import Bot
from conversations import outbox
from conversations.models import Conversation, Message
from tests.customer import Customer

pytestmark = pytest.mark.slow


def buttons_of_last(customer: Customer) -> list[str]:
    message = Message.objects.filter(conversation=customer.conversation).exclude(author="customer").latest("seq")
    return [one["payload"] for one in message.buttons]


def test_the_question_comes_again_with_its_buttons_after_a_digression(customer: Customer) -> None:
    customer.writes("tuesday at 5pm for 2")
    before = buttons_of_last(customer)
    said = customer.writes("where can i park?")
    assert "courtyard" in said[0] and "Shall I send the request?" in said[1]
    assert buttons_of_last(customer) == before
    assert customer.dialogue.question.times == 2


def test_it_is_closed_when_what_it_asked_is_done(customer: Customer) -> None:
    customer.writes("i am Anna, 600 100 200. tuesday at 5pm for 2")
    customer.writes("yes")
    assert customer.dialogue.question is None and customer.dialogue.offer is None
    assert customer.writes("where can i park?")[-1].endswith("by the door."), "nothing is asked any more"


def test_it_is_withdrawn_with_what_was_wished(customer: Customer) -> None:
    customer.writes("tuesday at 5pm for 2")
    customer.writes("forget it, cancel")
    assert customer.dialogue.question is None
    assert customer.dialogue.frame("visit") is None


def test_the_third_time_offers_a_way_out(customer: Customer) -> None:
    customer.writes("tuesday at 5pm for 2")
    for words in ("where can i park?", "do you have vouchers?", "can i bring wine?"):
        customer.writes(words)
    assert customer.dialogue.question.times == 4
    assert "person:please" in buttons_of_last(customer)


def test_our_own_replies_are_no_news(customer: Customer) -> None:
    """Of two messages of one reply, the question is in the last; the first does not overtake it."""
    customer.writes("tuesday at 5pm for 2")
    customer.writes("where can i park?")
    state = customer.dialogue
    assert state.as_json() == customer.conversation.dialogue
    assert state.question.seq == customer.conversation.last_seq


def test_news_that_ask_overtake_what_was_open_and_others_do_not(customer: Customer) -> None:
    customer.writes("tuesday at 5pm for 2")
    asked = customer.dialogue.question
    outbox.say(customer.conversation.pk, "We are painting the stairs today.", purpose="notice")
    assert customer.dialogue.question == asked
    [take] = [one for one in asked.buttons if one.payload.startswith("booking:yes:")]
    outbox.say(customer.conversation.pk, "Will you come?", purpose="notice", asks=("coming",), buttons=(take,))
    assert customer.dialogue.question.asks == ("coming",)
    assert customer.dialogue.question.seq > asked.seq


def test_what_is_not_understood_keeps_the_question_and_calls_a_person_the_second_time(customer: Customer) -> None:
    customer.writes("tuesday at 5pm for 2")
    for attention in ("", "wants_person"):
        customer.writes("qwpoeiru zmxncbv asdlkfj")
        assert customer.conversation.attention == attention
        assert customer.dialogue.question.asks == ("confirm",)
    assert customer.conversation.mode == "bot"
    customer.writes("yes please")
    assert customer.visits[0][0] == "pending"


def test_without_a_state_the_messages_tell_what_is_open(studio: Bot, customer: Customer) -> None:
    """As of a conversation that began before there were states, or whose state is of another version."""
    customer.writes("tuesday at 5pm for 2")
    asked = customer.dialogue.question
    Conversation.objects.update(dialogue={"version": 99})
    assert (customer.dialogue.question.yes, customer.dialogue.question.seq) == (asked.yes, asked.seq)
    customer.writes("wednesday instead")
    assert customer.visits == [("draft", "2026-11-25 17:00", 2)]
