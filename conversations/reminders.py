"""Reminders: what is due is looked at again under its conversation's lock, and queued once, never at night.

What there is to be reminded of is an app's own: for each rule it brings a `Reminders`. Whether what was queued may go
is asked once more at the moment of sending (`gate`: opt-out, quiet hours, the channel's window).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db import OperationalError
from django.db.models import Model, QuerySet

from bots.channels.base import Button
from bots.db import clock
from bots.db.transactions import PASSING, atomic_with_retry, sqlstate
from conversations import outbox
from conversations.models import Message
from conversations.quiet_hours import end_of_night

logger = logging.getLogger(__name__)

AT_ONCE = 500  # rows of one rule in one sweep

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class ReminderText:
    """What one reminder says, as `outbox.say` takes it."""

    conversation_id: int
    text: str
    dedupe_key: str
    expires_at: datetime  # queued until then (an outage, a closed window), it is not sent any more
    template: str
    parameters: Mapping[str, str]
    buttons: Sequence[Button] = ()
    asks: Sequence[str] = ()
    replaces: str = ""


class Reminders(Protocol[Row]):
    """One rule: which rows it concerns, and what is said about them."""

    subject: str  # what a row is called in the log

    def due(self, now: datetime) -> QuerySet[Row]:
        """Find the rows whose time has come, the longest due first. Locks nothing."""

    def locked(self, found: Row, now: datetime) -> Row | None:
        """Lock the conversation, then return the row as it is now; None if nothing is to be said any more."""

    def zone(self, row: Row) -> ZoneInfo:
        """Return the zone of the business, whose night counts."""

    def said(self, row: Row, now: datetime) -> ReminderText | None:
        """Return what is to be said about the locked row; None if there is nothing."""

    def mark(self, row: Row, now: datetime) -> bool:
        """Note that it is said. False if it was noted before."""


def queue_due(kind: Reminders[Row], now: datetime | None = None) -> int:
    """Queue what is due by one rule, one transaction each. Returns how many were queued."""
    now = now or clock.now()
    queued = 0
    for found in list(kind.due(now)[:AT_ONCE]):
        try:
            queued += _queue(kind, found, now=now)
        except OperationalError as error:
            if sqlstate(error) not in PASSING:
                raise
            logger.info("reminder left for the next sweep", extra={kind.subject: found.pk})
    return queued


@atomic_with_retry
def _queue(kind: Reminders[Row], found: Row, *, now: datetime) -> bool:
    """Look again at what was found due, and queue what is to be said. At night it is left for the morning."""
    row = kind.locked(found, now)
    if row is None or end_of_night(now.astimezone(kind.zone(row))) is not None:
        return False
    said = kind.said(row, now)
    if said is None or not kind.mark(row, now):
        return False
    outbox.say(
        said.conversation_id,
        said.text,
        purpose=Message.Purpose.REMINDER,
        buttons=said.buttons,
        asks=said.asks,
        dedupe_key=said.dedupe_key,
        expires_at=said.expires_at,
        template=said.template,
        parameters=said.parameters,
        replaces=said.replaces,
    )
    return True
