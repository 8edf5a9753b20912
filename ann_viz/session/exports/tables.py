"""What a model knows as tables to calculate with: its weights, the course of its training, its answers to all rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain, count
from typing import Final, TypeAlias

import numpy as np

from ann_viz.data import Dataset
from ann_viz.errors import DataError, OutputError
from ann_viz.session.answer_files import check_format, format_of
from ann_viz.session.answer_layout import CellKind, Layout
from ann_viz.session.csv_rows import Cells
from ann_viz.session.exports.formats import Progress, Wish
from ann_viz.session.exports.source.network import layer_names
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.to_portable import portable_model
from ann_viz.session.modelfile import Model
from ann_viz.translation import translate

__all__ = ["TABLES", "write"]

_ROWS_AT_ONCE: Final = 4_000
_BIAS: Final = "bias"

Columns: TypeAlias = tuple[tuple[str, CellKind], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A table to be written.

    Parameters
    ----------
    columns : tuple of (str, CellKind)
        Names, and what their cells are.
    n_rows : int
    blocks : iterator of lists of rows
        All rows but the names.
    """

    columns: Columns
    n_rows: int
    blocks: Iterator[list[Cells]]


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return a table as a file of the kind that its ending says."""
    sheet = TABLES[wish.chosen["table"]](subject, wish.rows)
    kind = format_of(f"table{wish.suffix}")
    check_format(kind, sheet.n_rows)
    names, kinds = zip(*sheet.columns, strict=True)
    output = io.BytesIO()
    sink = kind.open(output, Layout(names=names, kinds=kinds, delimiter=",", decimal=".", thousands=None))
    sink.write([list(names)])
    n_written = 0
    for block in sheet.blocks:
        sink.write(block)
        n_written += len(block)
        progress(n_written / max(1, sheet.n_rows))
    sink.finish()
    return output.getvalue()


def _number(value: float) -> str | None:
    """Return a number so that it is read back exactly; nothing for NaN."""
    return None if value != value else repr(value)


# Weights ------------------------------------------------------------------------------------------------------------
def _weights(subject: Subject, rows: bool) -> _Sheet:
    _refuse(rows)
    network = subject.model.network
    columns: tuple[tuple[str, CellKind], ...] = (
        ("layer", "whole"),
        ("from", "text"),
        ("to", "text"),
        ("weight", "number"),
    )
    return _Sheet(columns=columns, n_rows=network.config.n_parameters, blocks=_weight_blocks(subject.model))


def _weight_blocks(model: Model) -> Iterator[list[Cells]]:
    names = layer_names(portable_model(model))
    for layer, matrix in enumerate(model.network.matrices):  # W, and b as its last row
        for source, weights in zip([*names[layer], _BIAS], matrix, strict=True):
            numbers = map(str, weights)  # the shortest that are read back exactly
            yield [[str(layer + 1), source, to, number] for to, number in zip(names[layer + 1], numbers, strict=True)]


# History ------------------------------------------------------------------------------------------------------------
def _history(subject: Subject, rows: bool) -> _Sheet:
    _refuse(rows)
    history = subject.history
    if history is None:
        raise OutputError(translate("A model file does not know how it was trained. Give a project file."))
    names = [field.name for field in fields(history)]
    values = np.array([getattr(history, name) for name in names]).T
    blocks = [[str(int(epoch)), *map(_number, others)] for epoch, *others in values.tolist()]
    columns: tuple[tuple[str, CellKind], ...] = tuple(
        (name, "whole" if name == "epoch" else "number") for name in names
    )
    return _Sheet(columns=columns, n_rows=len(blocks), blocks=iter([blocks]))


def _refuse(rows: bool) -> None:
    if rows:
        raise OutputError(translate("Only the table of answers has a place for rows. Choose table=answers."))


# Answers ------------------------------------------------------------------------------------------------------------
def _answers(subject: Subject, rows: bool) -> _Sheet:
    dataset = subject.dataset
    if dataset is None:
        raise DataError(subject.why_no_data or translate("The rows are not at hand."))
    model = subject.model
    columns: list[tuple[str, CellKind]] = [("row", "whole"), ("part", "text")]
    columns.append(("prediction", "text" if model.encoder.class_names else "number"))
    columns += [(f"probability_{name}", "number") for name in model.encoder.class_names]
    if rows:
        taken = {column.name for column in dataset.table.columns}
        columns = [(_free(name, taken), kind) for name, kind in columns]
        columns += [(column.name, "text") for column in dataset.table.columns]
    return _Sheet(columns=tuple(columns), n_rows=len(dataset.X), blocks=_answer_blocks(dataset, model, rows))


def _free(wish: str, taken: set[str]) -> str:
    """Return a name for a column of ours, with a number where the table has one of that name."""
    return next(name for name in chain((wish,), (f"{wish} {n}" for n in count(2))) if name not in taken)


def _answer_blocks(dataset: Dataset, model: Model, rows: bool) -> Iterator[list[Cells]]:
    lines = dataset.table.lines.of(0, dataset.table.n_rows)
    for start in range(0, len(dataset.X), _ROWS_AT_ONCE):
        places = range(start, min(start + _ROWS_AT_ONCE, len(dataset.X)))
        output = np.asarray(model.network.predict(dataset.X[start : places.stop]), np.float64)
        answers = model.encoder.decode_target(output, model.threshold)
        chances = np.hstack([1 - output, output]) if output.shape[1] == 1 else output
        block: list[Cells] = []
        for place, answer, shares in zip(places, answers.tolist(), chances.tolist(), strict=True):
            told = answer if model.encoder.class_names else _number(answer)
            cells: Cells = [str(lines[int(dataset.source_rows[place])]), dataset.part_of(place), told]
            cells += map(_number, shares) if model.encoder.class_names else ()
            block.append([*cells, *dataset.raw(place)] if rows else cells)
        yield block


TABLES: Final[Mapping[str, Callable[[Subject, bool], _Sheet]]] = {
    "answers": _answers,
    "history": _history,
    "weights": _weights,
}
"""Every table there is; the row of the format names the same."""
