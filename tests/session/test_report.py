"""Runs without a window and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot, TrainConfig
from ann_viz.errors import DataError, TrainingError
from ann_viz.session import Session
from ann_viz.session.headless import learn, open_dataset
from ann_viz.session.report import as_json, as_table, in_words, most_useful_columns


def test_progress_is_told_while_training(circles: Dataset) -> None:
    # Intention: an endless run is ended from its own progress report, so there was one before the end.
    session = Session(TrainConfig(epochs=0))
    session.open(circles)
    told: list[Snapshot] = []

    def tell(snapshot: Snapshot) -> None:
        told.append(snapshot)
        session.set_training(epochs=snapshot.epoch + 1)

    outcome = learn(session, tell)
    assert told[0].finished is None
    assert told[-1].finished == outcome.reason == "epochs"
    assert outcome.epochs == told[-1].epoch


def test_best_epoch_is_kept(circles: Dataset) -> None:
    # Intention: what is saved and scored is the network at its best on the validation rows.
    session = Session(TrainConfig(epochs=40, learning_rate=0.1))
    session.open(circles)
    outcome = learn(session)
    assert session.snapshot is not None
    best = int(np.argmin(session.snapshot.history.validation_loss))
    assert outcome.kept_epoch == best
    assert abs(session.metrics("validation")["loss"] - session.snapshot.best_loss) < 1e-5


def test_failed_run_raises_its_error(houses: Dataset) -> None:
    # Intention: the caller learns why.
    session = Session(TrainConfig(optimizer="sgd", learning_rate=100))
    session.open(houses)
    with pytest.raises(TrainingError):
        learn(session)


def test_file_that_cannot_be_learned_is_closed_again(tmp_path: Path) -> None:
    # Intention: an error leaves no temporary files behind.
    path = tmp_path / "same.csv"
    path.write_text("a,b\n" + "1,2\n" * 8)
    with pytest.raises(DataError):
        open_dataset(path, target="b")


@pytest.mark.parametrize("which", ["circles", "flowers", "houses"])
def test_words_compare_with_not_learning(which: str, request: pytest.FixtureRequest) -> None:
    # Intention: every task is told in plain words beside the lazy answer.
    dataset: Dataset = request.getfixturevalue(which)
    session = Session(TrainConfig(epochs=30))
    session.open(dataset)
    outcome = learn(session)
    words = " ".join(in_words(session, outcome))
    assert dataset.recipe.target in words
    assert "never seen" in words
    assert "always answering" in words
    table = as_table(session, outcome)
    assert "no learning" in table[2]
    assert len(table) == 3 + len(session.metrics("test"))
    assert not any("nan" in line for line in table[3:]), "a dash stands where a score does not exist"


def test_scores_that_do_not_exist_are_null(circles: Dataset) -> None:
    # Intention: JSON knows no NaN; a part without rows is an empty object.
    session = Session(TrainConfig(epochs=1))
    one_class = circles.test[circles.Y[circles.test, 0] == 1]
    session.open(replace(circles, test=one_class, validation=one_class[:0]))
    result = as_json(session, learn(session))
    assert result["test"]["auc"] is None
    assert result["validation"] == {}


def test_useful_columns_come_first(houses: Dataset) -> None:
    # Intention: area moves the price more than rooms do.
    session = Session(TrainConfig(epochs=60))
    session.open(houses)
    learn(session)
    assert most_useful_columns(session, "test") == ["area", "rooms"]
