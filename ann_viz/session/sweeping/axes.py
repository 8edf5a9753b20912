"""The runs of a sweep on parallel axes: one for each varied setting, and the score at the right, better is up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.numerals import NOTHING, count, format_number
from ann_viz.scene.figure import number_ticks
from ann_viz.scene.parallel_axes import Axis, band_middles, band_places, log_ticks, scaled
from ann_viz.session.sweeping.measures import MEASURE_NAMES, score_text
from ann_viz.session.sweeping.plan import Domain, Plan, Span
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.task import Value
from ann_viz.translation import translate

__all__ = ["SCORE", "axes_of", "filter_words"]

SCORE: Final = "score"
"""Name of the last axis."""

_FAR: Final = 3.0  # times the distance from the best to the middle run: what is worse lies at the bottom
_MOST_TICKS: Final = 5
_MARGIN: Final = 0.06  # of the score axis, above the best run


def axes_of(plan: Plan, runs: Sequence[RunScore]) -> tuple[Axis, ...]:
    """Return the axes; `runs` are in the order of their ranks."""
    ranks = np.arange(len(runs))
    return (*(_setting_axis(name, domain, runs, ranks) for name, domain in plan.space), _score_axis(plan, runs))


def _setting_axis(name: str, domain: Domain, runs: Sequence[RunScore], ranks: NDArray[np.integer]) -> Axis:
    setting = SETTINGS[name]
    values = [dict(run.settings)[name] for run in runs]
    head = (name, translate(setting.title), translate(setting.subtitle))
    texts = tuple(setting.write(value) for value in values)
    if isinstance(domain, Span):
        numbers = np.array([value for value in values if isinstance(value, int | float)], float)
        places = scaled(numbers, domain.low, domain.high, is_log=True)
        ticks = log_ticks(domain.low, domain.high)
        shown = scaled(np.array(ticks), domain.low, domain.high, is_log=True)
        written = tuple(zip(shown.tolist(), map(setting.write, ticks), strict=True))
        return Axis(*head, places, texts, written, ends=(domain.low, domain.high), is_log=True)
    bands = _in_order(name, domain)
    codes = np.array([bands.index(value) for value in values], int)
    names = tuple(setting.write(value) for value in bands)
    ticks_of_bands = tuple(zip(band_middles(len(bands)).tolist(), names, strict=True))
    return Axis(*head, band_places(codes, len(bands), ranks), texts, ticks_of_bands, bands=names)


def _in_order(name: str, values: tuple[Value, ...]) -> list[Value]:
    """Return values from the bottom to the top: numbers by size, all rows last, others as they were given."""
    if not SETTINGS[name].is_number:
        return list(values)
    numbers = [value for value in values if isinstance(value, int | float)]
    return list(sorted(numbers, key=lambda value: math.inf if name == "batch_size" and value == 0 else value))


def _score_axis(plan: Plan, runs: Sequence[RunScore]) -> Axis:
    means = np.array([run.mean() for run in runs], float)
    title = translate(MEASURE_NAMES[plan.measure])
    subtitle = translate("mean of {seeds}").format(seeds=count(plan.seeds, "seed"))
    head = (SCORE, title[:1].upper() + title[1:], subtitle)
    good = means[np.isfinite(means)]
    texts = tuple(score_text(mean, plan.measure) if math.isfinite(mean) else NOTHING for mean in means)
    if len(good) == 0:
        return Axis(*head, np.full(len(means), np.nan), texts, ())
    worst, best = _ends(good, is_higher_better=plan.is_higher_better)
    top = best + (best - worst) * _MARGIN
    places = scaled(means, worst, top)
    ticks = number_ticks(min(worst, best), max(worst, best), _MOST_TICKS)
    shown = scaled(np.array([value for value, _ in ticks]), worst, top)
    written = tuple((place, text) for place, (_, text) in zip(shown.tolist(), ticks, strict=True))
    return Axis(*head, places, texts, written, ends=(worst, top))


def _ends(good: NDArray[np.floating], *, is_higher_better: bool) -> tuple[float, float]:
    """Return the scores at the bottom and of the best run; a few that are far off do not press the others together."""
    signed = good if is_higher_better else -good
    best, middle = float(signed.max()), float(np.median(signed))
    worst = max(float(signed.min()), best - _FAR * (best - middle)) if best > middle else float(signed.min())
    if worst == best:
        worst = best - (abs(best) or 1.0) * _MARGIN
    return (worst, best) if is_higher_better else (-worst, -best)


def filter_words(axis: Axis, low: float, high: float) -> str:
    """Return what a filter from one place to another lets through: "Learning rate 0.003 – 0.04"."""
    if axis.bands:
        return f"{axis.title} {', '.join(axis.bands_between(low, high)) or NOTHING}"
    ends = sorted((axis.value_at(low), axis.value_at(high)))
    form = ".2g" if axis.is_log else ".4g"
    return f"{axis.title} {' – '.join(format_number(end, form) for end in ends)}"
