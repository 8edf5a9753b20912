"""The values that a column can take, as inputs: a grid over a number, or every category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.yes_no import called
from ann_viz.data.encoding.features import Feature, Group
from ann_viz.data.encoding.inputs import write_inputs
from ann_viz.numerals import at_most_four_digits
from ann_viz.session.judged.groups import unscaled_column, without_dust
from ann_viz.translation import translate

__all__ = ["ColumnValues", "column_values"]

STEPS: Final = 41
_HALF: Final = 0.5
_TAILS: Final = (0.5, 99.5)
N_BINS: Final = 20
MOST_NAMED: Final = 6


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
    is_ordered : bool
        Whether it is a number, also where its few values have names.
    """

    column: str
    names: tuple[str, ...]
    at: NDArray[np.float64]
    inputs: NDArray[np.float32]
    place: slice
    shares: NDArray[np.float64]
    own: NDArray[np.float64]
    is_ordered: bool = True

    @property
    def is_number(self) -> bool:
        """Whether values lie on a scale."""
        return not self.names

    @property
    def is_whole(self) -> bool:
        """Whether it is a number without decimals in all rows."""
        return self.is_number and bool(np.array_equal(self.own, np.round(self.own)))


def column_values(
    feature: Feature, group: Group, X: NDArray[Any], steps: int = STEPS, *, name_few: bool = True
) -> ColumnValues:
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
    name_few : bool
        Whether a number that is one of a few whole ones is taken for that many names.
    """
    place = slice(group.start, group.stop)
    if feature.kind in ("category", "yes_no"):
        return _categories(feature, place, X[:, place])
    own = _numbers(feature, X[:, group.start])
    low, high = np.percentile(own, _TAILS) if len(own) else (0.0, 1.0)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    different = np.unique(own)
    if name_few and 1 < len(different) <= MOST_NAMED and np.all(different == np.round(different)):
        return _few_numbers(feature, place, X[:, place], own, different)
    at = np.linspace(low, high, steps)
    bins = np.histogram(own, bins=N_BINS, range=(float(at[0]), float(at[-1])))[0]
    return ColumnValues(
        feature.column, (), at, _inputs_of(feature, at, X[:, place]), place, bins / max(1, len(own)), own
    )


def _numbers(feature: Feature, inputs: NDArray[Any]) -> NDArray[np.float64]:
    return unscaled_column(feature, inputs) if feature.kind == "number" else without_dust(inputs)


def _few_numbers(
    feature: Feature, place: slice, own: NDArray[Any], numbers: NDArray[np.float64], different: NDArray[np.float64]
) -> ColumnValues:
    """Return a few whole numbers by their names, one beside the other."""
    codes = np.searchsorted(different, numbers)
    shares = np.bincount(codes, minlength=len(different)) / max(1, len(numbers))
    return ColumnValues(
        feature.column,
        tuple(at_most_four_digits(value) for value in different.tolist()),
        np.arange(len(different), dtype=np.float64),
        _inputs_of(feature, different, own),
        place,
        shares,
        codes.astype(np.float64),
    )


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
    names: tuple[str, ...]
    if feature.kind == "yes_no":
        inputs, names = np.array([[0.0], [1.0]], np.float32), called(*feature.categories)
        inputs = np.hstack([inputs, np.zeros((2, width - 1), np.float32)])
        codes = (own[:, 0] >= _HALF).astype(np.int64)
    else:
        n = len(feature.categories) + feature.has_other
        names = (*feature.categories, translate("other"))[:n]
        inputs = np.eye(n, width, dtype=np.float32)
        codes = own[:, :n].argmax(axis=1) if n else np.zeros(len(own), np.int64)
    shares = np.bincount(codes, minlength=len(names)) / max(1, len(own))
    at = np.arange(len(names), dtype=np.float64)
    own_at = codes.astype(np.float64)
    return ColumnValues(feature.column, names, at, inputs, place, shares, own_at, is_ordered=False)
