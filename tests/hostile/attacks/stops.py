"""Commands and the window told to stop at random moments: they go at once, and outputs are old or whole."""

from __future__ import annotations

import signal
import subprocess
import time
from functools import partial
from random import Random
from typing import Final

from attacks.processes import COMMANDS, OLD, PATIENCE_S, Place, catches, complaint, started
from attacks.registry import kind

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LONGEST_S: Final = {"inspect": 1.5, "train": 4.0, "predict": 1.0, "demo": 6.0, "window": 4.0}
"""About how long each is at work; the moment is drawn from that, early ones more often."""


def _stopped(command: str, rng: Random) -> str | None:
    """Start it, wait a while, send it a signal, sometimes two, and look at what is there."""
    place = Place.new()
    numbers = rng.choices(SIGNALS, k=rng.choice((1, 1, 1, 2)))
    delay = LONGEST_S[command] * rng.random() ** 2
    with started(COMMANDS[command](rng, place), place) as process:
        try:
            if not catches(process.pid, signal.SIGTERM, PATIENCE_S):
                return "does not take its signals in hand"
            time.sleep(delay)
            for number in numbers:
                process.send_signal(number)
            _, said = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return f"goes on after {numbers}, sent after {delay:.3f} s"
    problem = _what_became(process.returncode, said, place, {128 + number for number in numbers})
    return None if problem is None else f"{numbers} after {delay:.3f} s: {problem}"


def _what_became(code: int, said: bytes, place: Place, codes: set[int]) -> str | None:
    # Negative: Python gives its signals back in its very last moments, when all is done; shells see the same number.
    if code not in codes | {0} | {128 - each for each in codes}:
        return f"ends with {code}: {said[-300:]!r}"
    if code != 0 and place.output.read_bytes() != OLD and not _is_whole(place.output.read_bytes()):
        return "leaves half an output"
    return complaint(said) or place.leftovers()


def _is_whole(content: bytes) -> bool:
    """Whether an output that was moved to its place before the signal came has its end."""
    if content.startswith(b"\x89PNG"):
        return b"IEND" in content[-12:]
    length = int.from_bytes(content[:8], "little")
    return content.endswith(b"\n") or 0 < length < len(content)


for _name in COMMANDS:
    kind(f"{_name}: stopped at a random moment", fast=3)(partial(_stopped, _name))
