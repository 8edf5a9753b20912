"""Everything is drawn in another size while a network trains, exactly as if the program had started with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.scene import Neuron
from ann_viz.session import RunState
from ann_viz.ui.kit import live_scale
from ann_viz.ui.kit.live_scale import set_scale

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ann_viz.ui.window.main_window import MainWindow

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt's functions have other names")

STARTED_WITH = """
import json, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from ann_viz.app import first_window, make_application
from ann_viz.session.samples import samples
from ann_viz.ui.kit.live_scale import set_scale

def show_places():
    window.resize(1200, 700)
    QTest.qWait(600)
    while "looked at before" in window.watch_panel.coach.text:  # what it says afterwards takes more room
        QTest.qWait(20)
    QTest.qWait(300)
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    print(json.dumps([window.devicePixelRatioF()] + [
        (type(each).__name__, each.objectName(), each.geometry().getRect(), each.sizeHint().toTuple()) for each in shown
    ]))

app = make_application()
window = first_window()
window.show()
window.open_sample(next(sample for sample in samples() if sample.file == "bank_customers.csv"))
window.bridge.step("batch")
show_places()
for factor in sys.argv[1:]:
    assert set_scale(app, float(factor))
    show_places()
window.opener.keeper.let_go()
window.close()
"""


def places(tmp_path: Path, started: float, *factors: float) -> list[list[object]]:
    """Return scale and places of everything in a window when it has started with a size, and in each that follows."""
    environment = {name: str(tmp_path / "home") for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(started)}
    command = [sys.executable, "-c", STARTED_WITH, *map(str, factors)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=120, env=os.environ | environment
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@LINUX
@pytest.mark.slow
def test_sizes_are_those_of_a_window_that_started_so(tmp_path: Path) -> None:
    """Place and wanted size of every widget of the window, to the pixel."""
    usual, large, largest, again = places(tmp_path, 1.0, 1.5, 2.0, 1.0)
    assert large == places(tmp_path, 1.5)[0]
    assert again == usual and largest[0] == 2.0
    assert len(usual) > 100


@LINUX
def test_the_run_and_all_that_is_chosen_stay(bank: MainWindow, qtbot: QtBot) -> None:
    """Training goes on meanwhile, and of a paused network no weight changes."""
    bridge = bank.bridge
    bank.view.select(Neuron(1, 2))
    runs, example = bridge.document.run_numbers, bridge.document.example
    bank.actions_by_id["toggle_training"].trigger()
    for percent in (200, 100):
        before = bridge.document.snapshot.epoch
        bank.actions_by_id[f"text_{percent}"].trigger()
        assert bridge.document.state is RunState.RUNNING and bank.devicePixelRatioF() == percent / 100
        qtbot.waitUntil(lambda before=before: bridge.document.snapshot.epoch > before)
    bridge.pause()
    weights = [W.copy() for W in bridge.document.network.W]
    bank.actions_by_id["text_125"].trigger()
    assert all(np.array_equal(*pair) for pair in zip(weights, bridge.document.network.W, strict=True))
    assert bridge.document.run_numbers == runs and bridge.document.example == example
    assert bank.view.selection == Neuron(1, 2)


@LINUX
def test_windows_keep_their_pixels_and_hidden_ones_their_size(qapp: QApplication, qtbot: QtBot) -> None:
    """A window that must become larger takes its old size again, unless it was given another one meanwhile."""
    shown, hidden = QWidget(), QWidget()
    for each in (shown, hidden):
        qtbot.addWidget(each)
        each.setGeometry(QRect(20, 30, 400, 300))
        each.show()
    hidden.hide()
    shown.setMinimumSize(300, 200)
    assert set_scale(qapp, 2.0)
    assert shown.geometry() == QRect(10, 15, 300, 200) and hidden.size().toTuple() == (400, 300)
    assert set_scale(qapp, 1.0)
    assert shown.size().toTuple() == (400, 300) and hidden.size().toTuple() == (400, 300)
    set_scale(qapp, 2.0)
    shown.resize(320, 210)
    set_scale(qapp, 1.0)
    assert shown.size().toTuple() == (640, 420)


def test_without_the_functions_nothing_changes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_scale, "_functions", lambda: None)
    assert not set_scale(qapp, 2.0)
    assert qapp.devicePixelRatio() == 1.0
