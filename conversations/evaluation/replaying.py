"""Plays recorded talks with a copy of a bot, line by line, and says which went as they should."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError
from django.db.models import Sum

from bots.models import Bot
from conversations.evaluation.cases import Case, Line
from conversations.evaluation.sandbox import forget_customers, free, sandboxes
from conversations.evaluation.wire import Wire
from conversations.models import Conversation, LLMCall


@dataclass(slots=True)
class Replayed:
    """What came of a recorded talk: all that was wrong, the talk as it went, what it took."""

    case: Case
    wrong: list[str] = field(default_factory=list)
    talk: list[str] = field(default_factory=list)
    fallbacks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    microdollars: int = 0

    @property
    def is_right(self) -> bool:
        return not self.wrong


def replay(case: Case, bot: Bot) -> Replayed:
    """Play it from the beginning, with a new customer; what they left behind is taken away afterwards."""
    result = Replayed(case)
    began = time.monotonic()
    try:
        wire = Wire(bot)
        _Replay(case, wire, result).run()
        calls = LLMCall.objects.filter(conversation=wire.conversation)
        result.microdollars = calls.aggregate(all=Sum("cost_microdollars"))["all"] or 0
    except Exception as error:  # a talk that breaks is a talk that failed
        result.wrong.append(f"broke: {type(error).__name__}: {error}"[:200])
    finally:
        result.seconds = time.monotonic() - began
        try:
            forget_customers(bot.business)
        except IntegrityError:  # a worker has just written to it: it goes with the copy
            free(bot.business)
    return result


class _Replay:
    def __init__(self, case: Case, wire: Wire, result: Replayed) -> None:
        self.case, self.wire, self.result = case, wire, result
        self.buttons: list[list[Mapping[str, str]]] = []  # of each message that was heard

    def run(self) -> None:
        for sandbox in sandboxes():
            sandbox.prepare(self.wire.conversation, self.case.rows, self.case.days)
        self.wire.forget_what_was_said()
        for line in self.case.talk:
            self._turn(line)
        self._check_the_end()

    def _turn(self, line: Line) -> None:
        text, choice = self.case.filled(line.says), ""
        if line.presses:
            button = self._button(line.presses)
            if button is None:
                self.result.wrong.append(f"there was no button {line.presses}")
                return
            text, choice = button["title"], button["payload"]
        self.wire.send([text], choice)
        heard, steps = self.wire.hear()
        said = [message.text for message in heard.messages]
        self.buttons += [list(message.buttons) for message in heard.messages]
        self.result.talk += [f"> {text}", *(f"< {one}" for one in said)]
        self.result.fallbacks = self.wire.fallbacks
        self._check(line, "\n".join(said), {step["tool"] for step in steps})

    def _button(self, presses: str) -> Mapping[str, str] | None:
        """Return the button of the latest message that has one which does this; with a number, the second or third."""
        does, _, place = presses.partition(" ")
        for buttons in reversed(self.buttons):
            alike = [one for one in buttons if one["payload"].startswith(does)]
            if len(alike) >= int(place or 1):
                return alike[int(place or 1) - 1]
        return None

    def _check(self, line: Line, said: str, called: set[str]) -> None:
        wrong, folded = self.result.wrong, said.casefold()
        if not said and (line.reply or self.wire.conversation.mode == Conversation.Mode.BOT):
            wrong.append(f"silence after “{line.says or line.presses}”")
        for wanted in line.reply:
            if not any(self.case.filled(one).casefold() in folded for one in wanted.split("|")):
                wrong.append(f"“{wanted}” was not said: {said[:160]!r}")
        wrong += [f"“{words}” was said" for words in line.never if self.case.filled(words).casefold() in folded]
        wrong += [f"{tool} was not called" for tool in line.tools if tool not in called]
        wrong += [f"{tool} was called" for tool in line.no_tools if tool in called]

    def _check_the_end(self) -> None:
        case, talk, wrong = self.case, self.wire.conversation, self.result.wrong
        if case.held_by is not None and talk.mode != case.held_by:
            wrong.append(f"held by {talk.mode}, not {case.held_by}")
        if case.attention is not None and talk.attention != case.attention:
            wrong.append(f"attention is “{talk.attention}”, not “{case.attention}”")
        for sandbox in sandboxes():
            wrong += sandbox.differences(talk, case.rows, case.days)
