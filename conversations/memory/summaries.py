"""Remembers: a dialogue that has been silent for a day becomes a summary, from which the next one starts.

The messages stay; a summary says which of them it was made from. If no model can be asked, rules write a plain one, so
that nothing is ever lost; what a model writes is only kept if it is what was asked for.
"""

import json
import logging
import time
from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from bots.llm.asking import NoCompletion
from bots.llm.base import ChatMessage, CompletionRequest, Finish
from bots.llm.budget import Budget
from bots.llm.choosing import choices_for
from conversations.agents.asker import Asker
from conversations.agents.prompts import prompt_for
from conversations.memory import recall
from conversations.models import Conversation, Message, Summary
from conversations.models.conversations import lock_if_free

logger = logging.getLogger(__name__)

SILENT_FOR = timedelta(hours=24)
SECONDS = 30.0  # that a model has for one summary
SWEEP_SECONDS = 30.0
OUTPUT_TOKENS = 2000
MOST_MESSAGES = 200  # of one dialogue; the oldest first, the rest is the next summary's
MESSAGE_CHARACTERS = 1500
MOST_NOTES = 12
NOTE_CHARACTERS = 200
TEXT_CHARACTERS = 1500
QUOTE_CHARACTERS = 160

_NOTES = {"type": "array", "items": {"type": "string"}}
SCHEMA = {
    "type": "object",
    "properties": {"summary": {"type": "string"}, "facts": _NOTES, "open_matters": _NOTES},
    "required": ["summary", "facts", "open_matters"],
    "additionalProperties": False,
}


def due(*, limit: int = 20) -> list[int]:
    """Conversations that nobody has written in for a day, with something said since their last summary."""
    summed = Summary.objects.filter(conversation=OuterRef("pk"), upto_seq__gte=OuterRef("last_seq"))
    rows = Conversation.objects.filter(
        Q(answered_seq__gte=F("last_inbound_seq")),
        ~Exists(summed),
        last_message_at__lte=Now() - SILENT_FOR,
        last_inbound_seq__gt=0,
    )
    return list(rows.order_by("last_message_at").values_list("pk", flat=True)[:limit])


def compress(conversation_id: int) -> Summary | None:
    """Sum up what was said since the last summary; None if there is nothing, or somebody else was faster.

    Holds nothing while a model thinks. Never fails for want of one.
    """
    conversation = Conversation.objects.select_related("account__bot__business", "contact").get(pk=conversation_id)
    earlier = recall.latest(conversation_id)
    messages = list(
        Message.objects.filter(conversation_id=conversation_id, seq__gt=earlier.upto_seq if earlier else 0)
        .exclude(status=Message.Status.CANCELLED)
        .order_by("seq")[:MOST_MESSAGES]
    )
    if not messages:
        return None
    summary = by_model(conversation, earlier, messages) or _by_rules(earlier, messages)
    summary.conversation, summary.earlier = conversation, earlier
    summary.from_seq, summary.upto_seq = messages[0].seq, _end(conversation, messages)
    summary.message_ids = [message.pk for message in messages]
    return _keep(summary)


def _end(conversation: Conversation, messages: list[Message]) -> int:
    """With all that was said taken in, what was cancelled at the end is done with too."""
    return conversation.last_seq if len(messages) < MOST_MESSAGES else messages[-1].seq


def _keep(summary: Summary) -> Summary | None:
    """Write it, unless something was written meanwhile or there is one by now. Locks the conversation."""
    with transaction.atomic():
        conversation = lock_if_free(summary.conversation_id)
        if conversation is None or conversation.last_seq != summary.conversation.last_seq:
            return None
        try:
            with transaction.atomic():
                summary.save()
        except IntegrityError:
            return None
    return summary


def by_model(
    conversation: Conversation,
    earlier: Summary | None,
    messages: list[Message],
    instead: Mapping[str, str] | None = None,
) -> Summary | None:
    """Return what a model makes of it; None if none can be asked, or what it wrote is not what was asked for."""
    bot = conversation.bot
    choices = choices_for(bot)
    if not choices:
        return None
    prompt = prompt_for(bot, "dialogue_compression", instead)
    before = recall.remembered(conversation.pk) if earlier else {}
    talk = "\n".join(_line(message) for message in messages)
    request = CompletionRequest(
        purpose="dialogue_compression",
        stable=prompt.filled(business=bot.business.name, bot=bot.name),
        facts=f"What was noted before: {json.dumps(before, ensure_ascii=False)}",
        history=[ChatMessage(role="customer", text=f"<dialogue>\n{talk}\n</dialogue>")],
        schema=SCHEMA,
        max_output_tokens=OUTPUT_TOKENS,
        temperature=bot.llm_temperature,
        cache_key=f"summary-{conversation.pk}",
    )
    deadline = time.monotonic() + SECONDS
    asker = Asker(choices, Budget.of(bot), bot_id=bot.pk, conversation_id=conversation.pk, deadline=deadline)
    if not connection.in_atomic_block:
        connection.close()
    try:
        answer = asker.ask(request, prompt.version)
    except NoCompletion as error:
        logger.warning("summary by rules", extra={"conversation": conversation.pk, "reason": error.reason})
        return None
    text = str((answer.parsed or {}).get("summary") or "").strip()
    if answer.finish != Finish.DONE or not answer.parsed or not text:
        return None
    return Summary(
        text=text[:TEXT_CHARACTERS],
        facts=_notes(answer.parsed.get("facts")),
        open_matters=_notes(answer.parsed.get("open_matters")),
        made_by=answer.model[:80],
        prompt_version=prompt.version,
    )


def _notes(given: object) -> list[str]:
    found = [one.strip()[:NOTE_CHARACTERS] for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return [one for one in found if one][:MOST_NOTES]


def _line(message: Message) -> str:
    who = {Message.Author.CUSTOMER: "Customer", Message.Author.STAFF: "Team"}.get(Message.Author(message.author))
    said = message.text[:MESSAGE_CHARACTERS] or "(photo or file)"
    return f"[{message.sent_at:%Y-%m-%d}] {who or 'Assistant'}: {said}"


def _by_rules(earlier: Summary | None, messages: list[Message]) -> Summary:
    """Return what the customer wrote first and last, and the last word they had; what was known before stays."""
    wrote = [message for message in messages if message.author == Message.Author.CUSTOMER and message.text]
    answers = [message for message in messages if message.author != Message.Author.CUSTOMER and message.text]
    days = sorted({f"{message.sent_at:%d %B %Y}": None for message in messages})
    lines = [f"{len(messages)} messages on {days[0]}" + (f" to {days[-1]}." if len(days) > 1 else ".")]
    lines += [f"The customer wrote: “{message.text[:QUOTE_CHARACTERS]}”" for message in _ends(wrote)]
    lines += [f"The last answer was: “{answers[-1].text[:QUOTE_CHARACTERS]}”"] if answers else []
    return Summary(
        text="\n".join(lines),
        facts=earlier.facts if earlier else [],
        open_matters=earlier.open_matters if earlier else [],
        made_by="rules",
    )


def _ends(messages: list[Message]) -> list[Message]:
    return [messages[0], messages[-1]] if len(messages) > 1 else messages


def sweep(*, seconds: float = SWEEP_SECONDS) -> int:
    """Sum up what is due, for about so long; how many summaries were made. What is left comes with the next sweep."""
    give_up = time.monotonic() + seconds
    made = 0
    for conversation_id in due():
        made += compress(conversation_id) is not None
        if time.monotonic() > give_up:
            break
    return made
