"""Rows of a table as the numbers a network reads, and its answers back in the words and units of the table.

Everything is learned from the training rows alone: means, spreads, medians, the list of categories.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.encoder_check import check_features, check_target
from ann_viz.data.encoding.features import Feature, Group
from ann_viz.data.encoding.fitting import fit_feature, fit_target, wanted_cells
from ann_viz.data.encoding.inputs import cell_value, cells_of, decode_inputs, form_for, write_inputs
from ann_viz.data.encoding.recipe import Recipe, Task
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.tables.picked import PickedRows
from ann_viz.data.tables.ranges import drawn, pick, ranges
from ann_viz.data.tables.table import Table
from ann_viz.errors import DataError
from ann_viz.translation import translate
from ann_viz.typed_json import parse_json, typed

__all__ = ["MOST_FIT_ROWS", "Encoder"]

MOST_FIT_ROWS: Final = 1_000_000
"""More training rows than these change averages and spreads by less than a thousandth."""

_READ_TOGETHER: Final = 16  # columns, so that those of a wide table don't fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """Turns rows into inputs and answers into words; made by `Encoder.fit`.

    Parameters
    ----------
    features : tuple of Feature
        One per input column.
    target : str
        Column to predict.
    task : str
        What kind of answer is learned.
    class_names : tuple of str
        Texts of the classes; (no, yes) for a binary target, empty for a number.
    target_mean, target_std : float
        Of the training rows, for a number.
    target_form : str
        How the target's numbers are written.
    decimal, thousands, missing
        How the file writes numbers and missing values; see `Dialect`.
    """

    features: tuple[Feature, ...]
    target: str
    task: Task
    class_names: tuple[str, ...] = ()
    target_mean: float = 0.0
    target_std: float = 1.0
    target_form: str = ""
    decimal: str = "."
    thousands: str | None = None
    missing: tuple[str, ...] = ()

    @staticmethod
    def fit(
        table: Table, recipe: Recipe, train_rows: NDArray[np.integer[Any]], *, at_most: int = MOST_FIT_ROWS
    ) -> Encoder:
        """Learn the encoding from the training rows.

        Parameters
        ----------
        table : Table
            The table.
        recipe : Recipe
            Inputs, target and task.
        train_rows : ndarray of int
            Rows of the table to learn from.
        at_most : int
            Of more training rows than that, so many are drawn at random, always the same ones, and averages, spreads
            and categories are those of the rows drawn.

        Returns
        -------
        Encoder

        Raises
        ------
        DataError
            When no input is left, or a column can't be treated as the recipe says.
        """
        rows = PickedRows(table, drawn(np.asarray(train_rows, dtype=np.int64), at_most))
        features = _fitted(table, recipe, rows)
        if not features:
            raise DataError(
                translate("No column is left to predict from."),
                hint=translate("Give at least one column the role Input."),
            )
        column = table.column(recipe.target)
        classes, mean, std = fit_target(table, column, recipe.task, rows)
        return Encoder(
            features=features,
            target=recipe.target,
            task=recipe.task,
            class_names=classes,
            target_mean=mean,
            target_std=std,
            target_form=column.form,
            decimal=table.dialect.decimal,
            thousands=table.dialect.thousands,
            missing=table.dialect.missing,
        )

    @property
    def input_names(self) -> tuple[str, ...]:
        """Labels of all inputs."""
        return tuple(label for feature in self.features for label in feature.inputs)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Which inputs come from which column."""
        groups = []
        start = 0
        for feature in self.features:
            stop = start + len(feature.inputs)
            groups.append(Group(column=feature.column, start=start, stop=stop, kind=feature.kind))
            start = stop
        return tuple(groups)

    @property
    def n_inputs(self) -> int:
        """Number of inputs."""
        return sum(len(feature.inputs) for feature in self.features)

    @property
    def n_outputs(self) -> int:
        """Number of outputs: one for yes/no and for a number, else one per class."""
        return len(self.class_names) if self.task == "multiclass" else 1

    def encode(self, table: Table, rows: NDArray[np.integer[Any]] | None = None) -> NDArray[np.float32]:
        """Encode rows of a table that has the columns of this encoder.

        Parameters
        ----------
        table : Table
            The table.
        rows : ndarray of int, optional
            Rows to encode; all without it.

        Returns
        -------
        ndarray of float32, shape (n, n_inputs)

        Raises
        ------
        DataError
            When a column is missing.
        """
        if rows is not None:
            return pick(lambda start, stop: self.encode_range(table, start, stop), np.asarray(rows, dtype=np.int64))
        X = np.empty((table.n_rows, self.n_inputs), dtype=np.float32)
        for start, stop in ranges(table.n_rows):
            X[start:stop] = self.encode_range(table, start, stop)
        return X

    def encode_range(self, table: Table, start: int, stop: int) -> NDArray[np.float32]:
        """Encode the rows from ``start`` to ``stop`` (exclusive), reading no others; see `encode`."""
        start, stop = _within(table, start, stop)
        X = np.zeros((stop - start, self.n_inputs), dtype=np.float32)
        pairs = list(zip(self.features, self.groups, strict=True))
        for first in range(0, len(pairs), _READ_TOGETHER):
            some = pairs[first : first + _READ_TOGETHER]
            values = table.read([cells_of(feature, table) for feature, _ in some], start, stop)
            for (feature, group), cells in zip(some, values, strict=True):
                write_inputs(feature, cells, X[:, group.start : group.stop])
        return X

    def encode_row(self, row: Mapping[str, str | None]) -> NDArray[np.float32]:
        """Encode one row given as texts by column name; a column left out counts as missing.

        Returns
        -------
        ndarray of float32, shape (n_inputs,)
        """
        X = np.zeros((1, self.n_inputs), dtype=np.float32)
        for feature, group in zip(self.features, self.groups, strict=True):
            cell = cell_value(feature, self._value(row.get(feature.column), feature.categories), self._dialect)
            write_inputs(feature, cell, X[:, group.start : group.stop])
        encoded: NDArray[np.float32] = X[0]
        return encoded

    def decode_row(self, X_row: NDArray[Any]) -> dict[str, str | float | None]:
        """Turn the inputs of a row into the values of its columns, for display.

        Parameters
        ----------
        X_row : ndarray, shape (n_inputs,)
            The inputs.

        Returns
        -------
        dict of str to (str or float or None)
            By column a number, a text, or None where the value was missing. A number that stood in for a missing one
            can't be told from one that was there, unless an input says so; likewise a category.
        """
        X_row = np.asarray(X_row)
        pairs = zip(self.features, self.groups, strict=True)
        return {feature.column: decode_inputs(feature, X_row[group.start : group.stop]) for feature, group in pairs}

    def encode_target_range(self, table: Table, start: int, stop: int) -> NDArray[np.float32]:
        """Encode the target of the rows from ``start`` to ``stop`` (exclusive), reading no others.

        Returns
        -------
        ndarray of float32
            (n, 1) of 0 and 1 for yes/no, one-hot (n, n_classes), or (n, 1) standardised numbers; NaN where the
            target is missing or of an unknown class.
        """
        start, stop = _within(table, start, stop)
        column = table.column(self.target)
        if self.task == "regression":
            values = table.numbers(column.index, form=form_for(table, column, self.target_form), start=start, stop=stop)
            Y: NDArray[np.float32] = ((values - self.target_mean) / self.target_std).astype(np.float32)[:, None]
            return Y
        codes = table.codes(column.index, self.class_names, start, stop)
        if self.task == "binary":
            Y = (codes == 1).astype(np.float32)[:, None]
        else:
            Y = (codes[:, None] == np.arange(len(self.class_names))).astype(np.float32)
        Y[codes < 0] = np.nan
        return Y

    def decode_target(self, output: NDArray[Any], threshold: float = 0.5) -> NDArray[Any]:
        """Turn outputs into answers.

        Parameters
        ----------
        output : ndarray, shape (n, n_outputs)
            Probabilities, or standardised numbers.
        threshold : float
            Above which probability a yes-or-no answer is yes.

        Returns
        -------
        ndarray, shape (n,)
            Numbers in the units of the table (float64), or class names (object).
        """
        output = np.asarray(output, dtype=np.float64).reshape(-1, self.n_outputs)
        if self.task == "regression":
            numbers: NDArray[np.float64] = output[:, 0] * self.target_std + self.target_mean
            return numbers
        names: NDArray[np.object_] = np.array(self.class_names, dtype=object)
        chosen = (output[:, 0] > threshold).astype(np.int64) if self.task == "binary" else output.argmax(axis=1)
        decoded: NDArray[np.object_] = names[chosen]
        return decoded

    def to_json(self) -> str:
        """Return the encoder as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Encoder:
        """Read an encoder written by `to_json`.

        Raises
        ------
        DataError
            When the text is something else, or does not make sense.
        """
        try:
            encoder = typed(Encoder, parse_json(text))
        except ValueError as error:
            raise DataError(translate("The description of the inputs can't be read."), hint=f"({error})") from error
        encoder._check()
        return encoder

    def _check(self) -> None:
        """Raise DataError unless `fit` could have made this encoder, of a file that can be read."""
        check_features(self.features, self.target)
        scale = self.target_mean, self.target_std
        check_target(self.target, self.task, self.class_names, scale, self.target_form)
        Dialect(decimal=self.decimal, thousands=self.thousands)  # which refuses marks that can't be told apart

    @property
    def _dialect(self) -> Dialect:
        return Dialect(decimal=self.decimal, thousands=self.thousands)

    def _value(self, text: str | None, categories: tuple[str, ...]) -> str | None:
        text = (text or "").strip(BLANKS)
        return None if text == "" or (text in self.missing and text not in categories) else text


def _fitted(table: Table, recipe: Recipe, rows: PickedRows) -> tuple[Feature, ...]:
    """Learn how every input column becomes inputs, reading some columns at a time."""
    columns = [table.column(name) for name in recipe.inputs]
    fitted = []
    for start in range(0, len(columns), rows.n_together):
        some = columns[start : start + rows.n_together]
        wanted = [wanted_cells(column, recipe) for column in some]
        rows.read_ahead([cells for cells in wanted if cells is not None])
        fitted += [fit_feature(table, column, recipe, rows) for column in some]
    rows.read_ahead(())
    return tuple(feature for feature in fitted if feature is not None)


def _within(table: Table, start: int, stop: int) -> tuple[int, int]:
    stop = min(stop, table.n_rows)
    return min(start, stop), stop
