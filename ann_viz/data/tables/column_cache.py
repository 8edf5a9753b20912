"""Keeps the columns read last, so that another recipe for the same small table need not read them again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from numpy.typing import NDArray

__all__ = ["ColumnCache"]


class ColumnCache:
    """Arrays under their keys; those used longest ago go when all together exceed a number of bytes.

    May be used by several threads.

    Parameters
    ----------
    most_bytes : int
        How much to keep.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._n_bytes = 0
        self._kept: OrderedDict[Hashable, NDArray[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: Hashable) -> NDArray[Any] | None:
        """Return a copy of what is kept under a key, None when nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        return found.copy()

    def keep(self, key: Hashable, array: NDArray[Any]) -> bool:
        """Keep an array under a key if there is room; false when it is not kept, and so belongs to the caller."""
        if array.dtype.hasobject or array.nbytes > self._most_bytes:  # of objects, nobody knows the size
            return False
        with self._lock:
            before = self._kept.pop(key, None)
            self._n_bytes += array.nbytes - (0 if before is None else before.nbytes)
            self._kept[key] = array
            while self._n_bytes > self._most_bytes:
                self._n_bytes -= self._kept.popitem(last=False)[1].nbytes
        return True
