"""Rows of a table as the numbers a network reads, and its answers back in the words and units of the table.

Everything is learned from the training rows alone: means, spreads, medians, the list of categories.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.column import Column
from ann_viz.data.dialect import BLANKS, Dialect
from ann_viz.data.features import (
    Feature,
    Group,
    code_of,
    fit_feature,
    mean_std,
    no_yes,
    standardised,
    write_codes,
)
from ann_viz.data.numbers import parse_number
from ann_viz.data.recipe import Recipe, Task
from ann_viz.data.table import Table
from ann_viz.errors import DataError

__all__ = ["Encoder"]


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
    def fit(table: Table, recipe: Recipe, train_rows: NDArray[np.integer[Any]]) -> Encoder:
        """Learn the encoding from the training rows.

        Parameters
        ----------
        table : Table
            The table.
        recipe : Recipe
            Inputs, target and task.
        train_rows : ndarray of int
            Rows of the table to learn from.

        Returns
        -------
        Encoder

        Raises
        ------
        DataError
            When no input is left, or the target has a single class.
        """
        rows = np.asarray(train_rows, dtype=np.int64)
        features = tuple(fit_feature(table, table.column(name), recipe, rows) for name in recipe.inputs)
        if not features:
            raise DataError("No column is left to predict from.", hint="Give at least one column the role Input.")
        column = table.column(recipe.target)
        classes, mean, std = _fit_target(table, column, recipe.task, rows)
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
        n = table.n_rows if rows is None else len(rows)
        X = np.zeros((n, self.n_inputs), dtype=np.float32)
        for feature, group in zip(self.features, self.groups, strict=True):
            block = X[:, group.start : group.stop]
            column = table.column(feature.column)
            if feature.kind == "number":
                values = _pick(table.numbers(column.index, form=_form_for(column, feature.form)), rows)
                block[:, 0] = standardised(values, feature)
            else:
                codes = _pick(table.codes(column.index, feature.categories), rows)
                write_codes(codes, feature, block)
        return X

    def encode_row(self, row: Mapping[str, str | None]) -> NDArray[np.float32]:
        """Encode one row given as texts by column name; a column left out counts as missing.

        Returns
        -------
        ndarray of float32, shape (n_inputs,)
        """
        X = np.zeros((1, self.n_inputs), dtype=np.float32)
        for feature, group in zip(self.features, self.groups, strict=True):
            block = X[:, group.start : group.stop]
            text = self._value(row.get(feature.column))
            if feature.kind == "number":
                value = np.nan if text is None else parse_number(text, feature.form, self._dialect)
                block[:, 0] = standardised(np.array([value]), feature)
            else:
                write_codes(np.array([code_of(text, feature.categories)]), feature, block)
        encoded: NDArray[np.float32] = X[0]
        return encoded

    def encode_target(self, table: Table, rows: NDArray[np.integer[Any]] | None = None) -> NDArray[np.float32]:
        """Encode the target of some rows.

        Returns
        -------
        ndarray of float32
            (n, 1) of 0 and 1 for yes/no, one-hot (n, n_classes), or (n, 1) standardised numbers; NaN where the
            target is missing or of an unknown class.
        """
        column = table.column(self.target)
        if self.task == "regression":
            values = _pick(table.numbers(column.index, form=_form_for(column, self.target_form)), rows)
            Y: NDArray[np.float32] = ((values - self.target_mean) / self.target_std).astype(np.float32)[:, None]
            return Y
        codes = _pick(table.codes(column.index, self.class_names), rows)
        if self.task == "binary":
            Y = (codes == 1).astype(np.float32)[:, None]
        else:
            Y = (codes[:, None] == np.arange(len(self.class_names))).astype(np.float32)
        Y[codes < 0] = np.nan
        return Y

    def decode_target(self, output: NDArray[Any]) -> NDArray[Any]:
        """Turn outputs into answers.

        Parameters
        ----------
        output : ndarray, shape (n, n_outputs)
            Probabilities, or standardised numbers.

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
        chosen = (output[:, 0] >= 0.5).astype(np.int64) if self.task == "binary" else output.argmax(axis=1)
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
            When the text is something else.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            features = tuple(Feature(**_with_tuples(feature)) for feature in fields.pop("features"))
            return Encoder(features=features, **_with_tuples(fields))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DataError("The description of the inputs can't be read.", hint=f"({error})") from error

    @property
    def _dialect(self) -> Dialect:
        return Dialect(decimal=self.decimal, thousands=self.thousands)

    def _value(self, text: str | None) -> str | None:
        text = (text or "").strip(BLANKS)
        return None if text == "" or text in self.missing else text


def _with_tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _form_for(column: Column, form: str) -> str:
    """Another file may write the same column more plainly than the one learned from; its own profile knows."""
    return column.form if column.kind in ("number", "date", "yes_no", "identifier", "constant") else form


def _pick(values: NDArray[Any], rows: NDArray[np.integer[Any]] | None) -> NDArray[Any]:
    return values if rows is None else values[rows]


def _fit_target(
    table: Table, column: Column, task: Task, rows: NDArray[np.int64]
) -> tuple[tuple[str, ...], float, float]:
    """Class names, or mean and spread, of the target."""
    if task == "regression":
        values = table.numbers(column.index)[rows]
        values = values[~np.isnan(values)]
        if not len(values):
            raise DataError("has no number in any training row.", column=column.name)
        return (), *mean_std(values)
    if task == "binary":
        return no_yes(column, table.dialect), 0.0, 1.0
    names = list(table.values(column.index))
    if column.kind == "number":
        names.sort(key=lambda name: parse_number(name, column.form, table.dialect))
    return tuple(names), 0.0, 1.0
