"""A table made ready for a network: inputs and targets as arrays, and which rows are for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoder import Encoder
from ann_viz.data.recipe import MIN_ROWS, Recipe
from ann_viz.data.splitting import split_rows
from ann_viz.data.suggest import target_problem
from ann_viz.data.table import Table
from ann_viz.errors import DataError

__all__ = ["Dataset", "PartName", "build_dataset"]

PartName = Literal["train", "validation", "test"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dataset:
    """Arrays ready to learn from, and the way back to the rows they came from.

    Parameters
    ----------
    table : Table
        The table, kept open.
    recipe : Recipe
        What is learned.
    encoder : Encoder
        How rows became numbers.
    X : ndarray of float32, shape (n, n_inputs)
        Inputs of all usable rows.
    Y : ndarray of float32, shape (n, n_outputs)
        Targets.
    source_rows : ndarray of int64, shape (n,)
        Row of the table each row came from.
    train, validation, test : ndarray of int64
        Rows of ``X`` in each part.
    n_left_out : int
        Rows of the table without a target.
    """

    table: Table
    recipe: Recipe
    encoder: Encoder
    X: NDArray[np.float32]
    Y: NDArray[np.float32]
    source_rows: NDArray[np.int64]
    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]
    n_left_out: int

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.table.name

    def rows(self, name: PartName) -> NDArray[np.int64]:
        """Return the row numbers of one part."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[name]

    def part(self, name: PartName) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return inputs and targets of one part."""
        rows = self.rows(name)
        return self.X[rows], self.Y[rows]

    def raw(self, i: int) -> tuple[str | None, ...]:
        """Return row ``i`` as the texts of the file, None where there is no value."""
        return self.table.rows(int(self.source_rows[i]), 1)[0]


def build_dataset(table: Table, recipe: Recipe, progress: Callable[[float], None] | None = None) -> Dataset:
    """Make a table ready to learn from.

    Parameters
    ----------
    table : Table
        The table; it stays open.
    recipe : Recipe
        What to learn.
    progress : callable, optional
        Called with the share of the work done, 0 to 1.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        When the recipe does not fit the table, or too little is left to learn from.
    """
    report = progress or (lambda share: None)
    _check(table, recipe)
    target = table.column(recipe.target)
    if recipe.task == "regression":
        classes = None
        usable = np.flatnonzero(~np.isnan(table.numbers(target.index)))
    else:
        codes = table.codes(target.index, table.values(target.index))
        usable = np.flatnonzero(codes >= 0)
        classes = codes[usable]
    if len(usable) < MIN_ROWS:
        raise DataError(
            f"Only {len(usable)} rows have a value in '{recipe.target}'; at least {MIN_ROWS} are needed.",
            hint="Choose another target, or a file with more rows.",
        )
    report(0.2)
    train, validation, test = split_rows(len(usable), recipe.split, classes)
    encoder = Encoder.fit(table, recipe, usable[train])
    report(0.6)
    X = np.ascontiguousarray(encoder.encode(table, usable))
    Y = np.ascontiguousarray(encoder.encode_target(table, usable))
    for array in (X, Y, usable, train, validation, test):
        array.flags.writeable = False
    report(1.0)
    return Dataset(
        table=table,
        recipe=recipe,
        encoder=encoder,
        X=X,
        Y=Y,
        source_rows=usable.astype(np.int64, copy=False),
        train=train,
        validation=validation,
        test=test,
        n_left_out=table.n_rows - len(usable),
    )


def _check(table: Table, recipe: Recipe) -> None:
    """Raise when the recipe does not fit the table."""
    problem = target_problem(table, recipe.target)
    if problem is not None:
        raise DataError(problem, hint="Choose another column to predict.")
    if not recipe.inputs:
        raise DataError("No column is left to predict from.", hint="Give at least one column the role Input.")
    if recipe.target in recipe.inputs:
        raise DataError(f"'{recipe.target}' can't be both input and target.")
    for name in recipe.inputs:
        table.column(name)
