"""A table of new rows, read column by column as an encoder learned it, whatever its columns are called there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.spellings import fold
from ann_viz.data.columns.yes_no import answer_side, positive_answer
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.encoding.features import Feature
from ann_viz.data.encoding.inputs import MISSING, form_for, write_inputs
from ann_viz.data.encoding.signs import common_sign
from ann_viz.data.files.forms import DECORATED, form_of, is_date, marked, without
from ann_viz.data.tables.cells import Cells, CodeCells, NumberCells, TextCells
from ann_viz.data.tables.table import Table

__all__ = ["Reader", "Source", "other_spellings"]

_READ_TOGETHER: Final = 16  # columns, so that those of a wide table don't fill the memory
_MOST_STRANGERS: Final = 10_000
_WHOLE: Final = re.compile(r"[+-]?[1-9][0-9]*|0")
_WITH_ZEROS: Final = re.compile(r"([+-]?[0-9]+)\.0+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a feature comes from in one table.

    Parameters
    ----------
    feature : Feature
        What was learned of the column.
    column : Column, optional
        The column of this table; None where it has none, so that every cell counts as missing.
    learned : str
        How its numbers or dates were written when it was learned.
    form : str
        How they are read here.
    sign : str, optional
        The sign that nearly all numbers have here; None where they differ, and for other kinds.
    spellings : tuple of (str, str)
        Texts of this table that stand for a category, and that category.
    """

    feature: Feature
    column: Column | None
    learned: str = ""
    form: str = ""
    sign: str | None = None
    spellings: tuple[tuple[str, str], ...] = ()

    @property
    def cells(self) -> Cells:
        """What is to be read of the table."""
        assert self.column is not None  # asked only of columns that are there
        if self.feature.kind in ("number", "date"):
            return NumberCells(self.column.index, self.form)
        if self.feature.kind == "text":
            return TextCells(self.column.index)
        return CodeCells(self.column.index, self.feature.categories, self.spellings)


class Reader:
    """Reads the rows of one table as the inputs of an encoder.

    Parameters
    ----------
    encoder : Encoder
        What was learned.
    table : Table
        Rows that need not be those it was learned from.
    places : mapping of str to int
        Which column of the table, from 0, holds what was learned under a name; names that are not in it are missing.
    said : frozenset of str
        Fields of the dialect that the user chose for this table: they win over what was learned.
    """

    def __init__(
        self, encoder: Encoder, table: Table, places: Mapping[str, int], said: frozenset[str] = frozenset()
    ) -> None:
        self.encoder = encoder
        self.table = table
        columns = [
            table.columns[places[feature.column]] if feature.column in places else None for feature in encoder.features
        ]
        self.sources: tuple[Source, ...] = tuple(
            _source(encoder, feature, table, column, said)
            for feature, column in zip(encoder.features, columns, strict=True)
        )

    def read(self, start: int, stop: int) -> list[NDArray[Any]]:
        """Return the cells of some rows, for every feature an array of shape (n,); see `write_inputs`."""
        stop = min(stop, self.table.n_rows)
        found: dict[int, NDArray[Any]] = {}
        there = [place for place, source in enumerate(self.sources) if source.column is not None]
        for first in range(0, len(there), _READ_TOGETHER):
            some = there[first : first + _READ_TOGETHER]
            values = self.table.read([self.sources[place].cells for place in some], start, stop)
            found.update(zip(some, values, strict=True))
        return [
            found[place] if place in found else _no_values(source.feature, stop - start)
            for place, source in enumerate(self.sources)
        ]

    def encode(self, values: Sequence[NDArray[Any]]) -> NDArray[np.float32]:
        """Return what was `read` as inputs, shape (n, n_inputs)."""
        X = np.zeros((len(values[0]), self.encoder.n_inputs), dtype=np.float32)
        for source, cells, group in zip(self.sources, values, self.encoder.groups, strict=True):
            write_inputs(source.feature, cells, X[:, group.start : group.stop])
        return X


def _no_values(feature: Feature, n: int) -> NDArray[Any]:
    """A column in which every cell is missing."""
    if feature.kind in ("number", "date"):
        return np.full(n, np.nan)
    return np.full(n, None, dtype=object) if feature.kind == "text" else np.full(n, MISSING)


def _source(encoder: Encoder, feature: Feature, table: Table, column: Column | None, said: frozenset[str]) -> Source:
    source = Source(feature=feature, column=column, spellings=feature.spellings)
    if column is None or feature.kind == "text":
        return source
    if feature.kind in ("number", "date"):
        learned = _with_marks(feature.form, encoder)
        form = _form_here(table, column, learned, said)
        sign = common_sign(table, column, form) if feature.kind == "number" else None
        return replace(source, learned=learned, form=form, sign=sign)
    known = {*feature.categories, *dict(feature.spellings)}
    return replace(source, spellings=other_spellings(feature, table.strangers(column.index, known, _MOST_STRANGERS)))


def _form_here(table: Table, column: Column, learned: str, said: frozenset[str]) -> str:
    """The form in which a column is read: as the user said of this table, else as learned where that reads it."""
    if is_date(learned):
        order = table.dialect.date_order if "date_order" in said else None
        return form_for(table, column, learned if order in (None, "ymd") else _in_order(learned, order == "dmy"))
    is_number = column.minimum <= column.maximum and not is_date(column.form)
    if is_number and not said.isdisjoint(("decimal", "thousands")):
        return without(column.form, form_of(learned).without)
    return form_for(table, column, learned)


def _in_order(form: str, day_first: bool) -> str:
    """A form of dates with day and month in that order."""
    day, month = form.find("%d"), form.find("%m")
    if min(day, month) < 0 or (day < month) == day_first:
        return form
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _with_marks(form: str, encoder: Encoder) -> str:
    """The form with the marks of the file learned from, where it has none of its own."""
    found = form_of(form)
    if found.base != DECORATED or found.decimal is not None:
        return form
    return without(marked(encoder.decimal, encoder.thousands, found.unit), found.without)


def other_spellings(feature: Feature, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return which of some texts stand for a category of a feature, and for which.

    Those are the spellings that were learned, what differs in case or blanks, whole numbers that became 1.0, and yes
    for 1.
    """
    spelled = dict(feature.spellings)
    folded: dict[str, str | None] = {}
    for text, category in (*zip(feature.categories, feature.categories, strict=True), *feature.spellings):
        same = folded.setdefault(fold(text), category) == category
        folded[fold(text)] = category if same else None  # of m and M, each has a meaning of its own
    sides: dict[str | None, str] = {}
    if feature.kind == "yes_no" and positive_answer(feature.categories) is not None:
        sides = dict(zip(("no", "yes"), feature.categories, strict=True))
    whole = all(map(_WHOLE.fullmatch, feature.categories))
    for text in texts:
        bare = _WITH_ZEROS.fullmatch(text) if whole else None
        found = folded.get(bare[1] if bare else fold(text)) or sides.get(answer_side(bare[1] if bare else text))
        if found is not None:
            spelled[text] = found
    return tuple(spelled.items())
