"""A large dialog over the dimmed window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit.sheet import Sheet


def test_the_window_behind_is_dimmed_while_the_sheet_is_up(qtbot: QtBot) -> None:
    """The scrim comes with the sheet and goes with it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    before = window.grab().toImage().pixelColor(5, 5)
    sheet = Sheet(window)
    sheet.show()
    assert window.grab().toImage().pixelColor(5, 5).lightness() < before.lightness()
    sheet.reject()
    assert window.grab().toImage().pixelColor(5, 5) == before
    sheet.deleteLater()


@pytest.mark.parametrize(("window_size", "size"), [((500, 400), (452, 352)), ((320, 200), (300, 250))])
def test_a_sheet_leaves_something_of_its_window_to_be_seen(qtbot: QtBot, window_size: tuple, size: tuple) -> None:
    """It is smaller than the window, but never smaller than it can be."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*window_size)
    sheet = Sheet(window)
    sheet.set_sizes((600, 500), (300, 250))
    assert sheet.size().toTuple() == size
    sheet.deleteLater()


def test_a_sheet_follows_its_window_to_another_size(qtbot: QtBot) -> None:
    """It becomes smaller with it and larger again, stays in its middle, and all of the window stays dimmed."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 600)
    window.show()
    sheet = Sheet(window)
    sheet.set_sizes((600, 500), (300, 250))
    sheet.show()
    assert sheet.size().toTuple() == (600, 500)
    for size, expected in (((500, 400), (452, 352)), ((700, 600), (600, 500))):
        window.resize(*size)
        qtbot.waitUntil(lambda expected=expected: sheet.size().toTuple() == expected)
        assert (sheet.frameGeometry().center() - window.frameGeometry().center()).manhattanLength() <= 2
        assert window.grab().toImage().pixelColor(size[0] - 3, size[1] - 3).lightness() < 200
    sheet.reject()
    sheet.deleteLater()


@pytest.mark.parametrize(("steps", "moves"), [(0, 0), (1, 0), (40, 1)], ids=["a click", "a shaky click", "a drag"])
def test_the_sheet_follows_a_drag_and_no_click(qtbot: QtBot, monkeypatch, steps: int, moves: int) -> None:
    """The desktop takes the sheet over only once the pointer has gone as far as a drag, with the button down."""
    asked = []
    monkeypatch.setattr(QWindow, "startSystemMove", lambda *_: asked.append(1))
    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.resize(400, 300)
    sheet.show()
    left = Qt.MouseButton.LeftButton
    assert QApplication.startDragDistance() > 1
    QTest.mousePress(sheet, left, pos=QPoint(200, 20))
    QTest.mouseMove(sheet, QPoint(200 + steps, 20))
    assert len(asked) == moves
    QTest.mouseRelease(sheet, left, pos=QPoint(200 + steps, 20))
    QTest.mouseMove(sheet, QPoint(300, 20))
    assert len(asked) == moves
