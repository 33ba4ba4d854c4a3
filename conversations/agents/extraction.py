"""Reads the unanswered messages with a model: one structured answer, turned into the same `Understanding` as the rules.

It costs a request and a second or two before the answer is even thought of, and the answering model reads the same
words again and fills in the same fields as the arguments of its tools, which are checked one by one. So it is asked
only where it tells us something: where the rules found nothing, or met something odd. `Bot.llm_extraction` says
otherwise if the owner wants it always or never.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bots.language import LANGUAGES, Understanding
from bots.llm.asking import NoCompletion
from bots.llm.base import CompletionRequest
from bots.models import Bot
from conversations.agents import dry_run, prompting
from conversations.agents.asker import Asker
from conversations.agents.prompts import prompt_for, version_of
from conversations.agents.reconcile import INTENTS, reconcile
from conversations.chat.skills import TurnContext, skills_of

OUTPUT_TOKENS = 1500
LONG = 400  # characters: of a letter the rules miss more than of a chat message
SURE_OF_LANGUAGE = 0.35


def _nullable(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": [kind, "null"], **more}


_FIELDS: dict[str, dict[str, Any]] = {
    "language": {"type": ["string", "null"], "enum": [*LANGUAGES, None]},
    "intents": {"type": "array", "items": {"type": "string", "enum": list(INTENTS)}},
    "date": _nullable("string", description="YYYY-MM-DD"),
    "date_end": _nullable("string", description="YYYY-MM-DD, last day of a stretch"),
    "time": _nullable("string", description="HH:MM"),
    "end_time": _nullable("string", description="HH:MM, end of a stretch of time"),
    "people": _nullable("integer"),
    "duration_minutes": _nullable("integer"),
    "service": _nullable("string", description="number of the service, from the list"),
    "questions": {"type": "array", "items": {"type": "string"}, "description": "in the customer's own words"},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}


def read(turn: TurnContext, asker: Asker, instead: Mapping[str, str] | None = None) -> TurnContext:
    """Return the turn with what a model reads beside what the rules read. Without an answer rules stand."""
    if not is_wanted(turn):
        return turn
    with dry_run.taken_back(turn, locked=False) as staged:
        request, version = _request(staged, instead)
    try:
        answer = asker.ask(request, version)
    except NoCompletion:
        return turn  # the answer itself is asked for next, and will say why there is none
    if answer.parsed is None:
        return turn
    services = _services(turn)
    understood, differ = reconcile(turn.understood, answer.parsed, text=turn.text, now=turn.now, services=services)
    turn.log.disagreements += differ
    return replace(turn, understood=understood, language=turn.business.language_for(understood.lang))


def is_wanted(turn: TurnContext) -> bool:
    wanted = turn.bot.llm_extraction
    if wanted != Bot.Extraction.UNSURE:
        return wanted == Bot.Extraction.ALWAYS
    return is_unsure(turn.understood, turn.text)


def is_unsure(understood: Understanding, text: str) -> bool:
    """Where the rules understood nothing, something impossible, or a long letter; or are not sure of its language."""
    if not any(letter.isalpha() for letter in text):
        return False
    odd = bool(understood.problems) or understood.lang_score < SURE_OF_LANGUAGE
    return understood.is_empty or odd or len(text) > LONG


def _services(turn: TurnContext) -> dict[str, str]:
    """Return the candidates: numbers and names of what this business offers, and of no other."""
    offers: list[dict[str, Any]] = []
    with dry_run.taken_back(turn, locked=False) as staged:
        for skill in skills_of(staged.bot):
            offers += skill.static_facts(staged.business).get("services", [])
    return {str(one["id"]): str(one["name"]) for one in offers}


def _request(turn: TurnContext, instead: Mapping[str, str] | None) -> tuple[CompletionRequest, str]:
    bot = turn.bot
    intents = prompt_for(bot, "intent_detection", instead)
    service = prompt_for(bot, "service_identification", instead)
    names = "\n".join(f"{number}: {name}" for number, name in sorted(_services(turn).items()))
    filled = {"business": bot.business.name, "bot": bot.name, "services": names}
    told = turn.last_reply.text if turn.last_reply else ""
    facts = {"now": f"{turn.now:%A} {turn.now.isoformat(timespec='minutes')}", "we_said_last": told[:600]}
    request = CompletionRequest(
        purpose="intent_detection",
        stable=f"{intents.filled(**filled)}\n\n{service.filled(**filled)}",
        facts=f"Facts of now: {json.dumps(facts, ensure_ascii=False)}",
        history=prompting.history_of(turn)[-max(1, len(turn.messages)) :],
        schema=SCHEMA,
        max_output_tokens=OUTPUT_TOKENS,
        temperature=bot.llm_temperature,
        cache_key=f"extraction-{bot.pk}",
    )
    return request, version_of(intents.text + service.text)
