"""A skill for tests: says back what it heard, and lets things happen while it thinks."""

from collections.abc import Callable
from typing import Any, ClassVar

from bots.channels.base import Button
from conversations.chat.skills import Reply, ReplyPart, Skill, TurnContext
from conversations.models import Conversation, Message


class Parrot(Skill):
    code: ClassVar[str] = "parrot"
    meanwhile: ClassVar[list[Callable[[], Any]]] = []  # done one by one while a turn thinks, outside its transaction
    heard: ClassVar[list[list[str]]] = []
    acting: ClassVar[list[Callable[[TurnContext], Any]]] = []  # done one by one inside the turn's transaction

    def context(self, conversation: Conversation, last_reply: Message | None, context: dict[str, Any]) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        self.heard.append([message.text for message in turn.messages])
        if self.acting:
            self.acting.pop(0)(turn)
        if turn.text == "silence":
            return None
        return Reply([ReplyPart(text="heard: " + " | ".join(self.heard[-1]), buttons=(Button("Yes", "parrot:yes"),))])

    def clear(self, conversation: Conversation) -> int:
        return 2
