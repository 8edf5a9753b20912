"""Figures of numbers, columns, rows and epochs: those of scikit-learn where it has them, else recomputed by hand."""

from __future__ import annotations

import json
import math
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.data.encoding.features import Group
from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig
from ann_viz.session import Session
from ann_viz.session.judged.course import Course, score_name
from ann_viz.session.judged.dependence import SURFACE, Answering, dependence, surface
from ann_viz.session.judged.importance import measure_importance
from ann_viz.session.judged.inside import follow_inside, neuron_use
from ann_viz.session.judged.numbers import judge_numbers
from ann_viz.session.judged.rows import JudgedRows, answered, judged_rows
from ann_viz.session.judged.rows_shown import RowsRequest, work_out_rows
from ann_viz.session.judged.spots import ends, spread_apart
from ann_viz.session.judged.values import ColumnValues, column_values
from ann_viz.session.judged.wrong_rows import Kind, chosen_rows, courses, timeline_of

STORED = json.loads(Path(__file__).with_name("sklearn_judged.json").read_text())


def trained(dataset: Dataset, epochs: int = 5) -> Session:
    session = Session(TrainConfig(epochs=epochs, batch_size=16))
    session.open(dataset)
    session.train()
    assert session.wait(30)
    return session


def one_layer(weights: list[float], bias: float) -> Network:
    """A network without hidden layer with these weights."""
    network = Network(NetworkConfig(n_inputs=len(weights), hidden=(), n_outputs=1, task="binary", dtype="float64"))
    network.W[0][:, 0], network.b[0][:] = weights, bias
    return network


def rows_of(X: np.ndarray, Y: np.ndarray) -> JudgedRows:
    return JudgedRows("validation", len(X), np.arange(len(X)), X, Y)


# Numbers --------------------------------------------------------------------------------------------------------------
def test_errors_of_numbers() -> None:
    """Mean error, nine of ten, and bands of the true number."""
    truth = np.arange(100.0)
    errors = judge_numbers(truth, truth + np.where(truth < 50, 2.0, -4.0))
    assert errors.typical == 3.0 and (errors.low, errors.high) == (-4.0, 2.0)
    first = errors.bands[0]
    assert (first.n, first.typical, first.lean) == (20, 2.0, 2.0)
    assert sum(band.n for band in errors.bands) == 100
    assert judge_numbers(np.full(3, 5.0), np.full(3, 6.0)).bands[0].n == 3
    assert math.isnan(judge_numbers(np.empty(0), np.empty(0)).typical)


# Columns --------------------------------------------------------------------------------------------------------------
def test_importance_is_that_of_scikit_learn() -> None:
    """A logistic regression as a network: means of 200 shuffles agree within what chance allows."""
    case = STORED["importance"]
    X, y = np.array(case["X"]), np.array(case["y"], float)[:, None]
    groups = tuple(Group(column=str(k), start=k, stop=k + 1, kind="number") for k in range(4))
    network = one_layer(case["weights"], case["bias"])
    found = measure_importance(network, rows_of(X, y), groups, n_shuffles=200)
    by_column = {int(each.column): each for each in found.columns}
    for k, (mean, spread) in enumerate(zip(case["means"], case["spreads"], strict=True)):
        assert by_column[k].loss == pytest.approx(100 * mean, abs=100 * 4 * spread / math.sqrt(100))
        assert by_column[k].spread == pytest.approx(100 * spread, rel=0.3)
    assert [each.column for each in found.columns[:3]] == ["0", "1", "2"]
    assert by_column[0].counts and not by_column[3].counts


def test_one_hot_inputs_are_shuffled_together() -> None:
    """Shuffled one by one they would be no categories; together the score is the one of another row's category."""
    rng = np.random.default_rng(0)
    X = np.eye(3)[rng.integers(0, 3, 300)]
    Y = X[:, :1]
    found = measure_importance(
        one_layer([10.0, 0, 0], -5), rows_of(X, Y), (Group(column="c", start=0, stop=3, kind="category"),)
    )
    assert found.score == 1.0 and found.columns[0].loss == pytest.approx(50, abs=5)


