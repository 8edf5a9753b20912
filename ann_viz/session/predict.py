"""Answers of a model for every row of a file, written as CSV beside the row itself, with a receipt of what was done."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, count
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Table
from ann_viz.diagnostics import timed
from ann_viz.errors import Cancelled as Stopped
from ann_viz.errors import DataError
from ann_viz.files import AnyPath, replacing
from ann_viz.numerals import format_number
from ann_viz.session.csv_rows import CsvRows
from ann_viz.session.modelfile import Model
from ann_viz.session.new_rows import NewRows
from ann_viz.session.receipt import Receipt
from ann_viz.session.spreadsheet import FormulaCells
from ann_viz.session.stray_rows import StrayRows
from ann_viz.session.tallying import Block, Tally
from ann_viz.translation import translate

__all__ = ["examine", "predict_file", "predict_table"]

ROWS_AT_ONCE: Final = 10_000
ROW: Final = "row"

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@timed("predicting")
def predict_table(
    rows: NewRows,
    output: TextIO,
    formulas: FormulaCells | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Write every row of a file with its prediction.

    Columns are added: ``row``, the line of the file the row begins on (of a spreadsheet the row of the sheet, of
    Parquet the row from 1), ``prediction`` and, for classes, one ``probability_<class>`` each; a name that the file has
    already gets a number. Rows that don't fit the table are there as well, in the order of the file, without an answer.
    Delimiter and decimal mark are those of the file.

    Parameters
    ----------
    rows : NewRows
        The file, opened for a model.
    output : text file
        Opened with ``newline=""``.
    formulas : FormulaCells, optional
        Told of every cell that is text; escapes those that a spreadsheet would run, if it is to.
    progress : callable, optional
        Told the share done, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the work.

    Returns
    -------
    Receipt
        What was left out, filled, unknown or read otherwise.

    Raises
    ------
    DataError
        Where the network's sums become larger than any number.
    Cancelled
        When ``cancelled`` says so.
    """
    table = rows.table
    passed, written = (formulas or FormulaCells()).passed, CsvRows(output, table.dialect.delimiter)
    names = [column.name for column in table.columns]
    added = _added_names(names, rows.model)
    written.write([passed([*names, *added])])
    tally, strays, texts = Tally(rows), StrayRows(table, len(added), passed), _text_places(table)
    for block in _blocks(rows, tally, progress, cancelled):
        answers, lines = _answer_cells(rows, _answers(rows, block)), block.lines.tolist()
        whole = (
            passed([*row, str(line), *cells], texts)
            for row, line, cells in zip(block.texts(), lines, answers, strict=True)
        )
        written.write(list(strays.between(whole, lines)))
    written.write(list(strays.left()))
    return tally.receipt(tuple(added))


def predict_file(
    rows: NewRows,
    path: AnyPath,
    formulas: FormulaCells | None = None,
    *,
    inputs: Iterable[AnyPath] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Write every row with its prediction to a file, all rows or nothing; see `predict_table`.

    Parameters
    ----------
    rows, formulas, progress, cancelled
        As for `predict_table`.
    path : path
        Where to.
    inputs : iterable of paths
        Files that must not be replaced, beside that of the rows.

    Raises
    ------
    OutputError
        When the file can't be written, or is one of the inputs.
    """
    with replacing(path, inputs=(*inputs, rows.table.path)) as file:
        output = io.TextIOWrapper(file, encoding="utf-8", newline="")
        receipt = predict_table(rows, output, formulas, progress=progress, cancelled=cancelled)
        output.detach()  # with all that was written
    return receipt


def examine(rows: NewRows, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Receipt:
    """Return the receipt of a prediction that nothing is written of."""
    tally = Tally(rows)
    for _ in _blocks(rows, tally, progress, cancelled):
        pass
    return tally.receipt(tuple(_added_names([column.name for column in rows.table.columns], rows.model)))


def _blocks(rows: NewRows, tally: Tally, progress: Progress | None, cancelled: Cancelled | None) -> Iterator[Block]:
    """Yield the rows in blocks, each noted in the tally."""
    table = rows.table
    for start in range(0, table.n_rows, ROWS_AT_ONCE):
        if cancelled is not None and cancelled():
            raise Stopped(translate("The prediction was stopped."))
        stop = min(start + ROWS_AT_ONCE, table.n_rows)
        texts = cache(partial(table.rows, start, stop - start))
        block = Block(values=rows.reader.read(start, stop), texts=texts, lines=table.lines.of(start, stop))
        tally.add(block)
        yield block
        if progress is not None:
            progress(stop / table.n_rows)


def _added_names(names: Sequence[str], model: Model) -> list[str]:
    """Return the names of the columns that are added, numbered where a name is there already."""
    classes = () if model.recipe.task == "regression" else model.encoder.class_names
    taken, added = set(names), []
    for base in (ROW, "prediction", *(f"probability_{name}" for name in classes)):
        name = next(each for each in chain((base,), (f"{base} {n}" for n in count(2))) if each not in taken)
        taken.add(name)
        added.append(name)
    return added


def _text_places(table: Table) -> list[int]:
    """The places of cells that may be text, the answer among them: looking at every number of every row takes time."""
    numbers = {c.index for c in table.columns if c.form == "" and c.minimum <= c.maximum and not c.n_odd}
    width = len(table.columns)
    return [*(place for place in range(width) if place not in numbers), width + 1]


def _answers(rows: NewRows, block: Block) -> NDArray[np.floating]:
    """Return the network's output; raises DataError where it is not a number."""
    with np.errstate(over="ignore", invalid="ignore"):
        output = rows.model.network.predict(rows.reader.encode(block.values))
    wrong = np.flatnonzero(~np.isfinite(output).all(axis=1))
    if len(wrong):
        sentence = translate("The model has no answer for line {n}: its sums become larger than any number.")
        raise DataError(
            sentence.format(n=format_number(int(block.lines[wrong[0]]))),
            hint=translate("Leave that row out, or train the model again."),
        )
    return output


def _answer_cells(rows: NewRows, output: NDArray[np.floating]) -> Iterator[tuple[str, ...]]:
    """Yield the cells to add to each row; output is (n, n_outputs)."""
    answers, mark = rows.model.encoder.decode_target(output, rows.model.threshold), rows.table.dialect.decimal
    if rows.model.recipe.task == "regression":
        yield from zip(_numbers(answers, mark))
        return
    probabilities = np.hstack([1.0 - output, output]) if output.shape[1] == 1 else output  # (n, n_classes)
    yield from zip(answers.tolist(), *(_numbers(chances, mark) for chances in probabilities.T), strict=True)


def _numbers(values: NDArray[np.floating], mark: str) -> list[str]:
    """Write numbers with a decimal mark; all at once, which takes half the time."""
    text = " ".join(["%.7g"] * len(values)) % tuple(values.tolist())
    return (text if mark == "." else text.replace(".", mark)).split(" ")
