"""Scores equal scikit-learn's on stored random cases; what is undefined is NaN, never a warning."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from ann_viz.engine import baseline, class_recalls, classes_of, confusion, evaluate, mix_ups

CASES = json.loads(Path(__file__).with_name("sklearn_metrics.json").read_text(encoding="utf-8"))


def arrays(case: dict) -> tuple[np.ndarray, np.ndarray]:
    truth, output = np.array(case["truth"]), np.array(case["output"])
    if case["task"] == "multiclass":
        return np.eye(output.shape[1])[truth], output
    return truth.reshape(output.shape), output


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['task']}-{len(case['truth'])}")
def test_scores_equal_those_of_scikit_learn(case: dict) -> None:
    """Every number of every stored case, with and without ties."""
    scores = evaluate(case["task"], *arrays(case))
    for name, expected in case["expected"].items():
        assert scores[name] == pytest.approx(expected, rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize("case", [case for case in CASES if "confusion" in case], ids=lambda case: case["task"])
def test_confusion_counts_equal_those_of_scikit_learn(case: dict) -> None:
    """Rows are the truth, columns the answer."""
    np.testing.assert_array_equal(confusion(*arrays(case)), case["confusion"])


def test_yes_is_answered_above_the_threshold() -> None:
    """At the threshold itself the answer is no; of classes the likeliest is answered, whatever the threshold."""
    assert classes_of(np.array([[0.3], [0.31], [0.9]]), 0.3).tolist() == [0, 1, 1]
    assert classes_of(np.array([[0.2, 0.5, 0.3]]), 0.9).tolist() == [1]


def test_a_class_that_does_not_occur_has_no_recall() -> None:
    """Of two rows of the first class one is found, of none of the third nothing can be said."""
    found = class_recalls(confusion(np.eye(3)[[0, 0, 1]], np.eye(3)[[0, 2, 1]]))
    assert found[:2].tolist() == [0.5, 1.0] and math.isnan(found[2])


def test_one_class_only_has_no_auc() -> None:
    """The area is undefined and says so; the other numbers stand."""
    scores = evaluate("binary", np.ones((4, 1)), np.array([[0.9], [0.8], [0.3], [0.6]]))
    assert math.isnan(scores["auc"])
    assert scores["accuracy"] == 0.75


def test_of_no_alarms_none_is_true_or_false() -> None:
    """Who never says yes has no precision, unlike who is always wrong with it; of three classes it counts as 0."""
    truth = np.array([[1.0], [0.0], [0.0]])
    assert math.isnan(evaluate("binary", truth, np.full((3, 1), 0.2))["precision"])
    assert evaluate("binary", truth, np.array([[0.2], [0.8], [0.2]]))["precision"] == 0.0
    assert math.isnan(baseline("binary", truth, truth)["precision"])
    three = np.eye(3)
    assert evaluate("multiclass", three, three[[0, 0, 0]])["precision"] == pytest.approx(1 / 9)


def test_certain_and_wrong_is_a_large_but_finite_loss() -> None:
    """A probability of exactly 0 for the truth does not become infinite."""
    scores = evaluate("binary", np.array([[1.0], [0.0]]), np.array([[0.0], [0.0]]))
    assert 10 < scores["log_loss"] < 40


def test_the_trivial_answer_by_hand() -> None:
    """80 of 100 stay: always saying so is right in 80 %, balanced only in half, and costs 0.5004 nats."""
    Y = np.repeat([[0.0], [1.0]], [80, 20], axis=0)
    scores = baseline("binary", Y, Y)
    assert scores["accuracy"] == 0.8
    assert scores["balanced_accuracy"] == 0.5
    assert scores["loss"] == pytest.approx(-0.8 * math.log(0.8) - 0.2 * math.log(0.2))
    numbers = np.array([[1.0], [2.0], [6.0]])
    assert baseline("regression", numbers, numbers)["r2"] == pytest.approx(0.0)
    assert baseline("regression", numbers, numbers)["mae"] == pytest.approx(2.0)  # |1-3| + |2-3| + |6-3| = 6, / 3


def test_no_rows_have_no_scores() -> None:
    """An empty part of the data gives an empty answer."""
    assert evaluate("binary", np.empty((0, 1)), np.empty((0, 1))) == {}


def test_mistakes_are_listed_by_their_number() -> None:
    """The diagonal never counts; of equally frequent mistakes the first class comes first."""
    counts = np.array([[50, 3, 0], [7, 40, 3], [0, 0, 9]])
    assert mix_ups(counts, 2) == [(1, 0, 7), (0, 1, 3)]
    assert mix_ups(counts, 9) == [(1, 0, 7), (0, 1, 3), (1, 2, 3)]
    assert mix_ups(np.diag([4, 5]), 3) == []
    assert counts[0, 0] == 50
