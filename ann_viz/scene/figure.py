"""A small chart as a value: axes, lines, dots, bars, and words in it. Whoever paints it needs to know nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.numerals import at_most_four_digits, percent
from ann_viz.scene.loss_curves import log_ticks, ticks

__all__ = [
    "Bar",
    "Dot",
    "Figure",
    "Line",
    "Note",
    "Ticks",
    "Whisker",
    "nearest_on",
    "number_ticks",
    "percent_ticks",
    "table_of",
]

Array = NDArray[np.floating[Any]]
Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve.

    Parameters
    ----------
    x, y : (n,) ndarray
        NaN breaks it.
    colour : str
        Token of the theme.
    name : str
        What it is, for hover values and files.
    fill : float
        Opacity of what lies below it; 0 for none.
    """

    x: Array
    y: Array
    colour: str = "validation"
    width: float = 1.75
    opacity: float = 1.0
    dashed: bool = False
    fill: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on a curve; with `guides`, dashed lines lead from it to the axes."""

    x: float
    y: float
    colour: str = "validation"
    radius: float = 4.0
    hollow: bool = False
    guides: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A range up and down."""

    x: float
    low: float
    high: float
    colour: str = "validation"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `base` to `y`."""

    left: float
    right: float
    y: float
    base: float = 0.0
    colour: str = "surface3"
    opacity: float = 1.0
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Words in the chart above or below their place, beginning or ending there."""

    x: float
    y: float
    text: str
    colour: str = "muted"
    ends: bool = False
    below: bool = False


def _plain(value: float) -> str:
    return at_most_four_digits(value)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Figure:
    """A chart.

    Parameters
    ----------
    x_range, y_range : (float, float)
        What the axes show.
    x_ticks, y_ticks : tuple of (float, str)
    x_title : str
    lines, dots, whiskers, bars, notes
        What is in it, from the back to the front: bars, lines, whiskers, dots, notes.
    points : (n, 2) ndarray
        A cloud of small dots.
    point_colour : str
    diagonal : bool
        Whether a dashed line goes from corner to corner.
    level : float or None
        Height of a dashed line across.
    x_names : bool
        Whether the ticks across are names, which are cut where they would meet, and not left out.
    x_text, y_text : callable
        How values are written on hover.
    log : bool
        Whether heights are logarithms: `y` of everything is then log10 of the value.
    """

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_ticks: Ticks = ()
    y_ticks: Ticks = ()
    x_title: str = ""
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    whiskers: tuple[Whisker, ...] = ()
    bars: tuple[Bar, ...] = ()
    notes: tuple[Note, ...] = ()
    points: Array = field(default_factory=lambda: np.empty((0, 2)))
    point_colour: str = "validation"
    diagonal: bool = False
    level: float | None = None
    x_names: bool = False
    x_text: Callable[[float], str] = _plain
    y_text: Callable[[float], str] = _plain
    log: bool = False

    def value(self, height: float) -> float:
        """Return the value that is drawn at a height."""
        return float(10.0**height) if self.log else height


def percent_ticks(*values: float) -> Ticks:
    """Return ticks at shares."""
    return tuple((value, percent(value) if value else "0") for value in values)


def number_ticks(low: float, high: float, most: int, *, whole: bool = False, log: bool = False) -> Ticks:
    """Return ticks at round numbers; with `log`, of and at powers of ten."""
    if not np.isfinite([low, high]).all() or high <= low:
        return ()
    if log:
        return tuple(
            (float(np.log10(value)), at_most_four_digits(value)) for value in log_ticks(10.0**low, 10.0**high, most)
        )
    return tuple((value, at_most_four_digits(value)) for value in ticks(low, high, most, whole=whole))


def nearest_on(figure: Figure, x: float) -> tuple[tuple[str, float, float], ...]:
    """Return name, place and value of every named line where it is nearest to a place."""
    found = []
    for line in figure.lines:
        known = np.flatnonzero(~np.isnan(line.y))
        if line.name and len(known):
            place = known[np.argmin(np.abs(line.x[known] - x))]
            found.append((line.name, float(line.x[place]), figure.value(float(line.y[place]))))
    return tuple(found)


def table_of(figures: Sequence[tuple[str, Figure]]) -> list[tuple[str | float, ...]]:
    """Return all named lines, dots and bars as rows: chart, what, x, y."""
    rows: list[tuple[str | float, ...]] = [("chart", "what", "x", "y")]
    for title, figure in figures:
        for line in figure.lines:
            pairs = zip(line.x.tolist(), line.y.tolist(), strict=True)
            rows += [(title, line.name, x, figure.value(y)) for x, y in pairs if line.name and not np.isnan(y)]
        rows += [(title, "bar", (bar.left + bar.right) / 2, bar.y) for bar in figure.bars]
        rows += [(title, "point", x, y) for x, y in figure.points.tolist()]
    return rows
