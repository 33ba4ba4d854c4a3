"""manage.py phrasings: add lines to the bank of how customers write."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bots.language import LANGUAGES
from conversations.evaluation import bank


class Command(BaseCommand):
    help = (
        "Adds lines to a folder of the bank: a YAML file that maps acts to lists of lines. A third of them goes to the "
        "part that nobody looks at while building."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--into", required=True, choices=[_name(folder) for folder in bank.folders()])
        parser.add_argument("--language", required=True, choices=LANGUAGES)
        parser.add_argument("--by", required=True, choices=bank.WRITERS, help="outside: knows neither lexicon nor lab")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = yaml.safe_load(options["file"].read_text("utf-8"))
            if not all(
                isinstance(texts, list) and all(isinstance(one, str) for one in texts) for texts in lines.values()
            ):
                raise ValueError("acts with lists of lines are wanted")
        except (OSError, ValueError, AttributeError, yaml.YAMLError) as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        folder = next(folder for folder in bank.folders() if _name(folder) == options["into"])
        added = bank.add(folder, options["language"], options["by"], lines)
        self.stdout.write(f"{added} lines are new.")


def _name(folder: Path) -> str:
    """Return the app and subject that a folder belongs to, like bookings.leads."""
    return ".".join(part for part in folder.relative_to(settings.BASE_DIR).parts if part not in ("evaluation", "bank"))
