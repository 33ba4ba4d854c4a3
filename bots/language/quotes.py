"""What a customer quotes of the bot's own words is not what the customer says."""

import re

_SENTENCE_END = re.compile(r"[.!?\n]")
FEWEST_WORDS = 4  # shorter repetitions ("tomorrow at 5") are the customer's own answer


def without_quotes(text: str, bot_text: str) -> str:
    """Return the text with every quoted sentence of the bot blanked out; offsets stay as they were.

    >>> without_quotes("> Shall we say Friday at 5?\\nyes", "Shall we say Friday at 5?").strip()
    'yes'
    """
    if not bot_text or not text:
        return text
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    pieces = {bot_text.strip().lower(), *(piece.strip().lower() for piece in _SENTENCE_END.split(bot_text))}
    for piece in sorted(pieces, key=len, reverse=True):
        if len(piece.split()) < FEWEST_WORDS:
            continue
        start = lowered.find(piece)
        if start < 0:
            continue
        end = start + len(piece)
        if start > 0 and lowered[:start].rstrip(" \t")[-1:] == ">":
            start = lowered[:start].rstrip(" \t").rfind(">")
        while end < len(text) and text[end] in '.!?"»”':
            end += 1
        if not text[:start].strip() and not text[end:].strip():
            return text  # nothing else was said: then it is an answer in our words
        text = text[:start] + " " * (end - start) + text[end:]
        lowered = text.lower()
    return text
