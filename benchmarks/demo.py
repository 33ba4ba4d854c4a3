"""How long `make demo` takes until it answers: for the first time, and over what a killed one has left."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config import embedded
from tests.faults.rig import ROOT


def main() -> None:
    """Print seconds and the ratio of a warm start to a cold one."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "demo"
        manage = [sys.executable, "manage.py", "demo", "--data-dir", str(data_dir)]
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        command = [*manage, "--port", str(embedded.free_port())]
        try:
            cold, warm = _start(command, environment, signal.SIGKILL), _start(command, environment, signal.SIGINT)
        finally:
            subprocess.run([*manage, "--reset"], cwd=ROOT, env=environment, check=True)
    print(f"demo: ready after {cold:.1f} s the first time, {warm:.1f} s over the data of a killed one")
    print(f"  warm / cold {warm / cold:.2f}")


def _start(command: list[str], environment: dict[str, str], end: signal.Signals) -> float:
    """Seconds until it says that it is ready."""
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        if not any("Ctrl-C stops" in line for line in process.stdout):
            raise RuntimeError("the demo did not start")
        took = time.monotonic() - started
        process.send_signal(end)
        process.wait(60)
    return took