@pytest.mark.slow
def test_importance_of_twelve_columns_is_quick() -> None:
    """12 columns × 20 shuffles × 1,500 rows."""
    network = Network(NetworkConfig(n_inputs=12, hidden=(LayerConfig(neurons=6),) * 2, n_outputs=1, task="binary"))
    X = np.random.default_rng(0).normal(size=(1500, 12)).astype(np.float32)
    groups = tuple(Group(column=str(k), start=k, stop=k + 1, kind="number") for k in range(12))
    start = time.process_time()
    measure_importance(network, rows_of(X, (X[:, :1] > 0).astype(np.float32)), groups)
    assert time.process_time() - start < 1.5  # half a second on a machine at rest


def test_dependence_is_that_of_scikit_learn() -> None:
    """The mean chance with every value of the grid in the place of the column."""
    case = STORED["importance"]
    grid = np.array(case["grid"])
    values = ColumnValues("0", (), grid, grid[:, None].astype(np.float32), slice(0, 1), np.empty(0), np.empty(0))
    found = dependence(one_layer(case["weights"], case["bias"]), np.array(case["X"]), values, Answering())
    assert found.tolist() == pytest.approx(case["dependence"], rel=1e-5)


def test_a_surface_is_the_answer_to_each_pair_of_values(circles: Dataset) -> None:
    """Each point is a row with these two cells, as the encoder writes them."""
    session, X = trained(circles), judged_rows(circles, "validation").X
    pairs = list(zip(circles.encoder.features, circles.encoder.groups, strict=True))
    across, up = column_values(*pairs[0], X, SURFACE[0]), column_values(*pairs[2], X)
    found = surface(session.network, X[:1], across, up, Answering())
    assert found.shape == (len(up.at), SURFACE[0]) and set(up.names) >= {"red", "blue", "grey"}
    cells = dict(zip(("x", "y", "colour"), circles.raw(int(circles.validation[0])), strict=False))
    for place in (0, 40, 74):
        row = circles.encoder.encode_row(cells | {"x": repr(float(across.at[place])), "colour": up.names[1]})
        assert found[1, place] == pytest.approx(session.network.predict(row[None])[0, 0], abs=1e-5)
    session.close()


def test_values_of_columns(circles: Dataset) -> None:
    """Numbers go over what rows have, in the column's own unit; shares are of all rows."""
    rows = judged_rows(circles, "train")
    values = [
        column_values(feature, group, rows.X)
        for feature, group in zip(circles.encoder.features, circles.encoder.groups, strict=True)
    ]
    written = [float(circles.raw(int(row))[0]) for row in rows.numbers]
    assert values[0].own.tolist() == pytest.approx(written, abs=1e-4)
    assert len(values[0].at) == 41 and min(written) <= values[0].at[0] < values[0].at[-1] <= max(written)
    assert values[2].shares.sum() == pytest.approx(1) and not values[2].is_number


def test_rows_of_a_common_value_at_an_end_stand_beside_it() -> None:
    """They are spread to the one side there is, and not piled on the edge; whole numbers are known as such."""
    grid, own = np.linspace(1.0, 4.0, 41), np.array([1.0] * 60 + [2.0] * 30 + [4.0] * 60)
    values = ColumnValues("products", (), grid, grid[:, None].astype(np.float32), slice(0, 1), np.empty(0), own)
    placed = spread_apart(values, own, np.random.default_rng(0))
    low, high = ends(values)
    assert low <= placed.min() and placed.max() <= high
    assert len(np.unique(placed[:60])) == len(np.unique(placed[90:])) == 60
    assert values.is_whole and not replace(values, own=own + 0.5).is_whole


# Rows -----------------------------------------------------------------------------------------------------------------
def test_the_most_wrong_rows_of_a_kind(circles: Dataset) -> None:
    """Those of the class with the least chance of it, counted and ordered by going row by row."""
    session = trained(circles)
    given = answered(session.network, judged_rows(circles, "validation"))
    rows, n = chosen_rows(given, "binary", 0.5, Kind(truth=1, answer=0), "wrong", 3)
    missed = [
        (float(session.network.predict(circles.X[row : row + 1])[0, 0]), int(row))
        for row in circles.validation
        if circles.Y[row, 0] > 0.5 and session.network.predict(circles.X[row : row + 1])[0, 0] <= 0.5
    ]
    assert n == len(missed)
    assert [row.number for row in rows] == [row for _, row in sorted(missed)[:3]]
    session.close()


