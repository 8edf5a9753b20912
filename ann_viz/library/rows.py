"""Rows as Python programs have them, made columns by name: data frames, dicts, lists of dicts, arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ann_viz.errors import DataError
from ann_viz.session import Model
from ann_viz.session.records import Values

__all__ = ["Rows", "columns_of"]

_MATRIX: Final = 2


@runtime_checkable
class Frame(Protocol):
    """A table of named columns, as of pandas or polars."""

    @property
    def columns(self) -> Iterable[Any]:
        """Names."""

    def __getitem__(self, name: Any, /) -> Any:
        """Return a column."""


Rows = Frame | Mapping[str, Any] | Sequence[Mapping[str, Any]] | NDArray[Any] | Sequence[Sequence[Any]]
"""A data frame, a row as a dict, a dict of columns, a list of dicts, or rows of values in the order of the columns."""


def columns_of(rows: Rows, model: Model) -> dict[str, Values]:
    """Return the columns of some rows by name.

    Parameters
    ----------
    rows : Rows
        Rows without names have the columns that the model predicts from, or all of its table, in their order.
    model : Model

    Raises
    ------
    DataError
        When rows have no names and another number of values.
    """
    if isinstance(rows, Mapping):
        is_row = not all(isinstance(value, list | tuple | np.ndarray) for value in rows.values())
        return {name: [value] if is_row else value for name, value in rows.items()}
    if isinstance(rows, Frame):
        return {str(name): np.asarray(rows[name]) for name in rows.columns}
    named = [row for row in rows if isinstance(row, Mapping)]
    if named and len(named) == len(rows):
        names = dict.fromkeys(name for row in named for name in row)
        return {name: [row.get(name) for row in named] for name in names}
    array = np.asarray(rows) if isinstance(rows, np.ndarray) else np.asarray(rows, dtype=object)
    inputs = [feature.column for feature in model.encoder.features]
    width = array.shape[1] if array.ndim == _MATRIX else 0
    for names_in_order in (
        inputs,
        [name for name in model.columns if name != model.recipe.target],
        list(model.columns),
    ):
        if len(names_in_order) == width:
            return {name: array[:, place] for place, name in enumerate(names_in_order)}
    raise DataError(f"Rows without names need {len(inputs)} values each: {', '.join(inputs)}.")
