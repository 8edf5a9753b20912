"""Rows whose columns are the pixels of a picture: from ink to values, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.scene.pixels import PixelImage
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.values import Value

__all__ = ["drawn_row", "ink_of"]

Array = NDArray[np.floating[Any]]


def ink_of(row: TriedRow, picture: PixelImage, summaries: Sequence[ColumnSummary]) -> Array:
    """Return how dark every pixel of a picture is, 0 to 1, row by row; pixels that are no input are empty."""
    ink = np.zeros(picture.side**2)
    ink[picture.places] = np.array([_number(value) for value in row.values]) / _darkest(summaries)
    return ink


def drawn_row(ink: Array, picture: PixelImage, summaries: Sequence[ColumnSummary]) -> TriedRow:
    """Return the row that a picture is, given how dark every pixel is."""
    numbers = (np.asarray(ink)[picture.places] * _darkest(summaries)).tolist()
    return TriedRow(tuple(_value(summary, number) for summary, number in zip(summaries, numbers, strict=True)))


def _value(summary: ColumnSummary, number: float) -> Value:
    """Return a pixel as a value of its column: one with two values only has the nearer one."""
    if summary.feature.categories:
        return min(summary.feature.categories, key=lambda text: abs(_number(text) - number))
    return float(f"{number:.4g}")


def _number(value: Value) -> float:
    if value is None:
        return 0.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _darkest(summaries: Sequence[ColumnSummary]) -> float:
    """Return the number of a pixel full of ink."""
    return max((summary.high for summary in summaries if summary.has_range), default=1.0)
