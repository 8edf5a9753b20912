"""What is known about one column: its kind, its range or categories, and why it starts as ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["BINS", "LONGEST_CATEGORY", "MOST_CATEGORIES", "Column", "Kind", "OddCell", "Useless"]

Kind = Literal["number", "category", "yes_no", "identifier", "text", "date", "constant", "empty"]
Useless = Literal["empty", "constant", "counts", "unique", "named", "odd values", "long texts", "many texts"]

BINS: Final = 14
MOST_CATEGORIES: Final = 100
LONGEST_CATEGORY: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OddCell:
    """A text that is no number in a column of numbers: how often it occurs, and the first row that has it, from 0."""

    text: str
    count: int
    first_row: int


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
    distinct_is_estimate : bool
        Whether ``n_distinct`` is near the truth only: counting texts of long tables exactly would take too long.
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
        Why the column starts as ignored, as a clause in the reader's language; ``None`` when it does not.
    why_ignored : str or None
        The same in one word, for rules.
    form : str
        How its numbers or dates are written: ``""`` plainly, or see `ann_viz.data.files.numbers`.
    missing_words : tuple of (str, int)
        Words that mean "no value" and how often each occurs; ``""`` stands for empty cells.
    doubtful_missing : tuple of str
        Those of them that may be a category of their own ("None", "NA").
    q1, median, q3 : float
        Quartiles of numbers and dates; NaN otherwise.
    skew : float
        Skewness of the numbers; NaN where there is none.
    n_outliers : int
        Numbers farther than three interquartile ranges from the middle half.
    ascending : bool
        Whether its numbers or dates never fall from row to row.
    has_time : bool
        Whether its dates have a time of day other than midnight.
    code : bool
        Whether its whole numbers are codes (zip, phone, numbered categories) going by the name.
    odd_cells : tuple of OddCell
        Texts among its numbers or dates that are none, the most common first, 20 at most; they are among the missing.
    n_odd : int
        How many cells hold such a text.
    absent : tuple of (float, int)
        Numbers (of dates the days since 1970) that the user said mean "no value", and how often each occurs; they
        are among the missing.
    other_form : str
        Another form in which all its cells would be other numbers or dates; empty where its form is beyond doubt.
    evidence : str
        What spoke for its form, as a clause, where there is another.
    sentinels : tuple of (float, int)
        Numbers that may mean "no value" and how often each occurs.
    spellings : tuple of (str, str, int)
        Texts that are read as another spelling of a category, that category, and how often each occurs.
    blank : str or None
        What an empty cell means where all others have the same mark: no.
    longest : int
        Length of the longest text.
    mean_length, words : float
        Mean length and mean number of words of the texts.
    """

    index: int
    name: str
    kind: Kind
    n_missing: int
    n_distinct: int
    distinct_is_estimate: bool = False
    minimum: float = float("nan")
    maximum: float = float("nan")
    mean: float = float("nan")
    std: float = float("nan")
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    whole: bool = False
    positive: str | None = None
    reason: str | None = None
    why_ignored: Useless | None = None
    form: str = ""
    missing_words: tuple[tuple[str, int], ...] = ()
    doubtful_missing: tuple[str, ...] = ()
    q1: float = float("nan")
    median: float = float("nan")
    q3: float = float("nan")
    skew: float = float("nan")
    n_outliers: int = 0
    ascending: bool = False
    has_time: bool = False
    code: bool = False
    odd_cells: tuple[OddCell, ...] = ()
    n_odd: int = 0
    absent: tuple[tuple[float, int], ...] = ()
    other_form: str = ""
    evidence: str = ""
    sentinels: tuple[tuple[float, int], ...] = ()
    spellings: tuple[tuple[str, str, int], ...] = ()
    blank: str | None = None
    longest: int = 0
    mean_length: float = 0.0
    words: float = 0.0

    @property
    def n_blank(self) -> int:
        """Cells that are empty or hold a word for "no value"; odd ones and absent numbers are told on their own."""
        return self.n_missing - self.n_odd - sum(n for _, n in self.absent)
