"""Names where there is little room: of those in one list, what they all begin with tells nobody apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["told_apart"]

LEAST_SAVED: Final = 4
"""Fewer letters are not worth an ellipsis."""

_BORDER: Final = re.compile(r"(?<=[\W_])(?=[^\W_])|(?<=[^\W\d_])(?=\d)")  # before a word, and before its number
_DOTS: Final = "…"


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Return names without what all of them begin with: "…017_n" and "…018_n" for "sensor_017_n" and "sensor_018_n".

    Only whole words and whole numbers are left out, something of every name remains, and what saves little is kept.

    Parameters
    ----------
    names : sequence of str
        All names of a list, in the order in which they come back.
    """
    if len(set(names)) < 2:
        return tuple(names)
    first, last = min(names), max(names)  # what these two share, all between them have
    shared = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    shortest = min(map(len, names))
    cut = max(
        (match.start() for match in _BORDER.finditer(first) if match.start() <= min(shared, shortest - 1)), default=0
    )
    if cut < LEAST_SAVED or not all(_BORDER.match(name, cut) for name in names):
        return tuple(names)
    return tuple(_DOTS + name[cut:] for name in names)
