"""One turn's thinking with a model: rounds of tools, rehearsed, until there is an answer that may be said."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db import connection

from bots.llm import asking
from bots.llm.asking import Attempt, NoAnswer
from bots.llm.base import Answer, Exchange, Finish, Request, Said, ToolCall, ToolResult
from bots.llm.budget import Purse
from bots.llm.choosing import Choice
from conversations import llm_calls
from conversations.agents import extraction, guards, prompting, stage
from conversations.agents.prompts import Prompt
from conversations.agents.stage import Outcome, Wanted
from conversations.skills import AskAgain, Facts, Situation

MOST_CALLS = 16  # of tools in one turn
MOST_CALLS_AT_ONCE = 8
RESULT_CHARACTERS = 6000  # of one tool's result
FALLBACK_CHARACTERS = 200


class NoThought(Exception):
    """No reply came of it that may be said; in words for staff."""


@dataclass(slots=True, kw_only=True)
class Thoughts:
    """What a model wants to say and do. With a `fallback` it came to nothing, for this reason, and rules answer."""

    texts: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    call_ids: list[int] = field(default_factory=list)  # of LLMCall rows
    fallback: str = ""
    complaints: list[str] = field(default_factory=list)  # what the guards had against a first draft


def think(situation: Situation, choices: Sequence[Choice], *, instead: Mapping[str, str] | None = None) -> Thoughts:
    """Never raises for what a model does. Holds nothing while it waits. `instead`: prompts that are tried out."""
    thinking = _Thinking(situation, choices, instead)
    try:
        thinking.run()
    except (NoAnswer, NoThought) as error:
        thinking.thoughts.texts = []
        thinking.thoughts.fallback = str(error)[:FALLBACK_CHARACTERS]
    return thinking.thoughts


class Asker:
    """Asks models for one bot, and writes down every try at once."""

    def __init__(
        self,
        choices: Sequence[Choice],
        purse: Purse,
        *,
        bot_id: int,
        conversation_id: int | None,
        deadline: float | None = None,
    ) -> None:
        self.choices, self.purse = choices, purse
        self.bot_id, self.conversation_id = bot_id, conversation_id
        self.deadline = deadline or time.monotonic() + settings.LLM_TURN_SECONDS
        self.call_ids: list[int] = []

    def ask(self, request: Request, version: str) -> Answer:
        """Raises NoAnswer when no model gave one in time."""
        attempts: list[Attempt] = []
        try:
            return asking.ask(
                request, choices=self.choices, deadline=self.deadline, attempts=attempts, purse=self.purse
            )
        finally:
            self.call_ids += llm_calls.record(
                attempts,
                bot_id=self.bot_id,
                conversation_id=self.conversation_id,
                purpose=request.purpose,
                prompt_version=version,
            )
            if not connection.in_atomic_block:
                connection.close()


class _Thinking:
    def __init__(
        self, situation: Situation, choices: Sequence[Choice], instead: Mapping[str, str] | None = None
    ) -> None:
        self.situation, self.instead = situation, instead
        self.thoughts = Thoughts()
        bot, conversation_id = situation.bot, situation.conversation.pk
        self.asker = Asker(choices, Purse.of(bot), bot_id=bot.pk, conversation_id=conversation_id)
        self.thoughts.call_ids = self.asker.call_ids
        self.exchanges: list[Exchange] = []
        self.tools = stage.tools_of(situation)

    def run(self) -> None:
        extraction.read(self.situation, self.asker, self.instead)
        stable, prompt, facts, history = self._given()
        request = Request(
            purpose="main_response",
            stable=stable,
            facts=prompting.facts_part(facts, self.situation),
            history=history,
            tools=[one.spec for one in self.tools.values()],
            max_output_tokens=self.situation.bot.llm_max_output_tokens,
            temperature=self.situation.bot.llm_temperature,
            cache_key=f"conversation-{self.situation.conversation.pk}",
        )
        checked = guards.Checked(
            situation=self.situation,
            instructions=stable.split("(Internal mark", 1)[0],
            canary=prompting.canary(self.situation.bot),
            grounds=[stable.split("The business: ", 1)[-1], prompting.grounds(facts)],
            said=[one.text for one in history if one.role == "assistant"],
            tools=list(self.tools),
        )
        for _round in range(settings.LLM_ROUNDS):
            answer = self.asker.ask(replace(request, history=[*history, *self.exchanges]), prompt.version)
            if answer.calls:
                self.exchanges.append(self._exchange(answer))
                continue
            complaints = self._complaints(answer, checked)
            if not complaints:
                return
            if self.thoughts.complaints:
                raise NoThought(f"guards: {'; '.join(complaints)}")
            self.thoughts.complaints = complaints
            request = replace(request, facts=request.facts + guards.mending(answer.text, complaints))
        raise NoThought("the model came to no end")

    def _given(self) -> tuple[str, Prompt, Facts, list[Said]]:
        """All that is read from the tables for it, in one short go."""
        with stage.taken_back(self.situation, locked=False) as staged:
            stable, prompt = prompting.stable_part(staged.bot, self.instead)
            return stable, prompt, prompting.facts_of(staged), prompting.history_of(staged)

    def _complaints(self, answer: Answer, checked: guards.Checked) -> list[str]:
        """Take the answer, unless there is something against it."""
        if answer.finish == Finish.REFUSED:
            raise NoThought("the model refused")
        if answer.finish == Finish.LENGTH:
            return ["it was cut off by the limit of tokens: say it in less words"]
        texts = guards.parts(answer.text)
        says = [say for outcome in self.thoughts.outcomes for say in outcome.says if say.text]
        if not texts and not says:
            raise NoThought("the model said nothing")
        if says and any(say.asks or say.buttons for say in says):
            texts = guards.without_question(texts)
        complaints = guards.check(texts, checked, self.thoughts.outcomes)
        if not complaints:
            self.thoughts.texts = texts
        return complaints

    def _exchange(self, answer: Answer) -> Exchange:
        """Rehearse what the model asks for. Every call gets a result, also one that makes no sense."""
        if len(self.thoughts.outcomes) + len(answer.calls) > MOST_CALLS or len(answer.calls) > MOST_CALLS_AT_ONCE:
            raise NoThought("the model called too many tools")
        results: dict[str, ToolResult] = {}
        wanted: list[tuple[ToolCall, Wanted]] = []
        for call in answer.calls:
            try:
                wanted.append((call, self._wanted(call)))
            except AskAgain as refusal:
                results[call.id] = ToolResult(call_id=call.id, text=str(refusal), is_error=True)
        if wanted:
            outcomes = stage.rehearse(self.situation, self.thoughts.outcomes, [one for _call, one in wanted])
            self.thoughts.outcomes += outcomes
            for (call, _one), outcome in zip(wanted, outcomes, strict=True):
                results[call.id] = _result(call, outcome)
        return Exchange(
            native=answer.native, calls=answer.calls, results=tuple(results[call.id] for call in answer.calls)
        )

    def _wanted(self, call: ToolCall) -> Wanted:
        tool = self.tools.get(call.name)
        if tool is None:
            raise AskAgain(f"There is no such tool. There are: {', '.join(self.tools)}.")
        return Wanted(tool=tool, arguments=tool.read(call.arguments))


def _result(call: ToolCall, outcome: Outcome) -> ToolResult:
    if outcome.error:
        return ToolResult(call_id=call.id, text=outcome.error, is_error=True)
    told = [say.text for say in outcome.says if say.text]
    found = outcome.facts | ({"told_to_the_customer": told} if told else {})
    text = json.dumps(found, ensure_ascii=False, default=str)
    return ToolResult(call_id=call.id, text=text[:RESULT_CHARACTERS])
