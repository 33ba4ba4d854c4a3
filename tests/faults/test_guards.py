"""What an experiment takes away is there to be taken away: a guard that moved would leave its control without a bite."""

import ast
from pathlib import Path

from tests.faults import guards, harm

HERE = Path(__file__).parent


def replaced(file: str) -> set[tuple[str, str]]:
    """Module and name of all that the file's functions put something else in the place of."""
    found = set()
    for node in ast.walk(ast.parse((HERE / file).read_text("utf-8"))):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                found.add((target.value.id, target.attr))
    return found


def test_every_guard_that_is_taken_away_exists() -> None:
    for module, file in ((guards, "guards.py"), (harm, "harm.py")):
        owners = {name: getattr(module, name) for name, _ in replaced(file) if hasattr(module, name)}
        assert owners
        missing = [(name, attr) for name, attr in replaced(file) if name in owners and not hasattr(owners[name], attr)]
        assert missing == []
