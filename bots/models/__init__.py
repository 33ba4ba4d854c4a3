"""Who answers: businesses, their bots, the accounts these are reached by, what they know, and who decides."""

from bots.models.bot import PROVIDER_CHOICES, Bot, Wording
from bots.models.business import LANGUAGE_CHOICES, LANGUAGE_NAMES, Business, BusinessQuerySet, check_timezone
from bots.models.channel import ChannelAccount, new_key
from bots.models.installation import Heartbeat
from bots.models.knowledge import Knowledge, KnowledgeText, KnowledgeVector
from bots.models.llm import BotSpend, KeyState
from bots.models.machines import ApiKey, RefusedDelivery, Rollup, RollupMark
from bots.models.staff import ActionLink, Decision, Manager, ManagerCode, StaffNotice
from bots.models.telegram import StaffBot, TelegramQuestion, TelegramUpdate
from bots.models.templates import MessageTemplate

__all__ = [
    "LANGUAGE_CHOICES", "LANGUAGE_NAMES", "PROVIDER_CHOICES", "ActionLink", "ApiKey", "Bot", "BotSpend", "Business",
    "BusinessQuerySet", "ChannelAccount", "Decision", "Heartbeat", "KeyState", "Knowledge", "KnowledgeText",
    "KnowledgeVector", "Manager", "ManagerCode", "MessageTemplate", "RefusedDelivery", "Rollup", "RollupMark",
    "StaffBot", "StaffNotice", "TelegramQuestion", "TelegramUpdate", "Wording", "check_timezone", "new_key",
]  # fmt: skip
