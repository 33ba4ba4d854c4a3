"""Ready businesses, as data: a folder with a `business.yaml` each. `manage.py load_preset` loads one."""

from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).resolve().parent

PRESETS: dict[str, Path] = {path.parent.name: path.parent for path in sorted(_HERE.glob("*/business.yaml"))}

Preset = dict[str, Any]


class PresetError(Exception):
    """A preset cannot be loaded; the text says why, and what to do, for the person at the keyboard."""


def read(name: str) -> Preset:
    """Return everything that the preset's files hold, each file of the folder under its name. Raises PresetError."""
    folder = PRESETS.get(name)
    if folder is None:
        raise PresetError(f"There is no preset “{name}”. There is: {', '.join(sorted(PRESETS))}.")
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))}
