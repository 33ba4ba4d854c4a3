"""What is pinned can be installed by every pip that a supported Python brings, also when newer releases lie beside it.

A pip before 23.3 that is told to check hashes takes `asked[more]`, where a dependency asks for it, for another thing
than a pinned `asked`: it looks for the newest release itself, finds one that is not pinned, and gives up.
"""

import base64
import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
OLD_PIPS = ROOT / ".venv" / "old-pips"  # `make install-dev` puts each into a folder of its own


def pinned(file: str) -> list[Requirement]:
    """What the file pins for this Python on this machine."""
    text = (ROOT / file).read_text().replace("\\\n", " ")
    lines = [re.split(r"(?:^|\s)(?:#|--hash)", line)[0].strip() for line in text.splitlines()]
    pins = [Requirement(line) for line in lines if line]
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


def extras(requirement: Requirement) -> set[str]:
    return {canonicalize_name(extra) for extra in requirement.extras}


def complaints(
    pins: list[Requirement], requires: Callable[[str], Iterable[str] | None] = metadata.requires
) -> list[str]:
    """The extras that a pinned package, with the extras pinned with it, asks for and that are not pinned.

    An extra that is asked for is pinned or complained of: nothing that it asks for in its turn stays hidden for good.
    """
    named = {canonicalize_name(pin.name): extras(pin) for pin in pins}
    return [
        f"{pin.name} asks for {asked.name}[{extra}]"
        for pin in pins
        for asked in map(Requirement, requires(pin.name) or ())
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in {"", *extras(pin)})
        for extra in sorted(extras(asked) - named.get(canonicalize_name(asked.name), set()))
    ]


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_each_extra_that_a_package_asks_for_is_pinned_with_it(file: str) -> None:
    pins = pinned(file)
    assert len(pins) > 30
    assert complaints(pins) == []


@pytest.mark.parametrize(
    ("pins", "expected"),
    [
        (["asker", "asked[More]", "helper[deep]"], []),
        (["asker", "asked", "helper"], ["asker asks for Asked[more]"]),
        (["asker", "helper"], ["asker asks for Asked[more]"]),
        (["asker", "asked[more]", "helper"], ["asked asks for helper[deep]"]),
        (["asker", "asked[more,other]", "helper[deep]"], ["asked asks for helper[wide]"]),
    ],
)
def test_an_extra_that_is_not_pinned_is_complained_of(pins: list[str], expected: list[str]) -> None:
    requires = {
        "asker": ["Asked[more]>=1.0", 'asked[old] ; python_version < "3"'],
        "asked": ['helper[deep] ; extra == "more"', 'helper[wide] ; extra == "other"'],
    }
    assert complaints([Requirement(pin) for pin in pins], requires.get) == expected


def wheel(folder: Path, name: str, version: str, *lines: str) -> str:
    """An empty package, and its hash."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    record = [f"{path},sha256={digests[path].decode().rstrip('=')},{len(text)}" for path, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    made = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return hashlib.sha256(made.read_bytes()).hexdigest()


def install(pip: str, asked: str, folder: Path) -> tuple[str, set[str]]:
    """What pip says and what it installed, where `asked` is pinned in these words and has a newer release."""
    command = ["-m", "pip"]
    if pip != "own":
        command = [str(OLD_PIPS / pip / "pip")]
        assert Path(command[0]).is_dir(), f"{command[0]} is missing: `make install-dev` puts it there."
    index = folder / "index"
    index.mkdir()
    more = ["Provides-Extra: more", 'Requires-Dist: helper ; extra == "more"']
    wheel(index, "asked", "2.0", *more)
    hashes = {
        "asker==1.0": wheel(index, "asker", "1.0", "Requires-Dist: asked[more]>=1.0"),
        asked: wheel(index, "asked", "1.0", *more),
        "helper==1.0": wheel(index, "helper", "1.0"),
    }
    pins = folder / "pins.txt"
    pins.write_text("".join(f"{pin} --hash=sha256:{digest}\n" for pin, digest in hashes.items()))
    command += ["--isolated", "--disable-pip-version-check", "--no-cache-dir", "install", "--no-compile"]
    command += ["--no-index", "--find-links", str(index), "--target", str(folder / "installed")]
    done = subprocess.run(
        [sys.executable, *command, "--require-hashes", "-r", str(pins)],
        env=os.environ | {"PIP_CONFIG_FILE": os.devnull},  # what this machine says about pip is not of this test
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout, {path.stem for path in folder.glob("installed/*.dist-info")}


old_pips = [str(pin.specifier).removeprefix("==") for pin in pinned("tests/old_pips.txt")]


@pytest.mark.parametrize("pip", [*old_pips, "own"])
def test_what_is_pinned_with_its_extras_is_installed_though_a_newer_release_exists(pip: str, tmp_path: Path) -> None:
    said, installed = install(pip, "asked[more]==1.0", tmp_path)
    assert installed == {"asker-1.0", "asked-1.0", "helper-1.0"}, said


@pytest.mark.parametrize("pip", old_pips)
def test_what_is_pinned_without_its_extras_is_refused_by_an_old_pip(pip: str, tmp_path: Path) -> None:
    said, installed = install(pip, "asked==1.0", tmp_path)
    assert "must have their versions pinned" in said
    assert not installed
