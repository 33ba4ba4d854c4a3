"""The agents there are. One line per entry."""

from bots.models import Bot
from conversations.agents.base import Agent
from conversations.agents.llm import LLMAgent
from conversations.agents.rules import RulesAgent

AGENTS: dict[str, Agent] = {
    RulesAgent.code: RulesAgent(),
    LLMAgent.code: LLMAgent(),
}


def agent_for(bot: Bot) -> Agent:
    """Who answers for this bot. A model that has no key, or fails, leaves the turn to the rules."""
    return AGENTS[RulesAgent.code if bot.agent == Bot.Agent.RULES else LLMAgent.code]
