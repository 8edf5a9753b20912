"""The bar that divides the rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.importing.split_bar import SplitBar


def test_the_split_bar_by_mouse_and_keys(qtbot: QtBot) -> None:
    """Knobs move by drag and arrow keys, never pass each other, and shares always make 1."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = SplitBar(window)
    bar.resize(408, 24)
    window.resize(420, 40)
    window.show()
    seen: list[tuple[float, ...]] = []
    bar.shares_changed.connect(lambda *shares: seen.append(shares))
    bar.show_shares(0.7, 0.15)
    assert seen == []
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.x_of(70)), 12))
    qtbot.mouseMove(bar, QPoint(round(bar.x_of(50)), 12))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar.x_of(50)), 12))
    assert bar.shares == (0.5, 0.35, 0.15)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert bar.shares == (0.51, 0.34, 0.15)
    bar.move_knob(0, 100)
    assert bar.shares == (0.9, 0.05, 0.05)
    bar.move_knob(1, 0)
    assert bar.shares == (0.9, 0.05, 0.05)
    assert all(sum(shares) == pytest.approx(1.0) for shares in seen)


def test_tab_visits_both_knobs_of_the_split_bar(qtbot: QtBot) -> None:
    """Tab goes to the second knob, Shift+Tab back to the first; Page keys take bigger steps."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = SplitBar(window)
    bar.resize(300, 24)
    window.show()
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar, Qt.Key.Key_PageUp)
    assert bar.shares == (0.75, 0.10, 0.15)
    qtbot.keyClick(bar, Qt.Key.Key_Tab)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.shares == (0.75, 0.09, 0.16)
    qtbot.keyClick(bar, Qt.Key.Key_Backtab)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.shares == (0.74, 0.10, 0.16)
    bar.setEnabled(False)
    assert not bar.grab().isNull()
    assert bar.accessibleDescription() == "74\u00a0% train, 10\u00a0% validate, 16\u00a0% test"
