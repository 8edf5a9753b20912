"""A session on rows that are read from files: the same commands, the same numbers, nothing left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset, build_dataset
from ann_viz.data.datasets import encoded
from ann_viz.engine import TrainConfig, rows
from ann_viz.session import RunState, Session
from ann_viz.session.headless import learn


@pytest.fixture
def streamed(circles: Dataset, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dataset]:
    """The circles, in files."""
    with monkeypatch.context() as patch:
        patch.setattr(encoded, "MOST_BYTES_IN_MEMORY", 0)
        dataset = build_dataset(circles.table, circles.recipe)
    assert dataset.is_streamed
    yield dataset
    dataset.release()


def learned(dataset: Dataset, **changes: object) -> Session:
    session = Session(replace(TrainConfig(epochs=40, batch_size=16, learning_rate=0.02), **changes))
    session.open(dataset)
    learn(session)
    return session


def test_learns_as_from_memory(circles: Dataset, streamed: Dataset) -> None:
    # Intention: where the rows lie changes their order, and nothing else about learning.
    held = learned(circles)
    scores, first = held.metrics("train"), held.snapshot
    session = learned(streamed)
    assert first is not None and session.snapshot is not None
    for name in ("train_loss", "validation_loss"):
        ours, theirs = getattr(session.snapshot.history, name), getattr(first.history, name)
        assert ours[0] == pytest.approx(theirs[0], rel=1e-6)
        assert ours[-1] == pytest.approx(theirs[-1], abs=0.05)
    assert session.metrics("train")["accuracy"] == pytest.approx(scores["accuracy"], abs=0.05)
    session.close()


def test_same_seed_same_bits(streamed: Dataset) -> None:
    # Intention: a run on streamed rows can be repeated exactly.
    runs = [learned(streamed, epochs=3) for _ in range(2)]
    first, second = (run.snapshot for run in runs)
    assert first is not None and second is not None
    np.testing.assert_array_equal(first.params, second.params)


def test_any_row_can_be_looked_at(circles: Dataset, streamed: Dataset) -> None:
    # Intention: the row shown on the canvas is the same row of the file, with the same numbers.
    session = Session()
    session.open(streamed)
    for row in (0, 17, len(circles.X) - 1):
        session.set_example(row)
        np.testing.assert_array_equal(session.shown_row().values[0], circles.X[row])
        assert streamed.raw(row) == circles.raw(row)
    session.close()


def test_scores_are_those_of_the_rows_in_memory(circles: Dataset, streamed: Dataset) -> None:
    # Intention: scores and trivial answers do not depend on where the rows lie.
    held, session = Session(), Session()
    held.open(circles)
    expected = [dict(held.metrics(part)) | dict(held.baseline(part)) for part in ("train", "validation", "test")]
    session.open(streamed)
    found = [dict(session.metrics(part)) | dict(session.baseline(part)) for part in ("train", "validation", "test")]
    assert found == expected
    session.close()


def test_large_parts_are_judged_by_some_rows(streamed: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: the scores of a large part agree with its loss in the chart, as both see the same rows.
    monkeypatch.setattr(rows, "MOST_JUDGED_ROWS", 10)
    session = learned(streamed, epochs=2)
    assert session.snapshot is not None
    assert session.metrics("validation")["loss"] == pytest.approx(session.snapshot.best_loss, rel=1e-5)
    session.close()


def test_opening_and_closing_remove_the_files(streamed: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: another recipe for the same table, or the end, takes the files of the old rows away.
    folder = Path(tempfile.gettempdir())
    scratch = streamed.encoded.scratch
    assert scratch is not None and folder in scratch.path.parents
    session = Session(TrainConfig(epochs=0))
    session.open(streamed)
    session.open(streamed)
    assert scratch.path.exists()
    session.train()
    assert session.state is RunState.RUNNING
    session.open(build_dataset(streamed.table, replace(streamed.recipe, inputs=("x", "y"))))
    assert not scratch.path.exists()
    assert streamed.table.rows(0, 1)
    session.close()
