"""python -m config.embedded start|stop|forget|status|url DATA_DIR"""

import argparse
import sys
from pathlib import Path

from config import embedded


def main() -> int:
    """Do what the command line says. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m config.embedded", description="Starts and stops the embedded PostgreSQL and Valkey."
    )
    parser.add_argument("action", choices=["start", "stop", "forget", "status", "url"])
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--not-durable", action="store_true", help="start: faster, for data that may go with the power")
    given = parser.parse_args()
    try:
        sys.stdout.write(_do(given.action, given.data_dir, durable=not given.not_durable))
    except (embedded.ServerError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _do(action: str, data_dir: Path, *, durable: bool) -> str:
    """Return what there is to print afterwards."""
    match action:
        case "start":
            return _exported(embedded.start(data_dir, durable=durable))
        case "url":
            return _exported(embedded.addresses(data_dir))
        case "stop":
            embedded.stop(data_dir)
        case "forget":
            embedded.forget(data_dir)
        case "status":
            pids = embedded.status(data_dir).items()
            return "".join(f"{name}: {f'running, process {pid}' if pid else 'not running'}\n" for name, pid in pids)
    return ""


def _exported(servers: embedded.Servers) -> str:
    return f"DATABASE_URL={servers.database_url}\nREDIS_URL={servers.redis_url}\n"


if __name__ == "__main__":
    sys.exit(main())
