"""The runs side by side, one in a row: how good each got, how large it is and how long it took, and its settings.

A setting has a column where it is not the same in all of them. Numbers stand beside what is written of them, to be
sorted by and to be copied.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from ann_viz.numerals import NOTHING, count, format_number, percent_fixed, short_number
from ann_viz.session.document import Document
from ann_viz.session.run import Run
from ann_viz.session.run_differences import NETWORK, TRAINING, layers_text, setting_text
from ann_viz.session.run_tree import run_rows
from ann_viz.session.spreadsheet import as_text
from ann_viz.translation import translate

__all__ = ["Cell", "RunColumn", "RunsSideBySide", "runs_csv", "runs_side_by_side", "time_taken"]

Cell: TypeAlias = tuple[str, float | str]
"""What is written, and the number behind it; NaN where there is none."""

Read: TypeAlias = Callable[[Run], Any]
Write: TypeAlias = Callable[[Run], Cell]
NAME: Final = "name"
NOTE: Final = "note"
EPOCHS_ASKED: Final = "epochs"
ORDER_SEED: Final = "order_seed"
_SHORTEST: Final = 0.1  # seconds that are told


@dataclass(frozen=True, slots=True)
class RunColumn:
    """One column.

    Parameters
    ----------
    name : str
        By which it is known: of a setting that of its field.
    title, tip : str
        What stands above it, and what that means.
    is_number : bool
    is_setting : bool
    """

    name: str
    title: str
    tip: str = ""
    is_number: bool = True
    is_setting: bool = False


@dataclass(frozen=True, slots=True)
class RunsSideBySide:
    """The table.

    Parameters
    ----------
    columns : tuple of RunColumn
    numbers, places : tuple of int
        Of each run, in the order of the tree: its number, and its place among all, which gives its colour.
    cells : tuple of tuple of Cell
        A row for each run.
    current : int or None
        Number of the run in the window.
    """

    columns: tuple[RunColumn, ...] = ()
    numbers: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    current: int | None = None

    def order(self, column: int, *, descending: bool) -> list[int]:
        """Return the rows sorted by a column; those without a value come last either way."""
        values = [row[column][1] for row in self.cells]
        empty = [row for row, value in enumerate(values) if _is_empty(value)]
        rest = [row for row in range(len(values)) if row not in empty]
        return sorted(rest, key=lambda row: _sorted_by(values[row]), reverse=descending) + empty

    def lines(self, rows: Sequence[int], columns: Sequence[int] | None = None) -> list[list[str | float]]:
        """Return some rows with their headings, to be copied or saved: numbers in full, nothing where there is none."""
        chosen = range(len(self.columns)) if columns is None else columns
        lines: list[list[str | float]] = [[self.columns[column].title for column in chosen]]
        for row in rows:
            values = (self.cells[row][column][1] for column in chosen)
            lines.append(["" if _is_empty(value) else value for value in values])
        return lines


def _is_empty(value: float | str) -> bool:
    return value == "" or value != value  # NaN


def _sorted_by(value: float | str) -> tuple[float, str]:
    """Return what puts numbers before words, and words without regard to capitals."""
    return (math.inf, value.casefold()) if isinstance(value, str) else (value, "")


def runs_side_by_side(document: Document) -> RunsSideBySide:
    """Return all runs that are listed, in the order of the tree."""
    rows = run_rows(document)
    by_number = {run.number: run for run in document.runs}
    runs = [by_number[row.number] for row in rows]
    names = {row.number: row.name for row in rows}
    columns = [*_scores(document, names), *_settings(runs), *_ends()]
    current = document.current_run
    return RunsSideBySide(
        columns=tuple(column for column, _ in columns),
        numbers=tuple(row.number for row in rows),
        places=tuple(row.place for row in rows),
        cells=tuple(tuple(cell(run) for _, cell in columns) for run in runs),
        current=None if current is None else current.number,
    )


def _scores(document: Document, names: dict[int, str]) -> Iterator[tuple[RunColumn, Write]]:
    """Yield name, score, loss, epochs and size."""
    dataset, newest = document.described, document.newest
    is_share = dataset is None or dataset.recipe.task != "regression"
    validated = newest is not None and newest.history.is_validated
    rows = translate("validation rows") if validated else translate("training rows")
    at_best = translate("On {rows}, at its best epoch; of the average of the weights where there is one")
    tip = at_best.format(rows=rows)
    if any(run.mean_of is not None for run in document.runs):
        tip += translate("; of the first alone where several networks answer together")
    yield RunColumn(NAME, translate("Run"), is_number=False), lambda run: (names[run.number], names[run.number])
    title = translate("Accuracy") if is_share else "R²"
    yield (
        RunColumn("score", title, tip),
        lambda run: _number(_best_score(run), percent_fixed if is_share else short_number),
    )
    yield RunColumn("loss", translate("Best loss"), tip), lambda run: _number(_best_loss(run), short_number)
    best = RunColumn("best_epoch", translate("At epoch"), translate("The epoch with the lowest loss"))
    yield best, lambda run: _number(run.snapshot.best_epoch if run.snapshot.epoch else math.nan, format_number)
    done = RunColumn("done", translate("Epochs"), translate("Done, with those before it branched off"))
    yield done, lambda run: _number(run.snapshot.epoch, format_number)
    size = RunColumn("parameters", translate("Parameters"), translate("Weights and biases together"))
    yield size, lambda run: _number(run.network_config.n_parameters, format_number)


def _best_loss(run: Run) -> float:
    return run.snapshot.best_loss if run.snapshot.epoch else math.nan


def _best_score(run: Run) -> float:
    history = run.snapshot.history
    place = int(np.searchsorted(history.epoch, run.snapshot.best_epoch))
    return float(history.judged_metric[place]) if run.snapshot.epoch and place < len(history) else math.nan


def _number(value: float, write: Callable[[float], str]) -> Cell:
    return (NOTHING if math.isnan(value) else write(value)), value


# Settings -----------------------------------------------------------------------------------------------------------
def _settings(runs: Sequence[Run]) -> Iterator[tuple[RunColumn, Write]]:
    """Yield a column for each setting that is not the same in all runs."""
    for column, read, cell in (*_data(), *_layers(), *_fields()):
        values = [read(run) for run in runs]
        if any(value != values[0] for value in values) and not _follows_seed(column, runs):
            is_number = all(isinstance(cell(run)[1], int | float) for run in runs)
            yield replace(column, is_number=is_number, is_setting=True), cell


def _follows_seed(column: RunColumn, runs: Sequence[Run]) -> bool:
    """Whether it is the seed of the order of rows, and the same as that of the weights, which has a column."""
    same = (run.settings.seed == run.network_config.seed for run in runs)
    return column.name == ORDER_SEED and all(same)


def _data() -> Iterator[tuple[RunColumn, Read, Write]]:
    column = RunColumn("columns", translate("Columns"), translate("that it learns from"))
    yield column, lambda run: run.dataset.recipe.inputs, _columns


def _columns(run: Run) -> Cell:
    n_columns = len(run.dataset.recipe.inputs)
    return count(n_columns, "column"), n_columns


def _layers() -> Iterator[tuple[RunColumn, Read, Write]]:
    column = RunColumn("hidden", translate("Hidden layers"), translate("neurons"))
    yield column, lambda run: run.network_config.hidden, lambda run: _plain(layers_text(run.network_config.hidden))


def _plain(text: str) -> Cell:
    return text, text


def _fields() -> Iterator[tuple[RunColumn, Read, Write]]:
    for field, (title, words) in NETWORK.items():
        read = partial(_of_network, field)
        yield RunColumn(field, translate(title), translate(words)), read, partial(_setting, field, read)
    for field, (title, words) in TRAINING.items():
        name = translate("Epochs asked for") if field == EPOCHS_ASKED else translate(title)
        read = partial(_of_training, field)
        column = RunColumn(ORDER_SEED if field == "seed" else field, name, translate(words))
        yield column, read, partial(_setting, field, read)


def _of_network(field: str, run: Run) -> Any:
    return getattr(run.network_config, field)


def _of_training(field: str, run: Run) -> Any:
    return getattr(run.settings, field)


def _setting(field: str, read: Read, run: Run) -> Cell:
    value = read(run)
    text = setting_text(field, value)
    if value is None:
        return text, math.nan
    return text, value if isinstance(value, int | float) else text


# The last columns ---------------------------------------------------------------------------------------------------
def _ends() -> Iterator[tuple[RunColumn, Write]]:
    yield RunColumn("seconds", translate("Time"), translate("Seconds of training")), _seconds
    yield RunColumn(NOTE, translate("Note"), is_number=False), lambda run: _plain(run.note)


def _seconds(run: Run) -> Cell:
    seconds = run.snapshot.history.last("seconds")
    return time_taken(seconds), seconds


def time_taken(seconds: float) -> str:
    """Return how long a run has trained: "4.2 s", "340 s", never "0.0 s"; a dash before the end of an epoch."""
    if seconds == 0:
        return NOTHING
    if seconds < _SHORTEST:
        return translate("<{n} s").format(n=format_number(_SHORTEST, ".1f"))
    return translate("{n} s").format(n=format_number(seconds, ".1f" if seconds < 100 else ",.0f"))


def runs_csv(lines: Sequence[Sequence[str | float]]) -> str:
    """Return lines of the table as a file; a spreadsheet shows names and notes and runs none of them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([as_text(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    return text.getvalue()
