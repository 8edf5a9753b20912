"""The keyboard reaches everything in the picture: neurons, connections and both of a connection's ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from ann_viz.scene import Connection, Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.canvas.walk import walked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ann_viz.ui.window.main_window import MainWindow

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def opened(window: MainWindow) -> MainWindow:
    """The bank's network, with the focus on the picture."""
    window.open_sample(next(sample for sample in samples() if "bank" in sample.file))
    window.canvas_card.canvas.setFocus()
    return window


def test_shift_leads_onto_a_connection_and_along_its_ends(opened: MainWindow, qtbot: QtBot) -> None:
    """Left and right end at its neurons; up and down move its left end, with Shift its right one."""
    canvas, view = opened.canvas_card.canvas, opened.view
    view.select(Neuron(1, 2))
    qtbot.keyClick(canvas, RIGHT, SHIFT)
    first = view.selection
    assert isinstance(first, Connection)
    assert (first.gap, first.source) == (1, 2)
    qtbot.keyClick(canvas, DOWN)
    assert view.selection == Connection(1, 3, first.target)
    qtbot.keyClick(canvas, UP, SHIFT)
    assert view.selection == Connection(1, 3, first.target - 1)
    qtbot.keyClick(canvas, LEFT)
    assert view.selection == Neuron(1, 3)
    qtbot.keyClick(canvas, LEFT, SHIFT)
    onto = view.selection
    assert isinstance(onto, Connection)
    assert (onto.gap, onto.target) == (0, 3)
    qtbot.keyClick(canvas, RIGHT)
    assert view.selection == Neuron(1, 3)


@pytest.mark.parametrize(("mark", "columns"), [(Neuron(0, 3), -1), (Neuron(3, 0), 1)])
def test_beyond_the_ends_there_is_no_connection(opened: MainWindow, mark: Neuron, columns: int) -> None:
    """Left of the inputs and right of the answer the selection stays."""
    assert walked(opened.canvas_card.canvas.stage.arrangement, mark, columns, 0, shift=True) == mark


def test_a_weight_is_locked_by_keyboard_alone(opened: MainWindow, qtbot: QtBot) -> None:
    """Walk to a connection, press the shortcut, and hear that it is locked."""
    canvas = opened.canvas_card.canvas
    opened.view.select(Neuron(1, 2))
    qtbot.keyClick(canvas, LEFT, SHIFT)
    mark = opened.view.selection
    assert isinstance(mark, Connection)
    qtbot.keyClick(opened, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert (mark.gap, mark.source, mark.target) in opened.bridge.document.manual_edits.locked
