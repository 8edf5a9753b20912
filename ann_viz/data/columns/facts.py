"""What is counted and measured in one column before its kind is decided."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ann_viz.data.columns.choosing import Choice, day_first
from ann_viz.data.columns.marks import Surroundings
from ann_viz.data.files.date_formats import compact_forms
from ann_viz.data.files.forms import is_date, is_duration

__all__ = ["EXACT_WHOLE", "MOST_ODD_TEXTS", "Facts"]

EXACT_WHOLE: Final = 2.0**53
MOST_ODD_TEXTS: Final = 20
_NAN: Final = math.nan


@dataclass(slots=True, kw_only=True)
class Facts:
    """What is known of one column; ``form`` is None where not every value is a number or a date."""

    n_values: int = 0
    n_distinct: int = 0
    is_estimate: bool = False  # of n_distinct
    longest: int = 0
    n_leading_zero: int = 0
    n_blank_inside: int = 0
    mean_length: float = 0.0
    words: float = 0.0
    n_numbers: int = 0
    form: str | None = None
    minimum: float = _NAN
    maximum: float = _NAN
    mean: float = _NAN
    std: float = _NAN
    q1: float = _NAN
    median: float = _NAN
    q3: float = _NAN
    skew: float = _NAN
    n_outliers: int = 0
    whole: bool = False
    digits_only: bool = True
    in_order: bool = False
    ascending: bool = False
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    odd: tuple[tuple[str, int], ...] = ()
    n_odd: int = 0
    absent: tuple[tuple[float, int], ...] = ()
    other_form: str = ""
    evidence: str = ""
    sentinels: tuple[tuple[float, int], ...] = ()
    spellings: tuple[tuple[str, str, int], ...] = ()

    @property
    def has_codes(self) -> bool:
        """Whether what looks like numbers has zeros before it, as codes have; in dates and times these say nothing."""
        number = self.form is not None and not is_date(self.form) and not is_duration(self.form)
        return number and self.n_leading_zero > 0

    def note(self, choice: Choice) -> None:
        """Note how the column is written; odd cells, and numbers that mean "no value", count as having none."""
        self.form, self.n_numbers = choice.form, choice.n_read
        if choice.form is not None:
            self.absent = choice.absent
            self.n_odd = self.n_values - choice.n_read - sum(n for _, n in choice.absent)
            self.n_values = choice.n_read
            self.odd = choice.odd.texts
            self.other_form, self.evidence = choice.other_form, choice.evidence

    def note_compact(self, low: float, high: float, around: Surroundings, reads: Callable[[str], bool]) -> None:
        """Take whole numbers for dates such as 20240131 where a form reads them all, and note whether another does."""
        possible = compact_forms(
            low, high, self.n_distinct, day_first=day_first(around), order=around.dialect.date_order
        )
        forms = [form for form in possible if reads(form)]
        if forms:
            self.form, self.evidence = forms[0], ""
            self.other_form = "" if forms[0].startswith("%Y") else (*forms, "")[1]