def test_the_course_of_a_row_is_what_each_epoch_answered(flowers: Dataset) -> None:
    """From the timeline: the first is the untrained network, the last the newest."""
    session = trained(flowers, epochs=7)
    moments = timeline_of(session.newest)
    assert [moment.epoch for moment in moments] == list(range(8))
    X = flowers.X[:4]
    found = courses(tuple(moment.network() for moment in moments), X, np.array([0, 1, 2, 0]))
    assert found.shape == (4, 8)
    assert found[:, -1].tolist() == pytest.approx(session.network.predict(X)[np.arange(4), [0, 1, 2, 0]].tolist())
    assert len(timeline_of(session.newest, 3)) == 3
    session.close()


def test_the_network_that_answers_has_its_place_in_the_courses(flowers: Dataset) -> None:
    """Also where a run went back to an epoch, and where not every epoch is followed."""
    session = trained(flowers, epochs=7)
    ask = RowsRequest(
        dataset=flowers,
        network=session.network,
        moments=timeline_of(session.newest),
        epoch=5,
        part="validation",
        threshold=0.5,
        kind=Kind(),
        order="wrong",
        most=3,
    )
    assert work_out_rows(ask).place == 5
    few = work_out_rows(replace(ask, moments=timeline_of(session.newest, 3)))
    assert (few.epochs, few.place) == ((0, 4, 7), 1)
    session.close()


def test_a_chance_is_not_rounded_onto_the_threshold(circles: Dataset) -> None:
    """Said 49.8 %, a row is answered no at 50 %: "50 %" would be a mistake of whoever counts."""
    session = trained(circles)
    network = one_layer([0.0] * circles.X.shape[1], math.log(0.498 / 0.502))
    ask = RowsRequest(
        dataset=circles,
        network=network,
        moments=timeline_of(session.newest),
        epoch=0,
        part="validation",
        threshold=0.5,
        kind=Kind(),
        order="wrong",
        most=1,
    )
    assert [row.said for row in work_out_rows(ask).rows] == ["49.8\N{NO-BREAK SPACE}%"]
    assert [row.said for row in work_out_rows(replace(ask, threshold=0.6)).rows] == ["50\N{NO-BREAK SPACE}%"]
    session.close()


# Over the epochs ------------------------------------------------------------------------------------------------------
def test_scores_over_epochs_end_with_those_of_now(flowers: Dataset) -> None:
    """And the recall of every class; what is known is not worked out again."""
    session = trained(flowers, epochs=6)
    course = Course(judged_rows(flowers, "validation"), 0.5)
    found = course.of(timeline_of(session.newest))
    now = session.metrics("validation")
    assert found.scores["accuracy"][-1] == pytest.approx(now["accuracy"])
    assert found.scores["accuracy"].tolist() == pytest.approx(session.newest.history.validation_metric.tolist())
    recalls = [found.scores[score_name(k)][-1] for k in range(3)]
    assert np.mean(recalls) == pytest.approx(now["balanced_accuracy"])
    session.close()


def test_inside_over_epochs_ends_with_what_is_now(circles: Dataset) -> None:
    """Sizes of the newest weights and gradients, and what the last epoch has changed."""
    session = trained(circles, epochs=4)
    moments = timeline_of(session.newest)
    found = follow_inside(moments, circles.X[:])
    last = moments[-1]
    assert found.weights[:, -1].tolist() == pytest.approx([np.abs(W).mean() for W in last.W])
    changes = [np.abs(W - was).mean() / np.abs(W).mean() for W, was in zip(last.W, moments[-2].W, strict=True)]
    assert found.updates[:, -1].tolist() == pytest.approx(changes, rel=1e-4)
    assert np.isnan(found.silent[-1]).all() and np.isnan(found.updates[:, 0]).all()
    session.close()


def test_silent_neurons_are_those_that_are_never_on() -> None:
    """A ReLU with a bias far below 0."""
    network = Network(NetworkConfig(n_inputs=2, hidden=(LayerConfig(neurons=3),), n_outputs=1, task="binary"))
    network.b[0][1] = -1e3
    use = neuron_use(network, np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32))
    assert use.silent == (1,) and use.shares[0][1] == 0 < use.shares[0][0]
