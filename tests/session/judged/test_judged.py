"""The figures of the judging rooms: equal to scikit-learn's where it has them, else recomputed by hand."""

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
from ann_viz.explain.causes import HARDLY_CHANCE_TOLD
from ann_viz.explain.group_gaps import RowGroup, widest_gap
from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.session.judged.calibration import calibrate, calibration_error, temperature
from ann_viz.session.judged.costs import MistakeCosts, count_mistakes, thresholds
from ann_viz.session.judged.course import Course, score_name
from ann_viz.session.judged.curves import auc_range, rank
from ann_viz.session.judged.dependence import SURFACE, Answering, dependence, surface
from ann_viz.session.judged.groups import GroupScore, apart, memberships, score_group
from ann_viz.session.judged.importance import measure_importance
from ann_viz.session.judged.inside import follow_inside, neuron_use
from ann_viz.session.judged.numbers import judge_numbers
from ann_viz.session.judged.rows import JudgedRows, answered, judged_rows
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


# Ranking --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", STORED["ranking"])
def test_curves_and_areas_are_those_of_scikit_learn(case) -> None:
    """Every point of ROC and precision–recall, the AUC and the average precision; with ties too."""
    ranking = rank(np.array(case["truth"]) == 1, np.array(case["chance"]))
    assert ranking.false_alarms.tolist() == pytest.approx(case["false_alarms"])
    assert ranking.found.tolist() == pytest.approx(case["found"])
    assert ranking.true_alarms.tolist() == pytest.approx(case["precision"])
    assert ranking.found.tolist() == pytest.approx(case["recall"])
    assert ranking.auc == pytest.approx(case["auc"])
    assert ranking.average_precision == pytest.approx(case["average_precision"])


@pytest.mark.parametrize("threshold", [0.0, 0.1, 0.3, 0.5, 0.55, 1.0])
def test_the_dot_of_a_threshold_is_where_counting_puts_it(threshold) -> None:
    """Strictly above it is called yes, also where chances lie on it."""
    case = STORED["ranking"][1]
    truth, chance = np.array(case["truth"]) == 1, np.array(case["chance"])
    ranking = rank(truth, chance)
    place = ranking.place_of(threshold)
    assert ranking.n_found[place] == (truth & (chance > threshold)).sum()
    assert ranking.n_false[place] == (~truth & (chance > threshold)).sum()


def test_the_range_of_the_area_is_that_of_resampled_rows() -> None:
    """Against a plain bootstrap that sorts every resample anew."""
    case = STORED["ranking"][1]
    truth, chance = np.array(case["truth"]) == 1, np.array(case["chance"])
    rng, areas = np.random.default_rng(0), []
    for _ in range(500):
        some = rng.integers(0, len(truth), len(truth))
        areas.append(rank(truth[some], chance[some]).auc)
    assert auc_range(truth, chance) == pytest.approx(tuple(np.percentile(areas, (2.5, 97.5))), abs=0.01)


def test_one_class_only_has_no_area() -> None:
    """An empty class is no error."""
    ranking = rank(np.zeros(5, bool), np.linspace(0, 1, 5))
    assert math.isnan(ranking.auc) and math.isnan(ranking.average_precision) and not ranking.is_defined
    assert all(math.isnan(end) for end in auc_range(np.zeros(5, bool), np.linspace(0, 1, 5)))
    assert math.isnan(rank(np.empty(0, bool), np.empty(0)).auc)


# Calibration ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("case", STORED["ranking"])
def test_calibration_is_that_of_scikit_learn(case) -> None:
    """Mean chance and share in tenths; a chance on an edge may fall on either side, so rounded ones are left out."""
    if case is STORED["ranking"][1]:
        return
    bins = calibrate(np.array(case["truth"]) == 1, np.array(case["chance"]), 1)
    assert [each.said for each in bins] == pytest.approx(case["said"])
    assert [each.is_so for each in bins] == pytest.approx(case["is_so"])


def test_the_error_weighs_bins_by_their_rows_and_small_bins_are_not_drawn() -> None:
    """Ten rows said 0.85 of which five are so; two rows at 0.15, right."""
    chance, truth = np.array([0.85] * 10 + [0.15] * 2), np.array([True] * 5 + [False] * 7)
    assert [each.n for each in calibrate(truth, chance)] == [10]
    assert calibration_error(truth, chance) == pytest.approx((10 * 0.35 + 2 * 0.15) / 12)


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_temperature_finds_by_how_much_chances_are_too_sure(factor) -> None:
    """Sums multiplied by a factor are divided by it again."""
    rng = np.random.default_rng(3)
    Z = rng.normal(size=(20_000, 1)) * 1.5
    Y = (rng.random((20_000, 1)) < 1 / (1 + np.exp(-Z))).astype(float)
    assert temperature(Y, 1 / (1 + np.exp(-Z * factor))) == pytest.approx(factor, rel=0.05)


def test_temperature_of_classes() -> None:
    """Likewise with softmax."""
    rng = np.random.default_rng(3)
    Z = rng.normal(size=(20_000, 3))
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    Y = np.eye(3)[(rng.random((20_000, 1)) > P.cumsum(axis=1)).sum(axis=1)]
    sure = np.exp(2 * Z) / np.exp(2 * Z).sum(axis=1, keepdims=True)
    assert temperature(Y, sure) == pytest.approx(2, rel=0.05)


