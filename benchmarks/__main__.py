"""How fast it is: `python -m benchmarks [language] [webhook] [reply] [slots] [llm] [demo]`, on servers of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

os.environ.setdefault("FIELD_ENCRYPTION_KEYS", Fernet.generate_key().decode())

from benchmarks import demo, language, llm, webhook
from tests.faults.rig import ROOT, Installation, Rig

PARTS = ("language", "webhook", "reply", "slots", "llm", "demo")


def main(parts: list[str]) -> None:
    if "language" in parts:  # needs no servers
        language.main()
    on_servers([part for part in parts if part not in ("language", "demo")])
    if "demo" in parts:  # brings its own
        demo.main()


def on_servers(parts: list[str]) -> None:
    if not parts:
        return
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "house", durable=True)
        try:
            for part in parts:
                place = Path(folder) / part
                place.mkdir()
                with Rig(installation, place) as rig:
                    run(part, rig)
        finally:
            installation.close()


def run(part: str, rig: Rig) -> None:
    if part == "webhook":
        webhook.compare(rig)
    elif part == "reply":
        webhook.time_to_reply(rig)
    elif part == "llm":
        llm.measure(rig)
    else:
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", "benchmarks.free_slots"], cwd=ROOT, env=rig.environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PARTS))
