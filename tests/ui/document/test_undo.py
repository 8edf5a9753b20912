"""Whatever changes the network or the roles of columns is taken back exactly: weights, history and epoch included."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from ann_viz.data import build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.session import RunState
from ann_viz.session.samples import find_sample, open_sample
from ann_viz.session.suggested import suggest_training
from ann_viz.ui.document.undo import UndoStack


@pytest.fixture
def bridge(qapp, bridge):
    """Return a bridge to iris, trained for an epoch."""
    dataset = open_sample(find_sample("iris.csv"))
    bridge.open_dataset(dataset, suggest_training(dataset))
    learn(bridge)
    return bridge


def learn(bridge) -> None:
    """Train one epoch."""
    for _ in range(bridge.document.snapshot.n_batches):
        bridge.step("batch")


def without_a_column(bridge) -> None:
    """Leave the first input out, as unticking it does."""
    dataset = bridge.document.dataset
    bridge.open_dataset(build_dataset(dataset.table, replace(dataset.recipe, inputs=dataset.recipe.inputs[1:])))


CHANGES: dict[str, Callable[[object], None]] = {
    "reset": lambda bridge: bridge.reset(),
    "new start": lambda bridge: bridge.new_start(),
    "seed": lambda bridge: bridge.set_network(seed=99),
    "fewer neurons": lambda bridge: bridge.set_hidden((LayerConfig(neurons=2),)),
    "roles": without_a_column,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_and_its_undo_and_redo(bridge, name: str) -> None:
    """After undo the run is where it was and goes on as it would have; redo gives the other one back."""
    document = bridge.document
    params, n_epochs, config = document.snapshot.params.copy(), document.snapshot.epoch, document.network_config
    inputs = document.dataset.recipe.inputs
    CHANGES[name](bridge)
    changed = document.snapshot.params.copy()
    assert len(changed) != len(params) or (changed != params).any()
    learn(bridge)
    other = document.snapshot.params.copy()
    bridge.undo_stack.undo()
    np.testing.assert_array_equal(document.snapshot.params, params)
    assert document.network_config == config and document.dataset.recipe.inputs == inputs
    assert document.snapshot.epoch == n_epochs and len(document.snapshot.history) == n_epochs + 1
    assert document.state is RunState.PAUSED
    learn(bridge)
    bridge.undo_stack.redo()
    np.testing.assert_array_equal(document.snapshot.params, other)
    bridge.undo_stack.undo()
    assert document.snapshot.epoch == n_epochs + 1


OTHERS: dict[str, Callable[[object], None]] = {
    "a weight": lambda bridge: bridge.set_parameter(0, 0, 0, 1.5),
    "a lock": lambda bridge: bridge.lock_parameter(0, 0, 0, True),
    "a neuron": lambda bridge: bridge.switch_neuron(1, 0, False),
    "a step": lambda bridge: bridge.train_on_row(),
    "best": lambda bridge: bridge.restore_best(),
    "temperature": lambda bridge: bridge.temper(2.0),
    "setting": lambda bridge: bridge.set_training(l2=0.01),
}


@pytest.mark.parametrize("name", [*CHANGES, *OTHERS])
def test_a_change_is_taken_back_and_made_again_while_it_learns(bridge, name: str) -> None:
    """Whatever stands in the way pauses first."""
    bridge.set_training(epochs=0)
    bridge.set_example(int(bridge.document.dataset.train[0]))
    (CHANGES | OTHERS)[name](bridge)
    stack = bridge.undo_stack
    place = stack.index()
    for go, there in ((stack.undo, place - 1), (stack.redo, place)):
        bridge.train()
        assert bridge.document.state is RunState.RUNNING
        go()
        assert stack.index() == there
    bridge.pause()


def test_several_changes_are_taken_back_in_turn(bridge) -> None:
    """Roles, then layers, then a lock: three undos lead to the beginning."""
    document = bridge.document
    params = document.snapshot.params.copy()
    without_a_column(bridge)
    bridge.set_hidden((LayerConfig(neurons=3),))
    bridge.lock_parameter(0, 0, 0, True)
    assert document.manual_edits.locked
    for _ in range(3):
        bridge.undo_stack.undo()
    np.testing.assert_array_equal(document.snapshot.params, params)
    assert not document.manual_edits.locked and not bridge.undo_stack.canUndo()


def test_the_run_comes_back_and_goes_on(bridge) -> None:
    """With its epochs, and as if nothing had been between: the next step is the one that would have followed."""
    learn(bridge)
    epoch = bridge.document.snapshot.epoch
    bridge.set_hidden((LayerConfig(neurons=2),))
    learn(bridge)
    bridge.undo_stack.undo()
    assert bridge.document.snapshot.epoch == epoch and len(bridge.document.runs) == 2
    bridge.step("batch")
    went_on = bridge.document.snapshot.params.copy()
    bridge.reset()
    for _ in range(2 * bridge.document.snapshot.n_batches + 1):
        bridge.step("batch")
    np.testing.assert_array_equal(bridge.document.snapshot.params, went_on)


def test_another_file_forgets_the_changes(window) -> None:
    """They belong to data that are closed; what can be taken back is that these were."""
    window.open_sample(find_sample("iris.csv"))
    learn(window.bridge)
    window.bridge.reset()
    window.open_sample(find_sample("house_prices.csv"))
    stack = window.bridge.undo_stack
    assert (stack.count(), stack.undoText()) == (1, "leaving iris.csv")


def test_a_drag_of_the_threshold_is_taken_back_in_one_step_and_the_picture_follows(window) -> None:
    """The verdict above the picture and the accuracy of the toolbar are those of the threshold."""
    window.open_sample(find_sample("bank_customers.csv"))
    bridge = window.bridge
    learn(bridge)
    chance = float(bridge.document.shown_row().values[-1][0])
    usual = bridge.document.shown_row().answer.best
    other = chance - 0.01 if usual else min(0.99, chance + 0.01)
    for step in (0.4, 0.45, other):
        bridge.set_threshold(step)
    assert bridge.document.shown_row().answer.best != usual
    names = bridge.document.shown_row().answer.names
    assert window.canvas_card.example_bar.answer.startswith(names[1 - usual])
    accuracy = bridge.document.metrics("validation")["accuracy"]
    assert window.toolbar.metrics.accuracy.text() == f"{accuracy * 100:.1f}"
    bridge.undo_stack.undo()
    assert bridge.document.threshold == 0.5
    assert bridge.document.shown_row().answer.best == usual
    bridge.undo_stack.redo()
    assert bridge.document.threshold == other


def test_a_stack_that_is_garbage_is_emptied_before_its_changes_are_destroyed(qapp, monkeypatch) -> None:
    """One by one they would be destroyed under it, and the program with them."""
    emptied = []

    def clear(stack: UndoStack) -> None:
        emptied.append(stack.count())
        QUndoStack.clear(stack)

    def leave_behind() -> None:
        stack = UndoStack()
        for text in ("first", "second"):
            stack.record(text, partial(stack.setIndex, 0), stack.redo)  # so that they refer to each other

    gc.collect()  # what other tests have left
    monkeypatch.setattr(UndoStack, "clear", clear)
    leave_behind()
    gc.collect()
    assert emptied == [2]
