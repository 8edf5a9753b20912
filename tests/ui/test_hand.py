"""Weights are dragged and locked, neurons switched off, by mouse, menu and keyboard; all of it can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from ann_viz.scene import Connection, Neuron
from ann_viz.ui.samples import samples
from ann_viz.ui.saving import picture_of


@pytest.fixture
def window(window):
    """Return the window with the bank's customers, after one batch."""
    window.open_sample(next(sample for sample in samples() if sample.file == "bank_customers.csv"))
    window._bridge.step("batch")
    return window


@pytest.fixture
def canvas(window):
    """Return its network picture."""
    return window.canvas_card.canvas


def menu_of(canvas, mark):
    """Return the texts of a mark's menu with their actions."""
    menu = canvas.hand.menu(mark, "title", QPoint(), canvas)
    return menu, {action.text(): action for action in menu.actions()}


def drag(qtbot, canvas, mark: Connection, by: int) -> None:
    """Drag the middle of a line up by so many pixels."""
    middle = QPoint(*(round(number) for number in canvas._stage.curves.middle(mark.gap, mark.source, mark.target)))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for part in (by // 2, by):
        qtbot.mouseMove(canvas, middle - QPoint(0, part))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, by))


def test_dragging_the_selected_line_changes_its_weight(window, canvas, qtbot) -> None:
    """Sixty pixels up are half of what is drawn at full thickness; one undo takes the whole drag back."""
    mark = Connection(2, 2, 0)
    session = window._bridge.session
    before, reference = float(session.network.W[2][2, 0]), canvas.frame.reference
    drag(qtbot, canvas, mark, 60)
    assert float(session.network.W[2][2, 0]) == before  # not selected: nothing is dragged by accident
    window.view.select(mark)
    assert canvas.frame is not None
    drag(qtbot, canvas, mark, 60)
    assert float(session.network.W[2][2, 0]) == pytest.approx(before + reference / 2, abs=0.002)
    assert "set by hand" in canvas._stage.describe(mark)
    window._bridge.undo_stack.undo()
    assert float(session.network.W[2][2, 0]) == pytest.approx(before)


def test_a_menu_offers_what_can_be_done(window, canvas) -> None:
    """A line can be set and locked, a hidden neuron also switched off, an input only that, an answer not."""
    for mark, expected in (
        (Connection(0, 1, 1), ["Set the weight…", "Lock the weight"]),
        (Neuron(1, 1), ["Set the bias…", "Lock the bias", "Switch the neuron off"]),
        (Neuron(0, 1), ["Switch the neuron off"]),
        (Neuron(3, 0), ["Set the bias…", "Lock the bias"]),
    ):
        menu, texts = menu_of(canvas, mark)
        assert list(texts) == expected
        menu.deleteLater()


def test_a_lock_is_seen_and_undone(window, canvas) -> None:
    """By the menu, by the inspector's button and by the key; the picture draws it, training leaves it."""
    session, mark = window._bridge.session, Connection(0, 3, 2)
    menu, texts = menu_of(canvas, mark)
    texts["Lock the weight"].trigger()
    menu.deleteLater()
    assert canvas._stage.locked == [mark] and "locked" in canvas._stage.describe(mark)
    kept = float(session.network.W[0][3, 2])
    window._bridge.step("batch")
    assert float(session.network.W[0][3, 2]) == kept
    window._bridge.undo_stack.undo()
    assert not session.by_hand.locked
    window.view.select(mark)
    window.actions_by_id["lock_selected"].trigger()
    assert session.by_hand.locked == {(0, 3, 2)}
    window.commands.show_right(1)
    inspector = window.right_panel.inspector
    inspector.refresh()
    assert inspector.lock.isChecked()
    inspector.lock.click()
    assert not session.by_hand.locked and not inspector.lock.isChecked()


def test_a_neuron_that_is_off_is_drawn_so(window, canvas) -> None:
    """Its signals are gone, it says so, and undo brings it back."""
    session = window._bridge.session
    before = session.network.W[1][2].copy()
    window.view.select(Neuron(1, 2))
    picture = picture_of(canvas, 1.0)
    window.actions_by_id["switch_selected"].trigger()
    assert canvas._stage.off == [Neuron(1, 2)] and not session.network.W[1][2].any()
    assert "switched off" in canvas._stage.describe(Neuron(1, 2))
    assert picture_of(canvas, 1.0) != picture
    window._bridge.undo_stack.undo()
    assert (session.network.W[1][2] == before).all() and not session.by_hand.off
