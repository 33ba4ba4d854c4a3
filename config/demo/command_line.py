"""python -m config.demo"""

import argparse
import os
import shutil
from pathlib import Path

from config import embedded
from config.demo import command, holding, processes
from config.demo.address import Address, host_from, host_from_environment, port_from
from config.demo.stop import Stop
from config.demo.supervisor import Demo
from config.demo.terminal import DemoError, say


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, run, and say in plain words what went wrong. Returns the exit code."""
    given = _parser().parse_args(arguments)
    data_dir = given.data_dir.resolve()
    try:
        if given.reset:
            return reset(data_dir)
        if given.run:
            return command.run(data_dir, given.run)
        with_parent = os.getppid() if given.stop_with_parent else None
        return Demo(data_dir, Address(given.host, given.port), Stop(with_parent)).run()
    except (DemoError, embedded.ServerError, OSError) as error:
        say(str(error))
        return 1


def reset(data_dir: Path) -> int:
    """Forget a demo's data. Raises DemoError while it runs or somebody uses them."""
    if not (data_dir / "demo.lock").exists():
        say("There is nothing to forget.")
        return 0
    with holding.held(data_dir, "forgetting", Stop()), holding.unused_servers(data_dir):
        processes.end_leftovers(data_dir)
        embedded.forget(data_dir / "servers")
        shutil.rmtree(data_dir)
    say("The demo's data is forgotten.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Run everything on this machine, until Ctrl-C.")
    parser.add_argument("--host", type=host_from, default=host_from_environment(), help="default: this machine only")
    parser.add_argument("--port", type=port_from, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--data-dir", type=Path, default=processes.BASE_DIR / ".frontdesk" / "demo",
                        help="default: .frontdesk/demo")  # fmt: skip
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when what started this is gone")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--reset", action="store_true", help="forget the demo's data instead")
    instead.add_argument("--run", nargs=argparse.REMAINDER, metavar="COMMAND",
                         help="run a command of manage.py on the demo's data instead")  # fmt: skip
    return parser
