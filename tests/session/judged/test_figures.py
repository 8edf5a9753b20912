"""What the charts of the rooms draw and say, also where there is little or nothing to say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ann_viz.explain.deeds import words_of_class, words_of_yes_no
from ann_viz.rich import words_of
from ann_viz.scene.figure import nearest_on, table_of
from ann_viz.session.judged import answer_figures as figures
from ann_viz.session.judged.answers import OneAgainstRest
from ann_viz.session.judged.calibration import calibrate, calibration_error
from ann_viz.session.judged.column_words import told_columns, told_unit, weak_columns
from ann_viz.session.judged.costs import MistakeCosts, count_mistakes
from ann_viz.session.judged.course import ScoreCourse
from ann_viz.session.judged.course_figures import ScoreSet, score_figure
from ann_viz.session.judged.curves import auc_range, rank
from ann_viz.session.judged.importance import ColumnImportance, Importance
from ann_viz.session.judged.numbers import judge_numbers

LEAVING = words_of_yes_no("stays", "leaves", "leaves the bank")


def one(truth: list[int], chance: list[float]) -> OneAgainstRest:
    """The figures of some rows."""
    is_yes, chances = np.array(truth, bool), np.array(chance)
    low, high = auc_range(is_yes, chances)
    return OneAgainstRest(
        is_yes=is_yes, chance=chances, ranking=rank(is_yes, chances), low=low, high=high,
        bins=calibrate(is_yes, chances), error=calibration_error(is_yes, chances),
        mistakes=count_mistakes(is_yes, chances),
    )  # fmt: skip


def test_the_curves_carry_the_threshold_in_use_and_the_usual_one() -> None:
    """A solid dot with lines to the axes, and a hollow one; both say what they stand for."""
    roc = figures.roc_curve(one([1, 1, 0, 0], [0.9, 0.4, 0.6, 0.1]), 0.3, LEAVING)
    usual, now = roc.dots
    assert (usual.x, usual.y, usual.hollow) == (0.5, 0.5, True)
    assert (now.x, now.y, now.hollow, now.guides) == (0.5, 1.0, False, True)
    assert "30" in now.tip and "found" in now.tip
    assert nearest_on(roc, 0.0)[0][0] == "found"
    assert table_of([("ROC", roc)])[1][:2] == ("ROC", "found")


@pytest.mark.parametrize(
    ("truth", "said"), [([0, 0, 0], "No row here leaves"), ([1, 1], "All rows here leave"), ([], "no rows")]
)
def test_an_empty_class_is_said_and_nothing_is_drawn(truth, said) -> None:
    """No curve, no dot, no crash: one sentence."""
    rows = one(truth, [0.3] * len(truth))
    assert said in figures.told_roc(rows, LEAVING)
    assert said in figures.told_precision_recall(rows, 0.5, LEAVING)
    assert figures.roc_curve(rows, 0.5, LEAVING).dots == ()
    assert "Too few rows" in figures.told_calibration(rows, LEAVING)
    assert figures.calibration_curve(rows).dots == ()
    assert figures.cost_curve(rows, MistakeCosts(), 0.5).lines[0].y.size == 99


def test_sentences_are_computed() -> None:
    """Of two rows it ranks; of ten alarms so many are true; by how much it is off. All in the words of the data."""
    rows = one([1] * 10 + [0] * 30, [0.9] * 8 + [0.2] * 2 + [0.1] * 24 + [0.9] * 6)
    assert f"{100 * rows.ranking.auc:.0f} times in 100" in words_of(figures.told_roc(rows, LEAVING))
    nearly = one([1] * 50 + [0] * 50, [0.4] + [0.9] * 49 + [0.5] + [0.1] * 49)
    assert "more than 99 times in 100" in words_of(figures.told_roc(nearly, LEAVING))
    assert "6 alarms in 10 are true" in words_of(figures.told_precision_recall(rows, 0.5, LEAVING))
    assert f"{100 * rows.error:.1f} points" in words_of(figures.told_calibration(rows, LEAVING))
    assert "to draw included" in figures.told_calibration(rows, LEAVING), "two rows were told 20 %: no dot shows them"
    all_drawn = one([1] * 5 + [0] * 15, [0.9] * 10 + [0.1] * 10)
    assert "included" not in figures.told_calibration(all_drawn, LEAVING)
    assert "only one leaves" in figures.told_roc(rows, LEAVING)
    assert "To find more leavers" in figures.told_precision_recall(rows, 0.5, LEAVING)
    assert "To find more of “3”" in figures.told_precision_recall(rows, None, words_of_class("3"))
    assert "nothing is found" in figures.told_precision_recall(rows, 0.95, LEAVING)
    assert figures.told_cost(1234.0, "€") == "1,234 €" and figures.told_cost(0.25, "") == "0.25"


def test_a_level_is_named_where_no_curve_runs() -> None:
    """At the start where scores have not come to it yet, at the end where they have left it."""
    epoch = np.arange(21.0)
    rising, falling = 1 - np.exp(-epoch / 5), np.exp(-epoch / 5)
    for values, ends in ((0.9 * rising, False), (0.6 + 0.2 * falling, True)):
        course = ScoreCourse(epoch, {"accuracy": values}, 100)
        level = float(values[-1] if ends is False else values[0])
        figure = score_figure(
            course, ScoreSet("all", (("accuracy", "right"),)), 20.0, [("simpler", {"accuracy": level})]
        )
        assert [note.ends for note in figure.notes] == [ends]


def test_numbers_without_rows_say_so() -> None:
    """Every card of the errors."""
    nothing = judge_numbers(np.empty(0), np.empty(0))
    for told in (figures.told_errors(nothing), figures.told_bands(nothing), figures.told_scatter(nothing, math.nan)):
        assert "no rows" in told
    figures.error_histogram(nothing)
    figures.band_errors(nothing)


def test_what_columns_come_to() -> None:
    """Who carries most, who hardly counts, and in which unit."""
    columns = (
        ColumnImportance("age", 16.0, 1.0, True),
        ColumnImportance("products", 11.0, 1.0, True),
        ColumnImportance("gender", 1.0, 0.1, True),
        ColumnImportance("card", 0.1, 0.1, False),
    )
    found = Importance(0.88, columns, 1500)
    assert (
        words_of(told_columns(found, "binary"))
        == "age and products carry most of it. card hardly counts: at most 0.1 points."
    )
    alike = tuple(ColumnImportance(name, 5.0, 1.0, True) for name in ("age", "products", "gender", "card"))
    assert words_of(told_columns(Importance(0.88, alike, 9), "binary")).startswith("age, products and gender carry")
    assert weak_columns(found) == ("card",)
    assert "now: 88.0" in told_unit(found, "binary", "now") and "error" in told_unit(found, "regression", "now")
    assert "No column counts" in told_columns(Importance(0.5, columns[3:], 10), "binary")
    assert "no rows" in told_unit(Importance(math.nan, (), 0), "binary", "now")
