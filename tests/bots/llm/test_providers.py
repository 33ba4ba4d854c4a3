"""What every provider makes of what its service says, over real HTTP: one answer, or one of our errors, in time."""

import json
import time

import pytest

from bots.llm.base import (
    BadRequest,
    ChatMessage,
    Exchange,
    Finish,
    KeyRefused,
    KeySpent,
    LLMError,
    Nonsense,
    RateLimited,
    ToolOutput,
    ToolUse,
    Unavailable,
)
from tests.bots.llm.conftest import TOOL, Dialect, asking
from tests.standins.llm import HARMS, KEY, LONG, Model

SCHEMA = {
    "type": "object",
    "properties": {"intent": {"type": "string", "enum": ["book", "other"]}, "day": {"type": ["string", "null"]}},
    "required": ["intent", "day"],
    "additionalProperties": False,
}


def test_text_comes_back_with_usage_and_the_request_is_taken_as_valid(dialect, model):
    answer = dialect.ask(asking())
    assert (answer.text, answer.finish, answer.calls) == ("Hello, how can I help?", Finish.DONE, ())
    assert answer.usage.input_tokens > 10 and answer.usage.output_tokens > 0
    assert answer.request_id.startswith("req_")
    [asked] = model.asked
    assert (asked.api, asked.key, asked.customer) == (dialect.name, KEY, "Hello")
    assert (asked.stable, asked.facts) == ("You are Glinka.", "It is Friday.")
    assert [one for one in model.refusals if one] == []


def test_what_a_customer_wrote_is_not_kept_at_openai(model):
    Dialect("responses", model).ask(asking())
    assert model.asked[0].body["store"] is False


def test_calls_and_results_go_round(dialect, model):
    model.brain = lambda asked: (
        {"text": "At 17:00."}
        if asked.results
        else {
            "calls": [("find_times", {"day": "2026-11-24", "people": 2}), ("find_times", {"day": "x", "people": None})]
        }
    )
    first = dialect.ask(asking(tools=[TOOL]))
    assert first.finish == Finish.TOOLS
    assert [(call.name, call.arguments) for call in first.calls] == [
        ("find_times", {"day": "2026-11-24", "people": 2}),
        ("find_times", {"day": "x", "people": None}),
    ]
    said = ChatMessage(role="customer", text="Tuesday?")
    results = (
        ToolOutput(call_id=first.calls[0].id, text='{"times": ["17:00"]}'),
        ToolOutput(call_id=first.calls[1].id, text="x is not a day", is_error=True),
    )
    exchange = Exchange(native=first.native, calls=first.calls, results=results)
    second = dialect.ask(asking(said, exchange, tools=[TOOL]))
    assert (second.text, second.finish) == ("At 17:00.", Finish.DONE)
    assert [part.text for part in model.asked[-1].results] == ['{"times": ["17:00"]}', "x is not a day"]
    json.dumps(first.native)  # it can be stored


def test_reasoning_goes_back_to_the_account_that_made_it_and_to_no_other(dialect, model):
    model.brain = lambda asked: {"calls": [("find_times", {"day": "x", "people": 1})]}
    first = dialect.ask(asking(tools=[TOOL]))
    exchange = Exchange(
        native=first.native, calls=first.calls, results=(ToolOutput(call_id=first.calls[0].id, text="none"),)
    )
    said = ChatMessage(role="customer", text="Tuesday?")
    dialect.ask(asking(said, exchange, tools=[TOOL]))
    dialect.ask(asking(said, exchange, tools=[TOOL]), key="sk-stand-in-2")
    same, other = (json.dumps(asked.body) for asked in model.asked[-2:])
    mark = {"responses": 'encrypted_content": "gAAAA', "messages": '"signature"', "chat": None}[dialect.name]
    if mark:
        assert mark in same and mark not in other
    assert [part.text for part in model.asked[-1].results] == ["none"]


def test_a_round_that_another_provider_began_is_written_out(dialect, model):
    call = ToolUse(id="toolu_x", name="find_times", arguments={"day": "x", "people": None})
    foreign = {"dialect": "other", "account": "y", "items": [{"type": "strange"}]}
    for native in (foreign, None, "nonsense"):
        exchange = Exchange(native=native, calls=(call,), results=(ToolOutput(call_id="toolu_x", text="none"),))
        dialect.ask(asking(ChatMessage(role="customer", text="Tuesday?"), exchange, tools=[TOOL]))
    assert model.refusals == [] or dialect.name == "chat"


def test_structured_output_is_parsed(dialect, model):
    model.brain = lambda asked: {"text": json.dumps({"intent": "book", "day": "2026-11-24"})}
    answer = dialect.ask(asking(schema=SCHEMA))
    assert answer.parsed == {"intent": "book", "day": "2026-11-24"}
    assert model.asked[-1].schema == SCHEMA


