"""Answers of a model for every row of a table, written as CSV beside the row itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Table, open_table
from ann_viz.diagnostics import timed
from ann_viz.errors import DataError
from ann_viz.files import AnyPath, replacing
from ann_viz.numerals import format_number
from ann_viz.session.modelfile import Model
from ann_viz.session.spreadsheet import FormulaCells
from ann_viz.translation import translate

__all__ = ["open_for", "predict_file", "predict_table"]

ROWS_AT_ONCE: Final = 10_000
KEPT_OPTIONS: Final = ("missing", "kept_words", "date_order", "forms")


def open_for(model: Model, path: str | Path) -> Table:
    """Open a table of new rows for `model`; the caller closes it.

    What means "no value", and what was said of single columns, is that of the training file; when what the file itself
    suggests does not give the columns that are needed, everything else is as well.

    Raises
    ------
    DataError
        When a column is missing or the file can't be read.
    """
    table = open_table(
        path, overrides={field: model.dialect[field] for field in KEPT_OPTIONS if field in model.dialect}
    )
    try:
        check_columns(model, table)
    except DataError:
        table.close()
        table = open_table(path, overrides=model.dialect)
        try:
            check_columns(model, table)
        except DataError:
            table.close()
            raise
    return table


def check_columns(model: Model, table: Table) -> None:
    """Raise DataError, naming them, when columns that the model was trained on are missing."""
    there = {column.name for column in table.columns}
    missing = [feature.column for feature in model.encoder.features if feature.column not in there]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        noun = "column" if len(missing) == 1 else "columns"
        raise DataError(f"{table.name} lacks the {noun} {names}, which the model was trained on.")


@timed("predicting")
def predict_table(model: Model, table: Table, output: TextIO, formulas: FormulaCells | None = None) -> int:
    """Write every row of `table` with its prediction.

    A column ``prediction`` is added and, for classes, one ``probability_<class>`` each; delimiter and decimal mark are
    those of the table.

    Parameters
    ----------
    model : Model
    table : Table
        Must have the columns the inputs are made of.
    output : text file
        Opened with ``newline=""``.
    formulas : FormulaCells, optional
        Told of every cell that is text; escapes those that a spreadsheet would run, if it is to.

    Returns
    -------
    int
        Number of rows written.
    """
    check_columns(model, table)
    delimiter = table.dialect.delimiter
    writer = csv.writer(output, delimiter=delimiter if delimiter in (",", ";", "\t", "|") else ",", lineterminator="\n")
    passed = (formulas or FormulaCells()).passed
    writer.writerow(passed([*(column.name for column in table.columns), "prediction", *_probability_names(model)]))
    for start in range(0, table.n_rows, ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, table.n_rows)
        output_rows = _answers(model, model.encoder.encode_range(table, start, stop), start)  # (n, n_outputs)
        cells = _answer_cells(model, table, output_rows)
        for row, added in zip(table.rows(start, stop - start), cells, strict=True):
            writer.writerow(passed([*row, *added]))  # a missing cell is None, written as nothing
    return table.n_rows


def predict_file(
    model: Model,
    table: Table,
    path: AnyPath,
    formulas: FormulaCells | None = None,
    *,
    inputs: Iterable[AnyPath] = (),
) -> int:
    """Write every row of `table` with its prediction to a file, all rows or nothing; see `predict_table`.

    Raises
    ------
    OutputError
        When the file can't be written, or is one of the inputs.
    """
    with replacing(path, inputs=inputs) as file:
        output = io.TextIOWrapper(file, encoding="utf-8", newline="")
        n_rows = predict_table(model, table, output, formulas)
        output.detach()  # with all that was written
    return n_rows


def _probability_names(model: Model) -> list[str]:
    if model.recipe.task == "regression":
        return []
    return [f"probability_{name}" for name in model.encoder.class_names]


def _answers(model: Model, X: NDArray[np.float32], first_row: int) -> NDArray[np.floating]:
    """Return the network's output; raises DataError where it is not a number."""
    with np.errstate(over="ignore", invalid="ignore"):
        output = model.network.predict(X)
    wrong = np.flatnonzero(~np.isfinite(output).all(axis=1))
    if len(wrong):
        sentence = translate(
            "The model has no answer for row {n} below the header: its sums become larger than any number."
        )
        raise DataError(
            sentence.format(n=format_number(first_row + int(wrong[0]) + 1)),
            hint=translate("Leave that row out, or train the model anew."),
        )
    return output


def _answer_cells(model: Model, table: Table, output: NDArray[np.floating]) -> Iterator[list[str]]:
    """Yield the cells to add to each row; output is (n, n_outputs)."""
    answers = model.encoder.decode_target(output)
    if model.recipe.task == "regression":
        for value in np.asarray(answers, dtype=np.float64).reshape(len(output), -1)[:, 0]:
            yield [_number(value, table)]
        return
    probabilities = np.hstack([1.0 - output, output]) if output.shape[1] == 1 else output  # (n, n_classes)
    for answer, row in zip(answers, probabilities, strict=True):
        yield [str(answer), *(_number(probability, table) for probability in row)]


def _number(value: float, table: Table) -> str:
    return f"{value:.7g}".replace(".", table.dialect.decimal)
