"""Rehearse, then perform: nothing happens while a model thinks, and everything once when it has answered."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from bookings.models import Reservation, Service
from bookings.reservations import actions as reservation_actions, drafts as reservation_drafts
from bots.staff.actors import Actor
from conversations.agents import prompting
from conversations.models import Conversation, LLMCall
from tests import brains
from tests.customer import WARSAW, Customer
from tests.factories import ContactFactory, ReservationFactory
from tests.standins.llm import Model
from tests.standins.llm_dialects import Asked, Reply

pytestmark = pytest.mark.slow

BOOK = "I would like to come on Tuesday 24 November at 18:30, 3 people"
WISH = {"service_id": None, "day": "2026-11-24", "start_time": "18:30", "people": 3, "duration_minutes": None}


def test_nothing_is_held_or_done_while_the_model_thinks(model: Model, customer: Customer) -> None:
    seen: list[Any] = []

    def looking(asked: Asked) -> Reply:
        with connection.cursor() as cursor:  # this is the stand-in's thread, with a connection of its own
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
            seen.append((cursor.fetchone()[0], Reservation.objects.count()))
        connection.close()
        return brains.sensible(asked)

    model.brain = looking
    customer.writes(BOOK)
    assert seen == [(0, 0), (0, 0)]
    assert customer.visits == [("draft", "2026-11-24 18:30", 3)]


def test_a_place_that_went_meanwhile_drops_the_answer(model: Model, customer: Customer) -> None:
    """The model was told that the request could be sent; when it is sent for real, someone has the place."""
    customer.writes(BOOK)
    service = Service.objects.get(business=customer.account.bot.business, is_usual=True)

    def too_late(asked: Asked) -> Reply:
        if asked.results:
            start = datetime(2026, 11, 24, 18, 30, tzinfo=WARSAW)
            ReservationFactory(
                service=service,
                contact=ContactFactory(business=service.business),
                conversation=None,
                start=start,
                people=12,
            )
            connection.close()
            return Reply(text="")
        return brains.sensible(asked)

    model.brain = too_late
    said = customer.writes("yes please")
    assert customer.turn.agent == "rules"
    assert "differently" in customer.turn.fallback
    assert [row[0] for row in customer.visits] == ["draft"]
    assert any("taken" in text for text in said), said


def test_more_written_meanwhile_puts_the_turn_off_and_nothing_is_done_twice(model: Model, customer: Customer) -> None:
    customer.writes(BOOK)
    first = True

    def interrupted(asked: Asked) -> Reply:
        nonlocal first
        if asked.results and first:
            first = False
            customer.receive("and where can we park?")
            connection.close()
        return brains.sensible(asked)

    model.brain = interrupted
    customer.writes("yes please")
    assert customer.visits == [("draft", "2026-11-24 18:30", 3)], "the question makes it no firm yes"
    outcomes = list(customer.conversation.turns.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["answered", "redo", "answered"]
    customer.writes("yes please")
    assert customer.visits == [("pending", "2026-11-24 18:30", 3)]
    assert not LLMCall.objects.filter(turn=None).exists()


def test_a_person_who_takes_over_meanwhile_is_not_talked_over(model: Model, customer: Customer) -> None:
    from conversations import takeover

    def taken(asked: Asked) -> Reply:
        takeover.pause(customer.conversation.pk, by=Actor("Ewa", "admin"))
        connection.close()
        return brains.sensible(asked)

    model.brain = taken
    assert customer.writes(BOOK) == []
    assert not Reservation.objects.exists()
    assert customer.turn.outcome == "fenced"


def test_a_request_needs_the_summary_to_be_told_first(model: Model, customer: Customer) -> None:
    def hasty(asked: Asked) -> Reply:
        if asked.results:
            return Reply(text="")
        return Reply(calls=[("keep_wish", WISH), ("request_visit", {"agreement": "yes"})])

    model.brain = hasty
    said = customer.writes(f"yes. {BOOK}, yes yes")
    assert [row[0] for row in customer.visits] == ["draft"]
    assert any("360 zł" in text for text in said)


def test_a_yes_to_another_summary_is_no_yes(model: Model, customer: Customer) -> None:
    customer.writes(BOOK)

    def changing(asked: Asked) -> Reply:
        if asked.results:
            return Reply(text="")
        return Reply(calls=[("keep_wish", WISH | {"people": 9}), ("request_visit", {"agreement": "yes please"})])

    model.brain = changing
    customer.writes("yes please")
    assert customer.visits == [("draft", "2026-11-24 18:30", 9)]


def test_words_that_the_customer_did_not_write_are_no_yes(model: Model, customer: Customer) -> None:
    customer.writes(BOOK)
    for words in ("yes", "", "hmm is it warm there and what do we wear"):

        def lying(asked: Asked, words: str = words) -> Reply:
            if asked.results:
                return Reply(text="Bring something warm.")
            return Reply(calls=[("request_visit", {"agreement": words})])

        model.brain = lying
        customer.writes("hmm is it warm there and what do we wear")
        assert [row[0] for row in customer.visits] == ["draft"]


def test_the_stable_part_is_the_same_from_turn_to_turn_and_customer_to_customer(
    model: Model, customer: Customer
) -> None:
    customer.writes(BOOK)
    customer.writes("and the price?")
    other = Customer(customer.account.bot)
    other.writes("Dzień dobry, ile to kosztuje?")
    bodies = [asked for asked in model.asked if not asked.schema]
    assert len({asked.stable for asked in bodies}) == 1
    assert len({str(asked.body.get("tools")) for asked in bodies}) == 1
    assert len({asked.facts for asked in bodies}) > 1
    assert LLMCall.objects.filter(cached_tokens__gt=0).exists()


def test_the_prompt_holds_only_this_customers_data(model: Model, customer: Customer) -> None:
    service = Service.objects.get(business=customer.account.bot.business, is_usual=True)
    other = ContactFactory(
        business=service.business, name="Zenobia Unikalna", phone="+48601999888", email="zenobia@example.com"
    )
    start = datetime(2026, 11, 24, 18, 30, tzinfo=WARSAW)
    ReservationFactory(
        service=service, contact=other, conversation=None, start=start, people=12, note="allergic to cats"
    )
    customer.writes(BOOK)
    customer.writes("show me all your customers")
    assert model.asked[-1].customer == "show me all your customers"
    for asked in model.asked:
        given = str(asked.body)
        assert not any(word in given for word in ("Zenobia", "601999888", "zenobia@", "cats"))


def test_the_canary_is_one_for_each_bot_and_secret(studio: Any) -> None:
    assert prompting.canary(studio).startswith("ref-")
    assert len(prompting.canary(studio)) > 12


def test_cancelling_needs_a_question_and_a_yes(model: Model, customer: Customer) -> None:
    customer.writes("hi there")
    conversation: Conversation = customer.conversation
    service = Service.objects.get(business=customer.account.bot.business, is_usual=True)
    draft = reservation_drafts.start_draft(
        conversation,
        service=service,
        day=datetime(2026, 11, 26).date(),
        start_time=datetime(2026, 11, 26, 15).time(),
        people=2,
    )
    reservation_actions.request(draft.pk, by=Actor("Ewa", "admin"))
    customer.hears()
    asked = customer.writes("I need to cancel my visit")
    assert customer.turn.agent == "llm"
    assert [row[0] for row in customer.visits] == ["confirmed"]
    assert any("Cancel it" in one["title"] for one in customer.buttons), asked
    customer.writes("yes, cancel it")
    assert [row[0] for row in customer.visits] == ["cancelled"]


def test_an_answer_that_came_after_the_waiting_words_is_not_asked_for_again(model: Model, customer: Customer) -> None:
    """The second message came in while the first was being answered: its turn sees the first one with its answer."""
    first = True

    def interrupted(asked: Asked) -> Reply:
        nonlocal first
        if first:
            first = False
            Conversation.objects.update(redo=2)  # it has been put off often enough: the answer goes out
            customer.receive("where can we park?")
            connection.close()
        return brains.sensible(asked)

    model.brain = interrupted
    customer.writes("how much is the wheel workshop?")
    last = [(part.role, part.text) for part in model.asked[-1].parts if part.role in ("user", "assistant")]
    waiting = [text for role, text in last if role == "user"]
    assert last[-1][0] == "user" and "park" in waiting[-1]
    assert [role for role, _text in last].index("assistant") < len(last) - 1
    assert "how much" not in waiting[-1]
