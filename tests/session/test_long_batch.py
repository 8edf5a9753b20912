"""A batch may take long: its run is abandoned, what it comes to is dropped, and its data are let go when it ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pytest
from session_states import poll_until, shown

from ann_viz.data import Dataset, build_dataset
from ann_viz.data.datasets import encoded
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.engine.optimizers import OPTIMIZERS, UpdateRule
from ann_viz.session import RunState, Session


class Turnstile:
    """Holds every batch back until the test lets it end.

    Attributes
    ----------
    held_back : Semaphore
        One more for every batch that is under way and waits.
    """

    def __init__(self) -> None:
        self.held_back = threading.Semaphore(0)
        self._admitted = threading.Semaphore(0)
        self._is_open = False
        self._fault: Exception | None = None

    def pass_through(self) -> None:
        """Called by the worker, in the middle of a batch."""
        if not self._is_open:
            self.held_back.release()
            assert self._admitted.acquire(timeout=30)
        if self._fault is not None:
            raise self._fault

    def admit(self) -> None:
        """Let one batch end."""
        self._admitted.release()

    def open(self, fault: Exception | None = None) -> None:
        """Let all batches end from now on, or fail."""
        self._is_open, self._fault = True, fault
        self._admitted.release(10)


@pytest.fixture
def turnstile(monkeypatch: pytest.MonkeyPatch) -> Turnstile:
    """The turnstile that the steps of the optimiser "slow" go through."""
    made = Turnstile()
    rule = UpdateRule(
        name="slow",
        label="Slow",
        formula="Δw = −η·g",
        direction=lambda b: [made.pass_through, partial(np.multiply, b.g, b.step_length, b.t)],
    )
    monkeypatch.setitem(OPTIMIZERS, rule.name, rule)
    return made


def slow(learning_rate: float = 0.1) -> TrainConfig:
    return TrainConfig(epochs=0, batch_size=16, optimizer="slow", learning_rate=learning_rate)


def begin(session: Session, turnstile: Turnstile) -> None:
    """Train until two batches are done and seen, and the third is under way."""
    session.train()
    for _ in range(2):
        assert turnstile.held_back.acquire(timeout=30)
        session.poll()  # asks for a snapshot after this batch
        turnstile.admit()
    assert turnstile.held_back.acquire(timeout=30)
    session.poll()
    assert shown(session).step == 2


@pytest.fixture
def session(circles: Dataset, turnstile: Turnstile) -> Iterator[Session]:
    """A session amid its third batch."""
    session = Session(slow())
    session.open(circles)
    begin(session, turnstile)
    yield session
    turnstile.open()
    session.close()


@pytest.fixture
def streamed(circles: Dataset, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dataset]:
    """The circles, in files that the trainer reads while it trains."""
    with monkeypatch.context() as patch:
        patch.setattr(encoded, "MOST_BYTES_IN_MEMORY", 0)
        dataset = build_dataset(circles.table, circles.recipe)
    yield dataset
    dataset.release()


def workers() -> int:
    return sum(thread.name == "ann-viz training" for thread in threading.enumerate())


COMMANDS: dict[str, Callable[[Session], None]] = {
    "reset": lambda session: session.reset(),
    "new_start": lambda session: session.new_start(),
    "set_network": lambda session: session.set_network(dtype="float64"),
    "set_hidden": lambda session: session.set_hidden((LayerConfig(neurons=3),)),
}


@pytest.mark.parametrize("fault", [None, MemoryError("no room")])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_change_does_not_wait_for_the_batch(
    session: Session, turnstile: Turnstile, command: str, fault: Exception | None
) -> None:
    # Intention: it is done while the batch is not; what the batch comes to, an error even, changes nothing any more.
    COMMANDS[command](session)
    assert workers() == 1 and session.needs_polling
    assert session.state is RunState.READY
    before = shown(session)
    assert (before.epoch, before.step) == (0, 0)
    turnstile.open(fault)
    poll_until(session, lambda: not session.needs_polling)
    assert workers() == 0
    assert session.state is RunState.READY and session.error is None
    assert shown(session) is before


def test_the_next_run_is_not_disturbed(session: Session, turnstile: Turnstile, circles: Dataset) -> None:
    # Intention: one may train again at once; the two threads share no weights and no order of rows.
    session.reset()
    session.train()
    assert turnstile.held_back.acquire(timeout=30)
    assert workers() == 2
    turnstile.open()
    poll_until(session, lambda: shown(session).step > 20 and workers() == 1)
    session.pause()
    alone = Session(slow())
    alone.open(circles)
    for _ in range(shown(session).step):
        alone.step("batch")
    np.testing.assert_array_equal(shown(alone).params, shown(session).params)


def test_hidden_layers_keep_what_was_seen_last(session: Session) -> None:
    # Intention: the batch under way is lost, and nothing of what was learned before it.
    learned = shown(session)
    session.set_hidden((LayerConfig(neurons=4), LayerConfig(neurons=6)))
    np.testing.assert_array_equal(shown(session).W[0], learned.W[0][:, :4])
    np.testing.assert_array_equal(shown(session).W[2], learned.W[2])


def test_a_snapshot_that_came_last_is_taken_along(session: Session, turnstile: Turnstile) -> None:
    # Intention: the newest weights are kept, also those that no view has seen yet.
    turnstile.admit()  # the snapshot asked for last is taken after this batch
    assert turnstile.held_back.acquire(timeout=30)
    assert shown(session).step == 2
    layers = session.network_config.hidden if session.network_config else ()
    before = session.set_hidden(layers)
    kept = shown(session).params
    turnstile.open()
    poll_until(session, lambda: not session.needs_polling)
    session.show_run(before)
    last = shown(session)
    assert last.step == 4 and last.gradients is not None
    np.testing.assert_allclose(kept - 0.1 * last.gradients, last.params, atol=1e-7)


# Data ---------------------------------------------------------------------------------------------------------------
def test_files_are_let_go_when_the_batch_has_ended(streamed: Dataset, flowers: Dataset, turnstile: Turnstile) -> None:
    # Intention: other data are there at once, and a worker that still reads the old ones finds them until it ends.
    session = Session(slow())
    session.open(streamed)
    begin(session, turnstile)
    session.reset()
    session.train()
    assert turnstile.held_back.acquire(timeout=30)
    session.open(flowers)
    assert workers() == 2
    assert session.dataset is flowers and session.state is RunState.READY
    assert streamed.encoded.scratch is not None and streamed.encoded.scratch.path.exists()
    turnstile.admit()
    poll_until(session, lambda: workers() == 1)
    assert streamed.encoded.scratch.path.exists()  # one of the two still reads them
    turnstile.open()
    poll_until(session, lambda: not session.needs_polling)
    assert not streamed.encoded.scratch.path.exists()
    session.close()


def test_closing_waits_a_moment_and_no_longer(streamed: Dataset, turnstile: Turnstile) -> None:
    # Intention: the window goes, and with it all files, while the worker is still at its batch.
    session = Session(slow())
    session.open(streamed)
    begin(session, turnstile)
    session.close()
    assert workers() == 1
    assert session.state is RunState.EMPTY and session.dataset is None
    assert streamed.encoded.scratch is not None and not streamed.encoded.scratch.path.exists()
    turnstile.open()
    poll_until(session, lambda: not session.needs_polling)
    assert session.error is None


PROGRAM = """
import atexit, threading
from ann_viz.engine import Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.optimizers import OPTIMIZERS, UpdateRule
from ann_viz.session import Speed
from ann_viz.session.runner import Runner
import numpy as np

