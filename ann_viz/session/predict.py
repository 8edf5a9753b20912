"""Answers of a model for every row of a file, written beside the row itself, with a receipt of what was done."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from itertools import chain, count
from typing import Final, Literal, TextIO

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Table
from ann_viz.diagnostics import timed
from ann_viz.errors import Cancelled as Stopped
from ann_viz.errors import DataError
from ann_viz.files import AnyPath, replacing
from ann_viz.numerals import format_number
from ann_viz.session.answer_files import check_format, format_of
from ann_viz.session.answer_layout import CellKind, Layout, RowSink, layout_of
from ann_viz.session.csv_rows import Cells, CsvRows
from ann_viz.session.modelfile import Model
from ann_viz.session.new_rows import NewRows
from ann_viz.session.receipt import Receipt
from ann_viz.session.sorted_rows import SortedRows
from ann_viz.session.spreadsheet import FormulaCells
from ann_viz.session.stray_rows import StrayRows
from ann_viz.session.tallying import Block, Tally
from ann_viz.translation import translate

__all__ = ["RowOrder", "examine", "first_answers", "predict_file", "predict_table"]

ROWS_AT_ONCE: Final = 4_000
ROW: Final = "row"

_FIRST_SHARE: Final = 0.8  # of the time until sorted rows come back from the disk

RowOrder = Literal["file", "chance"]
Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@timed("predicting")
def predict_table(
    rows: NewRows,
    output: TextIO,
    formulas: FormulaCells | None = None,
    *,
    order: RowOrder = "file",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Write every row of a file with its prediction as CSV.

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
    order : {"file", "chance"}
        Whether the rows stand as in the file, or the largest chance of a yes (of the answer, with more than two
        classes), or the largest number first, and rows without an answer last.
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
        Where the network's sums become larger than any number, and where the disk is full.
    Cancelled
        When ``cancelled`` says so.
    """
    sink = CsvRows(output, rows.table.dialect.delimiter)
    return _write_answers(rows, lambda _layout: sink, formulas or FormulaCells(), order, progress, cancelled)


