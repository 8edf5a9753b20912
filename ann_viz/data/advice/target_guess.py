"""Guessing which column is the answer: by its name, by its values, then by its place; and saying why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ann_viz.data.advice.target_names import target_rank
from ann_viz.data.columns.column import Column
from ann_viz.data.columns.words import ANSWER_PAIRS, CLASS_NAMES, name_words
from ann_viz.numerals import count
from ann_viz.translation import translate

__all__ = ["guess_target", "is_class_code"]

_FEWEST_OTHERS: Final = 3  # with fewer other columns "the only one with words" says nothing
_MOST_CLASSES: Final = 30
_FEW_WHOLE: Final = 10
_SEXES: Final = ({"m", "f"}, {"male", "female"})


def guess_target(columns: Sequence[Column], able: Sequence[Column], header: bool) -> tuple[Column, str]:
    """Guess which column is to be predicted.

    Parameters
    ----------
    columns : sequence of Column
        All columns.
    able : sequence of Column
        Those that can be learned; at least one.
    header : bool
        Whether the names come from the file.

    Returns
    -------
    tuple of (Column, str)
        The column and the reason, as a clause.
    """
    claims = {column.index: _claim(column, columns, header) for column in able}
    best = max(able, key=lambda column: (claims[column.index][0], column.index))
    rank, reason = claims[best.index]
    if rank > 0:
        return best, reason
    return best, _by_place(best, columns, able, header)


def is_class_code(column: Column, n_columns: int, header: bool) -> bool:
    """Whether the numbers of a column stand for classes: a few whole ones, and a name or a place that says so.

    Parameters
    ----------
    column : Column
        One of numbers.
    n_columns : int
        How many the table has.
    header : bool
        Whether the names come from the file; without one, the first and the last place say so.
    """
    if not column.whole or column.n_distinct > _FEW_WHOLE:
        return False
    at_an_end = not header and column.index in (0, n_columns - 1)
    return at_an_end or bool(set(name_words(column.name)) & CLASS_NAMES)


def _claim(column: Column, columns: Sequence[Column], header: bool) -> tuple[int, str]:
    """How much speaks for a column, and what."""
    rank = _name_rank(column, columns) if header else 0
    if rank >= 3:
        return rank, translate("its name says so")
    others = [other for other in columns if other is not column and other.reason is None]
    at_an_end = bool(others) and (column.index < others[0].index or column.index > others[-1].index)
    if rank >= 0 and at_an_end:
        by_values = _claim_of_values(column, others)
        if by_values:
            return 3, by_values
        first = column.index < others[0].index
        if not header and first and _holds_classes(column) and not (_is_sex(column) or _holds_classes(others[-1])):
            return 2, translate("it stands first and has {classes}").format(classes=count(column.n_distinct, "class"))
    if rank == 2:
        return 2, translate("its name says so")
    return rank, translate("its name hints at it")


def _name_rank(column: Column, columns: Sequence[Column]) -> int:
    """The rank of its name; a y beside an x is a coordinate unless it stands last, and a code is no answer."""
    rank = target_rank(column.name)
    if column.name.casefold() == "y" and column is not columns[-1]:
        return 0 if any(other.name.casefold() == "x" for other in columns) else rank
    return -1 if column.code and rank <= 0 else rank


def _claim_of_values(column: Column, others: Sequence[Column]) -> str:
    """What in its values says that a column at the left or right end is the answer; empty for nothing."""
    values = [value for value, _ in column.categories]
    folded = {value.casefold() for value in values}
    if folded in ANSWER_PAIRS:
        return translate("its values are '{one}' and '{other}'").format(one=min(values), other=max(values))
    if column.kind != "category" or column.n_distinct > _MOST_CLASSES or _is_sex(column):
        return ""
    kinds = {"number" if other.kind == "date" else other.kind for other in others}
    if len(others) >= _FEWEST_OTHERS and kinds in ({"number"}, {"yes_no"}, {"number", "yes_no"}):
        return translate("it is the only column with words")
    return ""


def _is_sex(column: Column) -> bool:
    folded = {value.casefold() for value, _ in column.categories}
    return any(sexes <= folded for sexes in _SEXES)


def _holds_classes(column: Column) -> bool:
    """Whether values are a few words, or whole numbers with hardly a gap between them."""
    if column.kind in ("category", "yes_no"):
        return column.n_distinct <= _MOST_CLASSES
    gaps = column.maximum - column.minimum + 1 - column.n_distinct
    return column.kind == "number" and column.whole and 2 <= column.n_distinct <= _FEW_WHOLE and gaps <= 2


def _by_place(best: Column, columns: Sequence[Column], able: Sequence[Column], header: bool) -> str:
    if len(able) == 1:
        return translate("it is the only column that can be learned")
    if best is columns[-1]:
        if best.n_distinct == 2:
            return translate("it is the last column and has two answers")
        if _holds_classes(best) and (best.kind != "number" or is_class_code(best, len(columns), header)):
            return translate("it is the last column and has {classes}").format(classes=count(best.n_distinct, "class"))
        return translate("it is the last column")
    if all(column.index < best.index for column in able if column is not best):
        return translate("it is the last column that can be learned")
    return translate("the columns after it only say who, where or when")
