"""The Build column: every control shows the session's settings, and changes them."""

from __future__ import annotations

import pytest
from build_controls import click_row, names, pick, settle, type_into, write_customers
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Stepper
from ann_viz.ui.kit.number_controls import NumberField


def test_without_data_the_cards_say_so(empty) -> None:
    """The data card promises columns, the network waits for a target, and what can't work is off."""
    assert not empty.data.columns.isVisible()
    assert len(empty.network.rows) == 2
    assert not empty.network.add.isEnabled()
    assert not empty.hyper.seed.isEnabled()


def test_the_data_card_counts_columns_inputs_and_rows(panel, bridge) -> None:
    """What the cards say is what the dataset holds."""
    dataset = bridge.document.dataset
    assert panel.data.summary.text() == f"{len(dataset.recipe.inputs)} columns → {dataset.encoder.n_inputs} inputs"
    assert names(panel.data.columns) == ["Age", "Land", "Active", "Salary"]
    assert {row.name: row.badge for row in panel.data.columns.columns.rows}["Land"] == 3
    assert panel.data.target.chosen == "Exited"
    assert panel.network.summary.text() == f"{bridge.document.network_config.n_parameters:,} parameters"


def test_unticking_a_column_takes_its_inputs_from_the_network(panel, bridge, qtbot) -> None:
    """A click on a row is enough; a second click brings the column back to its place."""
    table = bridge.document.dataset.table
    click_row(qtbot, panel.data.columns, "Land")
    assert bridge.document.dataset.recipe.inputs == ("Age", "Active", "Salary")
    assert bridge.document.network_config.n_inputs == 3
    assert bridge.document.dataset.table is table
    assert names(panel.data.columns) == ["Age", "Land", "Active", "Salary"]
    click_row(qtbot, panel.data.columns, "Land")
    assert bridge.document.dataset.recipe.inputs == ("Age", "Land", "Active", "Salary")


def test_two_changes_in_a_row_both_count(panel, bridge, qtbot) -> None:
    """The second tick comes before the first is worked out: nothing is lost."""
    for name in ("Land", "Salary"):
        panel.data.columns.columns.ticked.emit(name, False)
    settle(qtbot, panel)
    assert bridge.document.dataset.recipe.inputs == ("Age", "Active")


def test_a_change_under_way_ends_with_the_data(panel, bridge, qtbot, tmp_path) -> None:
    """Opening another file drops it."""
    panel.data.columns.columns.ticked.emit("Land", False)
    table = open_table(write_customers(tmp_path / "others.csv"))
    bridge.open_dataset(build_dataset(table, suggest_recipe(table, "Exited")))
    assert not panel.data.busy
    assert "Land" in bridge.document.dataset.recipe.inputs
    panel.stop()


def test_a_row_can_be_ticked_from_the_keyboard(panel, bridge, qtbot) -> None:
    """Arrow to a row, then Space."""
    view = panel.data.columns
    view.setFocus()
    view.setCurrentIndex(view.columns.index(3))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    settle(qtbot, view)
    assert "Salary" not in bridge.document.dataset.recipe.inputs


def test_columns_left_out_are_listed_with_their_reason(panel, bridge, qtbot) -> None:
    """The expander opens the list; a column left out can still be used."""
    assert not panel.data.ignored.isVisible()
    assert panel.data.expander.text().startswith("2 ")
    qtbot.mouseClick(panel.data.expander, Qt.MouseButton.LeftButton)
    assert panel.data.ignored.isVisible()
    assert names(panel.data.ignored) == ["RowNumber", "Name"]
    assert all(row.reason for row in panel.data.ignored.columns.rows)
    click_row(qtbot, panel.data.ignored, "RowNumber")
    assert "RowNumber" in bridge.document.dataset.recipe.inputs


def test_the_last_column_can_not_be_taken_away(panel, bridge, qtbot) -> None:
    """The refusal is a red sentence, and the list still shows what is true."""
    for name in ("Land", "Active", "Salary"):
        click_row(qtbot, panel.data.columns, name)
    click_row(qtbot, panel.data.columns, "Age")
    assert bridge.document.dataset.recipe.inputs == ("Age",)
    assert panel.data.problem
    assert [row.checked for row in panel.data.columns.columns.rows] == [True, False, False, False]
    click_row(qtbot, panel.data.columns, "Land")
    assert not panel.data.problem


