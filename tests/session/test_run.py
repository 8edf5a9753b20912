"""A run comes to the same bits however it is driven, ends by its rules, begins anew and goes on."""

from __future__ import annotations

import math

import numpy as np
from session_states import finish, shown

from ann_viz.data import Dataset
from ann_viz.engine import TrainConfig
from ann_viz.session import RunState, Session


def test_pauses_and_single_steps_change_no_bit(circles: Dataset) -> None:
    # Intention: watching does not change what is learned.
    config = TrainConfig(epochs=6, batch_size=16, dropout=0.2)
    straight, halting = Session(config), Session(config)
    straight.open(circles)
    halting.open(circles)
    expected = finish(straight)
    halting.step("phase")
    halting.train()
    halting.pause()
    while halting.state is RunState.PAUSED:
        halting.step("phase")
        halting.step("batch")
        if halting.state is RunState.PAUSED:
            halting.step("phase")
            halting.step("epoch")
            halting.wait(30)
    assert halting.state is RunState.FINISHED
    np.testing.assert_array_equal(shown(halting).params, expected.params)
    np.testing.assert_array_equal(shown(halting).history.train_loss, expected.history.train_loss)


def test_phases_of_a_batch_come_to_the_same_bits_as_the_batch(circles: Dataset) -> None:
    # Intention: slow motion is the same arithmetic, observed.
    by_batch, by_phase = Session(), Session()
    by_batch.open(circles)
    by_phase.open(circles)
    by_batch.step("batch")
    kinds = []
    while shown(by_phase).step == 0:
        by_phase.step("phase")
        phase = shown(by_phase).phase
        kinds.append(phase.kind if phase else "done")
    assert kinds[:2] == ["input", "forward"]
    assert {"error", "backward"} < set(kinds)
    np.testing.assert_array_equal(shown(by_phase).params, shown(by_batch).params)


def test_epoch_step_stops_at_the_end_of_the_epoch(session: Session) -> None:
    # Intention: one epoch means up to its end, also from the middle.
    session.step("batch")
    session.step("epoch")
    assert session.wait(30)
    assert session.state is RunState.PAUSED
    assert (shown(session).epoch, shown(session).batch_index) == (1, 0)
    session.step("epoch")
    assert session.wait(30)
    assert shown(session).epoch == 2


def test_reset_returns_to_the_same_start_and_new_start_does_not(session: Session) -> None:
    # Intention: the seed decides the starting weights.
    start = shown(session).params
    first = finish(session)
    session.reset()
    assert session.state is RunState.READY
    np.testing.assert_array_equal(shown(session).params, start)
    np.testing.assert_array_equal(finish(session).params, first.params)
    before = session.network_config
    session.new_start()
    assert before is not None and session.network_config is not None
    assert session.network_config.seed != before.seed
    assert not np.array_equal(shown(session).params, start)
    session.set_network(seed=before.seed)
    np.testing.assert_array_equal(shown(session).params, start)


def test_training_again_adds_the_epochs_first_asked_for(session: Session) -> None:
    # Intention: pressing Train after the end goes on, and Reset forgets the addition.
    finish(session)
    assert finish(session).epoch == 16
    assert finish(session).epoch == 24
    session.reset()
    assert session.train_config.epochs == 8
    finish(session)
    session.set_training(epochs=10)
    assert finish(session).epoch == 10


def test_early_stopping_can_be_overruled(circles: Dataset) -> None:
    # Intention: Train after early stopping goes on too.
    session = Session(TrainConfig(epochs=500, patience=2, learning_rate=0.05))
    session.open(circles)
    stopped = finish(session)
    assert stopped.finished == "early stopping"
    assert finish(session).epoch > stopped.epoch


def test_other_stop_rules_are_moved_too(circles: Dataset) -> None:
    # Intention: Train after a target loss or a time limit goes on as well.
    session = Session(TrainConfig(epochs=5, target_loss=10))
    session.open(circles)
    assert shown(session).finished == "target loss"
    assert finish(session).epoch == 0
    assert finish(session).epoch == 5
    session.set_training(epochs=0, max_seconds=0.01)
    assert finish(session).finished == "time"
    before = shown(session).step
    assert finish(session).step > before
    session.reset()
    assert session.train_config.max_seconds == 0.01


def test_the_best_weights_stand_at_the_end_of_a_run(circles: Dataset) -> None:
    # Intention: after over-training the best epoch's weights are there by themselves; the last ones are a command away.
    session = Session(TrainConfig(epochs=60, learning_rate=0.1))
    session.open(circles)
    best = finish(session)
    loss = session.metrics("validation")["loss"]
    assert math.isclose(loss, best.best_loss, rel_tol=1e-5)
    assert math.isclose(loss, np.nanmin(best.history.validation_loss), rel_tol=1e-5)
    before = session.restore_last()
    assert session.state is RunState.FINISHED and not shown(session).weights_of.restored
    assert not np.array_equal(shown(session).params, best.params)
    worn = session.go_back_to(before)
    assert np.array_equal(shown(session).params, best.params)
    session.go_back_to(worn)
    session.restore_best()
    assert np.array_equal(shown(session).params, best.params)


def test_training_goes_on_after_the_end_as_if_there_had_been_none(circles: Dataset) -> None:
    # Intention: the weights put back at the end are to be used; learning goes on from the last ones, bit for bit.
    straight, twice = (Session(TrainConfig(epochs=n, learning_rate=0.1)) for n in (40, 20))
    for session in (straight, twice):
        session.open(circles)
        finish(session)
    assert finish(twice).epoch == 40
    for session in (straight, twice):
        session.restore_last()
    assert np.array_equal(shown(straight).params, shown(twice).params)
