"""What is known about one column: its kind, its range or categories, and why it starts as ignored.

The kind is decided from facts about all rows, never from a sample.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ann_viz.data.numbers import DECORATED

__all__ = ["BINS", "LONGEST_CATEGORY", "MOST_CATEGORIES", "Column", "Facts", "Kind", "describe"]

Kind = Literal["number", "category", "yes_no", "identifier", "text", "date", "constant", "empty"]

BINS: Final = 14
_LISTED: Final = 64
MOST_CATEGORIES: Final = 100
LONGEST_CATEGORY: Final = 200
_EXACT_WHOLE: Final = 2.0**53
_ID_NAME: Final = re.compile(
    r"(^|[_\s.\-])(id|ids|uuid|guid|key|index|idx|rownumber|row|no|nr|#|rownum|record|serial)$"
    r"|[a-z](Id|ID|Key|Number|Nr|No)$"
)
_YES: Final = ("yes", "y", "true", "t", "1", "on", "ja", "oui", "si", "sí", "sim", "да", "是", "wahr", "vrai")
_NO: Final = ("no", "n", "false", "f", "0", "off", "nein", "non", "no", "não", "нет", "否", "falsch", "faux")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as profiled over all rows.

    Parameters
    ----------
    index, name
        Place in the file and name.
    kind : str
        What its values are.
    n_missing, n_distinct : int
        Cells without a value; different values.
    minimum, maximum, mean, std : float
        Of numbers and dates (days since 1970); NaN otherwise. ``std`` is that of the population.
    categories : tuple of (str, int)
        Most common values and their counts, 64 at most.
    histogram : tuple of int
        Counts in 14 equal bins of a number, or the counts of the categories.
    whole : bool
        Whether all numbers are whole.
    positive : str or None
        The text that means yes.
    reason : str or None
        Why the column starts as ignored, as a clause; ``None`` when it does not.
    form : str
        How its numbers or dates are written: ``""`` plainly, or see `ann_viz.data.numbers`.
    """

    index: int
    name: str
    kind: Kind
    n_missing: int
    n_distinct: int
    minimum: float = float("nan")
    maximum: float = float("nan")
    mean: float = float("nan")
    std: float = float("nan")
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    whole: bool = False
    positive: str | None = None
    reason: str | None = None
    form: str = ""


@dataclass(slots=True)
class Facts:
    """What the queries say about one column; ``form`` is None where not every value is a number or a date."""

    n_values: int
    n_distinct: int
    longest: int
    n_leading_zero: int
    n_blank_inside: int
    first_value: str | None
    mean_length: float
    n_numbers: int
    form: str | None = None
    minimum: float = float("nan")
    maximum: float = float("nan")
    mean: float = float("nan")
    std: float = float("nan")
    whole: bool = False
    in_order: bool = False
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()


def describe(index: int, name: str, fact: Facts, n_rows: int) -> Column:
    """Turn facts into a column.

    Parameters
    ----------
    index, name
        Place in the file and name.
    fact : Facts
        What the queries say.
    n_rows : int
        Rows of the table.

    Returns
    -------
    Column
    """
    kind, reason = _kind(name, fact)
    numeric = fact.form is not None and kind in ("number", "date", "identifier", "yes_no", "constant")
    counts = tuple(n for _, n in fact.categories[:BINS])
    histogram = fact.histogram if kind in ("number", "date", "identifier") and fact.histogram else counts
    return Column(
        index=index,
        name=name,
        kind=kind,
        n_missing=n_rows - fact.n_values,
        n_distinct=fact.n_distinct,
        minimum=fact.minimum if numeric else np.nan,
        maximum=fact.maximum if numeric else np.nan,
        mean=fact.mean if numeric else np.nan,
        std=fact.std if numeric else np.nan,
        categories=fact.categories[:_LISTED],
        histogram=histogram,
        whole=fact.whole and kind != "date",
        positive=_positive(fact) if kind == "yes_no" else None,
        reason=reason,
        form=fact.form or "",
    )


def _kind(name: str, fact: Facts) -> tuple[Kind, str | None]:
    """Decide the kind of a column and why it starts as ignored, if it does."""
    if fact.n_values == 0:
        return "empty", "has no values"
    if fact.n_distinct == 1:
        return "constant", "always the same value"
    if fact.form is not None and fact.form not in ("", DECORATED):
        return "date", None
    too_big = fact.whole and max(abs(fact.minimum), abs(fact.maximum)) > _EXACT_WHOLE
    if fact.form is not None and not too_big and not fact.n_leading_zero:
        return _number_kind(name, fact)
    return _text_kind(name, fact)


def _number_kind(name: str, fact: Facts) -> tuple[Kind, str | None]:
    if {value for value, _ in fact.categories} in ({"0", "1"}, {"0.0", "1.0"}):
        return "yes_no", None
    named = bool(_ID_NAME.search(name)) or name.lower() in ("id", "index", "rownames", "column 1", "unnamed: 0")
    unique = fact.n_distinct == fact.n_values and fact.n_values >= 10
    if fact.whole and unique:
        if fact.in_order and (named or fact.minimum in (0.0, 1.0)):
            return "identifier", "only counts 1, 2, 3 …" if fact.minimum == 1 else "only counts up row by row"
        same_length = fact.minimum >= 1e6 and len(f"{fact.minimum:.0f}") == len(f"{fact.maximum:.0f}")
        if named or (same_length and fact.n_values >= 100):
            return "identifier", "every value is different"
    if named and fact.whole and fact.n_distinct > max(50, 0.1 * fact.n_values):
        return "identifier", f"is named like an identifier and has {fact.n_distinct:,} different values"
    return "number", None


def _text_kind(name: str, fact: Facts) -> tuple[Kind, str | None]:
    values = {value.casefold() for value, _ in fact.categories}
    if fact.n_distinct == 2 and len(values & set(_YES)) == len(values & set(_NO)) == 1:
        return "yes_no", None
    if 0.95 * fact.n_values <= fact.n_numbers < fact.n_values and fact.n_distinct > _LISTED:
        n_odd = fact.n_values - fact.n_numbers
        return "text", f"has {n_odd:,} {'value that is not a number' if n_odd == 1 else 'values that are not numbers'}"
    if fact.n_distinct == fact.n_values and fact.n_values >= 10:
        wordy = fact.n_blank_inside > 0.2 * fact.n_values or fact.mean_length > 40
        return ("text" if wordy else "identifier"), "every value is different"
    if fact.longest > LONGEST_CATEGORY:
        return "text", f"holds texts of up to {fact.longest:,} characters"
    crowded = fact.n_distinct > 20 and fact.n_distinct > 0.5 * fact.n_values
    if fact.n_distinct > MOST_CATEGORIES or crowded:
        return "text", f"has {fact.n_distinct:,} different texts"
    return "category", None


def _positive(fact: Facts) -> str:
    """The value that means yes, spelled as in the file."""
    values = sorted(value for value, _ in fact.categories)
    return next((value for value in values if value.casefold() in (*_YES, "1.0")), values[-1])
