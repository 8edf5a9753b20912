"""A table made ready for a network: inputs and targets as numbers, and which rows are for what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.advice.suggest import target_problem
from ann_viz.data.datasets.blocks import FileRows, WovenRows
from ann_viz.data.datasets.encoded import Encoded, encode_to_files, encode_to_memory, fits_memory
from ann_viz.data.datasets.preparing import LEFT_OUT, WorkProgress, divided, fit_rows, with_target
from ann_viz.data.datasets.row_parts import PART_NAMES, PartName, RowNumbersOfPart, RowParts
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.encoding.recipe import MIN_ROWS, Recipe
from ann_viz.data.tables.table import Table
from ann_viz.diagnostics import timed
from ann_viz.errors import DataError
from ann_viz.numerals import counted, format_number
from ann_viz.translation import translate

__all__ = ["Dataset", "build_dataset"]

RowNumbers: TypeAlias = NDArray[np.int64] | RowNumbersOfPart
"""Numbers of rows in ascending order: a list, or worked out from a mark on every row."""
FloatRows: TypeAlias = NDArray[np.float32] | WovenRows
PartRows: TypeAlias = NDArray[np.float32] | FileRows


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True, eq=False)
class Dataset:
    """Rows ready to learn from, and the way back to the rows of the table they came from.

    What does not fit in memory lies in files and is read when asked for, by slices like those of an array.

    Parameters
    ----------
    table : Table
        The table, kept open.
    recipe : Recipe
        What is learned.
    encoder : Encoder
        How rows became numbers.
    X : rows of float32, shape (n, n_inputs)
        Inputs of all rows learned from or judged by.
    Y : rows of float32, shape (n, n_outputs)
        Targets.
    source_rows : row numbers, length n
        Row of the table each row came from.
    train, validation, test : row numbers
        Rows of ``X`` in each part.
    n_left_out : int
        Rows of the table without a target, or with an odd cell in an input whose odd rows are left out.
    encoded : Encoded
        What ``X`` and ``Y`` lie in.
    """

    table: Table
    recipe: Recipe
    encoder: Encoder
    X: FloatRows
    Y: FloatRows
    source_rows: RowNumbers
    train: RowNumbers
    validation: RowNumbers
    test: RowNumbers
    n_left_out: int
    encoded: Encoded

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.table.name

    @property
    def is_streamed(self) -> bool:
        """Whether the rows lie in files because memory would not hold them."""
        return self.encoded.scratch is not None

    @property
    def is_missing(self) -> bool:
        """Whether its table is gone, so that there are no rows, which else there always are; see `without_rows`."""
        return len(self.X) == 0

    @property
    def judged_part(self) -> PartName:
        """The rows a network is judged by: the validation rows, or the training rows where none are kept back."""
        return "validation" if len(self.validation) else "train"

    def rows(self, name: PartName) -> RowNumbers:
        """Return the row numbers of one part."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[name]

    def part(self, name: PartName) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return inputs and targets of one part as arrays, which for streamed rows may need much memory."""
        if self.encoded.parts:
            X, Y = self.encoded.parts[PART_NAMES.index(name)]
            return X[:], Y[:]
        rows = np.asarray(self.rows(name))
        return self.X[rows], self.Y[rows]

    def first(self, name: PartName, count: int) -> NDArray[np.float32]:
        """Return the inputs of the first rows of one part, at most `count`, without reading the others."""
        if self.encoded.parts:
            return self.encoded.parts[PART_NAMES.index(name)][0][:count]
        return self.X[np.asarray(self.rows(name)[:count])]

    def stream(self, name: PartName) -> tuple[PartRows, PartRows]:
        """Return inputs and targets of one part: arrays, or what reads them from files slice by slice."""
        return self.encoded.parts[PART_NAMES.index(name)] if self.encoded.parts else self.part(name)

    def raw(self, i: int) -> tuple[str | None, ...]:
        """Return row ``i`` as the texts of the file, None where there is no value."""
        return self.table.rows(int(self.source_rows[i]), 1)[0]

    def place_of(self, table_row: int) -> int | None:
        """Return which row of the dataset a row of the table is; None where it has no target or was not drawn."""
        return _place_in(self.source_rows, table_row)

    def part_of(self, i: int) -> PartName:
        """Return which part row ``i`` of ``X`` belongs to."""
        return next(part for part in PART_NAMES if _place_in(self.rows(part), i) is not None)

    def release(self) -> None:
        """Remove the temporary files of the rows, if there are any; the table stays open."""
        if self.encoded.scratch is not None:
            self.encoded.scratch.close()

    def close(self) -> None:
        """Remove all temporary files and close the table; more than once is fine."""
        self.release()
        self.table.close()


@timed("making a dataset")
def build_dataset(
    table: Table,
    recipe: Recipe,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Dataset:
    """Make a table ready to learn from.

    Parameters
    ----------
    table : Table
        The table; it stays open.
    recipe : Recipe
        What to learn.
    progress : callable, optional
        Called with the share of the work done, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the work.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        When the recipe does not fit the table, or too little is left to learn from.
    Cancelled
        When ``cancelled`` says so; nothing is left behind.
    """
    _check(table, recipe)
    told = WorkProgress(progress, cancelled)
    with nullcontext() if cancelled is None else table.watched(cancelled):
        usable, classes = with_target(table, recipe, told)
        n_usable = int(np.count_nonzero(usable))
        if n_usable < MIN_ROWS:
            raise DataError(
                counted(
                    "Only {n} row has a value in '{target}'; at least {least} are needed.",
                    "Only {n} rows have a value in '{target}'; at least {least} are needed.",
                    n_usable,
                    target=recipe.target,
                    least=format_number(MIN_ROWS),
                ),
                hint=translate("Choose another target, or a file with more rows."),
            )
        marks = divided(table, recipe, usable, classes, told)
        encoder = Encoder.fit(table, recipe, fit_rows(marks, recipe.split.seed))
        encode = encode_to_memory if fits_memory(encoder, marks.n_other(LEFT_OUT)) else encode_to_files
        return _dataset(table, recipe, encoder, marks, encode(table, encoder, marks, told), n_usable)


def _dataset(
    table: Table, recipe: Recipe, encoder: Encoder, marks: RowParts, encoded: Encoded, n_usable: int
) -> Dataset:
    """Put the parts together."""
    kept = marks.marks != LEFT_OUT
    n_kept = marks.n_other(LEFT_OUT)
    dealt = marks if n_kept == len(marks) else RowParts(marks.marks[kept])
    numbers = [RowNumbersOfPart(dealt, part) for part in range(len(PART_NAMES))]
    rows: list[RowNumbers] = [RowNumbersOfPart(RowParts(kept.view(np.uint8)), 1), *numbers]
    if encoded.scratch is None:
        rows = [_listed(each) for each in rows]
    source_rows, train, validation, test = rows
    return Dataset(
        table=table,
        recipe=recipe,
        encoder=encoder,
        X=encoded.X,
        Y=encoded.Y,
        source_rows=source_rows,
        train=train,
        validation=validation,
        test=test,
        n_left_out=table.n_rows - n_usable,
        encoded=encoded,
    )


def _place_in(numbers: RowNumbers, number: int) -> int | None:
    """Return where a number stands among others, or None."""
    low, high = 0, len(numbers)
    if isinstance(numbers, np.ndarray):
        low = int(np.searchsorted(numbers, number))
    else:
        while low < high:  # in ascending order, but no array
            middle = (low + high) // 2
            low, high = (middle + 1, high) if int(numbers[middle]) < number else (low, middle)
    return low if low < len(numbers) and int(numbers[low]) == number else None


def _listed(numbers: RowNumbers) -> NDArray[np.int64]:
    """Row numbers as an array that can't be written to."""
    listed = numbers[:]
    listed.flags.writeable = False
    return listed


def _check(table: Table, recipe: Recipe) -> None:
    """Raise when the recipe does not fit the table."""
    problem = target_problem(table, recipe.target)
    if problem is not None:
        raise DataError(problem, hint=translate("Choose another column to predict."))
    if not recipe.inputs:
        raise DataError(
            translate("No column is left to predict from."), hint=translate("Give at least one column the role Input.")
        )
    if recipe.target in recipe.inputs:
        raise DataError(translate("'{target}' can't be both input and target.").format(target=recipe.target))
    for name in recipe.inputs:
        table.column(name)