under_way, may_end = threading.Event(), threading.Event()
calls = [under_way.set, may_end.wait]
rule = UpdateRule(name="slow", label="Slow", formula="", direction=lambda b: [*calls, lambda: b.t.fill(0)])
OPTIMIZERS["slow"] = rule
X = np.ones((8, 2))
trainer = Trainer(
    Network(NetworkConfig(n_inputs=2, n_outputs=1)), X, X[:, :1], config=TrainConfig(optimizer="slow", epochs=0)
)
atexit.register(lambda: print(sum(thread.name == "ann-viz training" for thread in threading.enumerate())))
Runner(trainer, Speed()).start()
under_way.wait()
timer = threading.Timer(0.3, may_end.set)
timer.daemon = True  # the end of the program does not wait for it
timer.start()
"""


def test_the_program_ends_when_the_batch_has() -> None:
    # Intention: the window is gone at once, but a process that leaves its worker amid a matrix product never ends.
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["0"] and done.stderr == ""


# Undo ---------------------------------------------------------------------------------------------------------------
def test_undo_gives_an_abandoned_run_back(session: Session, turnstile: Turnstile) -> None:
    # Intention: nothing is lost: the run is shown as running until its batch ends, then it may go on.
    seen = shown(session)
    left = session.set_hidden((LayerConfig(neurons=3),))
    session.show_run(left)
    assert session.state is RunState.RUNNING and workers() == 1
    assert shown(session) is seen
    assert session.network_config is not None and session.network_config.sizes[1:] == (6, 6, 1)
    turnstile.open()
    poll_until(session, lambda: session.state is RunState.PAUSED)
    assert shown(session).step == 3 and not session.needs_polling
    session.step("batch")
    assert shown(session).step == 4


def test_undo_after_the_batch_has_ended_returns_to_its_end(session: Session, turnstile: Turnstile) -> None:
    # Intention: as if the run had been paused before the change.
    left = session.reset()
    turnstile.open()
    poll_until(session, lambda: not session.needs_polling)
    session.show_run(left)
    assert session.state is RunState.PAUSED and shown(session).step == 3


def test_settings_belong_to_their_run(session: Session, turnstile: Turnstile) -> None:
    # Intention: a run that is given back has the settings it was left with, and those changed then reach its worker.
    left = session.reset()
    session.set_training(learning_rate=0.05)
    session.show_run(left)
    assert session.train_config == slow()
    session.set_training(learning_rate=0.01)
    turnstile.open()
    poll_until(session, lambda: session.state is RunState.PAUSED)
    assert shown(session).train_config == slow(learning_rate=0.01)
