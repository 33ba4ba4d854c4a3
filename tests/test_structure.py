"""The code keeps its shape: modules, functions and folders stay short, imports run in no circle and not many deep."""

import ast
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
APPS = ("config", "bots", "conversations", "payments", "bookings")

# Past these numbers each wants to be two, at a seam.
MODULE, FUNCTION, FOLDER = 400, 60, 30
# Lists of words; the entry and the reading of a time are one decision each, told from top to bottom.
WORDS = ("bots/language/lexicon", "bots/language/lexicon/acts")
LONG_MODULES = {f"{folder}/{language}.py" for folder in WORDS for language in ("en", "es", "pl", "ru", "uk")}
LONG_FUNCTIONS = {"bots/language/times/phrases.py fit", "bots/language/understanding.py understand"}

CIRCULAR = ("bookings.leads.chat",)  # in here modules still import each other
DEEPEST = 8  # modules in a chain of imports within `bookings`, outside of what nobody imports but its Feature
LEAVES = (".chat", ".evaluation")


def modules() -> list[Path]:
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]


def long_functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        f"{path.relative_to(ROOT)} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    ]


def test_modules_are_short() -> None:
    long = {str(path.relative_to(ROOT)) for path in modules() if len(path.read_text("utf-8").splitlines()) > MODULE}
    assert long == LONG_MODULES


def test_functions_are_short() -> None:
    assert {name for path in modules() for name in long_functions(path)} == LONG_FUNCTIONS


def test_folders_are_small() -> None:
    folders = {path.parent for path in modules()}
    assert {folder.name for folder in folders if len(list(folder.glob("*.py"))) > FOLDER} == set()


# Named by settings, by an address, by Django or Celery themselves, by a list of names, or run by `python -m`.
ENTRIES = {
    "bookings.leads.api.views", "bookings.leads.receivers", "bots.admin.menu", "bots.llm.anthropic", "bots.llm.openai",
    "config.beat", "config.demo_hint", "config.errors", "config.logs", "config.middleware", "config.postgresql.base",
    "config.settings", "config.urls", "config.wsgi", "conversations.invariants", "conversations.webchat.urls",
}  # fmt: skip
LOADED = ("admin", "apps", "feature", "__main__")  # by Django, by `bots.registry`, by Python

Imports = Mapping[str, Iterable[str]]


@pytest.fixture(scope="module")
def imports() -> Imports:
    graph = grimp.build_graph(*APPS, cache_dir=None)
    return {name: graph.find_modules_directly_imported_by(name) for name in graph.modules if ".migrations" not in name}


def package(name: str) -> str:
    """The module, or the circular package that it is in."""
    return next((package for package in CIRCULAR if f"{name}.".startswith(f"{package}.")), name)


def circle_in(imports: Mapping[str, Iterable[str]]) -> list[str]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle(imports: Imports) -> None:
    found: dict[str, set[str]] = {}
    for name, others in imports.items():
        found.setdefault(package(name), set()).update({package(other) for other in others} - {package(name)})
    assert circle_in(found) == []


def test_chains_of_imports_in_bookings_are_short(imports: Imports) -> None:
    inside = {name for name in imports if name.startswith("bookings") and not any(leaf in name for leaf in LEAVES)}
    below = {name: inside.intersection(imports[name]) for name in inside}
    chains: dict[str, list[str]] = {}
    for name in TopologicalSorter(below).static_order():
        chains[name] = [name, *max((chains[other] for other in below[name]), key=len, default=[])]
    longest = max(chains.values(), key=len)
    assert len(longest) <= DEEPEST, " → ".join(longest)


def test_every_module_is_reached(imports: Imports) -> None:
    """What nobody imports does not run: a receiver in it would never be called."""
    imported = {other for others in imports.values() for other in others}
    packages = {name.rpartition(".")[0] for name in imports}
    alone = {name for name in imports if name not in imported | packages and ".management." not in name}
    assert {name for name in alone if name.rpartition(".")[2] not in LOADED} == ENTRIES
