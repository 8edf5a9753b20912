"""Weights are typed, dragged and locked, neurons switched off, by mouse, menu and keyboard; all of it can be undone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ann_viz.data import build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState
from ann_viz.ui.document.saving import picture_of
from ann_viz.ui.document.weight_gestures import WeightEditor


def menu_of(canvas, mark):
    """Return the texts of a mark's menu with their actions."""
    menu = canvas.hand.menu(mark, "title", QPoint(), canvas)
    return menu, {action.text(): action for action in menu.actions()}


def drag(qtbot, canvas, mark: Connection, by: int) -> None:
    """Drag the middle of a line up by so many pixels."""
    middle = QPoint(
        *(round(number) for number in canvas.stage.arrangement.curves.middle(mark.gap, mark.source, mark.target))
    )
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for part in (by // 2, by):
        qtbot.mouseMove(canvas, middle - QPoint(0, part))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, by))


def test_dragging_the_selected_line_changes_its_weight(bank, canvas, qtbot) -> None:
    """Sixty pixels up are half of what is drawn at full thickness; one undo takes the whole drag back."""
    mark = Connection(2, 2, 0)
    document = bank.bridge.document
    before, reference = float(document.network.W[2][2, 0]), canvas.frame.reference
    drag(qtbot, canvas, mark, 60)
    assert float(document.network.W[2][2, 0]) == before  # not selected: nothing is dragged by accident
    bank.view.select(mark)
    assert canvas.frame is not None
    drag(qtbot, canvas, mark, 60)
    assert float(document.network.W[2][2, 0]) == pytest.approx(before + reference / 2, abs=0.002)
    assert "set by hand" in canvas.stage.describe(mark)
    bank.bridge.undo_stack.undo()
    assert float(document.network.W[2][2, 0]) == pytest.approx(before)


def test_a_menu_offers_what_can_be_done(bank, canvas) -> None:
    """A line can be set and locked, a hidden neuron also switched off, an answer not; inputs and answers have paths."""
    for mark, expected in (
        (Connection(0, 1, 1), ["Set the weight…", "Lock the weight"]),
        (Neuron(1, 1), ["Set the bias…", "Lock the bias", "Switch the neuron off"]),
        (Neuron(0, 1), ["Chain rule along a path", "Switch the neuron off"]),
        (Neuron(3, 0), ["Set the bias…", "Lock the bias", "Chain rule along a path"]),
    ):
        menu, texts = menu_of(canvas, mark)
        assert list(texts) == expected
        menu.deleteLater()


def test_a_lock_is_seen_and_undone(bank, canvas) -> None:
    """By the menu, by the inspector's button and by the key; the picture draws it, training leaves it."""
    document, mark = bank.bridge.document, Connection(0, 3, 2)
    menu, texts = menu_of(canvas, mark)
    texts["Lock the weight"].trigger()
    menu.deleteLater()
    assert canvas.stage.locked == [mark] and "locked" in canvas.stage.describe(mark)
    kept = float(document.network.W[0][3, 2])
    bank.bridge.step("batch")
    assert float(document.network.W[0][3, 2]) == kept
    bank.bridge.undo_stack.undo()
    assert not document.manual_edits.locked
    bank.view.select(mark)
    bank.actions_by_id["lock_selected"].trigger()
    assert document.manual_edits.locked == {(0, 3, 2)}
    bank.docks.show_inspector()
    inspector = bank.right_panel.inspector
    inspector.refresh()
    assert inspector.lock.isChecked()
    inspector.lock.click()
    assert not document.manual_edits.locked and not inspector.lock.isChecked()


def test_a_neuron_that_is_off_is_drawn_so(bank, canvas) -> None:
    """Its signals are gone, it says so, and undo brings it back."""
    document = bank.bridge.document
    before = document.network.W[1][2].copy()
    bank.view.select(Neuron(1, 2))
    picture = picture_of(canvas, 1.0)
    bank.actions_by_id["switch_selected"].trigger()
    assert canvas.stage.off == [Neuron(1, 2)] and not document.network.W[1][2].any()
    assert "switched off" in canvas.stage.describe(Neuron(1, 2))
    assert picture_of(canvas, 1.0) != picture
    bank.bridge.undo_stack.undo()
    assert (document.network.W[1][2] == before).all() and not document.manual_edits.off


def test_a_weight_is_set_by_hand_and_taken_back(bank, canvas, qtbot) -> None:
    """The editor's number is the engine's, the answer follows, and undo and redo go both ways."""
    document = bank.bridge.document
    before = float(document.snapshot.W[0][3, 2])
    canvas.edit(Connection(0, 3, 2))
    editor = canvas.findChild(WeightEditor)
    assert editor.value.value() == pytest.approx(before, abs=5e-4)
    editor.value.setValue(7.5)
    assert document.snapshot.W[0][3, 2] == 7.5 and document.manual_edits.changed == {(0, 3, 2)}
    editor.value.setValue(9.0)
    editor.close()
    x, W, b = document.shown_row().values[0], document.snapshot.W[0], document.snapshot.b[0]
    manual_edits = max(0.0, float(np.delete(x, 3) @ np.delete(W[:, 2], 3)) + 9.0 * float(x[3]) + float(b[2]))
    assert canvas.frame.values[1][2] == pytest.approx(manual_edits, rel=1e-5)
    assert canvas.stage.describe(Connection(0, 3, 2)).endswith("set by hand")
    bank.actions_by_id["undo"].trigger()
    assert document.snapshot.W[0][3, 2] == pytest.approx(before)
    bank.actions_by_id["redo"].trigger()
    assert document.snapshot.W[0][3, 2] == 9.0


def test_editor_and_menu_go_when_the_network_changes(bank, canvas, qtbot) -> None:
    """A number that was typed but not entered belongs to a weight that is no more."""
    document = bank.bridge.document
    canvas.edit(Connection(0, 10, 5))
    editor = canvas.findChild(WeightEditor)
    editor.value.lineEdit().setText("7.5")
    menu = canvas.hand.menu(Connection(0, 10, 5), "a weight", QPoint(), canvas)
    menu.popup(QPoint(10, 10))
    bank.bridge.set_hidden((LayerConfig(neurons=2),))
    editor.value.interpretText()
    assert not editor.isVisible()
    assert not menu.isVisible()
    assert not document.manual_edits.changed
    menu.deleteLater()


def test_a_number_is_not_entered_into_other_data(bank, canvas) -> None:
    """Not even where the network looks the same; the editor is for the weight it was opened at."""
    document = bank.bridge.document
    canvas.edit(Connection(0, 10, 5))
    editor = canvas.findChild(WeightEditor)
    editor.value.lineEdit().setText("7.5")
    network = document.network_config
    bank.bridge.open_dataset(build_dataset(document.dataset.table, document.dataset.recipe))
    assert document.network_config == network
    editor.value.interpretText()
    assert not editor.isVisible()
    assert not document.manual_edits.changed


def test_setting_a_weight_pauses_training(bank, canvas, qtbot) -> None:
    """A bias set in mid-run is there when training has stopped, and training can go on."""
    bank.bridge.set_training(epochs=0)  # or it could be over before the bias is set
    bank.bridge.train()
    bank.bridge.set_parameter(0, 12, 1, -3.0)
    document = bank.bridge.document
    assert document.state is RunState.PAUSED and document.snapshot.b[0][1] == -3.0
    bank.bridge.train()
    bank.bridge.pause()
