"""The Build column: every control shows the session's settings, and changes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.session import Session
from ann_viz.ui.building.data_card import DataCard
from ann_viz.ui.building.panel import BuildPanel
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Stepper
from ann_viz.ui.kit.number_controls import NumberField


def write_customers(path: Path) -> Path:
    """Write customers whose leaving follows from age and land; the number and the name say nothing."""
    rng = np.random.default_rng(5)
    lines = ["RowNumber,Name,Age,Land,Active,Salary,Exited"]
    for row in range(1, 201):
        age, land = rng.integers(18, 80), rng.choice(["France", "Spain", "Germany"])
        active, leaves = rng.integers(0, 2), int(age + 20 * (land == "Germany") > 60)
        lines.append(f"{row},client no {row * 7919 % 10007},{age},{land},{active},{rng.random() * 1e5:.2f},{leaves}")
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def bridge(qapp, tmp_path) -> Iterator[Bridge]:
    theme.apply(qapp, "light")
    made = Bridge(Session())
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def empty(qtbot, bridge) -> BuildPanel:
    panel = BuildPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(264, 760)
    panel.show()
    return panel


@pytest.fixture
def panel(empty, bridge, tmp_path) -> BuildPanel:
    table = open_table(write_customers(tmp_path / "customers.csv"))
    bridge.open_dataset(build_dataset(table, suggest_recipe(table, "Exited")))
    return empty


def names(view) -> list[str]:
    return [row.name for row in view.columns.rows]


def click_row(qtbot, view, name: str) -> None:
    index = view.columns.index(names(view).index(name))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    settle(qtbot, view)


def settle(qtbot, widget: QWidget) -> None:
    """Wait until the data card has worked out a change."""
    card = widget.window().findChild(DataCard)
    qtbot.waitUntil(lambda: not card.busy)


def type_into(qtbot, field: QWidget, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def pick(combo: QComboBox, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


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


def test_every_hyperparameter_reaches_the_session(panel, bridge, qtbot) -> None:
    """Each control changes the one setting it is named after."""
    hyper, more = panel.hyper, panel.hyper.more
    pick(hyper.optimizer, "Nesterov")
    pick(hyper.batch, "128")
    type_into(qtbot, hyper.rate_field, "0.003")
    type_into(qtbot, hyper.l2, "0,001")
    type_into(qtbot, hyper.dropout, "20")
    hyper.stopping.click()
    hyper.patience.setValue(7)
    hyper.expander.click()
    type_into(qtbot, more.epochs, "50")
    type_into(qtbot, more.l1, "0.0001")
    type_into(qtbot, more.clip, "2.5")
    type_into(qtbot, more.momentum, "0.8")
    pick(more.schedule, "In steps")
    more.every.setValue(4)
    type_into(qtbot, more.factor, "0.25")
    more.balanced.click()
    config = bridge.document.train_config
    assert (config.optimizer, config.batch_size, config.learning_rate, config.l2) == ("nesterov", 128, 0.003, 0.001)
    assert (config.dropout, config.patience, config.epochs, config.l1) == (0.2, 7, 50, 0.0001)
    assert (config.clip_norm, config.momentum, config.schedule) == (2.5, 0.8, "step")
    assert (config.schedule_epochs, config.schedule_factor, config.class_weights) == (4, 0.25, "balanced")
    hyper.stopping.click()
    assert bridge.document.train_config.patience is None


def test_the_slider_moves_by_decades_and_the_field_follows(panel, bridge, qtbot) -> None:
    """Slider and field always show the same learning rate."""
    panel.hyper.rate.setValue(200)
    assert bridge.document.train_config.learning_rate == pytest.approx(1e-3)
    assert panel.hyper.rate_field.text() == "0.001"
    type_into(qtbot, panel.hyper.rate_field, "1")
    assert panel.hyper.rate.value() == panel.hyper.rate.maximum()


def test_the_seed_starts_again_and_the_dice_draw_another(panel, bridge, qtbot) -> None:
    """Both change the starting weights and show the seed that made them."""
    type_into(qtbot, panel.hyper.seed, "42")
    first = bridge.document.snapshot.params.copy()
    assert bridge.document.network_config.seed == 42
    qtbot.mouseClick(panel.hyper.dice, Qt.MouseButton.LeftButton)
    assert panel.hyper.seed.text() == f"{bridge.document.network_config.seed}" != "42"
    assert not np.array_equal(first, bridge.document.snapshot.params)


@pytest.mark.usefixtures("turbo")
def test_another_engine_starts_anew_and_is_named(panel, bridge) -> None:
    """The row says what trains, its tip with which instruction set; Undo goes back to the former run."""
    more = panel.hyper.more
    assert (more.engine.currentText(), more.engine.isEnabled()) == ("NumPy", True)
    bridge.step("batch")
    pick(more.engine, "Turbo")
    assert bridge.document.snapshot.step == 0
    assert more.engine.currentText() == "Turbo"
    assert more.engine.toolTip().startswith("Turbo (")
    bridge.undo_stack.undo()
    assert (bridge.document.snapshot.step, more.engine.currentText()) == (1, "NumPy")


def test_without_the_compiled_engine_there_is_no_choice(panel, bridge, monkeypatch) -> None:
    """The tip says why."""
    monkeypatch.setenv("ANN_VIZ_ENGINE", "numpy")
    bridge.settings_changed.emit()
    assert not panel.hyper.more.engine.isEnabled()
    assert "ANN_VIZ_ENGINE=numpy forbids it" in panel.hyper.more.engine.toolTip()


def test_a_number_has_a_choice_of_losses(panel, bridge, qtbot) -> None:
    """Only regression can choose; the choice reaches the network."""
    assert not panel.hyper.more.loss.isEnabled()
    pick(panel.data.target, "Salary")
    settle(qtbot, panel)
    pick(panel.hyper.more.loss, "Huber")
    assert bridge.document.network_config.loss == "huber"


@pytest.mark.parametrize("text", ["abc", "-3", "1e9", ""])
def test_a_senseless_value_is_refused_in_words(panel, bridge, qtbot, text) -> None:
    """The field shows the setting in force again, and the card says why."""
    type_into(qtbot, panel.hyper.rate_field, "0.02")
    field = panel.hyper.rate_field
    field.setText(text)
    field.setModified(True)
    field.editingFinished.emit()
    assert bridge.document.train_config.learning_rate == 0.02
    assert panel.hyper.rate_field.text() == "0.02"
    assert panel.hyper.problem


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
