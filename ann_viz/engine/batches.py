"""Mini-batches in shuffled order: every row once per epoch, the last batch may be smaller.

Rows are gathered a chunk at a time into one buffer, so a batch is a contiguous slice of memory at a fixed place.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.checkpoint import RowOrder
from ann_viz.engine.rows import Column, row_bytes

__all__ = ["Batches", "Place", "chunk_rows"]

Place: TypeAlias = tuple[int, int]
"""Where a batch lies in the buffers: the first row, and how many."""

_CHUNK_BYTES: Final = 1 << 20
_MOST_BATCHES: Final = 64


class Batches:
    """Deals out the rows of a training set.

    Parameters
    ----------
    columns : tuple of (n, k) arrays
        Everything a batch consists of: inputs, targets, perhaps weights of rows.
    batch_size : int
        Rows per batch; 0 means all rows, which are then not shuffled.
    rng : numpy.random.Generator
        Source of the order.

    Attributes
    ----------
    buffers : tuple of (n_chunk, k) arrays
        Where `load` puts the rows.
    position : int
        Rows of this epoch that lie before the loaded chunk.
    """

    def __init__(self, columns: tuple[Column, ...], batch_size: int, rng: np.random.Generator) -> None:
        self._rng = rng
        self.n_rows = columns[0].shape[0]
        self.order = np.arange(self.n_rows)
        self.position = 0
        self.resize(columns, batch_size)

    def resize(self, columns: tuple[Column, ...], batch_size: int) -> None:
        """Go on in the same order with another batch size or other columns."""
        self._columns: tuple[Array, ...] = tuple(column[:] for column in columns)
        self.size = min(batch_size or self.n_rows, self.n_rows)
        self._chunk = chunk_rows(row_bytes(columns), self.size, self.n_rows)
        self.buffers = tuple(np.empty((self._chunk, column.shape[1]), column.dtype) for column in columns)
        self._loaded: tuple[int, int] | None = None

    def shuffle(self) -> None:
        """Begin an epoch in a new order."""
        self.position = 0
        if self.size < self.n_rows:
            self._rng.shuffle(self.order)
            self._loaded = None

    @property
    def chunk_rows(self) -> int:
        """Rows of a chunk."""
        return self._chunk

    def places(self) -> list[Place]:
        """Return (offset, rows) of each batch in the chunk at `position`."""
        n = min(self._chunk, self.n_rows - self.position)
        return [(offset, min(self.size, n - offset)) for offset in range(0, n, self.size)]

    def load(self) -> list[Place]:
        """Gather the chunk at `position`; return (offset in the buffers, rows) of each batch in it."""
        start, stop = self.position, min(self.position + self._chunk, self.n_rows)
        if self._loaded != (start, stop):
            for column, buffer in zip(self._columns, self.buffers, strict=True):
                # mode="clip": the default mode would gather into a temporary array first.
                np.take(column, self.order[start:stop], axis=0, out=buffer[: stop - start], mode="clip")
            self._loaded = (start, stop)
        return self.places()

    @property
    def seed(self) -> int:
        """Nothing but the order itself says where the rows lie."""
        return 0

    def go_on(self, order: RowOrder) -> None:
        """Take over the order of the rows and how far the epoch has come, before anything is loaded."""
        np.copyto(self.order, order.indices)
        self.position = order.position
        self._loaded = None

    def rows_at(self, place: Place) -> Array:
        """Return which training rows lie at a place of the loaded chunk (a copy)."""
        start = self.position + place[0]
        return self.order[start : start + place[1]].copy()


def chunk_rows(bytes_per_row: int, batch_size: int, n_rows: int) -> int:
    """Return how many rows to gather at once: whole batches that the processor's cache holds, or all rows."""
    n_batches = max(1, min(_MOST_BATCHES, _CHUNK_BYTES // (bytes_per_row * batch_size), -(-n_rows // batch_size)))
    return min(n_batches * batch_size, n_rows)
