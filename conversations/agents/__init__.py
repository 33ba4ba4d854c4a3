"""The agents there are. One line per entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bots.llm.choosing import choices_for
from bots.models import Bot
from conversations.agents.base import Agent
from conversations.agents.llm import LLMAgent
from conversations.agents.rules import RulesAgent

_rules = RulesAgent()
AGENTS: dict[str, Agent] = {RulesAgent.code: _rules, LLMAgent.code: LLMAgent(rules=_rules)}


_wanted: ContextVar[str] = ContextVar("wanted", default="")


@contextmanager
def answering(agent: str) -> Iterator[None]:
    """Whatever bots say: while this lasts, “rules” or “llm” answers in this thread; "" leaves it to the bot."""
    token = _wanted.set(agent)
    try:
        yield
    finally:
        _wanted.reset(token)


def agent_for(bot: Bot) -> Agent:
    """Who answers for this bot: rules if it says so, or where nobody has given a key."""
    bot.agent = _wanted.get() or bot.agent  # on this object only; nothing saves it
    by_rules = bot.agent == Bot.Agent.RULES or (bot.agent == Bot.Agent.AUTO and not choices_for(bot))
    return AGENTS[RulesAgent.code if by_rules else LLMAgent.code]
