"""Writers killed at any moment: the old file is there whole, or the new one, and the next writer tidies up."""

from __future__ import annotations

import signal
import subprocess
import time
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from attacks.models import asked, target
from attacks.registry import kind
from attacks.work import ENVIRONMENT, PYTHON, new_folder

OLD: Final = "what was there before\n"
N_ROWS: Final = 40_000
SIGNALS: Final = (signal.SIGKILL, signal.SIGTERM)
PATIENCE_S: Final = 200.0


@cache
def _long_table() -> Path:
    rows = target("now").rows.read_text().splitlines()
    body = rows[1:] * (N_ROWS // len(rows[1:]))
    path = new_folder() / "long.csv"
    path.write_text("\n".join([rows[0], *body]) + "\n")
    return path


@cache
def _model() -> Path:
    path = new_folder() / "m.annviz"
    path.write_bytes(target("now").content)
    return path


@cache
def _answers() -> str:
    place = new_folder() / "out.csv"
    assert asked("predict", _model(), _long_table(), "-o", place)[0] == 0
    return place.read_text()


@kind("predict -o killed while it writes", fast=12)
def predict_killed(rng: Random) -> str | None:
    """Kill it a moment after something new appears in the folder, or after it began."""
    folder = new_folder()
    place = folder / "out.csv"
    place.write_text(OLD)
    whole = _answers()
    command = [PYTHON, "-m", "ann_viz", "predict", str(_model()), str(_long_table()), "-o", str(place)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        _wait_for_writing(process, place)
        time.sleep(rng.uniform(0.0, 0.3))
        process.send_signal(rng.choice(SIGNALS))
        process.wait(PATIENCE_S)
    left = place.read_text()
    if left not in (OLD, whole):
        return f"left {len(left):,} characters of {len(whole):,}"
    return _leftovers(place)


def _wait_for_writing(process: subprocess.Popen[bytes], place: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        if len(list(place.parent.iterdir())) > 1 or place.stat().st_size != len(OLD):
            return
        time.sleep(0.002)


def _leftovers(place: Path) -> str | None:
    """Whether anything but the file is there once it was written again."""
    assert asked("predict", _model(), target("now").rows, "-o", place)[0] == 0
    left = [path.name for path in place.parent.iterdir() if path != place]
    return f"leaves {left}" if left else None


WRITER: Final = """
import sys
from ann_viz.files import write_file
place, number = sys.argv[1], 0
while True:
    number += 1
    write_file(place, f"{number}\\n" * 200_000)
"""


@kind("a file written again and again, killed", fast=8)
def writer_killed(rng: Random) -> str | None:
    """Kill a process that does nothing but replace one file."""
    place = new_folder() / "numbers.txt"
    place.write_text("0\n")
    command = [PYTHON, "-c", WRITER, str(place)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + PATIENCE_S
        while place.stat().st_size < 10 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        time.sleep(rng.uniform(0.0, 0.1))
        process.send_signal(rng.choice(SIGNALS))
        process.wait(PATIENCE_S)
    lines = place.read_text().splitlines()
    if len(set(lines)) != 1 or len(lines) not in (1, 200_000):
        return f"left {len(lines):,} lines of {len(set(lines))} files"
    return _leftovers(place)