@pytest.mark.parametrize("words", ["{", "[1]", "null", "not JSON", '{"day": NaN}', "[" * 100_000])
def test_structured_output_that_is_no_object_is_not_parsed(dialect, model, words):
    model.brain = lambda asked: {"text": words}
    answer = dialect.ask(asking(schema=SCHEMA))
    assert (answer.parsed, answer.text) == (None, words)


@pytest.mark.parametrize(
    "history",
    [
        [],
        [ChatMessage(role="assistant", text="Hello!"), ChatMessage(role="customer", text="Hi")],
        [ChatMessage(role="customer", text="Hi"), ChatMessage(role="assistant", text="Hello!")],
        [
            ChatMessage(role="customer", text=""),
            ChatMessage(role="customer", text=" \n"),
            ChatMessage(role="customer", text="Hi"),
        ],
        [ChatMessage(role="customer", text="one"), ChatMessage(role="customer", text="two \x00\ud83d")],
        [ChatMessage(role="customer", text="\x00")],
    ],
)
def test_every_history_is_taken(dialect, model, history):
    dialect.ask(asking(history=history))
    assert len(model.asked) == 1


def test_the_beginning_of_the_request_is_the_same_from_turn_to_turn_and_is_found_in_the_cache(dialect, model):
    stable = "You are Glinka. " * 400
    cached = []
    for facts, said in (("It is Friday.", "Hello"), ("It is Saturday, 17:03.", "And now?")):
        request = asking(ChatMessage(role="customer", text=said), stable=stable, facts=facts, tools=[TOOL])
        cached.append(dialect.ask(request).usage.cached_tokens)
    assert cached[0] == 0 and cached[1] > 1000
    beginnings = {json.dumps([one.body.get("tools"), one.stable]) for one in model.asked}
    assert len(beginnings) == 1


def test_usage_counts_all_of_the_input(model):
    dialect = Dialect("messages", model)
    request = asking(stable="You are Glinka. " * 400)
    first, second = dialect.ask(request).usage, dialect.ask(request).usage
    assert first.cache_write_tokens == second.cached_tokens > 1000
    assert first.input_tokens == second.input_tokens > second.cached_tokens


# --- what a model may take, or not -------------------------------------------------------------------


def test_anthropic_is_never_given_a_temperature(model):
    answer = Dialect("messages", model).ask(asking(temperature=0.2))
    assert answer.finish == Finish.DONE and "temperature" not in model.asked[0].body


def test_a_parameter_that_a_model_refuses_is_left_out_from_then_on(model):
    dialect = Dialect("responses", model)
    model.refuses = {"temperature", "reasoning", "include"}
    for _ in range(2):
        assert dialect.ask(asking(temperature=0.2), name="plain-1").finish == Finish.DONE
    assert len(model.refusals) == 3  # learnt once
    model.refuses = set()
    dialect.ask(asking(temperature=0.2), name="other-1")
    assert model.asked[-1].body["temperature"] == 0.2


def test_effort_is_left_out_for_a_claude_that_has_none(model):
    dialect = Dialect("messages", model)
    model.refuses = {"effort"}
    for _ in range(2):
        assert dialect.ask(asking(schema=SCHEMA), name="claude-old").text
    assert len(model.refusals) == 1
    assert "effort" not in model.asked[-1].body["output_config"]


def test_a_server_without_responses_is_asked_by_chat_from_then_on():
    with Model(lacks={"/v1/responses"}) as model:
        dialect = Dialect("responses", model)
        for _ in range(2):
            assert dialect.ask(asking()).text
        assert [asked.api for asked in model.asked] == ["chat", "chat"]


def test_a_model_that_is_not_there_is_a_bad_request_and_not_a_missing_path(model):
    model.harm("404", times=2)
    with pytest.raises(BadRequest):
        Dialect("responses", model).ask(asking())
    assert model.asked == []
    model.heal()
    Dialect("responses", model).ask(asking())
    assert model.asked[0].api == "responses"


