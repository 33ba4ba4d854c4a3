"""The agents there are. One line per entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bots.models import Bot
from conversations.agents.base import Agent
from conversations.agents.llm import LLMAgent
from conversations.agents.rules import RulesAgent

AGENTS: dict[str, Agent] = {
    RulesAgent.code: RulesAgent(),
    LLMAgent.code: LLMAgent(),
}


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
    """Who answers for this bot. A model that has no key, or fails, leaves the turn to the rules."""
    bot.agent = _wanted.get() or bot.agent  # on this object only; nothing saves it
    return AGENTS[RulesAgent.code if bot.agent == Bot.Agent.RULES else LLMAgent.code]
