"""Loads a whole preset: what `bots.presets` holds about the bot, and on top of it the sections that the apps bring."""

from django.db import transaction

from bots.knowledge import search
from bots.models import Bot
from bots.presets import read
from bots.presets.loading import Environment, load_bot
from bots.registry import brought


def load(name: str, environment: Environment, *, overwrite: bool = False) -> Bot:
    """Load the preset's bot with everything it needs, its knowledge searchable. Raises PresetError.

    One transaction for the rows; the vectors follow after it, since the model takes seconds. What is there already
    stays as it is, unless `overwrite`.
    """
    preset = read(name)
    with transaction.atomic():
        bot = load_bot(preset, environment, overwrite=overwrite)
        for section, load_section in brought("preset_sections"):
            if section in preset["business"]:
                load_section(bot, preset["business"][section], environment, overwrite=overwrite)
    search.index_all(bot.business_id)
    return bot