def test_another_target_changes_the_output_layer(panel, bridge, qtbot) -> None:
    """Predicting a category asks for a softmax, a number for a linear neuron."""
    pick(panel.data.target, "Land")
    settle(qtbot, panel)
    assert bridge.document.dataset.recipe.target == "Land"
    assert "Exited" in names(panel.data.columns)
    assert panel.network.output.text.text() == "3 neurons · Softmax"
    pick(panel.data.target, "Salary")
    settle(qtbot, panel)
    assert panel.network.output.text.text() == "1 neuron · Linear"


def test_steppers_combos_and_the_button_edit_the_layers(panel, bridge, qtbot) -> None:
    """Plus, minus, typing, choosing and adding each change the session's layers."""
    row = panel.network.rows[0]
    qtbot.mouseClick(row.neurons.plus, Qt.MouseButton.LeftButton)
    assert bridge.document.network_config.hidden[0].neurons == 7
    qtbot.mouseClick(row.neurons.minus, Qt.MouseButton.LeftButton)
    type_into(qtbot, panel.network.rows[1].neurons, "12")
    assert [layer.neurons for layer in bridge.document.network_config.hidden] == [6, 12]
    pick(row.activation, "tanh")
    assert bridge.document.network_config.hidden[0].activation == "tanh"
    qtbot.mouseClick(panel.network.add, Qt.MouseButton.LeftButton)
    assert len(bridge.document.network_config.hidden) == len(panel.network.rows) == 3


def test_layers_can_be_moved_and_removed_down_to_none(panel, bridge) -> None:
    """The menu of the handle swaps neighbours and removes; a network without hidden layers is legal."""
    panel.network.rows[0].neurons.setValue(9)
    menu = panel.network.rows[0].menu()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Move towards the inputs"].isEnabled()
    actions["Move towards the output"].trigger()
    assert [layer.neurons for layer in bridge.document.network_config.hidden] == [6, 9]
    menu.deleteLater()
    for _ in range(2):
        panel.network.rows[0].removed.emit()
    assert bridge.document.network_config.hidden == ()
    panel.network.add.click()
    assert len(panel.network.rows) == 1


def test_settings_changed_elsewhere_are_shown_and_not_sent_back(panel, bridge, qtbot) -> None:
    """Filling the controls makes none of them speak."""
    with qtbot.waitSignal(bridge.settings_changed) as _, qtbot.assertNotEmitted(bridge.failed):
        bridge.set_training(optimizer="sgd", dropout=0.5, patience=3, batch_size=48)
    assert panel.hyper.optimizer.currentText() == "SGD"
    assert panel.hyper.dropout.text() == "50\N{NO-BREAK SPACE}%"
    assert panel.hyper.patience.isVisible()
    assert panel.hyper.batch.currentText() == "48"


def test_every_control_has_a_name_and_is_reached_by_tab(panel) -> None:
    """Screen readers can tell the controls apart, and the mouse is never needed."""
    kinds = (QComboBox, QAbstractSpinBox, NumberField)
    controls = [found for kind in kinds for found in panel.findChildren(kind)]
    assert all(panel.findChildren(kind) for kind in kinds)
    for control in controls:
        assert control.accessibleName(), control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


@pytest.mark.parametrize("name", ["light", "dark"])
def test_nothing_is_cut_off_at_the_docks_width(panel, bridge, qapp, name) -> None:
    """At 264 pixels every visible control lies inside its card and is as wide as its text needs."""
    panel.hyper.expander.click()
    bridge.set_training(optimizer="momentum", schedule="step", patience=20)
    theme.apply(qapp, name)
    panel.resize(264, 1200)
    qapp.processEvents()
    seen: set[type] = set()
    for card in (panel.data, panel.network, panel.hyper):
        assert card.width() == 264
        inside = QRect(11, 0, card.width() - 22, card.height())
        for child in card.findChildren(QComboBox) + card.findChildren(Stepper) + card.findChildren(NumberField):
            if child.isVisible():
                seen.add(type(child))
                place = QRect(child.mapTo(card, QPoint(0, 0)), child.size())
                assert inside.contains(place), (child.accessibleName(), place)
                if isinstance(child, Stepper):
                    text = child.fontMetrics().horizontalAdvance(child.text())
                    assert child.lineEdit().width() >= text, child.accessibleName()
    assert seen > {Stepper, NumberField}, "boxes have classes of their own"
    theme.apply(qapp, "light")
