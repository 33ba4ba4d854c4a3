"""The tests' settings with one line more."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toy"]  # noqa: F405
