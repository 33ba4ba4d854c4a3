"""A word for who types `manage.py` beside a demo: by itself it knows neither the demo's servers nor its secrets."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

DEMO = Path(__file__).resolve().parent.parent / ".frontdesk" / "demo"
OWN = ("DATABASE_URL", "FIELD_ENCRYPTION_KEYS")  # who has set one of these means another installation


def way_to_the_demo(words: Sequence[str]) -> str:
    """How to run these words of `manage.py` on the demo's data; nothing where there is none, or it is not meant."""
    is_meant = words[:1] != ["demo"] and not any(os.environ.get(name) for name in OWN)
    if not is_meant or not (DEMO / "secrets.json").exists():
        return ""
    command = shlex.join([".venv/bin/python", "-m", "config.demo", "--run", *words])
    return f"\nThe demo's servers and secrets are known to this:\n  {command}\n"
