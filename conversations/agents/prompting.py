"""What a model is given: first what never changes between turns, then what is true now, then the talk.

The stable part must be byte-identical from turn to turn and from customer to customer, so that providers keep it in
their cache: no clock, no customer, no random order in it. Of customers there is only this one's own, and no phone
number or address even of theirs.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q

from bots.llm.base import ChatMessage
from bots.models import LANGUAGE_NAMES, Bot
from conversations.agents.prompts import Prompt, prompt_for
from conversations.chat.skills import ToolResult, TurnContext, skills_of
from conversations.memory import recall
from conversations.models import Message
from conversations.wording import people_promise

HISTORY_MESSAGES = 30
HISTORY_CHARACTERS = 8000
MESSAGE_CHARACTERS = 4000  # of one message of the customer's; what is longer is cut, and the model is told so


def canary(bot: Bot) -> str:
    """A word that stands in the bot's instructions and must never be read anywhere else."""
    return "ref-" + hmac.new(settings.SECRET_KEY.encode(), f"canary {bot.pk}".encode(), hashlib.sha256).hexdigest()[:12]


def static_prompt(bot: Bot, instead: Mapping[str, str] | None = None) -> tuple[str, Prompt]:
    """Persona, rules, skills, and what the business offers; and the prompt that it was made of."""
    prompt = prompt_for(bot, "main_response", instead)
    skills = skills_of(bot)
    text = prompt.filled(
        bot=bot.name,
        business=bot.business.name,
        persona=bot.persona.strip(),
        skills="\n".join(f"- {skill.instructions}" for skill in skills if skill.instructions),
    )
    offers: ToolResult = {}
    for skill in skills:
        offers |= skill.static_facts(bot.business)
    return f"{text}\n\n(Internal mark, never written anywhere: {canary(bot)})\n\nThe business: {_json(offers)}", prompt


def facts_of(turn: TurnContext) -> ToolResult:
    """Return what is true now, as the skills say it."""
    now = turn.now
    facts: ToolResult = {
        "now": f"{now:%A} {now.isoformat(timespec='minutes')}",
        "time_zone": turn.business.timezone,
        "answer_in": LANGUAGE_NAMES.get(turn.language, turn.language),
        "team_answers": people_promise(turn.business, now),
        "first_contact": turn.first_contact,
        "customer": {"name": turn.contact.name} if turn.contact.name else {},
    }
    for skill in skills_of(turn.bot):
        facts |= skill.facts(turn)
    if earlier := recall.remembered(turn.conversation.pk):
        facts["earlier_dialogues"] = earlier
    return facts


def grounds(facts: ToolResult) -> str:
    """The facts on which a reply may rest: not what customers have written, in their names or in earlier dialogues."""
    return _json({name: value for name, value in facts.items() if name not in ("customer", "earlier_dialogues")})


def facts_part(facts: ToolResult, turn: TurnContext) -> str:
    understood = turn.understood
    read = {
        key: value
        for key, value in understood.as_json().items()
        if value and key in ("date", "date_end", "time", "end_time", "people", "duration_minutes", "problems")
    }
    readings = f"\nThe calendar reads in the last message: {_json(read)}" if read else ""
    return f"Facts of now: {_json(facts)}{readings}\nAnswer in {facts['answer_in']}."


def history_of(turn: TurnContext) -> list[ChatMessage]:
    """Return the talk, the newest last: what fits, and then all that waits for an answer.

    An answer to something earlier may have been given after the waiting words came in; it belongs before them, or the
    model would answer that once more.
    """
    waiting = {message.pk for message in turn.messages}
    last = max((message.seq for message in turn.messages), default=0)
    after = recall.upto(turn.conversation.pk)
    rows = (
        Message.objects.filter(conversation_id=turn.conversation.pk, seq__gt=after)
        .filter(~Q(author=Message.Author.CUSTOMER) | Q(seq__lt=last))
        .exclude(status=Message.Status.CANCELLED)
        .exclude(pk__in=waiting)
        .order_by("-seq")[:HISTORY_MESSAGES]
    )
    before: list[ChatMessage] = []
    left = HISTORY_CHARACTERS
    for message in rows:
        said = _said(message)
        left -= len(said.text)
        if left < 0:
            break
        if said.text:
            before.insert(0, said)
    while before and before[0].role == "assistant" and len(before) > 1:
        before.pop(0)
    return before + [_said(message) for message in turn.messages]


def _said(message: Message) -> ChatMessage:
    text = message.text[:MESSAGE_CHARACTERS] + (" [cut off]" if len(message.text) > MESSAGE_CHARACTERS else "")
    if message.author == Message.Author.CUSTOMER:
        if message.choice:
            text = f"[pressed the button] {text}"
        if message.media:
            text = f"{text} [sent a photo or file, which you cannot see]".strip()
        return ChatMessage(role="customer", text=text)
    if message.author == Message.Author.STAFF:
        text = f"[a person of the team wrote] {text}"
    return ChatMessage(role="assistant", text=text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
