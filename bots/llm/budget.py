"""What a bot may spend on models in a day of its business. Money is held back before a request, so that workers that
ask at the same moment cannot spend more than there is."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest, Now

from bots.models import Bot, BotSpend

logger = logging.getLogger(__name__)

MICRODOLLARS_PER_CENT = 10_000

_HOLD = """
INSERT INTO bots_botspend AS mine (bot_id, day, reserved_microdollars, spent_microdollars, requests)
SELECT %(bot)s, %(day)s, %(most)s, 0, 0 WHERE %(most)s <= %(limit)s
ON CONFLICT (bot_id, day) DO UPDATE
SET reserved_microdollars = mine.reserved_microdollars + excluded.reserved_microdollars
WHERE mine.spent_microdollars + mine.reserved_microdollars + excluded.reserved_microdollars <= %(limit)s
RETURNING mine.id
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of one bot on one day. `limit` is in microdollars."""

    bot_id: int
    day: date
    limit: int

    @classmethod
    def of(cls, bot: Bot) -> "Budget":
        """Today's, by the clock of the bot's business."""
        return cls(bot.pk, bot.business.now().date(), bot.llm_daily_budget_cents * MICRODOLLARS_PER_CENT)

    def hold(self, most: int) -> bool:
        """Set so many microdollars aside; False, and nothing set aside, if that is more than is left.

        What a worker had set aside when it died stays so until the day is over: the bot spends less, never more.
        """
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, {"bot": self.bot_id, "day": self.day, "most": most, "limit": self.limit})
            return cursor.fetchone() is not None

    def commit(self, held: int, spent: int) -> None:
        """Give back what was set aside, and write down what it cost. Both in microdollars."""
        BotSpend.objects.filter(bot_id=self.bot_id, day=self.day).update(
            reserved_microdollars=Greatest(F("reserved_microdollars") - held, 0),
            spent_microdollars=F("spent_microdollars") + spent,
            requests=F("requests") + 1,
        )

    def note_empty(self) -> bool:
        """Note that a request was held back. True for the first one of the day: that is when staff are told."""
        BotSpend.objects.get_or_create(bot_id=self.bot_id, day=self.day)
        first = BotSpend.objects.filter(bot_id=self.bot_id, day=self.day, over_budget_at=None)
        if not first.update(over_budget_at=Now()):
            return False
        logger.warning("daily budget of a bot is used up, rules answer", extra={"bot": self.bot_id})
        return True
