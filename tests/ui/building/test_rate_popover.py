"""The learning-rate finder in the window: what it draws, and that a click takes a rate."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.ui.building.rate_popover import RatePopover
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.window.main_window import MainWindow

A_FRAME = 2  # that the offscreen platform counts


def found(bridge: Bridge, qtbot: QtBot) -> RatePopover:
    """Return the popover once it has tried all rates on the flowers."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    popover = RatePopover(bridge, None)
    qtbot.addWidget(popover)
    popover.open_at(popover.screen().availableGeometry().bottomLeft())
    popover.begin()
    qtbot.waitUntil(lambda: not popover.busy)
    return popover


def test_the_suggested_rate_is_taken(bridge: Bridge, qtbot: QtBot) -> None:
    """By one click; Undo takes it back. The popover has grown by then, and is still whole on the screen."""
    popover = found(bridge, qtbot)
    assert popover.geometry().bottom() <= popover.screen().availableGeometry().bottom() + A_FRAME
    before = bridge.document.train_config.learning_rate
    assert popover.use.isVisible() and popover.use.text().startswith("Use 0.")
    popover.use.click()
    assert f"Use {bridge.document.train_config.learning_rate:g}" == popover.use.text()
    bridge.undo_stack.undo()
    assert bridge.document.train_config.learning_rate == before


def test_another_rate_is_clicked_in_the_chart(bridge: Bridge, qtbot: QtBot) -> None:
    """Or reached with the arrow keys."""
    popover = found(bridge, qtbot)
    place = QPoint(round(popover.plot.x_of(0.001)), 60)
    QTest.mouseClick(popover.plot, Qt.MouseButton.LeftButton, pos=place)
    assert popover.use.text() == "Use 0.001"
    QTest.keyClick(popover.plot, Qt.Key.Key_Right)
    assert popover.use.text() == "Use 0.0013"


def test_the_command_opens_it_at_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    """Wherever one is."""
    window.bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    window.actions_by_id["show_runs"].trigger()
    window.actions_by_id["find_rate"].trigger()
    popover = window.findChild(RatePopover)
    assert popover is not None and window.left_side.build.isVisible()
    qtbot.waitUntil(lambda: not popover.busy)
    popover.close()