# Costs and groups -----------------------------------------------------------------------------------------------------
def test_costs_are_counted_at_every_per_cent() -> None:
    """By going through the rows; the cheapest is the least of them."""
    case = STORED["ranking"][0]
    truth, chance = np.array(case["truth"]) == 1, np.array(case["chance"])
    mistakes, costs = count_mistakes(truth, chance), MistakeCosts(missed=250, false_alarm=100)
    expected = [250 * (truth & (chance <= t)).sum() + 100 * (~truth & (chance > t)).sum() for t in thresholds()]
    assert mistakes.cost(costs).tolist() == expected
    assert mistakes.cost(costs)[round(mistakes.cheapest(costs) * 100) - 1] == min(expected)
    with pytest.raises(ValueError, match="0 or more"):
        MistakeCosts(missed=-1)


def test_bands_of_a_number_divide_the_rows_also_where_most_have_the_same(tmp_path: Path) -> None:
    """A few numbers are groups of their own; where nearly all are 0, what else there is is divided; marks are words."""
    rows = "".join(f"{n % 3},{n * (n % 9 == 0)},{n % 2},{n % 5 < 2}\n" for n in range(200))
    (tmp_path / "rows.csv").write_text(f"few,mostly,flag,y\n{rows}", encoding="utf-8")
    dataset = open_dataset(tmp_path / "rows.csv", target="y")
    judged, encoder = judged_rows(dataset, "train"), dataset.encoder
    found = {
        feature.column: [each.name for each in memberships(feature, group, judged.X)]
        for feature, group in zip(encoder.features, encoder.groups, strict=True)
    }
    assert found["few"] == ["0", "1", "2"] and found["flag"] == ["no", "yes"]
    assert len(found["mostly"]) == 4 and found["mostly"][0].startswith("0 –")


def test_groups_of_a_category_and_bands_of_a_number(circles: Dataset) -> None:
    """Each row is in one group; scores are those of its rows."""
    rows = judged_rows(circles, "train")
    for feature, group in zip(circles.encoder.features, circles.encoder.groups, strict=True):
        groups = memberships(feature, group, rows.X)
        assert (sum(each.members.astype(int) for each in groups) == 1).all()
    colours = {each.name: int(each.members.sum()) for each in groups}
    cells = [circles.raw(int(row))[2] for row in rows.numbers]
    assert colours == {name: cells.count(name) for name in set(cells)}
    truth, chance = np.array([1, 1, 0, 0], bool), np.array([0.9, 0.2, 0.8, 0.1])
    score = score_group("all", truth, chance, 0.5)
    assert (score.n, score.is_so, score.alarms, score.found, score.true_alarms) == (4, 0.5, 0.5, 0.5, 0.5)
    assert score.says_minus_is == pytest.approx(0) and score.auc == 0.75 and score.is_small


def scores_of(found: list[tuple[int, int]]) -> tuple[GroupScore, ...]:
    """Return the scores of groups of which so many of so many rows are found, all of them yes, and of all rows."""
    parts = [np.where(np.arange(n) < k, 0.9, 0.1) for k, n in found]
    everyone = np.concatenate(parts)
    return tuple(score_group("", np.ones(len(part), bool), part, 0.5) for part in (*parts, everyone))


def test_a_group_stands_apart_where_chance_does_not_put_it() -> None:
    """To its side; a small one never, and with many groups no more easily."""
    assert apart(scores_of([(90, 100), (50, 100)])) == (1, -1)
    assert apart(scores_of([(72, 100), (70, 100)])) == (0, 0)
    assert apart(scores_of([(1, 40), (300, 400)])) == (0, 0)
    assert apart(scores_of([(64, 100), (80, 100)])) == (-1, 1)
    assert apart(scores_of([(64, 100), *[(75, 100)] * 11]))[0] == 0


def test_the_table_of_groups_does_not_deny_what_the_coach_says() -> None:
    """The coach compares the groups of all columns, so that what it holds for no chance is none within one."""
    rng, n_told = np.random.default_rng(4), 0
    for _ in range(200):
        members, yes = rng.random(600) < rng.uniform(0.1, 0.9), rng.random(600) < rng.uniform(0.2, 1)
        chance = np.where(rng.random(600) < np.where(members, rng.uniform(0.4, 0.7), 0.8), 0.9, 0.1)
        groups = [RowGroup("c", "in", members), RowGroup("c", "out", ~members)]
        groups += [RowGroup("d", str(code), rng.integers(0, 4, 600) == code) for code in range(4)]
        gap = widest_gap(groups, yes, chance > 0.5)
        parts = (members, ~members, np.ones(600, bool))
        sides = apart(tuple(score_group("", yes[rows], chance[rows], 0.5) for rows in parts))
        if gap is not None and gap.column == "c" and gap.chance < HARDLY_CHANCE_TOLD:
            n_told += 1
            assert sides == ((-1, 1) if gap.name == "in" else (1, -1))
    assert n_told > 50


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
