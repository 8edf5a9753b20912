"""Layers are dragged into another order; a change while training asks whether to train on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from ann_viz.engine import LayerConfig
from ann_viz.session import RunState
from ann_viz.session.samples import samples


@pytest.fixture
def window(window):
    """Return the window with iris and three hidden layers of different sizes."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.bridge.set_hidden(tuple(LayerConfig(neurons=n) for n in (3, 4, 5)))
    return window


def sizes(window) -> list[int]:
    """Return the neurons of the hidden layers."""
    return [layer.neurons for layer in window.bridge.document.network_config.hidden]


def drag(qtbot, window, start: int, to: int, *, beyond: int = 4) -> None:
    """Drag the handle of one layer a little beyond the middle of another."""
    rows = window.left_side.build.network.rows
    handle = rows[start].handle
    centre = handle.rect().center()
    goal = handle.mapFromGlobal(rows[to].mapToGlobal(rows[to].rect().center())).y() + beyond
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=centre)
    qtbot.mouseMove(handle, QPoint(centre.x(), (centre.y() + goal) // 2))
    qtbot.mouseMove(handle, QPoint(centre.x(), goal))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(centre.x(), goal))


@pytest.mark.parametrize(
    ("start", "to", "beyond", "expected"),
    [(0, 2, 4, [4, 5, 3]), (2, 0, -4, [5, 3, 4]), (0, 1, 4, [4, 3, 5]), (1, 1, 8, [3, 4, 5])],
)
def test_a_layer_is_dragged_to_another_place(window, qtbot, start, to, beyond, expected) -> None:
    """It goes where the line stood, in one change that can be undone; dropped where it was, nothing happens."""
    steps = window.bridge.undo_stack.index()
    drag(qtbot, window, start, to, beyond=beyond)
    assert sizes(window) == expected
    assert window.bridge.undo_stack.index() == steps + (expected != [3, 4, 5])
    if expected != [3, 4, 5]:
        window.bridge.undo_stack.undo()
        assert sizes(window) == [3, 4, 5]


def test_a_change_while_training_asks_whether_to_train_on(window, qtbot) -> None:
    """One button goes on with the new network, the other takes the change back; without training nobody asks."""
    window.bridge.set_training(epochs=0)  # or it could be over before the change
    window.bridge.set_hidden((LayerConfig(neurons=7),))
    assert window.messages.text == ""
    for answer, expected in (("Train on", [8]), ("Undo", [8])):
        window.bridge.train()
        window.bridge.set_hidden((LayerConfig(neurons=8 if answer == "Train on" else 9),))
        assert window.bridge.document.state is RunState.READY and "paused" in window.messages.text
        button = next(one for one in window.messages.findChildren(QPushButton) if one.text() == answer)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert sizes(window) == expected and window.messages.text == ""
        if answer == "Train on":
            assert window.bridge.document.state is RunState.RUNNING
            window.bridge.pause()


def test_training_on_by_any_way_takes_the_question_away(window) -> None:
    """The question is answered by the Train button too."""
    window.bridge.set_training(epochs=0)
    window.bridge.train()
    window.bridge.set_hidden((LayerConfig(neurons=8),))
    window.bridge.train()
    assert window.messages.text == ""
    window.bridge.pause()
