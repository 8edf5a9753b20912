"""While training goes phase by phase, the shown row is one of the batch; every row knows its part."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.explain.network_text import whole_text
from ann_viz.session import Session
from ann_viz.session.shown_batch import ShownBatch


def batch_of(session: Session) -> ShownBatch:
    assert session.batch is not None
    return session.batch


def to_phase(session: Session, kind: str) -> None:
    """Step until a phase of this kind is done."""
    while session.snapshot is None or session.snapshot.phase is None or session.snapshot.phase.kind != kind:
        session.step("phase")


def test_in_phase_steps_the_shown_row_is_one_of_the_batch(session: Session, circles: Dataset) -> None:
    """From the first phase to the update, and in the next batch at the same place of it."""
    outside = int(circles.validation[0])
    session.set_example(outside)
    for _ in range(3):
        to_phase(session, "input")
        batch = batch_of(session)
        assert len(batch) == 16
        assert set(batch.rows.tolist()) <= set(np.asarray(circles.train).tolist())
        assert session.example == batch.rows[batch.place]
        shown = session.shown_row()
        assert shown is not None
        assert shown.facts.part == "train"
        to_phase(session, "update")
        assert batch_of(session).rows is batch.rows
        session.set_example(int(batch.rows[6]))
        assert batch_of(session).place == 6
        session.step("phase")
        assert batch_of(session).place == 6
        assert session.example == batch_of(session).rows[6]


def test_the_chosen_row_comes_back_after_the_phases(session: Session, circles: Dataset) -> None:
    """Whoever looked at a row before is shown it again when batches are no longer gone through by phases."""
    row = int(circles.validation[0])
    session.set_example(row)
    session.step("phase")
    assert session.example != row
    session.step("batch")
    assert session.snapshot is not None
    assert session.batch is not None, "the rest of the batch ends with its update"
    session.step("batch")
    assert session.batch is None
    assert session.example == row


def test_a_row_beside_the_batch_may_be_looked_at(session: Session, circles: Dataset) -> None:
    """A validation row that is chosen in mid-batch is shown, and the batch still knows its place."""
    session.step("phase")
    row = int(circles.validation[0])
    session.set_example(row)
    assert session.example == row
    assert batch_of(session).row is None
    session.set_example(int(batch_of(session).rows[3]))
    assert (batch_of(session).place, batch_of(session).beside) == (3, False)


def test_the_first_batch_begins_with_the_chosen_row_if_it_has_it(session: Session) -> None:
    """Nothing jumps where it need not."""
    session.step("phase")
    row = int(batch_of(session).rows[5])
    session.reset()
    session.set_example(row)
    session.step("phase")
    assert (session.example, batch_of(session).place) == (row, 5)


@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_every_row_knows_its_part(session: Session, circles: Dataset, part: str) -> None:
    """Its part stands beside its name, everywhere a row is named."""
    words = {"train": "(training)", "validation": "(validation)", "test": "(test)"}
    rows = circles.rows(part)  # type: ignore[arg-type]
    assert len(rows)
    for row in np.asarray(rows).tolist():
        assert circles.part_of(row) == part
    session.set_example(int(rows[0]))
    shown = session.shown_row()
    assert shown is not None
    assert shown.names.row.endswith(words[part])


def test_scores_at_rest_are_of_the_weights_on_show(session: Session, circles: Dataset) -> None:
    """After one batch, one phase and a hand edit: the loss is the one recomputed from the shown network."""
    by_hand = partial(session.set_parameter, 0, 0, 0, 2.0)
    for act in (partial(session.step, "batch"), partial(session.step, "phase"), by_hand):
        act()
        snapshot = session.snapshot
        assert snapshot is not None
        assert snapshot.measured is not None
        X, Y = circles.part("train")
        P = session.network.predict(X).astype(np.float64)
        expected = -np.log(np.where(Y == 1, P, 1 - P)).mean()
        assert snapshot.scores.train_loss == pytest.approx(expected, rel=1e-5)
        assert snapshot.judged_metric == session.metrics("validation")["accuracy"]


@pytest.mark.parametrize("settings", [{}, {"class_weights": "balanced"}, {"dropout": 0.4, "class_weights": "balanced"}])
def test_the_mean_of_the_rows_is_the_gradient_of_the_batch(session: Session, settings: dict[str, Any]) -> None:
    """This row alone and the mean of the batch are two things, and the second is made of the first."""
    session.set_training(l2=0.01, clip_norm=0.1, **settings)
    for _ in range(3):
        session.step("batch")
    while session.snapshot is None or session.snapshot.gradient_from or session.snapshot.phase is None:
        session.step("phase")
    batch, mean = batch_of(session), session.snapshot.gradients
    assert session.snapshot.phase.kind == "backward"
    assert mean is not None
    gradients = []
    for row in batch.rows.tolist():
        session.set_example(row)
        shown = session.shown_row()
        assert shown is not None
        assert bool(shown.masks) == ("dropout" in settings)
        passes = shown.passes
        gradients.append(
            np.concatenate([np.append(dW.ravel(), db) for dW, db in zip(passes.dW, passes.db, strict=True)])
        )
    np.testing.assert_allclose(np.mean(gradients, axis=0), mean, atol=2e-6)
    session.step("phase")
    assert session.snapshot.gradients is not None
    np.testing.assert_array_equal(session.snapshot.gradients, mean)
    shown = session.shown_row()
    assert shown is not None
    assert shown.masks == (), "the next batch draws anew"


def test_class_weights_count_for_training_rows_only(session: Session, circles: Dataset) -> None:
    """The loss of a row that nothing is learned from counts once, as it does where the network is judged."""
    session.set_training(class_weights="balanced")
    session.step("batch")
    Y = circles.part("train")[1][:, 0]
    for part in ("train", "validation"):
        row = int(circles.rows(part)[0])  # type: ignore[arg-type]
        session.set_example(row)
        shown = session.shown_row()
        assert shown is not None
        truth, answer = circles.Y[row][0], shown.values[-1][0]
        once = -np.log(answer if truth else 1 - answer)
        times = len(Y) / (2 * (truth == Y).sum()) if part == "train" else 1
        assert shown.passes.loss == pytest.approx(times * once, rel=1e-4)
        assert shown.passes.delta[-1][0] == pytest.approx(times * (answer - truth), rel=1e-4)


def test_the_text_of_the_network_waits_for_the_signal(session: Session) -> None:
    """In the middle of the way forward no number is told that has not been worked out, and no answer."""
    to_phase(session, "forward")
    shown = session.shown_row()
    assert shown is not None
    lines = whole_text(shown.seen).splitlines()
    assert "the network says: –." in lines[0]
    assert [line.startswith("Hidden layer 1: ") for line in lines].count(True) == 1
    waiting = [line for line in lines if "has not got here yet" in line]
    assert all(line.startswith(("Hidden layer 2", "Output layer")) for line in waiting)
    assert len(waiting) == 2 + 6 + 1
    to_phase(session, "error")
    shown = session.shown_row()
    assert shown is not None
    assert "not got here" not in whole_text(shown.seen)
