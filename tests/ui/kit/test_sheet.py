"""A large dialog over the dimmed window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
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