# --- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        ("400", BadRequest),
        ("401", KeyRefused),
        ("403", KeyRefused),
        ("403_model", BadRequest),
        ("403_firewall", Unavailable),
        ("429", RateLimited),
        ("quota", KeySpent),
        ("500", Unavailable),
        ("503", Unavailable),
        ("529", Unavailable),
        ("cut", Unavailable),
        ("half", Unavailable),
        ("hang", Unavailable),
        ("drip", Unavailable),
        ("huge", Unavailable),
        ("html", Nonsense),
        ("not_an_object", Nonsense),
        ("null", Nonsense),
        ("wrong_shape", Nonsense),
    ],
)
def test_each_failure_has_its_error_and_comes_in_time(dialect, model, harm, error):
    if dialect.name == "messages" and harm == "quota":
        harm = "spend_limit"
    model.harm(harm, times=-1)
    began = time.monotonic()
    with pytest.raises(LLMError) as raised:
        # Only a service that does not come to an end is given up soon: a busy machine needs time for all others.
        dialect.ask(asking(), timeout=0.6 if harm in ("hang", "drip") else 30)
    assert type(raised.value) is error
    assert time.monotonic() - began < 15
    assert KEY not in repr(raised.value) and "Hello" not in repr(raised.value)
    assert raised.value.__cause__ is None  # what led to it holds the request with its key


def test_the_time_that_the_service_names_is_told(dialect, model):
    for harm, seconds in (("429_wait", 7.0), ("429", None)):
        model.harm(harm)
        with pytest.raises(RateLimited) as raised:
            dialect.ask(asking())
        assert raised.value.rest_seconds == seconds


def test_retry_after_that_is_no_number_is_no_time(dialect, model):
    for value in ("soon", "nan", "inf", "-3", "Wed, 21 Oct 2026 07:28:00 GMT"):
        model.harm(HARMS["429"], headers={"Retry-After": value})
        with pytest.raises(RateLimited) as raised:
            dialect.ask(asking())
        assert raised.value.rest_seconds is None


def test_a_redirect_is_not_followed(dialect, model):
    model.harm(HARMS["500"], status=302, headers={"Location": f"{model.url}/elsewhere"})
    with pytest.raises(Nonsense):
        dialect.ask(asking())


def test_nobody_listening_is_unavailable_and_costs_nothing(dialect):
    dialect.base_url = "http://127.0.0.1:9/v1"
    with pytest.raises(Unavailable) as raised:
        dialect.ask(asking())
    assert not raised.value.may_cost


def test_a_wrong_key_is_refused(dialect):
    with pytest.raises(KeyRefused):
        dialect.ask(asking(), key="sk-wrong")


@pytest.mark.parametrize(
    ("harm", "finish", "text"),
    [
        ("empty", Finish.EMPTY, ""),
        ("blank", Finish.EMPTY, " \n "),
        ("refusal", Finish.REFUSED, "I cannot help with that."),
        ("length", Finish.LENGTH, "It was cut off in the mid"),
        ("long", Finish.DONE, LONG),
        ("other_language", Finish.DONE, "こんにちは、ご予約を承りました。"),
        ("nul", Finish.DONE, "Hello  there"),
        ("no_usage", Finish.DONE, "Hello"),
    ],
)
def test_strange_answers_come_out_in_one_shape(dialect, model, harm, finish, text):
    model.harm(harm)
    answer = dialect.ask(asking(tools=[TOOL]))
    assert (answer.finish, answer.text, answer.calls) == (finish, text, ())


@pytest.mark.parametrize(
    ("harm", "name", "arguments"),
    [
        ("unknown_tool", "delete_everything", {"sure": True}),
        ("wrong_types", "find_times", {"day": ["x"], "people": "many", "extra": 1}),
        ("invalid_arguments", "find_times", None),
    ],
)
def test_strange_calls_come_out_as_they_are_and_the_dialogue_goes_on(dialect, model, harm, name, arguments):
    model.harm(harm)
    answer = dialect.ask(asking(tools=[TOOL]))
    [call] = answer.calls
    assert (answer.finish, call.name, call.arguments) == (Finish.TOOLS, name, arguments)
    error = ToolOutput(call_id=call.id, text="There is no such tool.", is_error=True)
    exchange = Exchange(native=answer.native, calls=answer.calls, results=(error,))
    assert dialect.ask(asking(ChatMessage(role="customer", text="Hi"), exchange, tools=[TOOL])).finish == Finish.DONE


def test_fifty_calls_in_one_answer_come_out_and_go_back(dialect, model):
    model.harm("fifty_calls")
    answer = dialect.ask(asking(tools=[TOOL]))
    assert len({call.id for call in answer.calls}) == 50
    results = tuple(ToolOutput(call_id=call.id, text="Too many.", is_error=True) for call in answer.calls)
    exchange = Exchange(native=answer.native, calls=answer.calls, results=results)
    assert dialect.ask(asking(ChatMessage(role="customer", text="Hi"), exchange, tools=[TOOL])).finish == Finish.DONE
    assert len(model.asked[-1].results) == 50


def test_nul_in_arguments_is_taken_out(dialect, model):
    model.brain = lambda asked: {"calls": [("find_times", {"day": "a\x00b\ud800", "people": 1})]}
    assert dialect.ask(asking(tools=[TOOL])).calls[0].arguments == {"day": "ab", "people": 1}
