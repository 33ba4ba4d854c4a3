#!/usr/bin/env python
"""Django's command-line tool."""

import os
import sys

from django.core.management import execute_from_command_line

from bots.management.commands.understand import Command as Understand
from config.demo_hint import way_to_the_demo

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:] == ["understand"]:  # pure functions: no app, setting or database need be loaded for them
        Understand().handle()
    else:
        try:
            execute_from_command_line(sys.argv)
        except BaseException as error:
            if not isinstance(error, SystemExit) or error.code:
                sys.stderr.write(way_to_the_demo(sys.argv[1:]))
            raise
