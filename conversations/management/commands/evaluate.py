"""manage.py evaluate: does the bot still do what customers want of it?"""

import json
import logging
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bots import presets
from bots.llm.choosing import choices_for
from bots.models import Bot
from conversations.agents.prompts import PURPOSES, version_of
from conversations.evaluation import bank, cases, replaying, reporting, running, sandbox
from conversations.models import BotPrompt

PARTS = (bank.SEEN, bank.UNSEEN, bank.BOTH, "each")


class Command(BaseCommand):
    help = (
        "Plays talks against copies of a bot and prints what went wrong: recorded ones, or with --simulate N those of "
        "simulated customers, judged by what stands in the database at the end. Nothing of the business is touched; "
        "the copies are taken away at the end. Ends with 1 if a recorded talk went wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bots", nargs="*", metavar="bot", help="slugs, like ceramics; none means all")
        parser.add_argument("--agent", choices=["rules", "llm"], default="rules", help="who answers")
        parser.add_argument("--only", default="", help="recorded talks whose id begins so; a simulated one by its id")
        parser.add_argument(
            "--prompt",
            action="append",
            default=[],
            metavar="PURPOSE=FILE",
            help=f"try this text instead of the bot's prompt; purposes: {', '.join(PURPOSES)}",
        )
        parser.add_argument("--verbose-talks", action="store_true", help="print every talk as it went")
        recorded = parser.add_argument_group("recorded talks")
        recorded.add_argument("--cases", help="a YAML file or a folder of such; the preset's own if not given")
        simulated = parser.add_argument_group("simulated customers")
        simulated.add_argument("--simulate", type=int, metavar="N", help="so many talks, instead of the recorded ones")
        simulated.add_argument("--language", action="append", help="only in this language; may be given again")
        simulated.add_argument("--seed", type=int, default=1, help="other numbers give other customers")
        simulated.add_argument("--jobs", type=int, default=2, help="on so many processes")
        simulated.add_argument(
            "--phrasings", choices=PARTS, default=bank.SEEN, help="which part of the bank; each: one, then the other"
        )
        simulated.add_argument("--worst", type=int, default=3, help="print so many of the worst talks whole")
        simulated.add_argument("--json", metavar="FILE", help="write the figures there as JSON; -: print them")

    def handle(self, *args: Any, **options: Any) -> None:
        bots = self._bots(options["bots"])
        logging.disable(logging.INFO)  # thousands of turns would drown what is said here
        try:
            self._evaluate(bots, options)
        finally:
            logging.disable(logging.NOTSET)

    def _evaluate(self, bots: list[Bot], options: dict[str, Any]) -> None:
        if options["simulate"] is None:
            results = [result for bot in bots for result in self._replay(bot, options, several=len(bots) > 1)]
            self._sum_up(results)
            return
        if options["simulate"] < 1 or options["jobs"] < 1:
            raise CommandError("At least one talk on one process, please.")
        parts = [bank.SEEN, bank.UNSEEN] if options["phrasings"] == "each" else [options["phrasings"]]
        reports = [self._simulate(bot, part, options) for bot in bots for part in parts]
        self._write(reports, options)

    def _bots(self, slugs: Sequence[str]) -> list[Bot]:
        found = Bot.objects.select_related("business").exclude(slug__startswith=sandbox.PREFIX)
        bots = {bot.slug: bot for bot in found.order_by("slug")}
        for slug in slugs:
            if slug not in bots:
                raise CommandError(f"There is no bot “{slug}”.")
        if not bots:
            raise CommandError("There is no bot yet. Load a preset first: manage.py load_preset ceramics.")
        return [bots[slug] for slug in slugs] or list(bots.values())

    # --- simulated customers -----------------------------------------------------------------------------------------

    def _simulate(self, bot: Bot, part: str, options: dict[str, Any]) -> reporting.Report:
        self._ask_for_key(bot, options)
        spoken = tuple(bot.business.languages) or (bot.business.default_language,)
        languages = tuple(options["language"] or spoken)
        if strange := set(languages) - set(spoken):
            raise CommandError(f"“{bot.slug}” does not speak {', '.join(sorted(strange))}.")
        plan = running.Plan(
            bot=bot.slug,
            languages=languages,
            count=options["simulate"],
            seed=options["seed"],
            part=part,
            agent=options["agent"],
            only=options["only"],
        )
        if not plan.ids():
            raise CommandError(f"Of these talks none is called “{options['only']}”.")
        began = time.monotonic()
        results = running.simulate(
            plan,
            jobs=min(options["jobs"], options["simulate"]),
            prepare=lambda copy: self._try_prompts(copy, options["prompt"]),
        )
        seconds = time.monotonic() - began
        report = reporting.Report(bot.slug, part, options["agent"], results)
        if options["json"] != "-":
            self._print(report, options)
            self.stdout.write(f"{len(results)} talks in {seconds:.0f} s")
        return report

    def _print(self, report: reporting.Report, options: dict[str, Any]) -> None:
        """Print the table, then talks. Lines that nobody is to look at while building are not shown."""
        for line in report.lines():
            self.stdout.write(line)
        if options["verbose_talks"] or options["only"]:
            shown = list(report.results)
        else:
            shown = [] if report.part == bank.UNSEEN else report.worst(options["worst"])
        for result in shown:
            self.stdout.write("")
            for line in reporting.talk_lines(result):
                self.stdout.write(line)
        self.stdout.write("")

    def _write(self, reports: list[reporting.Report], options: dict[str, Any]) -> None:
        if options["json"]:
            text = json.dumps([report.as_json() for report in reports], ensure_ascii=False, indent=1)
            if options["json"] == "-":
                self.stdout.write(text)
            else:
                Path(options["json"]).write_text(f"{text}\n", "utf-8")

    # --- recorded talks ----------------------------------------------------------------------------------------------

    def _replay(self, bot: Bot, options: dict[str, Any], *, several: bool) -> list[replaying.Replayed]:
        path = Path(options["cases"]) if options["cases"] else Path(presets.__file__).parent / bot.slug / "evaluation"
        if not path.exists():
            if several and not options["cases"]:
                return []
            raise CommandError(f"There are no recorded talks at {path.name}; name a file with --cases.")
        try:
            found = cases.read(path, cases.days_of(bot.business))
        except cases.BadCase as error:
            raise CommandError(str(error)) from error
        chosen = [one for one in found if one.id.startswith(options["only"])]
        if not chosen:
            raise CommandError(f"No recorded talk’s id begins with “{options['only']}”.")
        self._ask_for_key(bot, options)
        copy = sandbox.copy_of(bot, agent=options["agent"])
        try:
            self._try_prompts(copy, options["prompt"])
            return [self._play(case, copy, options) for case in chosen]
        finally:
            sandbox.remove(copy)

    def _play(self, case: cases.Case, copy: Bot, options: dict[str, Any]) -> replaying.Replayed:
        result = replaying.replay(case, copy)
        mark = "ok   " if result.is_right else "WRONG"
        rules = f"  by rules: {result.fallbacks[0]}" if result.fallbacks else ""
        self.stdout.write(f"{mark}  {case.id:34}  {result.seconds:5.1f} s  {_money(result.microdollars)}{rules}")
        for wrong in result.wrong:
            self.stdout.write(f"         {wrong}")
        if options["verbose_talks"] or not result.is_right:
            for line in result.talk:
                self.stdout.write(f"         {line}")
        return result

    def _sum_up(self, results: list[replaying.Replayed]) -> None:
        right = sum(result.is_right for result in results)
        fallen = sum(bool(result.fallbacks) for result in results)
        spent = _money(sum(result.microdollars for result in results))
        seconds = sum(result.seconds for result in results)
        self.stdout.write(f"{right} of {len(results)} right, {fallen} answered by rules, {seconds:.0f} s, {spent}")
        if right < len(results):
            raise SystemExit(1)

    # --- for both ----------------------------------------------------------------------------------------------------

    def _ask_for_key(self, bot: Bot, options: dict[str, Any]) -> None:
        if options["agent"] == "llm" and not choices_for(bot):
            raise CommandError("There is no key for a language model: set OPENAI_API_KEY or ANTHROPIC_API_KEY.")

    def _try_prompts(self, copy: Bot, given: list[str]) -> None:
        for entry in given:
            purpose, _, name = entry.partition("=")
            path = Path(name)
            if purpose not in PURPOSES or not path.is_file():
                raise CommandError(f"“{entry}”: write a purpose of {', '.join(PURPOSES)}, “=”, and a file.")
            text = path.read_text("utf-8")
            BotPrompt.objects.filter(bot=copy, purpose=purpose).delete()
            BotPrompt.objects.create(bot=copy, purpose=purpose, text=text, version=version_of(text), is_active=True)


def _money(microdollars: int) -> str:
    return f"${microdollars / 1_000_000:.4f}"
