"""Understanding what customers write, in five languages, without a key. Pure functions: see `understanding.py`."""

from bots.language.context import Context
from bots.language.lexicon import LANGUAGES
from bots.language.understanding import Span, Understanding, understand

__all__ = ["LANGUAGES", "Context", "Span", "Understanding", "understand"]
