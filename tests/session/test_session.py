"""The session: its states, exactness, settings and the row being looked at."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import USUAL_THRESHOLD, LayerConfig, Network, Snapshot, TrainConfig
from ann_viz.errors import AnnVizError, ConfigError, StateError, TrainingError
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.judged.costs import MistakeCosts

ONE_STEP_THEN_WAIT = Speed("step", 0.001)


def until(condition: Callable[[], object], timeout_s: float = 60.0) -> None:
    """Look at `condition` until it holds."""
    tick = threading.Event()
    for _ in range(int(timeout_s / 0.002)):
        if condition():
            return
        tick.wait(0.002)
    raise AssertionError("waited too long")


def shown(session: Session) -> Snapshot:
    assert session.snapshot is not None
    return session.snapshot


def finish(session: Session) -> Snapshot:
    session.train()
    assert session.wait(30)
    return shown(session)


def in_state(session: Session, state: RunState) -> None:
    """Bring a READY session into another state."""
    if state is RunState.EMPTY:
        session.close()
    elif state is RunState.RUNNING:
        session.set_speed(ONE_STEP_THEN_WAIT)
        session.train()
    elif state is RunState.PAUSED:
        session.step("batch")
    elif state is RunState.FINISHED:
        finish(session)
    elif state is RunState.FAILED:
        session.set_training(optimizer="sgd", learning_rate=100)
        session.set_network(dtype="float32")
        session.step("batch")
    assert session.state is state


# States -------------------------------------------------------------------------------------------------------------
COMMANDS: dict[str, tuple[Callable[[Session], object], str]] = {
    # Command: the states in which it is legal, in the order of RunState.
    "train": (lambda s: s.train(), "ready running paused finished"),
    "pause": (lambda s: s.pause(), "empty ready running paused finished"),
    "step": (lambda s: s.step("batch"), "ready paused"),
    "reset": (lambda s: s.reset(), "ready running paused finished"),
    "new_start": (lambda s: s.new_start(), "ready running paused finished"),
    "set_hidden": (lambda s: s.set_hidden((LayerConfig(neurons=3),)), "ready running paused finished"),
    "set_training": (lambda s: s.set_training(l2=0.1), "empty ready running paused finished"),
    "set_example": (lambda s: s.set_example(1), "ready running paused finished"),
    "restore_best": (lambda s: s.restore_best(), "paused finished"),
    "close": (lambda s: s.close(), "empty ready running paused finished"),
}


@pytest.mark.parametrize("state", [state for state in RunState if state is not RunState.FAILED])
@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_legal_in_its_states_only(session: Session, command: str, state: RunState) -> None:
    # Intention: what makes no sense raises StateError and leaves the state alone.
    call, legal = COMMANDS[command]
    in_state(session, state)
    if state.name.lower() in legal.split():
        call(session)
    else:
        with pytest.raises(StateError):
            call(session)
        assert session.state is state


def test_run_goes_from_ready_through_running_to_finished(session: Session) -> None:
    # Intention: poll alone is enough to learn that a run has ended, as a window does.
    assert session.state is RunState.READY
    session.train()
    session.train()
    assert session.state is RunState.RUNNING
    until(lambda: session.poll() is not None and session.state is RunState.FINISHED)
    assert shown(session).finished == "epochs"
    assert shown(session).epoch == 8
    assert len(shown(session).history) == 9


def test_poll_returns_each_snapshot_once(session: Session) -> None:
    # Intention: a view that polls 30 times a second redraws only what is new.
    assert session.poll() is shown(session)
    assert session.poll() is None
    session.step("batch")
    assert session.poll() is shown(session)
    assert session.poll() is None


def test_pause_cuts_a_slow_wait_short(session: Session) -> None:
    # Intention: at one step in a thousand seconds, pausing does not wait for the next step.
    session.set_speed(ONE_STEP_THEN_WAIT)
    session.train()
    until(lambda: session.poll() is not None and shown(session).step == 1)
    session.pause()
    assert session.state is RunState.PAUSED
    assert shown(session).step == 1


def test_new_speed_applies_while_waiting_for_the_old_one(session: Session) -> None:
    # Intention: moving the speed slider from the turtle to the rabbit acts at once.
    session.set_speed(Speed("phase", 0.001))
    session.train()
    until(lambda: session.poll() is not None and shown(session).phase is not None)
    session.set_speed(Speed())
    assert session.wait(30)
    assert session.state is RunState.FINISHED


def test_session_that_was_closed_opens_again(session: Session, flowers: Dataset) -> None:
    # Intention: closing twice is harmless and not the end.
    session.close()
    session.close()
    assert session.state is RunState.EMPTY
    assert session.dataset is session.snapshot is session.network_config is None
    session.open(flowers)
    assert session.state is RunState.READY


def test_what_was_decided_goes_with_its_data(session: Session, flowers: Dataset) -> None:
    """Costs of mistakes and the threshold are of the table they were typed for, also after it was closed."""
    session.set_costs(MistakeCosts(missed=5.0))
    session.set_threshold(0.3)
    session.close()
    assert session.costs == MistakeCosts()
    session.open(flowers)
    assert session.threshold == USUAL_THRESHOLD and session.looks_at_test == ()


# Exactness ----------------------------------------------------------------------------------------------------------
def test_paused_snapshot_is_the_network_itself(session: Session) -> None:
    # Intention: the numbers drawn are the engine's, so the output can be worked out by hand from them.
    session.train()
    until(lambda: session.poll() is not None and shown(session).step > 0)
    session.pause()
    now = shown(session)
    assert session.dataset is not None
    A = session.dataset.X[5:6].astype(np.float64)  # (1, n_in)
    for W, b in zip(now.W[:-1], now.b[:-1], strict=True):
        A = np.maximum(A @ W + b, 0)  # ReLU
    answer = 1 / (1 + np.exp(-(A @ now.W[-1] + now.b[-1])))
    session.set_example(5)
    row = session.shown_row()
    assert row is not None
    np.testing.assert_allclose(row.values[-1], answer[0], rtol=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        now.params[0] = 1


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


# Starting again -----------------------------------------------------------------------------------------------------
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


# Settings -----------------------------------------------------------------------------------------------------------
def test_settings_change_while_training(session: Session) -> None:
    # Intention: the next step uses the new rate and batch size; no restart.
    session.set_training(epochs=0)
    session.train()
    until(lambda: session.poll() is not None and shown(session).epoch > 1)
    session.set_training(learning_rate=0.002, batch_size=8)
    until(lambda: session.poll() is not None and shown(session).train_config.learning_rate == 0.002)
    until(lambda: session.poll() is not None and shown(session).learning_rate == 0.002)
    epoch = shown(session).epoch
    until(lambda: session.poll() is not None and shown(session).epoch > epoch)
    assert session.state is RunState.RUNNING
    session.pause()
    assert shown(session).n_batches == math.ceil(84 / 8)


def test_last_setting_before_a_pause_is_not_lost(session: Session) -> None:
    # Intention: a change handed to a worker that is about to stop still counts.
    session.train()
    session.set_training(l2=0.25)
    session.pause()
    assert shown(session).train_config.l2 == 0.25


def test_impossible_settings_change_nothing(session: Session) -> None:
    # Intention: a refused setting leaves the old one in force.
    before = session.train_config
    with pytest.raises(ConfigError):
        session.set_training(learning_rate=-1)
    assert session.train_config is before
    network = session.network_config
    with pytest.raises(ConfigError):
        session.set_hidden((LayerConfig(),) * 65)
    assert session.network_config is network


def test_hidden_layers_change_and_keep_what_was_learned(session: Session) -> None:
    # Intention: weights whose two ends survive keep their learned values; everything else starts anew.
    finish(session)
    old = shown(session)
    session.set_hidden((LayerConfig(neurons=4), LayerConfig(neurons=6)))
    new = shown(session)
    assert session.state is RunState.READY
    assert len(new.history) == 1
    np.testing.assert_array_equal(new.W[0], old.W[0][:, :4])
    np.testing.assert_array_equal(new.W[1], old.W[1][:4])
    np.testing.assert_array_equal(new.W[2], old.W[2])
    session.set_hidden((LayerConfig(neurons=4),))
    np.testing.assert_array_equal(shown(session).W[0], old.W[0][:, :4])


def test_hidden_layers_of_an_untrained_network_start_from_the_seed(session: Session) -> None:
    # Intention: with nothing learned yet, the same settings always give the same weights.
    session.set_hidden((LayerConfig(neurons=4),))
    first = shown(session).params
    session.set_hidden(())
    session.set_hidden((LayerConfig(neurons=4),))
    np.testing.assert_array_equal(shown(session).params, first)
    session.reset()
    np.testing.assert_array_equal(shown(session).params, first)


def test_layers_changed_amid_a_batch_keep_the_completed_batch(session: Session) -> None:
    # Intention: a half-done batch is completed before its network is taken apart.
    session.step("phase")
    assert session.network_config is not None
    start = shown(session).params
    session.set_hidden(session.network_config.hidden)
    assert not np.array_equal(shown(session).params, start)


# Failure ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["train", "step"])
def test_exploding_loss_fails_with_the_last_finite_weights(houses: Dataset, way: str) -> None:
    # Intention: the worker's error is kept and shown by poll; nothing infinite is ever drawn.
    session = Session(TrainConfig(optimizer="sgd", learning_rate=100))
    session.open(houses)
    if way == "train":
        session.train()
        until(lambda: session.poll() is not None and session.state is not RunState.RUNNING)
    else:
        while session.state is not RunState.FAILED:
            session.step("batch")
    assert session.state is RunState.FAILED
    assert isinstance(session.error, TrainingError)
    assert np.isfinite(shown(session).params).all()
    with pytest.raises(StateError):
        session.train()
    session.set_training(learning_rate=0.01)
    session.reset()
    assert session.error is None
    assert finish(session).finished == "epochs"


@pytest.mark.parametrize(
    ("fault", "words"), [(MemoryError("no room"), "not enough memory"), (ZeroDivisionError("oh"), "ZeroDivisionError")]
)
def test_fault_in_the_worker_is_reported_not_swallowed(
    fault: Exception, words: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: also an error nobody foresaw reaches the user as an AnnVizError with its cause.
    def break_down(*_: object) -> None:
        raise fault

    monkeypatch.setattr("ann_viz.engine.Trainer.__next__", break_down)
    session.train()
    assert session.wait(30)
    assert session.state is RunState.FAILED
    assert isinstance(session.error, AnnVizError)
    assert words in str(session.error)
    assert session.error.__cause__ is fault


# Threads ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("speed", [Speed(), ONE_STEP_THEN_WAIT, Speed("phase", 1000)])
def test_closing_while_training_leaves_no_thread(circles: Dataset, speed: Speed) -> None:
    # Intention: closing the window in the middle of a run is an everyday thing.
    before = threading.active_count()
    for _ in range(50):
        session = Session(TrainConfig(epochs=0))
        session.open(circles)
        session.set_speed(speed)
        session.train()
        session.poll()
        session.close()
        assert threading.active_count() == before


def test_speed_of_learning_is_measured(session: Session) -> None:
    # Intention: samples per second come from what the trainer really did.
    assert session.samples_per_second == 0
    finish(session)
    assert session.samples_per_second > 0


# Data and scores ----------------------------------------------------------------------------------------------------
def test_opening_other_data_fits_the_ends_of_the_network(session: Session, flowers: Dataset) -> None:
    # Intention: hidden layers are the user's choice and survive; inputs and outputs follow the data.
    session.set_hidden((LayerConfig(neurons=5, activation="tanh"),))
    session.train()
    session.open(flowers)
    assert session.state is RunState.READY
    assert session.network_config is not None
    assert session.network_config.task == "multiclass"
    assert session.network_config.sizes == (2, 5, 3)
    assert set(session.metrics("test")) >= {"loss", "accuracy", "auc", "log_loss"}


def test_rows_that_do_not_exist_are_refused(session: Session) -> None:
    # Intention: the example picker can't leave the data.
    with pytest.raises(ConfigError):
        session.set_example(120)
    with pytest.raises(ConfigError):
        session.set_example(-1)
    assert session.example == 0


def test_errors_are_given_in_the_units_of_the_target(houses: Dataset) -> None:
    # Intention: an error in price is an amount of money, not a number of standard deviations.
    session = Session(TrainConfig(epochs=100))
    session.open(houses)
    finish(session)
    prices = houses.table.numbers(houses.table.column("price").index)
    for part in ("train", "validation", "test"):
        rows = getattr(houses, part)
        truth = prices[houses.source_rows[rows]]
        answers = np.asarray(houses.encoder.decode_target(session.network.predict(houses.X[rows])), float).ravel()
        metrics, trivial = session.metrics(part), session.baseline(part)
        assert math.isclose(metrics["mae"], np.abs(truth - answers).mean(), rel_tol=1e-3)
        assert math.isclose(metrics["rmse"], np.sqrt(((truth - answers) ** 2).mean()), rel_tol=1e-3)
        mean = prices[houses.source_rows[houses.train]].mean()
        assert math.isclose(trivial["mae"], np.abs(truth - mean).mean(), rel_tol=1e-3)
        assert metrics["rmse"] < trivial["rmse"]


def test_scores_follow_the_snapshot(session: Session) -> None:
    # Intention: scores are kept per snapshot and never those of an older one.
    before = session.metrics("train")
    assert session.metrics("train") is before
    session.step("batch")
    assert session.metrics("train") != before


def test_part_without_rows_has_no_scores(circles: Dataset) -> None:
    # Intention: with no validation rows there is nothing to score, and training works all the same.
    empty = np.array([], dtype=circles.validation.dtype)
    session = Session(TrainConfig(epochs=2))
    session.open(replace(circles, validation=empty))
    assert finish(session).finished == "epochs"
    assert session.metrics("validation") == session.baseline("validation") == {}


def test_network_is_that_of_the_snapshot(session: Session) -> None:
    # Intention: asking for a network before there is data says what to do.
    assert isinstance(session.network, Network)
    with pytest.raises(StateError, match="Open a data file"):
        _ = Session().network


@pytest.mark.parametrize("changes", [{"epochs": 9}, {"average_epochs": 0.0}, {"epochs": 9, "average_epochs": 0.0}])
@pytest.mark.parametrize("is_over", [True, False])
def test_what_is_saved_is_what_is_shown_after_a_change_of_settings(
    circles: Dataset, changes: dict, is_over: bool
) -> None:
    """The average that stood in place at the end gives way to what a longer run goes on from, and everyone sees it."""
    session = Session(TrainConfig(epochs=4, learning_rate=0.05, average_epochs=3.0))
    session.open(circles)
    if is_over:
        finish(session)
    else:
        session.step("batch")
    session.set_training(**changes)
    saved = session.project()
    np.testing.assert_array_equal(saved.model.network.params, session.model().network.params)
    if is_over and "epochs" in changes:
        session.step("batch")
        assert session.state is RunState.PAUSED and shown(session).step > 0
    session.close()
