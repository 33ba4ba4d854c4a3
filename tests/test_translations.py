"""Everything that a customer can read is there in every language, whole: plurals, placeholders, nothing left over."""

import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
APPS = ["bots", "conversations", "payments", "bookings"]
TEMPLATES = {
    "bots": "links",
    "conversations": "chat",
    "payments": "pay",
}  # the templates whose words stand in this app's catalogue
LANGUAGES = {"pl": 3, "uk": 3, "ru": 3, "es": 2}
KEYWORDS = {
    "gettext": None,
    "_": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CASES = [pytest.param(app, language, id=f"{app}-{language}") for app in APPS for language in LANGUAGES]


@cache
def catalogue(app: str, language: str) -> Catalog:
    path = ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def written(app: str) -> dict[tuple[str | None, str], str | None]:
    """What the code says in English: (context, text) -> plural."""
    found: dict[tuple[str | None, str], str | None] = {}
    for _, _, words, _, context in extract_from_dir(str(ROOT / app), [("**.py", "python")], keywords=KEYWORDS):
        one, many = (words[0], words[1]) if isinstance(words, tuple) else (words, None)
        found[context, one] = many
    for template in (ROOT / "templates" / TEMPLATES[app]).rglob("*.html") if app in TEMPLATES else ():
        found |= {(None, text): None for text in _of_template(template.read_text())}
    return found


def _of_template(text: str) -> set[str]:
    said = {match[2] for match in re.finditer(r"""{%\s*trans(?:late)?\s+(["'])(.+?)\1""", text)}
    blocks = re.finditer(r"{%\s*blocktrans(?:late)?([^%]*)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", text, re.DOTALL)
    for block in blocks:
        words = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block[2])
        said.add(" ".join(words.split()) if "trimmed" in block[1] else words)
    return said


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%%", text))


def messages(app: str, language: str) -> list[Message]:
    return [message for message in catalogue(app, language) if message.id]


@pytest.mark.parametrize(("app", "language"), CASES)
def test_every_sentence_is_translated(app: str, language: str) -> None:
    there = {(message.context, ids(message)[0]) for message in messages(app, language) if all(strings(message))}
    assert sorted(text for context, text in written(app).keys() - there) == []


@pytest.mark.parametrize(("app", "language"), CASES)
def test_nothing_is_left_over(app: str, language: str) -> None:
    there = {(message.context, ids(message)[0]) for message in messages(app, language)}
    assert sorted(text for context, text in there - written(app).keys()) == []
    assert not catalogue(app, language).obsolete


@pytest.mark.parametrize(("app", "language"), CASES)
def test_nothing_is_in_doubt(app: str, language: str) -> None:
    assert [message.id for message in messages(app, language) if message.fuzzy] == []


@pytest.mark.parametrize(("app", "language"), CASES)
def test_plurals_are_real(app: str, language: str) -> None:
    assert catalogue(app, language).num_plurals == LANGUAGES[language]
    for message in messages(app, language):
        many = written(app).get((message.context, ids(message)[0]))
        assert (many is not None) == message.pluralizable, message.id
        if message.pluralizable:
            assert ids(message)[1] == many
            assert len(strings(message)) == LANGUAGES[language] and all(strings(message)), message.id


@pytest.mark.parametrize(("app", "language"), CASES)
def test_placeholders_are_the_same(app: str, language: str) -> None:
    for message in messages(app, language):
        wanted = set().union(*map(placeholders, ids(message)))
        singular = placeholders(ids(message)[0])
        for string in strings(message):
            assert placeholders(string) in (wanted, singular), (message.id, string)


@pytest.mark.parametrize(("app", "language"), CASES)
def test_catalogue_compiles(app: str, language: str) -> None:
    write_mo(io.BytesIO(), catalogue(app, language))
    assert [
        str(error) for message in messages(app, language) for error in message.check(catalogue(app, language))
    ] == []


@pytest.mark.parametrize("app", APPS)
def test_compiled_catalogues_are_those_of_the_text(app: str, tmp_path: Path) -> None:
    """What runs was made from what is read here (`make catalogues`)."""
    for language in LANGUAGES:
        folder = ROOT / app / "locale" / language / "LC_MESSAGES"
        made = tmp_path / f"{language}.mo"
        command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile", "-D", "django"]
        subprocess.run([*command, "-i", str(folder / "django.po"), "-o", str(made)], check=True, timeout=60)
        assert made.read_bytes() == (folder / "django.mo").read_bytes(), f"{app} {language}: run make catalogues"
