"""Scores, or what happens in each layer, over the epochs as figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.numerals import at_most_four_digits, format_number, in_powers, percent_fixed, short_number
from ann_viz.scene.by_layer import layer_names
from ann_viz.scene.figure import Dot, Figure, Line, Note, number_ticks
from ann_viz.session.confusion import class_names
from ann_viz.session.judged.course import ScoreCourse, score_name
from ann_viz.session.judged.inside import InsideCourse
from ann_viz.translation import translatable, translate

__all__ = ["COLOURS", "INSIDE", "ScoreSet", "inside_figure", "score_figure", "score_sets"]

COLOURS: Final = ("validation", "train", "warning", "error", "positive", "negative", "text2", "muted", "ok", "danger")
MOST_CLASSES: Final = 10
_PERCENT: Final = frozenset({"accuracy", "recall", "precision", "balanced_accuracy", "auc", "f1"})
_LOG_FLOOR: Final = 1e-9
_CLOSE: Final = 0.12  # of the height: words take as much
_ENDS: Final = ((0.0, 0.4), (0.6, 1.0))  # of the width
_SAMPLES: Final = 12  # along words

INSIDE: Final[tuple[tuple[str, str, str], ...]] = (
    ("weights", translatable("Mean size of the weights"), "|w|"),
    ("gradients", translatable("Mean size of the gradients"), "|∂L/∂w|"),
    ("updates", translatable("How far an epoch moves them"), "|Δw| / |w|"),
    ("silent", translatable("Neurons that are never on"), ""),
)
"""What is followed over the epochs in every layer: its name in an `InsideCourse`, in words, and as a symbol."""


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """Scores that are drawn together.

    Parameters
    ----------
    name : str
    scores : tuple of (str, str)
        Key of a `ScoreCourse`, and words.
    """

    name: str
    scores: tuple[tuple[str, str], ...]


def score_sets(dataset: Dataset) -> tuple[ScoreSet, ...]:
    """Return what can be drawn for what is predicted."""
    accuracy, auc = ("accuracy", translate("right · accuracy")), ("auc", "ROC AUC")
    if dataset.recipe.task == "regression":
        errors = (("mae", translate("typically off by")), ("rmse", "RMSE"))
        return (ScoreSet("R²", (("r2", "R²"),)), ScoreSet(translate("How far off"), errors))
    names = class_names(dataset)
    if dataset.recipe.task == "binary":
        found, true = ("recall", translate("found · recall")), ("precision", translate("alarms true · precision"))
        recalls = tuple((score_name(k), name) for k, name in enumerate(names))
        return (
            ScoreSet(translate("Right answers, found, AUC"), (accuracy, auc, found)),
            ScoreSet(translate("Alarms: found and true"), (found, true, ("f1", "F1"))),
            ScoreSet(translate("Found of each class"), recalls),
            ScoreSet(translate("How good the chances are"), (("log_loss", translate("log loss")), ("brier", "Brier"))),
        )
    mean = ("balanced_accuracy", translate("mean of classes"))
    recalls = tuple((score_name(k), name) for k, name in enumerate(names[:MOST_CLASSES]))
    return (
        ScoreSet(translate("Right answers, AUC"), (accuracy, mean, auc)),
        ScoreSet(translate("Found of each class"), recalls),
        ScoreSet(translate("How good the chances are"), (("log_loss", translate("log loss")), ("brier", "Brier"))),
    )


def score_figure(
    course: ScoreCourse, chosen: ScoreSet, now: float, levels: Sequence[tuple[str, Mapping[str, float]]]
) -> Figure:
    """Return scores over the epochs.

    Parameters
    ----------
    course : ScoreCourse
    chosen : ScoreSet
        Which scores.
    now : float
        Epoch of the weights on show; a dot stands there on every curve.
    levels : sequence of (str, mapping)
        Names and scores of what something simpler comes to, as dashed lines of the first of the scores.
    """
    is_share = chosen.scores[0][0] in _PERCENT or chosen.scores[0][0].startswith(score_name(0)[:-1])
    lines = [
        Line(course.epoch, course.scores[key], COLOURS[k % len(COLOURS)], 1.75, name=words)
        for k, (key, words) in enumerate(chosen.scores)
        if key in course.scores
    ]
    simpler = [
        (name, float(scores[chosen.scores[0][0]]))
        for name, scores in levels
        if math.isfinite(scores.get(chosen.scores[0][0], math.nan))
    ]
    last = max(1.0, float(course.epoch[-1]) if len(course.epoch) else 1.0)
    low, high = _span([line.y for line in lines], [value for _, value in simpler], is_share)
    dots = tuple(
        Dot(float(line.x[place]), float(line.y[place]), line.colour, 3.5)
        for line in lines
        if len(line.x) and math.isfinite(line.y[place := int(np.abs(line.x - now).argmin())])
    )
    dashed, notes = _told_levels(simpler, lines, last, _CLOSE * (high - low))
    text = percent_fixed if is_share else at_most_four_digits
    ticks = number_ticks(low, high, 5)
    if is_share:
        ticks = tuple((value, percent_fixed(value, 0)) for value, _ in ticks)
    epoch = translate("epoch {n}")
    return Figure(
        x_range=(0.0, last), y_range=(low, high), x_ticks=number_ticks(0.0, last, 5, whole=True), y_ticks=ticks,
        lines=(*dashed, *lines), dots=dots, notes=notes,
        x_text=lambda x: epoch.format(n=format_number(x, ".0f")), y_text=text,
    )  # fmt: skip


def _told_levels(
    levels: Sequence[tuple[str, float]], curves: Sequence[Line], last: float, close: float
) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Return the lines of some levels, and their names, each at the end where fewer curves run.

    A name stands above its line where another level is so close below.
    """
    lines = (Line(np.array([0.0, last]), np.array([value, value]), "faint", 1.25, dashed=True) for _, value in levels)
    notes = []
    for name, value in levels:
        below = not any(0 < value - other < close for _, other in levels)
        bottom = value - close if below else value
        at_left, at_right = (_n_struck(curves, part, last, bottom, bottom + close) for part in _ENDS)
        ends = at_right < at_left
        notes.append(Note(last * ends, value, name, ends=ends, below=below))
    return tuple(lines), tuple(notes)


