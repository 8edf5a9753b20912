"""How chances are judged: ranking, calibration, costs and groups; scikit-learn's figures where it has them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.explain.causes import HARDLY_CHANCE_TOLD
from ann_viz.explain.group_gaps import RowGroup, widest_gap
from ann_viz.session.headless import open_dataset
from ann_viz.session.judged.calibration import calibrate, calibration_error, temperature
from ann_viz.session.judged.costs import MistakeCosts, count_mistakes, thresholds
from ann_viz.session.judged.curves import auc_range, rank
from ann_viz.session.judged.groups import GroupScore, apart, memberships, score_group
from ann_viz.session.judged.rows import judged_rows

STORED = json.loads(Path(__file__).with_name("sklearn_judged.json").read_text())


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
