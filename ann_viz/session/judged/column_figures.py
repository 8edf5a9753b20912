"""How the answer moves with a column, as a figure: the curve of now, faint ones of earlier epochs, how many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from ann_viz.numerals import at_most_four_digits, format_number, percent, percent_fixed
from ann_viz.scene.figure import Bar, Dot, Figure, Line, number_ticks
from ann_viz.session.judged.columns import Curves
from ann_viz.translation import translate

__all__ = ["curve_figure", "one_scale", "range_text"]

TOP: Final = 0.28
FAINT: Final = (0.22, 0.34, 0.46)


def one_scale(curves: Iterable[Curves], task: str) -> tuple[float, float]:
    """Return the heights that all curves are drawn on."""
    heights = [line for each in curves for line in (each.now, *(old for _, old in each.before))]
    known = np.concatenate(heights) if heights else np.empty(0)
    known = known[np.isfinite(known)]
    if task != "regression":
        high = float(known.max()) if len(known) else 1.0
        return 0.0, next((step for step in (0.2, 0.4, 0.6, 0.8) if high <= step), 1.0)
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    spare = 0.08 * (high - low) or 0.5
    return low - spare, high + spare


def range_text(curves: Curves, task: str) -> str:
    """Say between which answers a column moves it."""
    low, high = float(np.nanmin(curves.now)), float(np.nanmax(curves.now))
    if task == "regression":
        return f"{at_most_four_digits(low)} – {at_most_four_digits(high)}"
    return f"{format_number(100 * low, '.0f')}–{format_number(100 * high, '.0f')}"


def curve_figure(curves: Curves, span: tuple[float, float], task: str, when: str) -> Figure:
    """Return the figure of one column; ``when`` is the moment of the last of its curves."""
    is_number = task == "regression"
    low, high = span
    ticks = number_ticks(low, high, 3) if is_number else tuple(
        (at, format_number(100 * at, ".0f")) for at in (0.0, high / 2, high)
    )  # fmt: skip
    figure = _over_a_number(curves, span, when) if curves.values.is_number else _over_names(curves, span, is_number)
    return replace(figure, y_ticks=ticks, y_text=at_most_four_digits if is_number else percent_fixed)


def _tallest(curves: Curves, span: tuple[float, float]) -> float:
    """Return how high a bar would be that all rows belong to, so that the highest one does not hide the curve."""
    return TOP * (span[1] - span[0]) / max(1e-9, float(curves.values.shares.max(initial=0.0)))


def _over_a_number(curves: Curves, span: tuple[float, float], when: str) -> Figure:
    """Return lines, those of earlier epochs faint, over bars that say where the rows are."""
    values, low, tall = curves.values, span[0], _tallest(curves, span)
    first, last = float(values.at[0]), float(values.at[-1])
    edges = np.linspace(first, last, len(values.shares) + 1)
    before = translate("epoch {n}")
    lines = [
        Line(values.at, old, "train", 1.5, FAINT[min(k, len(FAINT) - 1)], name=before.format(n=epoch))
        for k, (epoch, old) in enumerate(curves.before)
    ]
    bars = tuple(
        Bar(float(a), float(b), low + float(share) * tall, low, "border", 0.8)
        for a, b, share in zip(edges[:-1], edges[1:], values.shares, strict=True)
    )
    return Figure(
        x_range=(first, last),
        y_range=span,
        x_ticks=number_ticks(first, last, 3, whole=values.is_whole),
        x_text=at_most_four_digits,
        lines=(*lines, Line(values.at, curves.now, "train", 2.25, name=when)),
        bars=bars,
    )


def _over_names(curves: Curves, span: tuple[float, float], is_number: bool) -> Figure:
    """Return dots, those of earlier epochs faint, over bars that say how many rows there are; a line if in order."""
    values, low, tall = curves.values, span[0], _tallest(curves, span)
    dots = [
        Dot(float(at), float(height), "faint", 2.0)
        for _, old in curves.before
        for at, height in zip(values.at, old, strict=True)
    ]
    told = at_most_four_digits if is_number else percent
    dots += [
        Dot(float(at), float(height), "train", 3.5, tip=f"{name}: {told(float(height))}")
        for at, height, name in zip(values.at, curves.now, values.names, strict=True)
    ]
    bars = tuple(
        Bar(at - 0.38, at + 0.38, low + float(share) * tall, low, "border", 0.8)
        for at, share in zip(values.at.tolist(), values.shares, strict=True)
    )
    return Figure(
        x_range=(-0.6, len(values.names) - 0.4),
        y_range=span,
        x_ticks=tuple((float(at), name) for at, name in zip(values.at, values.names, strict=True)),
        x_names=True,
        dots=tuple(dots),
        lines=(Line(values.at, curves.now, "train", 1.0, 0.7),) if values.is_ordered else (),
        bars=bars,
    )
