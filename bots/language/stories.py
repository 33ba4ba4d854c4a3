"""What a message tells about, and does not wish for: "it broke yesterday", "I waited for 40 minutes"."""

from __future__ import annotations

from bots.language.durations import Stretch
from bots.language.message import Message

TELLING = ("i:complaint", "i:track_order", "i:product", "i:ask_delivery", "i:thank")
NEAR = 3  # tokens between "takes" and how long


def told(message: Message) -> bool:
    """Whether days that are over belong to a story: then they are no mistake that the bot should point out."""
    if _wishes(message):
        return False
    return any(category in tags for tags in message.tags for category in TELLING)


def story(message: Message, stretch: Stretch) -> bool:
    """Whether a length says how long something takes or took, and not how long a visit should be."""
    if _wishes(message):
        return False
    around = (*range(max(0, stretch.start - NEAR), stretch.start), *range(stretch.end, stretch.end + NEAR))
    if any(message.tag(place, "takes") or message.tag(place, "late") for place in around):
        return True
    return any(category in tags for tags in message.tags for category in TELLING[:-1])


def visitors(message: Message) -> bool:
    """Whether people are said to come, and not just spoken of: "me and my sister got the wrong parcel"."""
    if _wishes(message):
        return True
    return not any(category in tags for tags in message.tags for category in ("i:complaint", "i:track_order"))


def _wishes(message: Message) -> bool:
    """Whether the message asks for a visit in so many words."""
    return any(tags.get("i:book", (0.0, 0))[0] > 0.7 or "i:change" in tags for tags in message.tags)
