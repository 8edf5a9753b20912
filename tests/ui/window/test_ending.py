"""The window is told to end: it closes, whatever stands open over it, and nobody is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ann_viz.app_folder import APP_NAME
from ann_viz.session.autosave import find_rescues
from ann_viz.session.projectfile import load_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

PATIENCE_S = 60.0
OF_THE_OFFSCREEN_PLUGIN = "This plugin does not support"

# The real start, with one thing done once the window stands, and words when it does.
WINDOW = """
import gc, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ann_viz import app, __main__ as entry

def stand() -> None:
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, app.MainWindow))
    {deed}
    QTimer.singleShot(200, lambda: print("stands", flush=True))

make = app.first_window
def first_window():
    window = make()
    QTimer.singleShot(0, stand)
    return window
app.first_window = first_window
sys.argv = ["ann-viz"]
code = entry.main()
assert not gc.isenabled(), "a thread that is left may not destroy what belongs to the window's"
sys.exit(code)
"""

DEEDS = {
    "nothing": "pass",
    "training": "window.open_sample(app_sample()); window.actions_by_id['toggle_training'].trigger()",
    "the question about unsaved work": (
        "window.open_sample(app_sample()); window.bridge.step('batch'); QTimer.singleShot(0, window.close)"
    ),
    "a modal dialog": "QTimer.singleShot(0, lambda: window.open_file(Path(csv)))",
    "a help window": "window.actions_by_id['shortcuts'].trigger(); window.actions_by_id['about'].trigger()",
    "a query that nobody stops": "Job('asking', ask)",
    "a query that does not stop": "ending.LONGEST_WAIT_S = 0.1; Job('asking', lambda *_: ask(None, lambda: False))",
}
PREPARED = """
from pathlib import Path
import duckdb
from ann_viz.resources import resource
from ann_viz.session.job import Job
from ann_viz.session.samples import samples
from ann_viz.ui.window import ending
csv = str(resource("samples", "iris.csv"))
def app_sample():
    return samples()[0]
def ask(_, cancelled):
    with duckdb.connect() as connection:
        while not cancelled():
            connection.execute("SELECT 1")
"""


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_window_ends_as_by_closing_it(tmp_path: Path, deed: str, number: signal.Signals) -> None:
    # Intention: while Qt waits, while a run is under way, from within a dialog's own loop, and while the database is
    # at work, which ends a process with an abort when Python takes itself apart meanwhile.
    (tmp_path / "scratch").mkdir()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path / "scratch")}
    environment |= {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", PREPARED + WINDOW.format(deed=DEEDS[deed])]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE_S)
    err = "".join(line for line in err.splitlines() if not line.startswith(OF_THE_OFFSCREEN_PLUGIN))
    assert (said, process.returncode, err) == ("stands\n", 128 + number, "")
    assert list((tmp_path / "scratch").iterdir()) == []
    assert any(tmp_path.rglob("*.conf")), "what is kept when a window is closed"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_unsaved_work_is_left_to_the_next_start(tmp_path: Path, number: signal.Signals) -> None:
    # Intention: nobody is asked while a machine is shut down, and nothing is lost by it, not even amid training.
    deed = "window.open_sample(app_sample()); window.bridge.set_training(epochs=0); window.bridge.train()"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", PREPARED + WINDOW.format(deed=deed)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        assert process.wait(PATIENCE_S) == 128 + number
    (rescue,) = find_rescues(tmp_path / APP_NAME / APP_NAME)
    assert load_project(rescue.path).runs[0].checkpoint.step > 0
