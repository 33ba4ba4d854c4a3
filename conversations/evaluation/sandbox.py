"""A copy of a business to play with: all that decides what its bot does, nobody who works there, no customers.

Each app copies its own rows and tells what stands for a customer, by a `Sandbox` of its Feature.
"""

import secrets
import time
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from django.db import IntegrityError, models, transaction

from bots.models import Bot, Business, ChannelAccount, KnowledgeVector
from bots.registry import brought
from conversations.models import BotPrompt, Contact, Conversation

M = TypeVar("M", bound=models.Model)

Commitment = tuple[Any, ...]
PREFIX = "evaluation-"
TRIES = 5  # to take a copy away


class Sandbox:
    """What an app keeps of a business. Base of those that Features bring."""

    case_keys: ClassVar[tuple[str, ...]] = ()  # what the file of a recorded talk may say of this app's rows

    def copy(self, old: Bot, new: Bot) -> None:
        """Copy what decides how the bot answers, for the new bot and its business."""

    def free(self, business: Business) -> None:
        """Take from the copy's customers what others could want, like times, so that the next talk finds it free."""

    def forget(self, business: Business) -> None:
        """Delete the rows of the copy's customers, which would keep them from being deleted."""

    def commitments(self, contact: Contact) -> set[Commitment]:
        """Return what was done for this customer: sent, booked, moved, cancelled.

        Each as a value to compare: which row (“visit 17”), its status, and what else was agreed to.
        """
        return set()

    def closed_days(self, business: Business, first: date, last: date) -> Collection[date]:
        """Return the days, both ends included, on which the business is closed for once, like holidays."""
        return ()

    def prepare(self, conversation: Conversation, case: Mapping[str, Any], days: Mapping[str, Any]) -> None:
        """Make the rows that a recorded talk begins with."""

    def differences(self, conversation: Conversation, case: Mapping[str, Any], days: Mapping[str, Any]) -> list[str]:
        """Return in words where the rows at the end are not what the recorded talk's file says."""
        return []

    def days_of(self, conversation: Conversation) -> set[date]:
        """Return the days that the conversation's rows are about."""
        return set()

    def nothing(self) -> dict[str, Any]:
        """Return how the file of a recorded talk says that nothing was to be done."""
        return {}

    def goal_of(self, conversation: Conversation, days: Mapping[Any, str]) -> dict[str, Any]:
        """Return what stands now as the file of a recorded talk says it. `days`: the names of its days."""
        return {}


def sandboxes() -> tuple[Sandbox, ...]:
    return brought("sandboxes")


def copied(row: M, **changes: Any) -> M:
    """Return a new row like this one, but for the changes."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)._default_manager.create(**(fields | changes))


@transaction.atomic
def copy_of(bot: Bot, *, agent: str) -> Bot:
    """Return a bot that answers as this one does, for a business of its own; with `agent` it is said who answers."""
    slug = f"{PREFIX}{secrets.token_hex(4)}"
    business = copied(bot.business, slug=slug)
    new = copied(bot, business_id=business.pk, slug=slug, agent=agent, debounce_seconds=0)
    for wording in bot.wordings.all():
        copied(wording, bot_id=new.pk)
    for prompt in BotPrompt.objects.filter(bot=bot, is_active=True):
        copied(prompt, bot_id=new.pk)
    ChannelAccount.objects.create(bot=new, channel="webchat", external_id=slug)
    _copy_knowledge(bot.business, business)
    for sandbox in sandboxes():
        sandbox.copy(bot, new)
    return new


def _copy_knowledge(old: Business, new: Business) -> None:
    for knowledge in old.knowledge.all():
        topic = copied(knowledge, business_id=new.pk)
        for text in knowledge.texts.all():
            words = copied(text, knowledge_id=topic.pk)
            for vector in KnowledgeVector.objects.filter(text=text):
                copied(vector, text_id=words.pk)


def free(business: Business) -> None:
    for sandbox in sandboxes():
        sandbox.free(business)


def commitments(contact: Contact) -> set[Commitment]:
    """Return all that was done for this customer, of every app."""
    return {one for sandbox in sandboxes() for one in sandbox.commitments(contact)}


def remove(bot: Bot) -> None:
    """Delete the copy and all that hangs on it."""
    if not bot.business.slug.startswith(PREFIX):
        raise ValueError("This is not a copy.")
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                forget_customers(bot.business)
                bot.business.delete()
            return
        except IntegrityError:  # a worker of the installation has just written to it
            if not left:
                raise
            time.sleep(1)


def forget_customers(business: Business) -> None:
    """All that customers of the copy have left, so that the next talk finds it as it was."""
    for sandbox in reversed(sandboxes()):
        sandbox.forget(business)
    Contact.objects.filter(business=business).delete()
