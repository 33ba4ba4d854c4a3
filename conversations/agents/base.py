"""What an agent is: it prepares an answer without holding anything, then acts inside the turn's transaction."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from bots.language import understand
from bots.models import Bot, Business
from conversations.chat.skills import Reply, TurnContext, context_for, skills_of
from conversations.dialogue import policy, reading
from conversations.dialogue.state import Dialogue
from conversations.models import Conversation, Message, Turn

CLOCKS_DIFFER = timedelta(seconds=5)  # two messages that are nearer to each other than this are not put in order


@dataclass(frozen=True, slots=True)
class Plan:
    """What an agent thought of before it may act; empty for rules, which think while they act."""

    thoughts: Any = None
    turn: TurnContext | None = None  # as it is understood after that, if a model read it too


class Agent(ABC):
    code: ClassVar[str]

    @abstractmethod
    def prepare(self, turn: TurnContext) -> Plan:
        """Think. May take long; holds no lock, no transaction and no connection."""

    @abstractmethod
    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        """Do and say. Inside the turn's transaction, with the conversation's row locked: quick, and no network."""

    def recorded(self, plan: Plan, turn: Turn) -> None:  # noqa: B027 - most have nothing to add
        """The turn stands now, whatever its outcome: what belongs to it may point to it."""


def turn_context(conversation_id: int, *, after_seq: int, upto_seq: int) -> TurnContext:
    """All that is known of a turn: what waits for an answer, in the order it was written, and what it means."""
    conversation = Conversation.objects.select_related("account__bot__business", "contact").get(pk=conversation_id)
    business: Business = conversation.business
    messages = list(
        Message.objects.filter(
            conversation=conversation,
            author=Message.Author.CUSTOMER,
            expected=True,
            seq__gt=after_seq,
            seq__lte=upto_seq,
        ).order_by("sent_at", "seq")
    )
    last_reply = (
        Message.objects.filter(conversation=conversation, seq__lte=upto_seq)
        .exclude(author=Message.Author.CUSTOMER)
        .exclude(status=Message.Status.CANCELLED)
        .order_by("-seq")
        .first()
    )
    text = "\n".join(message.text for message in messages if message.text)
    pressed = next((one.choice for one in reversed(messages) if one.choice), "")
    now = business.now()
    dialogue = policy.state_before(conversation, skills_of(conversation.bot), upto_seq=upto_seq)
    understood = understand(
        text,
        now=now,
        tz=business.zone,
        lang=conversation.language or page_language(messages),
        default_lang=business.default_language,
        context=context_for(conversation, dialogue, said=last_reply.text if last_reply else ""),
    )
    if not pressed:
        understood = reading.read_on(understood, text)
    return TurnContext(
        conversation=conversation,
        contact=conversation.contact,
        bot=conversation.bot,
        business=business,
        now=now,
        language=business.language_for(understood.lang),
        messages=messages,
        text=text,
        choice=pressed or typed_choice(text, dialogue, conversation.bot),
        understood=understood,
        last_reply=last_reply,
        dialogue=dialogue,
        first_contact=conversation.disclosed_at is None,
        came_late=_came_late(conversation_id, messages, after_seq),
    )


def _came_late(conversation_id: int, messages: Sequence[Message], after_seq: int) -> bool:
    """Whether everything here is older than something that was answered already: it must not undo that answer."""
    if not messages or not after_seq:
        return False
    newest = max(message.sent_at for message in messages)
    return Message.objects.filter(
        conversation_id=conversation_id,
        author=Message.Author.CUSTOMER,
        expected=True,
        seq__lte=after_seq,
        sent_at__gt=newest + CLOCKS_DIFFER,
    ).exists()


def typed_choice(text: str, dialogue: Dialogue, bot: Bot) -> str:
    """The button that was written instead of pressed: by its words, or by its number where we asked which one."""
    question, offer = dialogue.question, dialogue.offer
    buttons = question.buttons if question else ()
    wanted = " ".join(text.casefold().split()).rstrip("!.")
    for button in (*buttons, *(offer.buttons if offer else ())):
        if wanted == " ".join(button.title.casefold().split()).rstrip("!."):
            return button.payload
    if not (wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:3]) <= len(buttons)):
        return ""
    asks = set(question.asks) if question else set()
    asked_which = asks and any(asks.issubset(skill.numbered) for skill in skills_of(bot))
    return buttons[int(wanted[:3]) - 1].payload if asked_which else ""


def page_language(messages: Sequence[Message]) -> str:
    """Return the language of the page that the customer writes from: a hint while their words give none."""
    return next((str(one.raw["page_language"]) for one in reversed(messages) if one.raw.get("page_language")), "")
