"""Asks the platform which templates are approved, and notes on ours whether they can be used as they are mapped."""

import logging
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.functions import Now

from bots.channels import CHANNELS
from bots.channels.base import ChannelError, TemplateState
from bots.db import clock
from bots.models import ChannelAccount
from bots.models.templates import MISSING, MessageTemplate

logger = logging.getLogger(__name__)


def check(account: ChannelAccount) -> int:
    """Ask once and note what was said of each of the account's templates; how many can be used.

    Not in a transaction: it asks the platform. Raises a ChannelError, and changes nothing then.
    """
    if not connection.in_atomic_block:
        connection.close()
    states = CHANNELS[account.channel](account).templates()
    usable = 0
    for template in MessageTemplate.objects.filter(account=account):
        _note(template, states)
        usable += template.is_usable
    return usable


def check_all() -> int:
    """Ask for every account that has templates. Returns how many could be asked."""
    asked = 0
    channels = [code for code, channel in CHANNELS.items() if channel.has_templates]
    accounts = ChannelAccount.objects.filter(
        channel__in=channels, is_active=True, paused_at=None, templates__isnull=False
    ).distinct()
    for account in list(accounts):
        try:
            check(account)
            asked += 1
        except ChannelError as error:
            logger.warning("templates not checked", extra={"account": account.pk, "code": error.code})
    return asked


def mark(account: ChannelAccount, name: str, trouble: str) -> None:
    """The platform refused this template: it is not used again until it was looked at."""
    MessageTemplate.objects.filter(account=account, name=name).update(trouble=trouble[:200], checked_at=Now())


def _note(template: MessageTemplate, states: Sequence[TemplateState]) -> None:
    state = next((one for one in states if (one.name, one.language) == (template.name, template.code)), None)
    template.checked_at = clock.now()
    if state is None:
        template.status, template.trouble, template.body, template.buttons = MISSING, "", "", 0
    else:
        template.status, template.body, template.buttons = state.status, state.body, state.buttons
        template.trouble = _trouble(template, state)[:200]
    template.save(update_fields=["status", "trouble", "body", "buttons", "checked_at"])


def _trouble(template: MessageTemplate, state: TemplateState) -> str:
    """Return why it cannot be filled as it is mapped; "" if it can."""
    try:
        mapping = template.mapping()
    except ValidationError as error:
        return " ".join(error.messages)
    if state.other_places:
        return "its header or a link has a place of its own, which cannot be filled"
    names = [name for name, _fact in mapping]
    if state.is_named:
        missing = [name for name in state.places if name not in names]
        more = [name or "a fact without a name" for name in names if name not in state.places]
        wrong = [*(f"no fact for “{name}”" for name in missing), *(f"it has no place “{name}”" for name in more)]
        return ", ".join(wrong)
    if any(names):
        return "its places have numbers, not names"
    if len(names) != len(state.places):
        return f"it has {len(state.places)} places, and {len(names)} facts are given"
    return ""


def check_again(account_id: int) -> None:
    """Rung when a template was entered; a failure is seen on its page as “not checked”, and asked again daily."""
    account = ChannelAccount.objects.filter(pk=account_id).first()
    if account is None:
        return
    try:
        check(account)
    except ChannelError as error:
        logger.warning("templates not checked", extra={"account": account.pk, "code": error.code})
