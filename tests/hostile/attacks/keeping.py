"""Saving and keeping killed at any moment: what was the last good state is there, in the file or to be rescued."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from ann_viz.app_folder import APP_NAME
from ann_viz.errors import AnnVizError
from ann_viz.session.autosave import find_rescues
from ann_viz.session.projectfile import load_project
from attacks.registry import kind
from attacks.work import ENVIRONMENT, PYTHON, new_folder

SAMPLE: Final = Path(__file__).parents[3] / "resources" / "samples" / "iris.csv"
PATIENCE_S: Final = 60.0

WRITER: Final = """
import sys
from pathlib import Path
from ann_viz.session import Session
from ann_viz.session.autosave import Autosave
from ann_viz.session.headless import open_dataset
from ann_viz.session.projectfile import save_project

csv, folder, place = map(Path, sys.argv[1:])
session, kept = Session(), Autosave(folder)
session.open(open_dataset(csv))
while True:
    session.step("batch")
    work = session.project()
    if session.newest.step % 3:
        done = kept.write(work)
    else:
        done = True
        save_project(place, work)
    if done:
        print(session.newest.step, flush=True)
"""

WINDOW: Final = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ann_viz import app
from ann_viz.session import projectfile
from ann_viz.session.autosave import Autosave
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document import saving
from ann_viz.ui.window import autosaving

csv, place, leave_ms = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
autosaving.INTERVAL_MS = 50
saving.ask_where = lambda *_: place
write, save = Autosave.write, projectfile.save_project

def step(project):
    return project.current.checkpoint.step

def telling_write(kept, project):
    done = write(kept, project)
    if done:
        print(step(project), flush=True)
    return done

def telling_save(path, project, *, inputs):
    save(path, project, inputs=inputs)
    print(step(project), flush=True)

Autosave.write, projectfile.save_project = telling_write, telling_save
make = app.first_window

def first_window():
    window = make()
    window.bridge.open_dataset(open_dataset(csv))
    window.bridge.set_training(epochs=0)
    window.bridge.train()
    saves = QTimer(window, interval=170)
    saves.timeout.connect(window.opener.keeper.save)
    saves.start()
    if leave_ms:
        QTimer.singleShot(leave_ms, window.end)
    return window

app.first_window = first_window
sys.exit(app.main())
"""


@cache
def _table() -> Path:
    path = new_folder() / "iris.csv"
    path.write_bytes(SAMPLE.read_bytes())
    return path


@kind("a project saved and kept again and again, killed", fast=4)
def writer_killed(rng: Random) -> str | None:
    """Kill a process that does nothing but save and keep."""
    folder = new_folder()
    command = [PYTHON, "-c", WRITER, str(_table()), str(folder), str(folder / "work.annviz")]
    told = _killed(command, ENVIRONMENT, rng.uniform(0.0, 0.3), signal.SIGKILL)
    return _loss(told, folder, folder / "work.annviz")


@kind("a window that trains, saves and keeps, killed or told to end", fast=2)
def window_killed(rng: Random) -> str | None:
    """Kill the window amid training, a save, or its own end."""
    folder = new_folder()
    leave_ms = rng.choice((0, 0, rng.randrange(200, 900)))
    command = [PYTHON, "-c", WINDOW, str(_table()), str(folder / "work.annviz"), str(leave_ms)]
    environment = ENVIRONMENT | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(folder)}
    environment |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    number = rng.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM))
    told = _killed(command, environment, rng.uniform(0.0, 1.0), number)
    return _loss(told, folder / APP_NAME / APP_NAME, folder / "work.annviz")


def _killed(command: list[str], environment: dict[str, str], seconds: float, number: signal.Signals) -> int:
    """Send a signal so long after the first word; return the last step that was told to be safe."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(number)
        rest, _ = process.communicate(timeout=PATIENCE_S)
    steps = [int(word) for word in re.findall(r"(\d+)\n", first + rest)]
    return steps[-1] if steps else -1


def _loss(told: int, folder: Path, project: Path) -> str | None:
    """Say what was lost of what was told to be safe; the project must be whole wherever there is one."""
    if told < 0:
        return "never kept anything"
    steps = [_step(rescue.path) for rescue in find_rescues(folder)]
    if project.exists():
        try:
            steps.append(_step(project))
        except AnnVizError as error:
            return f"the project is broken: {error}"
    found = max(steps, default=-1)
    return None if found >= told else f"step {told} was safe, and {found} is left"


def _step(path: Path) -> int:
    project = load_project(path)
    return project.current.checkpoint.step
