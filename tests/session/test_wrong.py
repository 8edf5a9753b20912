"""Finding a row that the network gets wrong."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import TrainConfig
from ann_viz.session import Session
from ann_viz.session.wrong import next_wrong


class Answers:
    """A network and its data in one: the answers are the inputs."""

    def __init__(self, answers: list[list[float]], truth: list[list[float]], task: str) -> None:
        self.X, self.Y = np.array(answers), np.array(truth)
        self.recipe = self
        self.task = task

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return what came in."""
        return X


@pytest.mark.parametrize(
    ("answers", "truth", "task"),
    [
        ([[0.9], [0.9], [0.2], [0.8]], [[1.0], [0.0], [0.0], [0.0]], "binary"),
        ([[0.9, 0.1]] * 4, [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]], "multiclass"),
        ([[0.0]] * 4, [[0.9], [-1.5], [0.0], [1.1]], "regression"),
    ],
)
def test_wrong_rows_follow_each_other_round(answers, truth, task) -> None:
    """Rows 1 and 3 are wrong: from 0 comes 1, from 1 comes 3, from 3 comes 1 again."""
    data = Answers(answers, truth, task)
    assert [next_wrong(data, data, after) for after in (0, 1, 2, 3)] == [1, 3, 3, 1]


def test_none_where_all_are_right() -> None:
    """Then there is nothing to show."""
    data = Answers([[0.9], [0.1]], [[1.0], [0.0]], "binary")
    assert next_wrong(data, data, 0) is None


@pytest.mark.parametrize("average_epochs", [0.0, 3.0])
def test_a_wrong_row_is_shown_as_wrong(circles: Dataset, average_epochs: float) -> None:
    """Amid a run the average of the weights may be right where the weights that are drawn are wrong."""
    session = Session(TrainConfig(epochs=30, learning_rate=0.1, average_epochs=average_epochs))
    session.open(circles)
    for _ in range(3):
        session.step("epoch")
        session.wait()
        found = set()
        while (row := session.find_wrong()) is not None and row not in found:
            session.set_example(row)
            found.add(row)
            assert session.shown_row().right is False
        answers = session.network.predict(circles.X)[:, 0] > 0.5
        assert len(found) == np.count_nonzero(answers != (circles.Y[:, 0] > 0.5))
    session.close()
