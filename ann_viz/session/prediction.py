"""Predicting a file in two pieces of work: opening it with a look at the first rows, and writing all answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ann_viz.numerals import counted
from ann_viz.session.job import Progress
from ann_viz.session.modelfile import Model
from ann_viz.session.new_rows import NewRows, open_for
from ann_viz.session.predict import RowOrder, first_answers, predict_file
from ann_viz.session.receipt import Receipt
from ann_viz.session.receipt_words import receipt_sentences
from ann_viz.session.spreadsheet import FormulaCells
from ann_viz.translation import translate

__all__ = ["Glimpse", "OpenRequest", "WriteRequest", "Written", "open_rows", "write_answers"]

SHOWN: Final = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenRequest:
    """A file to be opened for a model.

    Parameters
    ----------
    model : Model
    path : Path
    fill_columns : bool
        Whether columns that are missing are filled like missing cells.
    """

    model: Model
    path: Path
    fill_columns: bool = False


@dataclass(frozen=True, eq=False)
class Glimpse:
    """A file that is open, and what its first rows are answered with.

    Parameters
    ----------
    rows : NewRows
        To be closed.
    names : tuple of str
        Of the columns, the added ones first.
    cells : tuple of tuple
        Of the first rows.
    n_added : int
        How many columns are added.
    """

    rows: NewRows
    names: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]
    n_added: int

    def close(self) -> None:
        """Let the file go."""
        self.rows.close()


def open_rows(request: OpenRequest, progress: Progress, cancelled: Callable[[], bool]) -> Glimpse:
    """Open a file; raises DataError where it can't be answered."""
    rows = open_for(
        request.model, request.path, fill_columns=request.fill_columns, progress=progress, cancelled=cancelled
    )
    try:
        names, cells = first_answers(rows, SHOWN)
    except BaseException:
        rows.close()
        raise
    return Glimpse(rows, tuple(names), tuple(map(tuple, cells)), len(names) - len(rows.table.columns))


@dataclass(frozen=True, kw_only=True, eq=False)
class WriteRequest:
    """Answers to be written.

    Parameters
    ----------
    rows : NewRows
    path : Path
        Where to.
    order : {"file", "chance"}
    escape : bool
        Whether cells that a spreadsheet would run get an apostrophe.
    inputs : tuple of Path
        Files that must not be replaced.
    """

    rows: NewRows
    path: Path
    order: RowOrder
    escape: bool
    inputs: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written.

    Parameters
    ----------
    path : Path
    receipt : Receipt
    sentences : tuple of str
        The receipt in words.
    """

    path: Path
    receipt: Receipt
    sentences: tuple[str, ...]


def write_answers(request: WriteRequest, progress: Progress, cancelled: Callable[[], bool]) -> Written:
    """Write answers for every row, all or nothing."""
    formulas = FormulaCells(escape=request.escape)
    receipt = predict_file(
        request.rows,
        request.path,
        formulas,
        order=request.order,
        inputs=request.inputs,
        progress=progress,
        cancelled=cancelled,
    )
    sentences = receipt_sentences(receipt)
    if formulas.count:
        sentences.append(_formulas_told(formulas))
    return Written(path=request.path, receipt=receipt, sentences=tuple(sentences))


def _formulas_told(formulas: FormulaCells) -> str:
    cells = counted(
        "{n} cell begins with =, +, -, @, a tab or a line end",
        "{n} cells begin with =, +, -, @, a tab or a line end",
        formulas.count,
    )
    if formulas.escape:
        return translate("{cells}: an apostrophe in front keeps spreadsheets from running them").format(cells=cells)
    return translate("{cells}: a spreadsheet may run them as formulas").format(cells=cells)
