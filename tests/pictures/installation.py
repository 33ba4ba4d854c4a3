"""The demo, started for real on a free port, with data of its own that are forgotten at the end."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from config.embedded import free_port
from tests.pictures import ROOT, Trouble

READY_SECONDS = 150
STOP_SECONDS = 40
COMMAND_SECONDS = 90
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "PYTHONUTF8")
ACCOUNTS = re.compile(r"^(?:export\s+)?(\w*(?:API_KEY|TOKEN|_SECRET|_ID|_CREDENTIALS|_BASE_URL)\w*)\s*=", re.MULTILINE)


class Installation:
    """`with Installation() as installation:`; outside of it nothing of the demo runs and nothing of its data is left."""

    url: str
    password: str

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-pictures-"))
        self.port = free_port()
        self.demo: subprocess.Popen[bytes] | None = None
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        # A session of its own: a Ctrl-C reaches us only, and we stop things in order.
        with self._said.open("wb") as output:
            self.demo = subprocess.Popen(
                [*self._command, "--stop-with-parent", "--port", str(self.port)],
                cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        self.url = self._wait_for(r"Work as staff +(http\S+)/admin/")
        self.password = self._wait_for(r"user: owner +password: (\S+)")
        self._wait_for(r"(Ctrl-C stops)")

    def run(self, *words: str) -> str:
        """What a command of manage.py prints on the demo's data."""
        done = subprocess.run(
            [*self._command, "--run", *words],
            cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=COMMAND_SECONDS,
        )  # fmt: skip
        if done.returncode:
            raise Trouble(f"{' '.join(words)} failed.\n{done.stderr}{done.stdout}")
        return done.stdout

    def json(self, function: str) -> Any:
        """What a function of `tests.pictures.prepare` prints."""
        printed = self.run("shell", "-v", "0", "-c", f"from tests.pictures import prepare; prepare.{function}()")
        return json.loads(printed.splitlines()[-1])

    def close(self) -> None:
        """End the demo and forget its data, however far it has come."""
        if self.demo is not None:
            self.demo.terminate()
            try:
                self.demo.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.demo.kill()
                self.demo.wait()
            # Ends what a killed demo leaves running, too.
            subprocess.run([*self._command, "--reset"], cwd=ROOT, env=environment(), capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _said(self) -> Path:
        return self.folder / "said.txt"

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-m", "config.demo", "--data-dir", str(self.folder / "data")]

    def _wait_for(self, pattern: str) -> str:
        assert self.demo is not None
        end = time.monotonic() + READY_SECONDS
        while True:
            said = self._said.read_text(errors="replace")
            if found := re.search(pattern, said):
                return found[1]
            if self.demo.poll() is not None or time.monotonic() > end:
                raise Trouble(f"The demo does not start.\n{said}")
            time.sleep(0.1)


def environment() -> dict[str, str]:
    """Without the accounts of whoever runs this, in their shell or in .env: rules answer, and nothing leaves here."""
    file = ROOT / ".env"
    named = ACCOUNTS.findall(file.read_text(errors="replace")) if file.exists() else []
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | dict.fromkeys(named, "") | {"ALLOWED_HOSTS": "localhost,127.0.0.1"}
