"""The charts of the room Answers as figures, and the plain sentence under each."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.explain.deeds import YesNoWords
from ann_viz.numerals import (
    NOTHING,
    at_most_four_digits,
    count,
    format_number,
    percent,
    percent_fixed,
    percent_in_words,
)
from ann_viz.rich import Rich, rich
from ann_viz.scene.figure import Bar, Dot, Figure, Line, Note, Whisker, number_ticks, percent_ticks
from ann_viz.scene.scatter import dots
from ann_viz.session.judged.answers import OneAgainstRest
from ann_viz.session.judged.costs import MistakeCosts, thresholds
from ann_viz.session.judged.numbers import Errors
from ann_viz.translation import translate

__all__ = [
    "band_errors",
    "calibration_curve",
    "cost_curve",
    "error_histogram",
    "precision_recall_curve",
    "roc_curve",
    "told_bands",
    "told_calibration",
    "told_cost",
    "told_errors",
    "told_precision_recall",
    "told_roc",
    "told_scatter",
    "true_and_said",
]

WHOLE: Final = (0.0, 1.0)
SHARES: Final = percent_ticks(0.0, 0.5, 1.0)
USUAL: Final = 0.5
_MOST_POINTS: Final = 2000
_BINS: Final = 30


# Yes or no ------------------------------------------------------------------------------------------------------------
def roc_curve(one: OneAgainstRest, threshold: float | None, words: YesNoWords) -> Figure:
    """Found against false alarms; a dot for the threshold, a hollow one for 50 %, none of either for classes."""
    ranking = one.ranking
    x, y = _thinned(ranking.false_alarms, ranking.found)
    marks: list[Dot] = []
    if threshold is not None and ranking.is_defined:
        now, usual = ranking.place_of(threshold), ranking.place_of(USUAL)
        tip = translate("At {t}: {found} found, {false} false alarms among the others.")
        for place, at, hollow in ((usual, USUAL, True), (now, threshold, False)):
            found, false = float(ranking.found[place]), float(ranking.false_alarms[place])
            told = tip.format(t=percent(at), found=percent(found), false=percent(false))
            marks.append(_mark(false, found, hollow, told))
    return Figure(
        x_range=WHOLE, y_range=WHOLE, x_ticks=SHARES, y_ticks=SHARES, diagonal=True, dots=tuple(marks),
        x_title=words.false_alarms, x_text=percent_fixed, y_text=percent_fixed,
        lines=(Line(x, y, fill=0.1, name=translate("found")),) if ranking.is_defined else (),
    )  # fmt: skip


def told_roc(one: OneAgainstRest, words: YesNoWords) -> Rich:
    """Say what the area under the curve means."""
    auc = one.ranking.auc
    if math.isnan(auc):
        return rich(_nothing(one, words))
    text = translate("Of two rows of which only one {is_so}, it ranks the right one higher <b>{n} times in 100</b>.")
    n = format_number(100 * auc, ".0f")
    if n == "100" and auc < 1:
        n = translate("more than 99")
    return rich(text, is_so=words.does, n=n)


def precision_recall_curve(one: OneAgainstRest, threshold: float | None, words: YesNoWords) -> Figure:
    """True alarms against found."""
    ranking = one.ranking
    x, y = _thinned(ranking.found[1:], ranking.true_alarms[1:])
    share = ranking.n_yes / max(1.0, ranking.n_yes + ranking.n_no)
    marks: list[Dot] = []
    if threshold is not None and ranking.is_defined:
        now, usual = ranking.place_of(threshold), ranking.place_of(USUAL)
        tip = translate("At {t}: {found} found, {true} of the alarms are true.")
        for place, at, hollow in ((usual, USUAL, True), (now, threshold, False)):
            found, true = float(ranking.found[place]), float(ranking.true_alarms[place])
            marks.append(
                _mark(found, true, hollow, tip.format(t=percent(at), found=percent(found), true=percent(true)))
            )
    return Figure(
        x_range=WHOLE, y_range=WHOLE, x_ticks=SHARES, y_ticks=SHARES, level=share, dots=tuple(marks),
        notes=(Note(0.02, share, translate("guessing")),), x_title=words.found,
        x_text=percent_fixed, y_text=percent_fixed,
        lines=(Line(x, y, fill=0.1, name=translate("alarms that are true")),) if ranking.n_yes else (),
    )  # fmt: skip


def told_precision_recall(one: OneAgainstRest, threshold: float | None, words: YesNoWords) -> Rich:
    """Say how many alarms are true."""
    ranking = one.ranking
    if not ranking.is_defined:
        return rich(_nothing(one, words))
    if threshold is None:
        text = translate("To find more of {yes}, accept that more rows are wrongly called so.")
        return rich(text, yes=words.are_yes)
    true = float(ranking.true_alarms[ranking.place_of(threshold)])
    if not ranking.n_found[ranking.place_of(threshold)]:
        return rich(translate("At {t} nothing is found. Sound the alarm earlier."), t=percent(threshold))
    text = translate("{to_find_more}, accept more false alarms: at {t}, <b>{n} alarms in 10 are true</b>.")
    return rich(text, to_find_more=words.find_more, t=percent(threshold), n=format_number(10 * true, ".0f"))


def calibration_curve(one: OneAgainstRest) -> Figure:
    """What is so against what was said, in tenths; larger dots stand for more rows, bars for 95 %."""
    bins = one.bins
    most = max((each.n for each in bins), default=1)
    tip = translate("Said {said}: so in {so} of {rows}.")
    return Figure(
        x_range=WHOLE, y_range=WHOLE, x_ticks=SHARES, y_ticks=SHARES, diagonal=True, x_title=translate("it said"),
        lines=(Line(np.array([each.said for each in bins]), np.array([each.is_so for each in bins])),),
        whiskers=tuple(Whisker(each.said, each.low, each.high) for each in bins),
        dots=tuple(
            Dot(
                each.said, each.is_so, radius=2.5 + 4.0 * math.sqrt(each.n / most),
                tip=tip.format(said=percent(each.said), so=percent(each.is_so), rows=count(each.n, "row")),
            )
            for each in bins
        ),
    )  # fmt: skip


def told_calibration(one: OneAgainstRest, words: YesNoWords) -> Rich:
    """Say what a middling chance means, and how far off it typically is."""
    if not one.bins:
        return rich(translate("Too few rows to say: a tenth of the chances needs 8 of them."))
    middle = min(one.bins, key=lambda each: abs(each.said - 0.35))
    text = translate("When it says {said}, {so} in 100 {are_so}. Typically off by <b>{off} points</b>.")
    if sum(each.n for each in one.bins) < len(one.chance):  # the dots alone would not come to that
        text = translate(
            "When it says {said}, {so} in 100 {are_so}. Typically off by <b>{off} points</b>, "
            "tenths of too few rows to draw included."
        )
    so, off = format_number(100 * middle.is_so, ".0f"), format_number(100 * one.error, ".1f")
    return rich(text, said=percent(middle.said), so=so, are_so=words.do, off=off)


def cost_curve(one: OneAgainstRest, costs: MistakeCosts, threshold: float) -> Figure:
    """What mistakes cost at every threshold."""
    total = one.mistakes.cost(costs)
    high = float(total.max()) * 1.05 or 1.0
    cheapest = one.mistakes.cheapest(costs)
    at = {place: float(np.interp(place, thresholds(), total)) for place in (threshold, USUAL, cheapest)}
    return Figure(
        x_range=WHOLE, y_range=(0.0, high), x_ticks=SHARES, y_ticks=number_ticks(0.0, high, 4),
        x_text=percent, y_text=at_most_four_digits,
        lines=(Line(thresholds(), total, colour="text2", name=translate("cost")),),
        dots=(
            Dot(cheapest, at[cheapest], "ok", 3.5, tip=translate("costs least")),
            _mark(USUAL, at[USUAL], True, translate("usual 50 %")),
            _mark(threshold, at[threshold], False, translate("now"), guides=False),
        ),
    )  # fmt: skip


def told_cost(value: float, unit: str) -> str:
    """Write a cost with its unit."""
    text = format_number(value, ",.0f") if value == round(value) or abs(value) >= 1000 else format_number(value, ",.2f")
    return f"{text} {unit}".strip()


def _mark(x: float, y: float, hollow: bool, tip: str, guides: bool = True) -> Dot:
    """The solid dot of the threshold in use, or the hollow one of the usual threshold."""
    if hollow:
        return Dot(x, y, radius=4.0, hollow=True, tip=tip)
    return Dot(x, y, "accent", 5.0, guides=guides, tip=tip)


def _nothing(one: OneAgainstRest, words: YesNoWords) -> str:
    if not len(one.is_yes):
        return translate("There are no rows to judge by.")
    if one.ranking.n_yes:
        return translate("All rows here {are_so}: nothing can be told apart.").format(are_so=words.do)
    return translate("No row here {is_so}: nothing can be told of it.").format(is_so=words.does)


def _thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if len(x) <= _MOST_POINTS:
        return x, y
    some = np.unique(np.linspace(0, len(x) - 1, _MOST_POINTS).astype(int))
    return x[some], y[some]


# Numbers --------------------------------------------------------------------------------------------------------------
def true_and_said(errors: Errors) -> Figure:
    """Predicted against true; on the dashed line the answer is right."""
    points, low, high = dots(errors.truth, errors.said)
    ends = number_ticks(low, high, 5)
    return Figure(
        x_range=(low, high), y_range=(low, high), x_ticks=ends, y_ticks=ends, points=points, diagonal=True,
        x_title=translate("true"),
    )  # fmt: skip


def told_scatter(errors: Errors, r2: float) -> Rich:
    """Say how far off it typically is."""
    if not len(errors.truth):
        return rich(translate("There are no rows to judge by."))
    text = translate("Typically off by <b>{off}</b>. It explains {share} of how the numbers differ.")
    share = NOTHING if math.isnan(r2) else percent_in_words(max(0.0, r2))
    return rich(text, off=at_most_four_digits(errors.typical), share=share)


def error_histogram(errors: Errors) -> Figure:
    """How many answers are off by how much."""
    found = errors.errors
    if not len(found):
        return Figure(x_range=WHOLE, y_range=WHOLE)
    reach = float(np.percentile(np.abs(found), 99)) * 1.15 or 1.0
    counts, edges = np.histogram(found, bins=_BINS, range=(-reach, reach))
    tip = translate("{low} to {high}: {rows}")
    bars = tuple(
        Bar(
            float(left), float(right), float(n), colour="negative" if (left + right) < 0 else "positive", opacity=0.75,
            tip=tip.format(low=_signed(float(left)), high=_signed(float(right)), rows=count(int(n), "row")),
        )
        for left, right, n in zip(edges[:-1], edges[1:], counts, strict=True)
    )  # fmt: skip
    high = float(counts.max()) * 1.08
    return Figure(
        x_range=(-reach, reach), y_range=(0.0, high), x_ticks=number_ticks(-reach, reach, 5),
        y_ticks=number_ticks(0.0, high, 4, whole=True), bars=bars, x_title=translate("predicted − true"),
    )  # fmt: skip


def told_errors(errors: Errors) -> Rich:
    """Say between which errors nine of ten answers lie."""
    if not len(errors.truth):
        return rich(translate("There are no rows to judge by."))
    text = translate("Nine answers in ten are off by <b>{low} to {high}</b>.")
    low, high = (_signed(value) for value in (errors.low, errors.high))
    return rich(text, low=low, high=high)


def band_errors(errors: Errors) -> Figure:
    """The typical error in each fifth of the true numbers."""
    high = max((band.typical for band in errors.bands), default=1.0) * 1.1 or 1.0
    tip = translate("{band}: off by {off} on {rows}, {lean} on average")
    bars = tuple(
        Bar(
            place + 0.15, place + 0.85, band.typical, colour="validation", opacity=0.8,
            tip=tip.format(
                band=band.name,
                off=at_most_four_digits(band.typical),
                rows=count(band.n, "row"),
                lean=_signed(band.lean),
            ),
        )
        for place, band in enumerate(errors.bands)
    )  # fmt: skip
    ends = [*(band.low for band in errors.bands), *(band.high for band in errors.bands[-1:])]
    ticks = tuple((float(place), at_most_four_digits(end)) for place, end in enumerate(ends))
    return Figure(
        x_range=(0.0, max(1.0, float(len(errors.bands)))), y_range=(0.0, high), x_ticks=ticks,
        y_ticks=number_ticks(0.0, high, 4), bars=bars, x_title=translate("true number"),
    )  # fmt: skip


def told_bands(errors: Errors) -> Rich:
    """Say where it is off most."""
    if not errors.bands:
        return rich(translate("There are no rows to judge by."))
    worst = max(errors.bands, key=lambda band: band.typical)
    lean = translate("too much") if worst.lean > 0 else translate("too little")
    text = translate("Off most at {band}: by <b>{off}</b>, and on average it says {lean}.")
    return rich(text, band=worst.name, off=at_most_four_digits(worst.typical), lean=lean)


def _signed(value: float) -> str:
    return f"+{at_most_four_digits(value)}" if value > 0 else at_most_four_digits(value)
