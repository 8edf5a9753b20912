"""Numbers that stand for "not measured": far from all others, repeated, and chosen (-1, -999, 9999, 1 January 1900).

Any other number that repeats far from the rest is a value: 24 tracks of a motorway, a list price of 999 beside 499.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["Tail", "ends_in_nine", "is_shaped", "may_have_sentinels", "sentinels_in"]

Tail = Sequence[tuple[float, int]]
"""Different numbers from one end of a column inwards, with their counts."""

_FEWEST_OTHERS: Final = 8  # different numbers
_FEWEST_ANSWERS: Final = 4  # of a question with few, as 1 to 5 beside 99
_FAR_OF_FEW: Final = 5.0  # times the range of all others
_FEWEST: Final = 2  # rows
_NEGATIVE: Final = -99.0
_FAR: Final = 0.25  # of the range of all other numbers
_KNOWN_DAYS: Final = frozenset((-25567.0, -25568.0, -25569.0, 0.0, 47481.0, 2932896.0, -719162.0, -62091.0))
"""1900-01-01 and the days before it, 1970-01-01, 2099-12-31, 9999-12-31, 0001-01-01, 1800-01-01."""


def is_shaped(value: float, *, date: bool = False) -> bool:
    """Whether a number looks chosen: nothing but nines, as -999 and 99, or a known first or last day of a calendar."""
    if date:
        return value in _KNOWN_DAYS
    if value != round(value) or abs(value) < 9:
        return False
    digits = f"{abs(value):.0f}"
    return set(digits) == {"9"} or (value < 0 and set(digits[:-1]) == {"9"})


def ends_in_nine(value: float) -> bool:
    """Whether the last digit of a whole number is nine, as of prices."""
    return abs(value) % 10.0 == 9.0


def may_have_sentinels(lowest: float, near_lowest: float, near_highest: float, highest: float) -> bool:
    """Whether one of the ends may be far from what lies nearer the middle, so that it pays to look.

    Parameters
    ----------
    lowest, highest : float
        The ends.
    near_lowest, near_highest : float
        Quantiles near them: an end that repeats more often is one of them.
    """
    return any(
        end != 0.0
        and end == round(end)
        and (near == end or abs(near - end) > _FAR * abs(other - near) or _is_lone_negative(end, near))
        for end, near, other in ((lowest, near_lowest, highest), (highest, near_highest, lowest))
    )


def _is_below_all(value: float, following: float, span: float) -> bool:
    """Whether -1 or a round number is negative where no other is, or a round one farther below them than they reach.

    -1 is so among ages, -200 among concentrations, and among temperatures.
    """
    if value == -1.0:
        return following >= 0.0
    return value < 0.0 and value % 100 == 0.0 and (following >= 0.0 or following - value > span)


def _is_lone_negative(value: float, following: float) -> bool:
    """Whether a number such as -99 and -999 stands among others of which none is negative."""
    return value <= _NEGATIVE and is_shaped(value) and following >= 0.0


def sentinels_in(low: Tail, high: Tail, n_distinct: int, *, date: bool = False) -> tuple[tuple[float, int], ...]:
    """Return the numbers at the ends of a column that may mean "missing", with their counts.

    Parameters
    ----------
    low, high : sequence of (float, int)
        The lowest numbers upwards and the highest downwards, two of each at least.
    n_distinct : int
        How many different numbers there are.
    date : bool
        Whether they are days since 1970.
    """
    found: list[tuple[float, int]] = []
    if n_distinct <= _FEWEST_ANSWERS:
        return ()
    for tail, other in ((low, high), (high, low)):
        end = next((value for value, _ in other if value not in dict(found)), other[0][0])
        found += _of_tail(tail, end, n_distinct - len(found), date)
    return tuple(sorted(found))


def _of_tail(tail: Tail, end: float, n_distinct: int, date: bool) -> Tail:
    """The outermost numbers of a tail, if they are far from the next one, measured by the range of all others."""
    for n_absent in range(1, len(tail)):
        absent, (following, _) = tail[:n_absent], tail[n_absent]
        numbers = [value for value, _ in absent]
        gap, span = abs(following - numbers[-1]), abs(end - following)
        if not all(is_shaped(x, date=date) or (not date and _is_below_all(x, following, span)) for x in numbers):
            break
        repeated = all(n >= _FEWEST for _, n in absent)
        alike = not date and _are_alike(numbers[-1], [value for value, _ in tail[n_absent:][:2]])
        far = gap > _FAR * span or (not date and _is_lone_negative(numbers[-1], following))
        n_others = n_distinct - n_absent
        is_no_answer = gap > _FAR_OF_FEW * span or (numbers[-1] < 0.0 <= following and gap > span)
        enough = n_others >= _FEWEST_OTHERS or (n_others >= _FEWEST_ANSWERS and is_no_answer)
        if repeated and far and enough and not alike:
            return absent
    return ()


def _are_alike(value: float, neighbours: Sequence[float]) -> bool:
    """Whether the next numbers too end in nine and have the same sign, as prices do: then 999 is one of them."""
    return all(ends_in_nine(other) and other * value > 0.0 for other in neighbours)
