"""One turn's thinking with a model: rounds of tools, rehearsed, until there is an answer that may be said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from bots.llm.asking import NoCompletion
from bots.llm.base import ChatMessage, Completion, CompletionRequest, Exchange, Finish, ToolOutput, ToolUse
from bots.llm.budget import Budget
from bots.llm.choosing import ModelChoice
from conversations.agents import dry_run, extraction, guards, prompting
from conversations.agents.asker import Asker
from conversations.agents.dry_run import Rehearsed, RequestedCall
from conversations.agents.prompts import Prompt
from conversations.chat.skills import ModelRetry, ToolResult, TurnContext

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
    outcomes: list[Rehearsed] = field(default_factory=list)
    call_ids: list[int] = field(default_factory=list)  # of LLMCall rows
    fallback: str = ""
    turn: TurnContext | None = None  # as it was understood in the end
    complaints: list[str] = field(default_factory=list)  # what the guards had against a first draft


def think(turn: TurnContext, choices: Sequence[ModelChoice], *, instead: Mapping[str, str] | None = None) -> Thoughts:
    """Never raises for what a model does. Holds nothing while it waits. `instead`: prompts that are tried out."""
    thinking = _Thinking(turn, choices, instead)
    try:
        thinking.run()
    except (NoCompletion, NoThought) as error:
        thinking.thoughts.texts = []
        thinking.thoughts.fallback = str(error)[:FALLBACK_CHARACTERS]
    thinking.thoughts.turn = thinking.turn
    return thinking.thoughts


class _Thinking:
    def __init__(
        self, turn: TurnContext, choices: Sequence[ModelChoice], instead: Mapping[str, str] | None = None
    ) -> None:
        self.turn, self.instead = turn, instead
        self.thoughts = Thoughts()
        bot, conversation_id = turn.bot, turn.conversation.pk
        self.asker = Asker(choices, Budget.of(bot), bot_id=bot.pk, conversation_id=conversation_id)
        self.thoughts.call_ids = self.asker.call_ids
        self.exchanges: list[Exchange] = []
        self.tools = dry_run.tools_of(turn)

    def run(self) -> None:
        self.turn = extraction.read(self.turn, self.asker, self.instead)
        stable, prompt, facts, history = self._given()
        request = CompletionRequest(
            purpose="main_response",
            stable=stable,
            facts=prompting.facts_part(facts, self.turn),
            history=history,
            tools=[one.spec for one in self.tools.values()],
            max_output_tokens=self.turn.bot.llm_max_output_tokens,
            temperature=self.turn.bot.llm_temperature,
            cache_key=f"conversation-{self.turn.conversation.pk}",
        )
        checked = guards.Checked(
            turn=self.turn,
            instructions=stable.split("(Internal mark", 1)[0],
            canary=prompting.canary(self.turn.bot),
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

    def _given(self) -> tuple[str, Prompt, ToolResult, list[ChatMessage]]:
        """All that is read from the tables for it, in one short go."""
        with dry_run.taken_back(self.turn, locked=False) as staged:
            stable, prompt = prompting.static_prompt(staged.bot, self.instead)
            return stable, prompt, prompting.facts_of(staged), prompting.history_of(staged)

    def _complaints(self, answer: Completion, checked: guards.Checked) -> list[str]:
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

    def _exchange(self, answer: Completion) -> Exchange:
        """Rehearse what the model asks for. Every call gets a result, also one that makes no sense."""
        if len(self.thoughts.outcomes) + len(answer.calls) > MOST_CALLS or len(answer.calls) > MOST_CALLS_AT_ONCE:
            raise NoThought("the model called too many tools")
        results: dict[str, ToolOutput] = {}
        wanted: list[tuple[ToolUse, RequestedCall]] = []
        for call in answer.calls:
            try:
                wanted.append((call, self._wanted(call)))
            except ModelRetry as refusal:
                results[call.id] = ToolOutput(call_id=call.id, text=str(refusal), is_error=True)
        if wanted:
            outcomes = dry_run.dry_run(self.turn, self.thoughts.outcomes, [one for _call, one in wanted])
            self.thoughts.outcomes += outcomes
            for (call, _one), outcome in zip(wanted, outcomes, strict=True):
                results[call.id] = _result(call, outcome)
        return Exchange(
            native=answer.native, calls=answer.calls, results=tuple(results[call.id] for call in answer.calls)
        )

    def _wanted(self, call: ToolUse) -> RequestedCall:
        tool = self.tools.get(call.name)
        if tool is None:
            raise ModelRetry(f"There is no such tool. There are: {', '.join(self.tools)}.")
        return RequestedCall(tool=tool, arguments=tool.read(call.arguments))


def _result(call: ToolUse, outcome: Rehearsed) -> ToolOutput:
    if outcome.error:
        return ToolOutput(call_id=call.id, text=outcome.error, is_error=True)
    told = [say.text for say in outcome.says if say.text]
    found = outcome.facts | ({"told_to_the_customer": told} if told else {})
    text = json.dumps(found, ensure_ascii=False, default=str)
    return ToolOutput(call_id=call.id, text=text[:RESULT_CHARACTERS])
