"""manage.py demo: everything on this machine, with one command."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run the web server, the workers and their database and broker on this machine, with a demo business."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Become the supervisor: it needs no Django, and `config` stands above us, so it is called, not imported."""
        os.execv(sys.executable, [sys.executable, "-m", "config.demo", *argv[2:]])  # noqa: S606

    def handle(self, *args: Any, **options: Any) -> None:
        """Only for `call_command`, which has no process of its own to give away."""
        raise NotImplementedError("Run it from the command line: manage.py demo")
