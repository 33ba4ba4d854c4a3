"""Nothing asks another clock than the database's. ruff refuses Python's (TID251); here is what ruff does not see."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import DateField, TimeField

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ["bots", "bookings", "conversations", "payments", "config"]
PYTHONS_CLOCKS = [
    "from django.utils import timezone\ntimezone.now()",
    "from django.utils import timezone\nfield = dict(default=timezone.now)",
    "from django.utils import timezone\ntimezone.localdate()",
    "from datetime import UTC, datetime\ndatetime.now(UTC)",
    "import datetime\ndatetime.datetime.utcnow()",
    "from datetime import date\ndate.today()",
    "import time\ntime.time()",
    "from time import time\ntime()",
]


def test_no_column_takes_its_time_from_the_machine() -> None:
    columns = [
        field
        for label in OURS[:-1]
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, DateField | TimeField)
    ]
    assert len(columns) > 100
    own = [field for field in columns if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)]
    called = [field for field in columns if callable(field.default) and isinstance(field.default(), datetime)]
    assert (own, called) == ([], [])


def test_no_statement_asks_what_a_test_could_not_move() -> None:
    """CURRENT_TIMESTAMP and its like are words of SQL and not functions, and no machine sends its own moment in one."""
    sources = [path for name in OURS for path in (ROOT / name).rglob("*.py")]
    assert len(sources) > 300
    found = [
        path
        for path in sources
        if re.search(r"(?i)\b(current_time|current_date|localtime)(stamp)?\b", path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("source", PYTHONS_CLOCKS)
def test_pythons_clocks_are_refused(source: str) -> None:
    """By the project's own settings, as a file of the product is looked at."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", "bots/example.py", "-"]
    run = subprocess.run(command, input=source, cwd=ROOT, text=True, capture_output=True, timeout=30)
    assert (run.returncode, "PostgreSQL" in run.stdout or "monotonic" in run.stdout) == (1, True), (
        run.stdout + run.stderr
    )


def test_tests_move_both_clocks_or_none() -> None:
    """A test that moves Python's alone is right on the day it was written, and wrong on a later one."""
    movers = [
        path for path in (ROOT / "tests").rglob("*.py") if re.search(r"\b(time_machine|freezegun)\b", path.read_text())
    ]
    here = Path(__file__)
    assert sorted(path.relative_to(ROOT).as_posix() for path in movers if path != here) == ["tests/clock.py"]
