"""What is counted over the validation rows, recomputed row by row, and finding a row of one kind."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import TrainConfig
from ann_viz.session import Session
from ann_viz.session.judging import Judge


def trained(dataset, epochs: int = 6) -> Session:
    session = Session(TrainConfig(epochs=epochs, batch_size=16))
    session.open(dataset)
    session.train()
    session.wait()
    session.poll()
    return session


@pytest.mark.parametrize("name", ["circles", "flowers"])
def test_counts_are_those_of_going_row_by_row(name, request) -> None:
    """Every validation row is sent through the network by itself, and counted by hand."""
    session = trained(request.getfixturevalue(name))
    dataset, found = session.dataset, Judge(session).judge()
    names = dataset.encoder.class_names
    expected = np.zeros((len(names), len(names)), int)
    for row in dataset.validation:
        output = session.network.predict(session.dataset.X[row : row + 1])[0]
        answer = int(output[0] > 0.5) if len(output) == 1 else int(np.argmax(output))
        truth = names.index(dataset.raw(int(row))[-1])
        expected[truth, answer] += 1
    assert found.counts.tolist() == expected.tolist()
    assert found.part == "validation"
    assert found.n_judged == found.n_rows == found.counts.sum() == len(dataset.validation)
    assert found.scores == pytest.approx(session.metrics("validation"))
    assert np.trace(found.counts) / found.counts.sum() == pytest.approx(session.metrics("validation")["accuracy"])
    session.close()


def test_numbers_are_in_the_units_of_the_target(houses) -> None:
    """The truth is what the file says, and the mean distance is the score that the session gives."""
    session = trained(houses)
    found = Judge(session).judge()
    written = [float(session.dataset.raw(int(row))[-1]) for row in session.dataset.validation]
    assert found.truth == pytest.approx(written, rel=1e-5)
    assert np.abs(found.answer - found.truth).mean() == pytest.approx(session.metrics("validation")["mae"], rel=1e-5)
    assert found.scores == pytest.approx(session.metrics("validation"))
    assert Judge(session).next_of_kind(0, 0) is None
    session.close()


def test_a_snapshot_is_judged_once_and_a_new_one_again(circles) -> None:
    """Asking twice costs nothing; other weights are looked at anew."""
    session = trained(circles)
    judge = Judge(session)
    first = judge.judge()
    assert judge.judge() is first
    session.set_parameter(0, 0, 0, 50.0)
    assert judge.judge() is not first
    session.close()
    assert judge.judge() is None
    assert judge.next_of_kind(0, 0) is None


def test_every_kind_is_found_in_turn(flowers) -> None:
    """Walking through one cell of the matrix meets each of its rows once, then begins again."""
    session = trained(flowers, epochs=1)
    judge = Judge(session)
    counts = judge.judge().counts
    for truth, answer in np.ndindex(*counts.shape):
        met = []
        for _ in range(counts[truth, answer]):
            row = judge.next_of_kind(truth, answer)
            session.set_example(row)
            met.append(row)
        assert len(set(met)) == counts[truth, answer]
        assert set(met) <= set(session.dataset.validation.tolist())
        assert {int(session.dataset.Y[row].argmax()) for row in met} <= {truth}
        again = judge.next_of_kind(truth, answer)
        assert again is None if not met else again == met[0]
    session.close()


def test_rows_in_files_are_counted_and_found_alike(circles, monkeypatch) -> None:
    """Of rows that memory does not hold, the parts lie in files of their own; the row found is still the right one."""
    from ann_viz.data import build_dataset
    from ann_viz.data.datasets import encoded

    with monkeypatch.context() as patch:
        patch.setattr(encoded, "MOST_BYTES_IN_MEMORY", 0)
        dataset = build_dataset(circles.table, circles.recipe)
    assert dataset.is_streamed
    session = trained(dataset)
    judge = Judge(session)
    counts = judge.judge().counts
    for truth, answer in zip(*np.nonzero(counts), strict=True):
        row = judge.next_of_kind(int(truth), int(answer))
        assert dataset.encoder.class_names[truth] == dataset.raw(row)[-1]
        assert int(session.network.predict(session.dataset.X[row : row + 1])[0, 0] > 0.5) == answer
    session.close()


def test_without_validation_rows_the_training_rows_are_counted(circles) -> None:
    """The part is named, so that the window can say which rows these are."""
    from dataclasses import replace

    from ann_viz.data import build_dataset

    split = replace(circles.recipe.split, train=0.8, validation=0.0, test=0.2)
    session = trained(build_dataset(circles.table, replace(circles.recipe, split=split)))
    found = Judge(session).judge()
    assert found.part == "train"
    assert found.counts.sum() == len(session.dataset.train)
    session.close()
