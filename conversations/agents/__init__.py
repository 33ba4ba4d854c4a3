"""The agents there are. One line per entry."""

from conversations.agents.base import Agent
from conversations.agents.rules import RulesAgent

AGENTS: dict[str, Agent] = {
    RulesAgent.code: RulesAgent(),
}
