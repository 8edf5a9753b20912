"""The program as a process of its own: what it is given, what became of it, and what it left."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from attacks.models import target
from attacks.work import ENVIRONMENT, PYTHON, new_folder

__all__ = ["BANK", "COMMANDS", "OLD", "PATIENCE_S", "Place", "catches", "complaint", "started"]

BANK: Final = Path(__file__).parents[3] / "resources" / "samples" / "bank_customers.csv"
OLD: Final = b"what was there before\n"
PATIENCE_S: Final = 200.0

_NEVER: Final = re.compile(r"Traceback|Exception ignored|Fatal Python|terminate called|Abort|Segmentation|Error:")


@dataclass(frozen=True)
class Place:
    """Folders of one process.

    Parameters
    ----------
    output : Path
        What it writes, alone in its folder, where something else stands already.
    scratch : Path
        Its temporary files.
    kept : Path
        Its settings.
    """

    output: Path
    scratch: Path
    kept: Path

    @classmethod
    def new(cls) -> Place:
        """Make the folders and the old output."""
        folder = new_folder()
        made = cls(folder / "out" / "output", folder / "scratch", folder / "kept")
        for path in (made.output.parent, made.scratch, made.kept):
            path.mkdir()
        made.output.write_bytes(OLD)
        return made

    def leftovers(self) -> str | None:
        """Say what lies about that has no business there."""
        left = [path.name for path in self.output.parent.iterdir() if path != self.output]
        left += [path.name for path in self.scratch.iterdir()]
        return f"leaves {left}" if left else None


@cache
def _model() -> Path:
    path = new_folder() / "m.annviz"
    path.write_bytes(target("now").content)
    return path


def _train(rng: Random, place: Place) -> list[str]:
    epochs = rng.choice((1, 20, 1000))
    return ["train", str(BANK), "--target", "Exited", "--epochs", str(epochs), "-o", str(place.output)]


def _window(rng: Random, _place: Place) -> list[str]:
    return rng.choice(([], [str(BANK)]))


COMMANDS: Final[dict[str, Callable[[Random, Place], list[str]]]] = {
    "inspect": lambda rng, _: ["inspect", str(BANK), *rng.choice(([], ["--json"]))],
    "train": _train,
    "predict": lambda _, place: ["predict", str(_model()), str(target("now").rows), "-o", str(place.output)],
    "demo": lambda _, place: ["demo", "--picture", str(place.output)],
    "window": _window,
}
"""By name: what stands after ``ann-viz`` in one try."""


def started(arguments: list[str], place: Place, **options: Any) -> subprocess.Popen[bytes]:
    """Start the program among these folders; `options` are those of Popen, ``env`` what is added to it."""
    environment = ENVIRONMENT | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(place.scratch)}
    environment |= {"XDG_CONFIG_HOME": str(place.kept), "XDG_DATA_HOME": str(place.kept)} | options.pop("env", {})
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | options
    return subprocess.Popen([PYTHON, "-m", "ann_viz", *arguments], env=environment, **options)


def complaint(said: bytes | None) -> str | None:
    """Say what on standard error is for programmers only."""
    text = (said or b"").decode(errors="replace")
    return f"says {text[-300:]!r}" if _NEVER.search(text) else None


def catches(pid: int, number: signal.Signals, seconds: float) -> bool:
    """Wait until a process has taken a signal in hand; before that nothing of ours runs."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = re.search(r"SigCgt:\s*([0-9a-f]+)", Path(f"/proc/{pid}/status").read_text())
        except OSError:
            return False
        if found is not None and int(found[1], 16) >> (number - 1) & 1:
            return True
        time.sleep(0.001)
    return False