@timed("predicting")
def predict_file(
    rows: NewRows,
    path: AnyPath,
    formulas: FormulaCells | None = None,
    *,
    order: RowOrder = "file",
    inputs: Iterable[AnyPath] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Write every row with its prediction to a file of the kind its name asks for, all rows or nothing.

    Parameters
    ----------
    rows, formulas, order, progress, cancelled
        As for `predict_table`.
    path : path
        Where to; see `answer_files.FORMATS`.
    inputs : iterable of paths
        Files that must not be replaced, beside that of the rows.

    Raises
    ------
    OutputError
        When the file can't be written, or is one of the inputs.
    """
    kind, formulas = format_of(path), formulas or FormulaCells()
    check_format(kind, rows.table.n_rows + rows.table.n_bad)
    if not kind.runs_formulas:
        formulas.escape = False  # an apostrophe would be shown
    with replacing(path, inputs=(*inputs, rows.table.path)) as file:
        return _write_answers(rows, partial(kind.open, file), formulas, order, progress, cancelled)


def _write_answers(
    rows: NewRows,
    sink_for: Callable[[Layout], RowSink],
    formulas: FormulaCells,
    order: RowOrder,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Receipt:
    """Write all rows to a sink; for another order than that of the file they wait on the disk."""
    added = _added_columns([column.name for column in rows.table.columns], rows.model)
    layout, tally = layout_of(rows.table, added), Tally(rows)
    sink = sink_for(layout)
    sink.write([formulas.passed(list(layout.names))])
    if order == "file":
        for answered, _ in _answered_rows(rows, tally, formulas, progress, cancelled):
            sink.write(answered)
    else:
        with closing(SortedRows()) as waiting:
            first = None if progress is None else lambda share: progress(share * _FIRST_SHARE)
            for answered, keys in _answered_rows(rows, tally, formulas, first, cancelled):
                waiting.add(answered, keys)
            for block in waiting.blocks():
                _check_wanted(cancelled)
                sink.write(block)
    sink.finish()
    return tally.receipt(tuple(name for name, _ in added))


def _answered_rows(
    rows: NewRows, tally: Tally, formulas: FormulaCells, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[tuple[list[Cells], NDArray[np.float64]]]:
    """Yield rows with their answers block by block, and by what they are sorted; NaN of rows without an answer."""
    table, passed = rows.table, formulas.passed
    n_added = len(_added_columns([], rows.model))
    strays, texts = StrayRows(table, n_added, passed), _text_places(table)
    for block in _blocks(rows, tally, progress, cancelled):
        output, lines = _answers(rows, block), block.lines.tolist()
        whole = (
            passed([*row, str(line), *cells], texts)
            for row, line, cells in zip(block.texts(), lines, _answer_cells(rows, output), strict=True)
        )
        answered = list(strays.between(whole, lines))
        yield answered, _keys(rows, output, answered, block)
    left = list(strays.left())
    yield left, np.full(len(left), np.nan)


def _keys(rows: NewRows, output: NDArray[np.floating], answered: list[Cells], block: Block) -> NDArray[np.float64]:
    """Return the number that each row is sorted by: of a stray one none."""
    keys = np.asarray(output.max(axis=1), np.float64)  # of a yes, of the answer, or the number itself
    if len(answered) == len(keys):
        return keys
    place = len(rows.table.columns)
    found = dict(zip(map(str, block.lines.tolist()), keys.tolist(), strict=True))
    return np.array([found.get(cells[place] or "", math.nan) for cells in answered])


def first_answers(rows: NewRows, n: int) -> tuple[list[str], list[Cells]]:
    """Return the names of all columns, those that are added first, and the first rows likewise.

    Raises
    ------
    DataError
        Where the network's sums become larger than any number.
    """
    table = rows.table
    names = [column.name for column in table.columns]
    added = [name for name, _ in _added_columns(names, rows.model)]
    stop = min(n, table.n_rows)
    texts = table.rows(0, stop)
    block = Block(values=rows.reader.read(0, stop), texts=lambda: texts, lines=table.lines.of(0, stop))
    answers = _answer_cells(rows, _answers(rows, block))
    lines = block.lines.tolist()
    return [*added, *names], [[str(line), *cells, *row] for line, cells, row in zip(lines, answers, texts, strict=True)]


def examine(rows: NewRows, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Receipt:
    """Return the receipt of a prediction that nothing is written of."""
    tally = Tally(rows)
    for _ in _blocks(rows, tally, progress, cancelled):
        pass
    added = _added_columns([column.name for column in rows.table.columns], rows.model)
    return tally.receipt(tuple(name for name, _ in added))


def _blocks(rows: NewRows, tally: Tally, progress: Progress | None, cancelled: Cancelled | None) -> Iterator[Block]:
    """Yield the rows in blocks, each noted in the tally."""
    table = rows.table
    for start in range(0, table.n_rows, ROWS_AT_ONCE):
        _check_wanted(cancelled)
        stop = min(start + ROWS_AT_ONCE, table.n_rows)
        texts = cache(partial(table.rows, start, stop - start))
        block = Block(values=rows.reader.read(start, stop), texts=texts, lines=table.lines.of(start, stop))
        tally.add(block)
        yield block
        if progress is not None:
            progress(stop / table.n_rows)


def _check_wanted(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise Stopped(translate("The prediction was stopped."))


def _added_columns(names: Sequence[str], model: Model) -> list[tuple[str, CellKind]]:
    """Return the names of the columns that are added, numbered where a name is there already, and their kinds."""
    is_number = model.recipe.task == "regression"
    classes = () if is_number else model.encoder.class_names
    number: CellKind = "number"
    kinds: list[CellKind] = ["whole", number if is_number else "text", *[number] * len(classes)]
    taken, added = set(names), []
    for base in (ROW, "prediction", *(f"probability_{name}" for name in classes)):
        name = next(each for each in chain((base,), (f"{base} {n}" for n in count(2))) if each not in taken)
        taken.add(name)
        added.append(name)
    return list(zip(added, kinds, strict=True))


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