def _n_struck(curves: Sequence[Line], part: tuple[float, float], last: float, bottom: float, top: float) -> int:
    """Return how often curves run between two heights in a part of the epochs, sampled."""
    at = np.linspace(*part, _SAMPLES) * last
    heights = (np.interp(at, line.x, line.y, right=math.nan) for line in curves if len(line.x))
    return sum(int(((bottom < each) & (each < top)).sum()) for each in heights)


def _span(curves: Sequence[NDArray[Any]], levels: Sequence[float], is_share: bool) -> tuple[float, float]:
    """Return the heights to draw: most of every curve, without the first steps of a network that knew nothing."""
    known = np.concatenate([np.concatenate(curves) if curves else np.empty(0), np.asarray(levels, np.float64)])
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    lows = [float(np.percentile(curve[np.isfinite(curve)], 4)) for curve in curves if np.isfinite(curve).any()]
    low, high = min([*lows, *levels]), float(known.max())
    spare = 0.08 * (high - low) or 0.05
    return (max(0.0, low - spare) if low >= 0 else low - spare), (min(1.0, high + spare) if is_share else high + spare)


def inside_figure(course: InsideCourse, key: str, now: float) -> Figure:
    """Return one line per layer over the epochs; sizes on a true logarithmic scale with a floor."""
    table = getattr(course, key)
    is_share, names = key == "silent", layer_names(len(table))
    if is_share:
        names = tuple(translate("hidden {n}").format(n=k + 1) for k in range(len(table)))
    heights = table if is_share else np.log10(np.maximum(table, _LOG_FLOOR))
    lines = tuple(
        Line(course.epoch, row, COLOURS[k % len(COLOURS)], 1.75, name=name)
        for k, (row, name) in enumerate(zip(heights, names, strict=True))
        if np.isfinite(row).any()
    )
    known = heights[np.isfinite(heights)]
    last = max(1.0, float(course.epoch[-1]) if len(course.epoch) else 1.0)
    if is_share:
        low, high = 0.0, max(0.1, float(known.max(initial=0.0)) * 1.1)
        ticks = tuple((value, percent_fixed(value, 0)) for value, _ in number_ticks(low, high, 3))
    else:
        low, high = (float(known.min()) - 0.1, float(known.max()) + 0.1) if len(known) else (-3.0, 0.0)
        ticks = number_ticks(low, high, 4, log=True)
    epoch = translate("epoch {n}")
    dots = tuple(
        Dot(float(line.x[place]), float(line.y[place]), line.colour, 3.0)
        for line in lines
        if math.isfinite(line.y[place := int(np.abs(line.x - now).argmin())])
    )
    return Figure(
        x_range=(0.0, last), y_range=(low, high), x_ticks=number_ticks(0.0, last, 5, whole=True), y_ticks=ticks,
        lines=lines, dots=dots, log=not is_share, x_text=lambda x: epoch.format(n=format_number(x, ".0f")),
        y_text=percent_fixed if is_share else (in_powers if key != "weights" else short_number),
    )  # fmt: skip
