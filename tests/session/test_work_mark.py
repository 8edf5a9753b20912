"""What is unsaved, in words: every kind of change has some, and what is as it was has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ann_viz.data import Dataset, build_dataset
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session import Moment, Session
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.work_mark import changes_since


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    """A session that has learned two epochs."""
    session = Session(TrainConfig(epochs=2, batch_size=64))
    session.open(circles)
    session.train()
    assert session.wait(30)
    yield session
    session.close()


def current(session: Session) -> int:
    return session.run_numbers[0]


def other_columns(session: Session) -> None:
    dataset = session.dataset
    assert dataset is not None
    session.open(build_dataset(dataset.table, dataset.recipe))


def train_on(session: Session) -> None:
    session.train()
    assert session.wait(30)


def branch(session: Session) -> None:
    session.look_at(Moment(current(session), 1))
    session.continue_from_here()
    train_on(session)


CHANGES: dict[str, tuple[Callable[[Session], object], tuple[str, ...]]] = {
    "a setting": (lambda s: s.set_training(l2=0.001), ("L2 0 → 0.001",)),
    "two settings": (lambda s: s.set_training(l2=0.001, momentum=0.5), ("L2 0 → 0.001", "Momentum 0.9 → 0.5")),
    "learning": (train_on, ("2 epochs",)),
    "a branch": (branch, ("1 epoch", "1 new run")),
    "layers": (lambda s: s.set_hidden((LayerConfig(neurons=2),)), ("1 new run",)),
    "a weight": (lambda s: s.set_parameter(0, 0, 0, 1.5), ("weights set by hand",)),
    "a lock": (lambda s: s.lock_parameter(0, 0, 0, True), ("locked weights",)),
    "a neuron": (lambda s: s.switch_neuron(1, 0, False), ("neurons off or on",)),
    "a name": (lambda s: s.rename_run(current(s), "mine"), ("1 name",)),
    "a note": (lambda s: s.set_run_note(current(s), "look"), ("1 note",)),
    "a pin": (lambda s: s.pin_run(current(s), True), ("other pins",)),
    "a curve": (lambda s: s.show_curve(current(s), False), ("other curves shown",)),
    "the threshold": (lambda s: s.set_threshold(0.3), ("threshold 50\N{NO-BREAK SPACE}% → 30\N{NO-BREAK SPACE}%",)),
    "costs": (lambda s: s.set_costs(MistakeCosts(5.0, 1.0)), ("costs of mistakes",)),
    "locked columns": (lambda s: s.lock_columns(frozenset({"x"})), ("columns left alone",)),
    "a look at the test rows": (lambda s: s.ask_test_rows(), ("1 look at the test rows",)),
    "rows": (lambda s: s.keep_rows_inside(True), ("rows inside",)),
    "what outputs are divided by": (lambda s: s.temper(2.0), ("other weights",)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_told(session: Session, change: str) -> None:
    """And nothing else is; the same moment has nothing to tell."""
    act, words = CHANGES[change]
    before = session.work_mark()
    assert changes_since(before, session.work_mark()) == ()
    act(session)
    assert changes_since(before, session.work_mark()) == words


def test_other_columns_and_a_deleted_run(session: Session) -> None:
    """Several changes are told one after the other; a run that came and went is none."""
    before, first = session.work_mark(), current(session)
    other_columns(session)
    assert changes_since(before, session.work_mark()) == ("other columns", "1 new run")
    session.delete_run(first)
    assert changes_since(before, session.work_mark()) == ("other columns", "1 new run", "1 run deleted")


def test_a_run_that_had_learned_nothing_is_changed_and_not_another(circles: Dataset) -> None:
    """Its layers are set, and then it learns half an epoch."""
    session = Session(TrainConfig(batch_size=16))
    session.open(circles)
    before = session.work_mark()
    session.set_hidden((LayerConfig(neurons=2),))
    assert changes_since(before, session.work_mark()) == ("Hidden layers 6 · 6 ReLU → 2 ReLU",)
    session.step("batch")
    assert changes_since(before, session.work_mark())[1:] == ("part of an epoch",)
    session.close()
