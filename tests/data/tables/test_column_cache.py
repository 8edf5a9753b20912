"""The memory for columns read before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.tables.column_cache import ColumnCache


class Source:
    """Makes arrays and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, number: int, n: int = 10) -> NDArray[np.float64]:
        self.asked.append(number)
        return np.full(n, float(number))


def get(memo: ColumnCache, key: str, work: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """What is kept, or else made and kept."""
    found = memo.known(key)
    if found is None:
        found = work()
        found = found.copy() if memo.keep(key, found) else found
    return found


def test_what_was_read_is_not_read_again() -> None:
    """A key seen before gives an equal array without work, and changing it changes nothing that is kept."""
    memo, source = ColumnCache(1000), Source()
    for _ in range(3):
        array = get(memo, "a", lambda: source.read(7))
        np.testing.assert_array_equal(array, np.full(10, 7.0))
        array[:] = 0
    assert source.asked == [7]


def test_what_was_used_longest_ago_goes() -> None:
    """Room for two arrays: the third pushes out the one not used since."""
    memo, source = ColumnCache(160), Source()
    for number in (1, 2, 1, 3, 1, 3, 2):
        get(memo, str(number), lambda number=number: source.read(number))
    assert source.asked == [1, 2, 3, 2]


def test_what_is_too_large_or_of_unknown_size_is_not_kept() -> None:
    """Texts, and an array larger than all the room, are read every time and push nothing out."""
    memo, source = ColumnCache(160), Source()
    for _ in range(2):
        get(memo, "small", lambda: source.read(1))
        get(memo, "large", lambda: source.read(2, 1000))
        get(memo, "texts", lambda: source.read(3).astype(object))
    assert source.asked == [1, 2, 3, 2, 3]
