"""The session: its states, its failures and its threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from session_states import ONE_STEP_THEN_WAIT, finish, in_state, poll_until, shown

from ann_viz.data import Dataset
from ann_viz.engine import USUAL_THRESHOLD, LayerConfig, TrainConfig
from ann_viz.errors import AnnVizError, StateError, TrainingError
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.judged.costs import MistakeCosts

# States -------------------------------------------------------------------------------------------------------------
COMMANDS: dict[str, tuple[Callable[[Session], object], str]] = {
    # Command: the states in which it is legal, in the order of RunState.
    "train": (lambda s: s.train(), "ready running paused finished"),
    "pause": (lambda s: s.pause(), "empty ready running paused finished without_rows"),
    "step": (lambda s: s.step("batch"), "ready paused"),
    "reset": (lambda s: s.reset(), "ready running paused finished"),
    "new_start": (lambda s: s.new_start(), "ready running paused finished"),
    "set_hidden": (lambda s: s.set_hidden((LayerConfig(neurons=3),)), "ready running paused finished"),
    "set_training": (lambda s: s.set_training(l2=0.1), "empty ready running paused finished without_rows"),
    "set_example": (lambda s: s.set_example(1), "ready running paused finished"),
    "restore_best": (lambda s: s.restore_best(), "paused finished"),
    "close": (lambda s: s.close(), "empty ready running paused finished without_rows"),
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
    poll_until(session, lambda: session.state is RunState.FINISHED)
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
    poll_until(session, lambda: shown(session).step == 1)
    session.pause()
    assert session.state is RunState.PAUSED
    assert shown(session).step == 1


def test_new_speed_applies_while_waiting_for_the_old_one(session: Session) -> None:
    # Intention: moving the speed slider from the turtle to the rabbit acts at once.
    session.set_speed(Speed("phase", 0.001))
    session.train()
    poll_until(session, lambda: shown(session).phase is not None)
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
    poll_until(session, lambda: shown(session).step > 0)
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


# Failure ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["train", "step"])
def test_exploding_loss_fails_with_the_last_finite_weights(houses: Dataset, way: str) -> None:
    # Intention: the worker's error is kept and shown by poll; nothing infinite is ever drawn.
    session = Session(TrainConfig(optimizer="sgd", learning_rate=100))
    session.open(houses)
    if way == "train":
        session.train()
        poll_until(session, lambda: session.state is not RunState.RUNNING)
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
