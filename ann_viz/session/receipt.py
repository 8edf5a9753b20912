"""What a prediction did to a file beside answering: everything that was left out, filled, unknown or read otherwise.

A `Receipt` is a value for windows, commands and scripts; `ann_viz.session.receipt_words` says it in sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from ann_viz.data import BadLine
    from ann_viz.data.files.idle_rows import LeftOut
    from ann_viz.session.matching import HeaderSaid

__all__ = ["Difference", "DifferenceKind", "Filled", "Outside", "Receipt", "Unknown", "Unreadable", "receipt_json"]

DifferenceKind = Literal["marks", "dates", "unit", "sign", "answers"]
_MOST_LINES: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Cells of a column that hold no number or date, though they hold something; they count as missing.

    Parameters
    ----------
    column : str
        The column, by the name it was learned under.
    count : int
        How many cells.
    examples : tuple of (str, int)
        The first of them, 20 at most, and their lines in the file.
    date_form : str
        How its dates were written in the training file; empty for numbers.
    fill : float or str or None
        What stood in for them.
    """

    column: str
    count: int
    examples: tuple[tuple[str, int], ...]
    date_form: str = ""
    fill: float | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Texts of a column of categories that no training row had.

    Parameters
    ----------
    column : str
        The column.
    count : int
        How many cells hold one.
    values : tuple of (str, int, int)
        The texts, the most common first, 100 at most; how often each occurs, and the first line that has it.
    counted_as : {"other", "none", "missing"}
        Whether they share the input of rarer categories, switch on none, or count as missing (neither yes nor no).
    """

    column: str
    count: int
    values: tuple[tuple[str, int, int], ...]
    counted_as: Literal["other", "none", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Cells of a column that were empty or meant "no value", and what stood in for them (of dates the days since 1970).

    ``fill`` is None where nothing did: no input of the category was on. ``date_form`` is as in `Unreadable`.
    """

    column: str
    count: int
    fill: float | str | None
    date_form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A column that is written otherwise than in the training file.

    Parameters
    ----------
    column : str
        The column.
    kind : {"marks", "dates", "unit", "sign", "answers"}
        What differs: the marks of numbers, the way to write dates, the unit behind numbers, the sign of a currency or
        per cent, or the words for yes and no.
    learned, found : str
        How it was and how it is: an example, the unit, or the sign; empty for none.
    is_read : bool
        Whether its cells were read all the same, as they stand; those with another unit were not.
    """

    column: str
    kind: DifferenceKind
    learned: str
    found: str
    is_read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Numbers or dates beyond all that the network learned from; they were used as they are.

    Parameters
    ----------
    column : str
        The column.
    count : int
        How many.
    low, high : float
        The range of the training rows; of dates the days since 1970.
    lowest, highest : float
        The range of these numbers.
    line : int
        The line of the first.
    date_form : str
        How its dates were written in the training file; empty for numbers.
    """

    column: str
    count: int
    low: float
    high: float
    lowest: float
    highest: float
    line: int
    date_form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a prediction for a file came to.

    Parameters
    ----------
    n_rows : int
        Rows that got an answer.
    n_left_out : int
        Rows that got none, because they don't fit the table.
    left_out : tuple of BadLine
        The first 10,000 of these.
    skipped : tuple of LeftOut
        Lines that are no rows at all, by kind: remarks, the names once more.
    totals : tuple of (int, str)
        Lines of rows that look like totals of others and got an answer all the same, and what they are called.
    n_padded : int
        Rows that were too short and got empty cells.
    padded_lines, bad_bytes : tuple of int
        Lines of these rows, and lines with bytes that are no text.
    encoding : str
        That of the file.
    header : {"", "only here", "only learned"}
        Whether only this file, or only the training file, has a line of names; columns were then taken in their order.
    header_line : int
        The line of the names.
    missing_columns, extra_columns : tuple of str
        Columns the file lacks, all of whose cells were filled, and those the training file had not.
    renamed : tuple of (str, str)
        Names as learned, and as they are here.
    differences, unreadable, unknown, filled, outside
        What was noted of single columns, in their order.
    output_columns : tuple of str
        Names of the columns written beside those of the file.
    """

    n_rows: int
    n_left_out: int = 0
    left_out: tuple[BadLine, ...] = ()
    skipped: tuple[LeftOut, ...] = ()
    totals: tuple[tuple[int, str], ...] = ()
    n_padded: int = 0
    padded_lines: tuple[int, ...] = ()
    bad_bytes: tuple[int, ...] = ()
    encoding: str = "utf-8"
    header: HeaderSaid = ""
    header_line: int = 0
    missing_columns: tuple[str, ...] = ()
    extra_columns: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    differences: tuple[Difference, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    filled: tuple[Filled, ...] = ()
    outside: tuple[Outside, ...] = ()
    output_columns: tuple[str, ...] = ()

    @property
    def changed_answers(self) -> bool:
        """Whether some answer is missing or rests on something else than what stands in the file.

        Rows without an answer, cells that were filled, unknown or not read, columns that are missing, written otherwise
        than in training or taken by their order alone: these do. Columns too many, other spellings of names, lines that
        are no rows and values outside the range learned, which are used as they are, do not.
        """
        return bool(
            self.n_left_out
            or self.n_padded
            or self.header == "only learned"
            or self.missing_columns
            or self.differences
            or self.unreadable
            or self.unknown
            or self.filled
        )


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as JSON values; lines are those of the file from 1, lists of them hold the first 1,000.

    Returns
    -------
    dict
        ``rows``, ``rows_without_answer``, ``changed_answers``, ``left_out`` (``line``, ``problem``), ``skipped_lines``
        (``kind``, ``n``, ``lines``), ``totals`` (``line``, ``name``), ``padded_lines``, ``n_padded``, ``bad_bytes``,
        ``header`` (see `Receipt`), ``missing_columns``, ``extra_columns``, ``renamed_columns`` (``column``,
        ``found``), ``differences``, ``unreadable``, ``unknown_categories``, ``filled``, ``outside_range`` and
        ``output_columns``. What is said of single columns has the keys ``column`` and ``count`` and those of its class
        here; dates are texts.
    """
    return {
        "rows": receipt.n_rows,
        "rows_without_answer": receipt.n_left_out,
        "changed_answers": receipt.changed_answers,
        "left_out": [{"line": bad.line, "problem": bad.problem} for bad in receipt.left_out[:_MOST_LINES]],
        "skipped_lines": [
            {"kind": lines.kind, "n": lines.n, "lines": list(lines.lines[:_MOST_LINES])} for lines in receipt.skipped
        ],
        "totals": [{"line": line, "name": name} for line, name in receipt.totals[:_MOST_LINES]],
        "padded_lines": list(receipt.padded_lines[:_MOST_LINES]),
        "n_padded": receipt.n_padded,
        "bad_bytes": list(receipt.bad_bytes[:_MOST_LINES]),
        "header": receipt.header,
        "missing_columns": list(receipt.missing_columns),
        "extra_columns": list(receipt.extra_columns),
        "renamed_columns": [{"column": name, "found": found} for name, found in receipt.renamed],
        "differences": [
            {"column": d.column, "kind": d.kind, "learned": d.learned, "found": d.found, "read": d.is_read}
            for d in receipt.differences
        ],
        "unreadable": [_unreadable(each) for each in receipt.unreadable],
        "unknown_categories": [_unknown(each) for each in receipt.unknown],
        "filled": [
            {"column": each.column, "count": each.count, "fill": _value(each.fill, each.date_form)}
            for each in receipt.filled
        ],
        "outside_range": [_outside(each) for each in receipt.outside],
        "output_columns": list(receipt.output_columns),
    }


def _unreadable(each: Unreadable) -> dict[str, Any]:
    return {
        "column": each.column,
        "count": each.count,
        "examples": [{"text": text, "line": line} for text, line in each.examples],
        "fill": _value(each.fill, each.date_form),
    }


def _unknown(each: Unknown) -> dict[str, Any]:
    return {
        "column": each.column,
        "count": each.count,
        "values": [{"value": text, "count": n, "line": line} for text, n, line in each.values],
        "counted_as": each.counted_as,
    }


def _outside(each: Outside) -> dict[str, Any]:
    ends = {name: getattr(each, name) for name in ("low", "high", "lowest", "highest")}
    return {
        "column": each.column,
        "count": each.count,
        **{name: _value(value, each.date_form) for name, value in ends.items()},
        "line": each.line,
    }


def _value(value: float | str | None, date_form: str) -> float | str | None:
    from ann_viz.data.encoding.date_parts import date_text

    return date_text({"days": value}, date_form) if date_form and isinstance(value, float) else value
