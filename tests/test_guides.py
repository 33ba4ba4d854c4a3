"""What the guides in `docs/` tell a developer to copy works: their blocks run here as they stand."""

import re
import sys
from datetime import UTC, datetime
from importlib.machinery import ModuleSpec
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import call_command

from bots.presets import PRESETS
from bots.registry import brought
from conversations import turns
from tests.clock import travel
from tests.conversations.writer import InstagramWriter, instagram_account, said, the_conversation

ROOT = Path(__file__).parent.parent


def files(guide: str) -> dict[str, str]:
    """Each file that the guide shows whole, under its path."""
    text = (ROOT / "docs" / guide).read_text("utf-8")
    shown = re.findall(r"^`([\w/.]+\.\w+)`(?: gets[^\n]*)?:\n\n```\w+\n(.*?\n)```$", text, re.MULTILINE | re.DOTALL)
    return dict(shown)


def module(name: str, code: str) -> ModuleType:
    made = sys.modules[name] = ModuleType(name)
    made.__spec__ = ModuleSpec(name, None)
    exec(compile(code, name, "exec"), made.__dict__)
    return made


CHANNEL = files("adding-a-channel.md")
module("bots.channels.examplegram", CHANNEL["bots/channels/examplegram.py"])
shown_test = module("tests.bots.channels.shown", CHANNEL["tests/bots/channels/test_examplegram.py"])
TestExamplegramContract = shown_test.TestExamplegramContract


def test_the_list_of_channels_is_shown_as_it_is() -> None:
    """But for Examplegram, and for channels that came since: the guide need not name them all."""
    shown, ours = CHANNEL["bots/channels/__init__.py"], (ROOT / "bots/channels/__init__.py").read_text("utf-8")
    words = set(re.findall(r"[\w.]+", shown.replace("examplegram", "").replace("Examplegram", "")))
    assert words <= set(re.findall(r"[\w.]+", ours)) | {"bots.channels."} and "Examplegram" in shown


@pytest.mark.django_db(transaction=True)
def test_the_skill_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its app: `tests/toy` shows that an app's line in settings suffices, in a process of its own."""
    shown = files("adding-a-skill.md")
    for name in ("kiln", "kiln.skills", "kiln.feature"):
        monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setitem(sys.modules, name, ModuleType(name))  # and afterwards everything is as before
    module("kiln", "")
    module("kiln.skills", shown["kiln/skills.py"])
    kiln = module("kiln.feature", shown["kiln/feature.py"]).FEATURE.skills
    monkeypatch.setattr("conversations.chat.skills.brought", lambda what: (*brought(what), *kiln))
    instagram_account()
    InstagramWriter().write("how hot is the kiln?")
    turns.answer(the_conversation().pk, patience=0)
    assert said()[-1].endswith("The kiln is at 1240 degrees.")


@pytest.mark.django_db(transaction=True)
def test_the_business_takes_a_booking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = files("adding-a-business.md")
    for path in ("bots/presets/barber/business.yaml", "bots/presets/barber/knowledge.yaml"):
        (tmp_path / Path(path).name).write_text(shown[path], "utf-8")
    monkeypatch.setitem(PRESETS, "barber", tmp_path)
    monkeypatch.setattr("sys.stdin", StringIO("can I get a haircut on Thursday at 3pm?\n1\nwhere can I park?\n\n"))
    told = StringIO()
    with travel(datetime(2026, 9, 21, 9, tzinfo=UTC)):
        call_command("load_preset", "barber", stdout=StringIO())
        call_command("chat", "barber", stdout=told)
    for words in ("15:00–15:30, £25 in all.", "< Sent.", "There is a car park behind the shop."):
        assert words in told.getvalue()
