"""Makes a message fit what a channel takes: long texts split at sentence ends, buttons cut to what is allowed."""

from collections.abc import Sequence

from bots.channels.base import Button, Limits

_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "\n")


def size(text: str, limits: Limits) -> int:
    return len(text.encode()) if limits.text_unit == "bytes" else len(text)


def split(text: str, limits: Limits) -> list[str]:
    """The text in parts that the channel takes: cut after a sentence where there is one, else between words."""
    parts = []
    rest = text.strip()
    while size(rest, limits) > limits.text:
        longest = _prefix(rest, limits)
        cut = _good_cut(longest)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest or not parts:
        parts.append(rest)
    return parts


def _prefix(text: str, limits: Limits) -> str:
    if limits.text_unit == "characters":
        return text[: limits.text]
    return text.encode()[: limits.text].decode(errors="ignore")


def _good_cut(text: str) -> int:
    """Where to cut: after the last sentence if that leaves at least half, else at the last blank, else at the end."""
    sentence = max(text.rfind(end) + 1 for end in _SENTENCE_ENDS)
    if sentence > len(text) // 2:
        return sentence
    blank = text.rfind(" ")
    return blank if blank > 0 else max(len(text), 1)


def buttons(choices: Sequence[Button], limits: Limits) -> list[Button]:
    """As many buttons as the channel shows, with titles of the length that it shows."""
    cut = limits.button_title
    return [
        Button(one.title if len(one.title) <= cut else one.title[: cut - 1] + "…", one.payload)
        for one in choices[: limits.buttons]
    ]
