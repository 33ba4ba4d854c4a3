"""Run the suite at another moment: `python -m tests.shifted [--at NAME] [--third N] [arguments of pytest …]`.

The clock of everything that is started is shifted by libfaketime (Debian's package `faketime`), PostgreSQL and Valkey
included; monotonic time stays real, since programs wait by it. Without --at, a moment and a third of the suite are chosen
by today's date, so that each day tries another.
"""

import argparse
import contextlib
import os
import subprocess
import sys
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests import shifted

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = [sys.executable, "-m", "config.embedded"]
WARSAW = ZoneInfo("Europe/Warsaw")


def coming(month: int, day: int, hour: int, minute: int) -> Callable[[datetime], datetime]:
    """The next time that Warsaw's calendar and clock show this, in whichever year there is such a day."""

    def find(now: datetime) -> datetime:
        years = (year for year in range(now.year, now.year + 9) if day <= monthrange(year, month)[1])
        moments = (datetime.combine(date(year, month, day), time(hour, minute), WARSAW) for year in years)
        return next(moment for moment in moments if moment > now)

    return find


def last_sunday(month: int) -> Callable[[datetime], datetime]:
    """Half past one of the night in which Europe's clocks are changed."""

    def find(now: datetime) -> datetime:
        ends = (date(year, month, 31) for year in (now.year, now.year + 1))
        sundays = (end - timedelta(days=(end.weekday() + 1) % 7) for end in ends)
        moments = (datetime.combine(sunday, time(1, 30), WARSAW) for sunday in sundays)
        return next(moment for moment in moments if moment > now)

    return find


def night(now: datetime) -> datetime:
    here = now.astimezone(WARSAW).replace(hour=3, minute=0, second=0, microsecond=0)
    return here if here > now else here + timedelta(days=1)


# name -> (when, zone of the machine)
MOMENTS: dict[str, tuple[Callable[[datetime], datetime], str]] = {
    "today": (lambda now: now, "UTC"),
    "in-10-days": (lambda now: now + timedelta(days=10), "UTC"),
    "in-100-days": (lambda now: now + timedelta(days=100), "UTC"),
    "before-christmas": (coming(12, 22, 12, 0), "UTC"),  # three days on is a holiday
    "new-years-eve": (coming(12, 31, 23, 55), "UTC"),
    "leap-day": (coming(2, 29, 12, 0), "UTC"),
    "spring-night": (last_sunday(3), "UTC"),
    "autumn-night": (last_sunday(10), "UTC"),
    "three-at-night": (night, "UTC"),
    "los-angeles": (lambda now: now, "America/Los_Angeles"),
    "auckland": (lambda now: now, "Pacific/Auckland"),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.shifted", description="Run the suite at another moment.")
    parser.add_argument("--at", choices=[*MOMENTS, "all"], help="chosen by the day if left out")
    parser.add_argument("--third", type=int, choices=[0, 1, 2], help="of the suite; the whole if only --at is given")
    given, more = parser.parse_known_args()
    today = datetime.now(UTC).date().toordinal()
    name, third = given.at, given.third
    if name is None:
        name, third = list(MOMENTS)[today % len(MOMENTS)], today // len(MOMENTS) % 3 if third is None else third
    codes = [run(one, third, more) for one in (MOMENTS if name == "all" else [name])]
    return int(any(codes))


def run(name: str, third: int | None, more: list[str]) -> int:
    """Run the suite, or a third of it, at a moment. Its exit code."""
    find, zone = MOMENTS[name]
    now = datetime.now(UTC)
    seconds = round((find(now) - now).total_seconds())
    part = f"third {third}" if third is not None else "all"
    again = f"make shifted AT={name}" + (f" THIRD={third}" if third is not None else "")
    print(f"\nThe suite ({part}) as if it were {now + timedelta(seconds=seconds):%A, %d %B %Y %H:%M} UTC, TZ={zone}. "
          f"Again: {again}", flush=True)  # fmt: skip
    part_of_it = {"TZ": zone, "TESTS_THIRD": "" if third is None else str(third)}
    environment = os.environ | (shifted.by(seconds) if seconds else {}) | part_of_it
    stop = [*SERVERS, "stop", ".frontdesk/test"]
    subprocess.run(stop, cwd=ROOT, check=True)  # servers of before live in their own time
    command = [sys.executable, "-m", "pytest", "-n", "3", "-q", "--no-header", "-p", "no:cacheprovider"]
    # Experiments with leases of seconds lose them to libfaketime itself, which slows every process of theirs.
    command += ["--ignore=tests/faults", "-m", "not faults and not timers"] if seconds else ["-m", "not faults"]
    command += more
    try:
        code = wait_for(subprocess.Popen(command, cwd=ROOT, env=environment))
    finally:
        subprocess.run(stop, cwd=ROOT, check=True)
    if code:
        print(f"Failed at {name}. Again: {again} and, for one test: TESTS=FILE::TEST", flush=True)
    return code


def wait_for(suite: "subprocess.Popen[bytes]") -> int:
    """Its exit code. Meanwhile what libfaketime keeps of processes that were killed is taken away.

    It is called by the process's number, which comes again: another account's process then ends at once.
    """
    while True:
        for kept in Path("/dev/shm").glob("*faketime_s[eh]m_*"):
            if not Path("/proc", kept.name.rpartition("_")[2]).exists():
                kept.unlink(missing_ok=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return suite.wait(timeout=2)


if __name__ == "__main__":
    sys.exit(main())
