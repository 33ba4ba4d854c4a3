"""A sixth app is one line in settings: `brings.py` finds everywhere what it brings, in a process that begins with it."""

import os
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_an_app_is_one_line_in_settings() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--ds=tests.toy.settings"]
    run = subprocess.run(
        [*command, "tests/toy/brings.py"],
        env=os.environ | {"TEST_DATABASE_NAME": f"toy_{os.getpid()}"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert run.returncode == 0 and "4 passed" in run.stdout, run.stdout[-3000:]
