"""Names where there is little room: of those in one list, what they all begin or end with tells nobody apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["told_apart"]

LEAST_SAVED: Final = 4
"""Fewer letters are not worth an ellipsis."""

_BEGINS: Final = re.compile(r"(?<=[\W_])(?=[^\W_])|(?<=[^\W\d_])(?=\d)")  # before a word, and before its number
_ENDS: Final = re.compile(r"(?<=[^\W_])(?=[\W_])")  # behind a word
_DOTS: Final = "…"


def told_apart(names: Sequence[str], *, bare: bool = False) -> tuple[str, ...]:
    """Return names without what all of them begin with: "…017_n" and "…018_n" for "sensor_017_n" and "sensor_018_n".

    Only whole words and whole numbers are left out, something of every name remains, and what saves little is kept.

    Parameters
    ----------
    names : sequence of str
        All names of a list, in the order in which they come back.
    bare : bool
        Whether what all of them end with is left out as well, for the narrowest room: "…3…" for "line 3 north".
    """
    if len(set(names)) < 2:
        return tuple(names)
    shared, shortest = _n_shared(names), min(map(len, names))
    begins = (match.start() for match in _BEGINS.finditer(names[0], 0, shared + 1))
    begin = _longest(n for n in begins if n < shortest and all(_BEGINS.match(name, n) for name in names))
    rest = [name[begin:] for name in names]
    end = _shared_end(rest) if bare else 0
    before, behind = (_DOTS if n else "" for n in (begin, end))
    return tuple(before + name[: len(name) - end] + behind for name in rest)


def _shared_end(names: Sequence[str]) -> int:
    """Return how many letters at the end of all names may be left out."""
    first, shared = names[0], _n_shared([name[::-1] for name in names])
    ends = (len(first) - match.start() for match in _ENDS.finditer(first, len(first) - shared))
    return _longest(n for n in ends if all(_ENDS.match(name, len(name) - n) for name in names))


def _n_shared(names: Sequence[str]) -> int:
    """Return with how many letters all names begin: what the first and last of them share, all between them have."""
    first, last = min(names), max(names)
    return next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))


def _longest(cuts: Iterable[int]) -> int:
    """Return how many letters are left out: the most of them, or 0 where that saves little."""
    return max((n for n in cuts if n >= LEAST_SAVED), default=0)
