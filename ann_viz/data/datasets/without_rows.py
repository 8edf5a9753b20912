"""A dataset whose table is gone: what a network and its encoding say of the columns, and no row of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

import numpy as np

from ann_viz.data.columns.column import Column, Kind
from ann_viz.data.datasets.dataset import Dataset
from ann_viz.data.datasets.encoded import Encoded
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.tables.table import Table
from ann_viz.errors import TABLE_IS_MISSING, DataError
from ann_viz.translation import translate

__all__ = ["MissingTable", "dataset_without_rows"]

_TARGET_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"binary": "yes_no", "multiclass": "category", "regression": "number"}
)
_SPREADS: Final = 2  # from the mean, where a column of numbers begins and ends as far as its encoding tells


class MissingTable(Table):
    """A table whose file is gone; whoever asks for a row, or for what only rows can tell, gets a DataError.

    Parameters
    ----------
    path : Path
        Where the file was.
    dialect : Dialect
        How it was written.
    columns : tuple of Column
        What is known of its columns.
    n_rows : int
        How many rows it had.
    edits : mapping of int to str
        As of `Table`.
    """

    def __init__(
        self, path: Path, dialect: Dialect, columns: tuple[Column, ...], n_rows: int, edits: Mapping[int, str]
    ) -> None:
        # There is nothing to open, so not as `Table` begins.
        self.path, self.name, self.dialect, self.columns = path, path.name, dialect, columns
        self.n_rows, self.edits = n_rows, dict(edits)
        self._by_name = {column.name: column for column in columns}

    def __getattr__(self, name: str) -> NoReturn:
        """Say of everything else a table has that it is not there."""
        raise DataError(translate(TABLE_IS_MISSING))

    def close(self) -> None:
        """Do nothing: there is nothing to remove."""


def dataset_without_rows(
    *,
    path: Path,
    dialect: Dialect,
    names: tuple[str, ...],
    recipe: Recipe,
    encoder: Encoder,
    n_rows: int,
    edits: Mapping[int, str],
) -> Dataset:
    """Return what stands in for a dataset whose table is gone: all that names, encodes and words rows, and none.

    Parameters
    ----------
    path, dialect, n_rows, edits
        As of `MissingTable`.
    names : tuple of str
        Of the columns of the file; empty where only those are known that were learned from.
    recipe : Recipe
    encoder : Encoder
    """
    names = names or (*recipe.inputs, recipe.target)
    columns = tuple(_column(index, name, encoder) for index, name in enumerate(names))
    nobody = np.zeros(0, np.int64)
    X = np.zeros((0, encoder.n_inputs), np.float32)
    Y = np.zeros((0, encoder.n_outputs), np.float32)
    for array in (nobody, X, Y):
        array.flags.writeable = False
    return Dataset(
        table=MissingTable(path, dialect, columns, n_rows, edits),
        recipe=recipe,
        encoder=encoder,
        X=X,
        Y=Y,
        source_rows=nobody,
        train=nobody,
        validation=nobody,
        test=nobody,
        n_left_out=0,
        encoded=Encoded(X=X, Y=Y),
    )


def _column(index: int, name: str, encoder: Encoder) -> Column:
    """Return what an encoding tells of a column of its file."""
    feature = next((each for each in encoder.features if each.column == name), None)
    if feature is not None:
        return Column(index=index, name=name, kind=feature.kind, n_missing=0, n_distinct=0)
    if name != encoder.target:
        return Column(index=index, name=name, kind="text", n_missing=0, n_distinct=0)
    mean, reach = encoder.target_mean, _SPREADS * encoder.target_std
    return Column(
        index=index,
        name=name,
        kind=_TARGET_KINDS[encoder.task],
        n_missing=0,
        n_distinct=0,
        minimum=mean - reach,
        maximum=mean + reach,
    )
