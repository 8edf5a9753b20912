"""Keeps the columns read last, so that another recipe for the same small table need not read them again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from numpy.typing import NDArray

__all__ = ["Memo"]


class Memo:
    """Arrays under their keys; those used longest ago go when all together exceed a number of bytes.

    May be used by several threads. Every array is handed out as a copy.

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

    def get(self, key: Hashable, work: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return what is kept under a key, or do the work and keep its result."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            found = work()
            self._keep(key, found)
        return found.copy()

    def _keep(self, key: Hashable, array: NDArray[Any]) -> None:
        if array.dtype.hasobject or array.nbytes > self._most_bytes:  # of objects, nobody knows the size
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._n_bytes += array.nbytes - (0 if before is None else before.nbytes)
            self._kept[key] = array
            while self._n_bytes > self._most_bytes:
                self._n_bytes -= self._kept.popitem(last=False)[1].nbytes
