"""Hyperparameters, seed, engine and loss: every control reaches the session, and nothing senseless does."""

from __future__ import annotations

import numpy as np
import pytest
from build_controls import pick, settle, type_into
from PySide6.QtCore import Qt


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
