"""manage.py evaluate: are the scripted talks still answered as they should be?"""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.availability.schedule import closed_days
from bookings.evaluation import copies, playing, scenarios
from bots import presets
from bots.llm.choosing import choices_for
from bots.models import Bot
from conversations.agents.prompts import PURPOSES, version_of
from conversations.models import BotPrompt


class Command(BaseCommand):
    help = (
        "Plays scripted talks against a copy of a bot and prints what went wrong. Nothing of the business is touched, "
        "and the copy is taken away at the end. Ends with 1 if a talk went wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bot", help="the bot's slug, like ceramics")
        parser.add_argument("--agent", choices=["rules", "llm"], default="rules", help="who answers")
        parser.add_argument("--scenarios", help="a YAML file or a folder of such; the preset's own if not given")
        parser.add_argument("--only", default="", help="only scenarios whose id begins so, like pl-")
        parser.add_argument(
            "--prompt",
            action="append",
            default=[],
            metavar="PURPOSE=FILE",
            help=f"try this text instead of the bot's prompt; purposes: {', '.join(PURPOSES)}",
        )
        parser.add_argument("--verbose-talks", action="store_true", help="print every talk as it went")

    def handle(self, *args: Any, **options: Any) -> None:
        bot = Bot.objects.select_related("business").filter(slug=options["bot"]).first()
        if bot is None:
            raise CommandError(f"There is no bot “{options['bot']}”.")
        rows = self._scenarios(bot, options)
        copy = copies.copy_of(bot, agent=options["agent"])
        try:
            if options["agent"] == "llm" and not choices_for(copy):
                raise CommandError("There is no key for a language model: set OPENAI_API_KEY or ANTHROPIC_API_KEY.")
            self._try_prompts(copy, options["prompt"])
            results = [self._play(scenario, copy, options) for scenario in rows]
        finally:
            copies.remove(copy)
        self._sum_up(results)

    def _scenarios(self, bot: Bot, options: dict[str, Any]) -> list[scenarios.Scenario]:
        folder = Path(presets.__file__).parent / bot.slug / "evaluation"
        path = Path(options["scenarios"]) if options["scenarios"] else folder
        if not path.exists():
            raise CommandError(f"There are no scenarios at {path.name}; name a file with --scenarios.")
        try:
            today = bot.business.now().date()
            closed = closed_days(bot.business, today, today + timedelta(days=scenarios.LOOK_DAYS))
            found = scenarios.read(path, scenarios.coming(today, closed))
        except scenarios.BadScenario as error:
            raise CommandError(str(error)) from error
        chosen = [one for one in found if one.id.startswith(options["only"])]
        if not chosen:
            raise CommandError(f"No scenario’s id begins with “{options['only']}”.")
        return chosen

    def _try_prompts(self, copy: Bot, given: list[str]) -> None:
        for entry in given:
            purpose, _, name = entry.partition("=")
            path = Path(name)
            if purpose not in PURPOSES or not path.is_file():
                raise CommandError(f"“{entry}”: write a purpose of {', '.join(PURPOSES)}, “=”, and a file.")
            text = path.read_text()
            BotPrompt.objects.filter(bot=copy, purpose=purpose).delete()
            BotPrompt.objects.create(bot=copy, purpose=purpose, text=text, version=version_of(text), is_active=True)

    def _play(self, scenario: scenarios.Scenario, copy: Bot, options: dict[str, Any]) -> playing.Result:
        result = playing.play(scenario, copy)
        mark = "ok   " if result.is_right else "WRONG"
        rules = f"  by rules: {result.fallbacks[0]}" if result.fallbacks else ""
        self.stdout.write(f"{mark}  {scenario.id:34}  {result.seconds:5.1f} s  {_money(result.microdollars)}{rules}")
        for wrong in result.wrong:
            self.stdout.write(f"         {wrong}")
        if options["verbose_talks"] or not result.is_right:
            for line in result.talk:
                self.stdout.write(f"         {line}")
        return result

    def _sum_up(self, results: list[playing.Result]) -> None:
        right = sum(result.is_right for result in results)
        fallen = sum(bool(result.fallbacks) for result in results)
        spent = _money(sum(result.microdollars for result in results))
        seconds = sum(result.seconds for result in results)
        self.stdout.write(f"{right} of {len(results)} right, {fallen} answered by rules, {seconds:.0f} s, {spent}")
        if right < len(results):
            raise SystemExit(1)


def _money(microdollars: int) -> str:
    return f"${microdollars / 1_000_000:.4f}"
