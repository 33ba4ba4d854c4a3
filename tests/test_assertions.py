"""Every test can fail: no assertion holds whatever happens, and no test is without one."""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))

WITHOUT = {  # tests that assert nothing, and why they can fail all the same
    "tests/bots/channels/contract.py: test_typing_never_raises": "what it calls raises"
}

GOOD = """
from tests.bookings.availability import times
from tests.payments.conftest import asked as paid
def looked_at(): assert times.NOW
def test_by_a_helper(): looked_at()
def test_by_one_from_elsewhere(): paid()
def test_by_raising(): pytest.raises(ValueError, int, "x")
def test_by_counting(): django_assert_num_queries(1)
def test_itself(): assert times.NOW and f(times) and (1, 2) == f() and None is not f() and not f()
"""
BAD = """
import json as words
from tests.bookings.availability import times
def looked_at(): return times.at("x")
def test_1(): looked_at()
def test_2(): assert (f(), "is it so?")
def test_3(): assert f() or "x"
def test_4(): assert times and f()
def test_5(): assert not words == times
def test_6(): assert f"{f()} it is"
"""


@cache
def tree_of(file: str) -> ast.Module:
    return ast.parse({"good.py": GOOD, "bad.py": BAD}.get(file) or (ROOT / file).read_text())


@cache
def functions_of(file: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef)]


@cache
def imports_of(file: str) -> dict[str, str]:
    found = {}
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            found |= {one.asname or one.name.partition(".")[0]: before + one.name for one in node.names}
    return found


@cache
def is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ModuleNotFoundError, ValueError):  # what is before the last dot is no package
        return False


def is_idle(node: ast.expr, known: dict[str, str]) -> bool:
    """Whether it is the same, whatever the code under test does."""
    match node:
        case ast.Constant() | ast.Lambda() | ast.GeneratorExp():
            return True
        case ast.Name(id=name):
            return name in known and is_module(known[name])
        case ast.UnaryOp(operand=operand):
            return is_idle(operand, known)
        case ast.BoolOp(values=values):
            return any(is_idle(one, known) for one in values)
        case ast.Compare(left=left, comparators=others):
            return all(is_idle(one, known) for one in [left, *others])
    return False


def idle_assertions(file: str) -> list[str]:
    asserted = [node.test for node in ast.walk(tree_of(file)) if isinstance(node, ast.Assert)]
    filled = ast.Tuple | ast.JoinedStr
    return [ast.unparse(one) for one in asserted if isinstance(one, filled) or is_idle(one, imports_of(file))]


def can_fail(function: ast.FunctionDef, file: str, depth: int = 3) -> bool:
    """By an assertion of its own, or of a helper in this file or imported from these tests."""
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    for call in [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]:
        if (name := call.rpartition(".")[2]) in ("raises", "fail") or "assert" in name or name.startswith("check"):
            return True
        first, dot, rest = call.partition(".")
        module, _, there = (imports_of(file).get(first, first) + dot + rest).rpartition(".")
        elsewhere = module.replace(".", "/") + ".py"
        places = {file: name} | ({elsewhere: there} if elsewhere in FILES else {})
        helpers = [(one, at) for at, its in places.items() for one in functions_of(at) if one.name == its]
        if depth and any(can_fail(one, at, depth - 1) for one, at in helpers):
            return True
    return False


def idle_tests(file: str) -> list[str]:
    return [one.name for one in functions_of(file) if one.name.startswith("test_") and not can_fail(one, file)]


def test_no_assertion_holds_whatever_happens() -> None:
    assert {file: idle for file in FILES if (idle := idle_assertions(file))} == {}


def test_every_test_can_fail() -> None:
    assert [f"{file}: {name}" for file in FILES for name in idle_tests(file)] == list(WITHOUT)


def test_what_is_bad_is_found_and_nothing_else() -> None:
    assert (idle_assertions("good.py"), idle_tests("good.py")) == ([], [])
    assert (len(idle_assertions("bad.py")), idle_tests("bad.py")) == (5, ["test_1"])
