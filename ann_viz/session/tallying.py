"""Takes note, block by block of rows, of cells that were filled, unknown, not read or out of range."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import parse_number
from ann_viz.data.advice.line_findings import total_rows
from ann_viz.data.encoding.inputs import MISSING, UNKNOWN
from ann_viz.data.encoding.reader import Source
from ann_viz.data.files.forms import form_of, is_date, without_none
from ann_viz.session.differences import differences_of
from ann_viz.session.new_rows import NewRows
from ann_viz.session.receipt import Filled, Outside, Receipt, Unknown, Unreadable

__all__ = ["Block", "Tally"]

_MOST_EXAMPLES: Final = 20
_MOST_VALUES: Final = 100
_MOST_SEARCHED: Final = 200_000  # rows
_MOST_KEPT: Final = 1000  # different texts of a column, so that a column of names can't fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows on their way: their cells as read for every feature, as texts when somebody asks, and their lines."""

    values: Sequence[NDArray[Any]]
    texts: Callable[[], Sequence[tuple[str | None, ...]]]
    lines: NDArray[np.int64]


@dataclass(slots=True)
class _Noted:
    """What was counted in one column."""

    n_filled: int = 0
    n_unreadable: int = 0
    examples: list[tuple[str, int]] = field(default_factory=list)
    n_unknown: int = 0
    unknown: dict[str, list[int]] = field(default_factory=dict)  # how often, and the first line
    n_outside: int = 0
    lowest: float = math.inf
    highest: float = -math.inf
    line: int = 0


class Tally:
    """Counts what a receipt tells.

    Parameters
    ----------
    rows : NewRows
        The file, and how its columns are read.
    """

    def __init__(self, rows: NewRows) -> None:
        self._rows = rows
        self._noted = [_Noted() for _ in rows.reader.sources]

    def add(self, block: Block) -> None:
        """Count what stands in some rows."""
        for source, noted, values in zip(self._rows.reader.sources, self._noted, block.values, strict=True):
            if source.column is None:
                continue
            if source.feature.kind in ("number", "date"):
                self._add_numbers(source, source.column.index, noted, values, block)
            elif source.feature.kind == "text":
                noted.n_filled += sum(text is None for text in values)
            else:
                self._add_codes(source, source.column.index, noted, values, block)

    def _add_numbers(
        self, source: Source, place: int, noted: _Noted, numbers: NDArray[np.float64], block: Block
    ) -> None:
        missing = np.flatnonzero(np.isnan(numbers)).tolist()
        texts = [block.texts()[row][place] for row in missing]
        present = [(text, row) for text, row in zip(texts, missing, strict=True) if text is not None]
        unreadable = [(text, row) for text, row in present if not self._means_none(text, source.form)]
        noted.n_filled += len(missing) - len(unreadable)
        noted.n_unreadable += len(unreadable)
        space = _MOST_EXAMPLES - len(noted.examples)
        noted.examples += [(text, int(block.lines[row])) for text, row in unreadable[:space]]
        low, high = source.feature.low, source.feature.high
        if low is None or high is None:  # a model of an earlier version
            return
        outside = np.flatnonzero((numbers < low) | (numbers > high))
        if len(outside):
            noted.line = noted.line or int(block.lines[outside[0]])
            noted.n_outside += len(outside)
            noted.lowest = min(noted.lowest, float(numbers[outside].min()))
            noted.highest = max(noted.highest, float(numbers[outside].max()))

    def _means_none(self, text: str, form: str) -> bool:
        """Whether a cell holds one of the numbers that mean "no value" in its column."""
        return bool(form_of(form).without) and not math.isnan(
            parse_number(text, without_none(form), self._rows.table.dialect)
        )

    def _add_codes(self, source: Source, place: int, noted: _Noted, codes: NDArray[np.int64], block: Block) -> None:
        if not source.feature.blank:
            noted.n_filled += int((codes == MISSING).sum())
        for row in np.flatnonzero(codes == UNKNOWN).tolist():
            noted.n_unknown += 1
            text = str(block.texts()[row][place])
            known = noted.unknown.get(text)
            if known is not None:
                known[0] += 1
            elif len(noted.unknown) < _MOST_KEPT:
                noted.unknown[text] = [1, int(block.lines[row])]

    def receipt(self, output_columns: tuple[str, ...] = ()) -> Receipt:
        """Return the account of the file and of all rows that were added."""
        table, match = self._rows.table, self._rows.match
        pairs = list(zip(self._rows.reader.sources, self._noted, strict=True))
        return Receipt(
            n_rows=table.n_rows,
            n_left_out=table.n_bad,
            left_out=table.bad_lines,
            skipped=table.left_out,
            totals=self._totals(),
            n_padded=table.n_padded,
            padded_lines=table.padded_lines,
            bad_bytes=table.bad_bytes,
            encoding=table.dialect.encoding,
            header=match.header,
            header_line=table.dialect.skip_lines + 1,
            missing_columns=match.missing,
            extra_columns=match.extra,
            renamed=match.renamed,
            differences=tuple(chain.from_iterable(differences_of(source) for source, _ in pairs)),
            unreadable=tuple(_unreadable(source, noted) for source, noted in pairs if noted.n_unreadable),
            unknown=tuple(_unknown(source, noted) for source, noted in pairs if noted.n_unknown),
            filled=tuple(_filled(source, noted) for source, noted in pairs if noted.n_filled),
            outside=tuple(_outside(source, noted) for source, noted in pairs if noted.n_outside),
            output_columns=output_columns,
        )

    def _totals(self) -> tuple[tuple[int, str], ...]:
        """The lines of totals; in a long table, looking for them would take as long as answering."""
        table = self._rows.table
        found = total_rows(table) if table.n_rows <= _MOST_SEARCHED else []
        return tuple((int(table.lines.of(row, row + 1)[0]), name) for row, name in found)


def _date_form(source: Source) -> str:
    return source.learned if source.feature.kind == "date" and is_date(source.learned) else ""


def _unreadable(source: Source, noted: _Noted) -> Unreadable:
    return Unreadable(
        column=source.feature.column,
        count=noted.n_unreadable,
        examples=tuple(noted.examples),
        date_form=_date_form(source),
        fill=source.feature.fill,
    )


def _unknown(source: Source, noted: _Noted) -> Unknown:
    ordered = sorted(noted.unknown.items(), key=lambda item: (-item[1][0], item[1][1]))[:_MOST_VALUES]
    feature = source.feature
    return Unknown(
        column=feature.column,
        count=noted.n_unknown,
        values=tuple((text, n, line) for text, (n, line) in ordered),
        counted_as="missing" if feature.kind == "yes_no" else "other" if feature.has_other else "none",
    )


def _filled(source: Source, noted: _Noted) -> Filled:
    feature = source.feature
    return Filled(column=feature.column, count=noted.n_filled, fill=feature.fill, date_form=_date_form(source))


def _outside(source: Source, noted: _Noted) -> Outside:
    low, high = source.feature.low, source.feature.high
    assert low is not None and high is not None  # without a range nothing is outside
    return Outside(
        column=source.feature.column,
        count=noted.n_outside,
        low=low,
        high=high,
        lowest=noted.lowest,
        highest=noted.highest,
        line=noted.line,
        date_form=_date_form(source),
    )
