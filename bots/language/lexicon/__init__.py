"""One module per language; adding a language adds one line here."""

from bots.language.lexicon import en, es, pl, ru, uk
from bots.language.lexicon.base import Lexicon

LEXICONS: dict[str, Lexicon] = {module.LEXICON.code: module.LEXICON for module in (en, pl, uk, ru, es)}

LANGUAGES: tuple[str, ...] = tuple(LEXICONS)
