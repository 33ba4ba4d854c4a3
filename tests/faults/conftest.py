"""One installation for all experiments of a run: two servers and a prepared database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.rig import Installation, Rig


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("house"))
    yield installation
    installation.close()


@pytest.fixture
def make_rig(installation: Installation, tmp_path: Path) -> Iterator[Any]:
    """Make a rig; all that were made end with the test."""
    rigs: list[Rig] = []

    def make(**options: Any) -> Rig:
        folder = tmp_path / f"rig{len(rigs)}"
        folder.mkdir()
        rigs.append(Rig(installation, folder, **options))
        return rigs[-1]

    yield make
    for rig in rigs:
        rig.__exit__()


@pytest.fixture
def rig(make_rig: Any) -> Rig:
    made: Rig = make_rig()
    return made
