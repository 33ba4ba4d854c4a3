"""A language model that harms a share of its requests by chance: `python -m tests.faults.model --port 0 --seed 1`.

Otherwise it says back the names of the messages that it was asked about, as the Tracer does: `re m1 m2`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from tests.standins.llm import HARMS, LONG, Harm, Model
from tests.standins.llm_dialects import Asked, Reply

SHARES = [
    (0.30, HARMS["hang"]),
    (0.20, HARMS["429_wait"]),
    (0.10, HARMS["html"]),
    (0.05, HARMS["empty"]),
    (0.05, Harm(reply=Reply(text=LONG + LONG))),
]


def echoing(asked: Asked) -> Reply:
    words: list[str] = []
    for part in reversed(asked.parts):
        if part.role != "user":
            break
        words = [*part.text.split(), *words]
    return Reply(text="re " + " ".join(words))


class Unlucky(Model):
    """Chance decides about each request; `share` of all the harm there is."""

    def __init__(self, *, seed: int, share: float, port: int) -> None:
        super().__init__(echoing, port=port)
        self.chance, self.share = random.Random(seed), share

    def next_harm(self, key: str, api: str) -> Harm | None:
        if ordered := super().next_harm(key, api):
            return ordered
        luck = self.chance.random()
        for share, harm in SHARES:
            luck -= share * self.share
            if luck < 0:
                return Harm(**{**harm.__dict__, "headers": {"Retry-After": "1"} if harm.status == 429 else {}})
        return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    with Unlucky(seed=arguments.seed, share=arguments.share, port=arguments.port) as model:
        sys.stdout.write(f"{model.url}\n")
        sys.stdout.flush()
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
