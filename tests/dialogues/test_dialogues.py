"""The talks in this folder, played word for word. A newcomer reads the product here."""

from datetime import datetime
from pathlib import Path

import pytest

from bots.models import ChannelAccount
from tests.clock import travel
from tests.snapshots import load_preset

from .runner import Player, read, same, written

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent
STORIES = sorted(FOLDER.glob("*/*.txt"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_talk(path: Path) -> None:
    story = read(path)
    bot = load_preset(story.settings.get("preset", "ceramics"), {})
    account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel="webchat")
    start = datetime.fromisoformat(story.settings["now"]).replace(tzinfo=bot.business.zone)
    with travel(start, tick=True) as clock:
        script = Player(story, account, clock).play()
    expected = written(story)
    wrong = [
        f"written: {one}\nreally:  {other}"
        for one, other in zip(expected, script, strict=False)
        if not same(one, other)
    ]
    assert not wrong and len(expected) == len(script), (
        "\n".join(wrong[:3]) + "\n\nThe whole talk:\n" + "\n".join(script)
    )
