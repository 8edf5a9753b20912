"""The values that a column can take, as inputs: a grid over a number, or every category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.features import Feature, Group
from ann_viz.data.encoding.inputs import write_inputs
from ann_viz.session.judged.groups import unscaled_column
from ann_viz.translation import translate

__all__ = ["ColumnValues", "column_values"]

STEPS: Final = 41
_HALF: Final = 0.5
_TAILS: Final = (0.5, 99.5)
N_BINS: Final = 20
MOST_CATEGORIES: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class ColumnValues:
    """What can be put in the place of a column.

    Parameters
    ----------
    column : str
    names : tuple of str
        Of categories; empty where the column is a number.
    at : (m,) ndarray
        Numbers, or places of the categories.
    inputs : (m, width) ndarray of float32
        The same as inputs of the network.
    place : slice
        Which inputs those are.
    shares : (bins,) ndarray
        Share of the rows in bins from the first to the last number, or at each category.
    own : (n,) ndarray
        Where each of the rows is on the same scale as `at`.
    """

    column: str
    names: tuple[str, ...]
    at: NDArray[np.float64]
    inputs: NDArray[np.float32]
    place: slice
    shares: NDArray[np.float64]
    own: NDArray[np.float64]

    @property
    def is_number(self) -> bool:
        """Whether values lie on a scale."""
        return not self.names


def column_values(feature: Feature, group: Group, X: NDArray[Any], steps: int = STEPS) -> ColumnValues:
    """Return what a column can be, seen from some rows.

    Numbers go over what all but one of 100 rows have. Dates and texts are taken for the number that their first input
    is, which has no unit.

    Parameters
    ----------
    feature, group : Feature, Group
        The column.
    X : (n, n_inputs) ndarray
        The rows.
    steps : int
        How many numbers.
    """
    place = slice(group.start, group.stop)
    if feature.kind in ("category", "yes_no"):
        return _categories(feature, place, X[:, place])
    own = _numbers(feature, X[:, group.start])
    low, high = np.percentile(own, _TAILS) if len(own) else (0.0, 1.0)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    at = _grid(own, float(low), float(high), steps)
    bins = np.histogram(own, bins=N_BINS, range=(float(at[0]), float(at[-1])))[0]
    return ColumnValues(
        feature.column, (), at, _inputs_of(feature, at, X[:, place]), place, bins / max(1, len(own)), own
    )


def _numbers(feature: Feature, inputs: NDArray[Any]) -> NDArray[np.float64]:
    return unscaled_column(feature, inputs) if feature.kind == "number" else np.asarray(inputs, np.float64)


def _grid(own: NDArray[np.float64], low: float, high: float, steps: int) -> NDArray[np.float64]:
    """Return the numbers to try: the few whole ones there are, or evenly spread ones."""
    different = np.unique(own)
    few = len(different) <= MOST_CATEGORIES and np.all(different == np.round(different)) and len(different) > 1
    return different if few else np.linspace(low, high, steps)


def _inputs_of(feature: Feature, at: NDArray[np.float64], own: NDArray[Any]) -> NDArray[np.float32]:
    inputs = np.zeros((len(at), own.shape[1]), np.float32)
    if feature.kind == "number":
        write_inputs(feature, at, inputs)
    else:
        inputs[:] = own.mean(axis=0) if len(own) else 0.0
        inputs[:, 0] = at
    return inputs


def _categories(feature: Feature, place: slice, own: NDArray[Any]) -> ColumnValues:
    width = own.shape[1]
    if feature.kind == "yes_no":
        inputs, names = np.array([[0.0], [1.0]], np.float32), feature.categories
        inputs = np.hstack([inputs, np.zeros((2, width - 1), np.float32)])
        codes = (own[:, 0] >= _HALF).astype(np.int64)
    else:
        n = len(feature.categories) + feature.has_other
        names = (*feature.categories, translate("other"))[:n]
        inputs = np.eye(n, width, dtype=np.float32)
        codes = own[:, :n].argmax(axis=1) if n else np.zeros(len(own), np.int64)
    shares = np.bincount(codes, minlength=len(names)) / max(1, len(own))
    at = np.arange(len(names), dtype=np.float64)
    return ColumnValues(feature.column, names, at, inputs, place, shares, codes.astype(np.float64))
