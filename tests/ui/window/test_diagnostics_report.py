"""*Copy diagnostics*: what a report of a fault needs, and nothing of anyone's data."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ann_viz import diagnostics
from ann_viz.app import make_window
from ann_viz.resources import resource
from ann_viz.ui.window.main_window import MainWindow


def copied(window: MainWindow) -> str:
    """Choose the command as a user does; return what is on the clipboard then."""
    window.actions_by_id["copy_diagnostics"].trigger()
    return QApplication.clipboard().text()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Write a log, and keep uncaught errors from the hooks that were there."""
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    logger = logging.getLogger("ann_viz")
    before = list(logger.handlers)
    yield diagnostics.start_log(tmp_path, [])
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(logging.NOTSET)


def test_before_there_are_data_it_tells_of_versions_and_the_display(window: MainWindow) -> None:
    """A fault may lie in a version, a platform, a theme or a scale; the message bar says what was done."""
    window.appearance.choose_theme("dark")
    text = copied(window)
    window.appearance.choose_theme("light")
    for line in (*diagnostics.versions(), "Theme dark, text at 100 %, all motion", "State: no data"):
        assert line in text.splitlines()
    assert "on offscreen" in text
    assert "scale 1, window 1440 × 900" in text
    assert "on the clipboard" in window.messages.text


def test_of_the_data_it_tells_sizes_only(bank: MainWindow) -> None:
    """The file by its name and size, the network, the settings and how far it has come."""
    path = resource("samples", "bank_customers.csv")
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    text = copied(bank)
    assert "State: paused" in text
    assert f"File: bank_customers.csv, {path.stat().st_size} bytes, 10000 rows, 14 columns" in text
    assert "Rows: 7000 train, 1500 validation, 1500 test, in memory" in text
    assert "Network: 12 inputs, hidden layers 6 relu, 6 relu, 1 outputs, 127 parameters, binary, float32" in text
    assert "Training: epoch 0, step 1, TrainConfig(optimizer='adam'" in text
    assert str(path.parent) not in text
    assert not [name for name in names if name in text]


def test_with_a_log_its_end_goes_along(log: Path, window: MainWindow) -> None:
    """The last moves before the fault are what a maintainer asks for first."""
    logging.getLogger("ann_viz.test").info("the last move")
    assert copied(window).endswith("the last move")
    assert "End of the log:" in copied(window)


def test_an_error_in_a_slot_is_reported_and_logged(log: Path, qtbot: QtBot) -> None:
    """What nobody caught is in a box for the user and in the log for the maintainer, once each."""
    window = make_window()
    qtbot.addWidget(window)
    try:
        raise IndexError("index 5 is out of bounds")
    except IndexError as error:
        sys.excepthook(type(error), error, error.__traceback__)  # as PySide6 does for a slot
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "reportBox") is not None)
    window.findChild(QMessageBox, "reportBox").close()
    window.close()
    assert log.read_text(encoding="utf-8").count("IndexError: index 5 is out of bounds") == 1
