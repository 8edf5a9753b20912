"""Mini-batches of rows that do not fit in memory, streamed through a shuffle buffer.

The rows are cut into blocks. An epoch goes through all blocks in a new random order, as many at a time as fit in a
buffer of fixed size, and hands out the rows of each filling in random order: every row once per epoch. As every block
is read in one go, an epoch costs one pass over the file. Data that fit in the buffer are shuffled completely.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.batches import Batches, Place, chunk_rows
from ann_viz.engine.checkpoint import RowOrder
from ann_viz.engine.rows import Column, row_bytes

__all__ = ["StreamedBatches", "batches_of"]

BLOCK_BYTES: Final = 1 << 19
SHUFFLE_BUFFER_BYTES: Final = 1 << 25
MOST_ROWS_OF_A_BATCH: Final = 1 << 16


class StreamedBatches:
    """Hands out the rows of a training set as `Batches` does, from a shuffle buffer filled with blocks.

    Parameters
    ----------
    columns : tuple of (n, k) rows
        Everything a batch consists of: inputs, targets, perhaps weights of rows.
    batch_size : int
        Rows per batch. There are never more than 65,536 or than the shuffle buffer holds, and 0 means as many.
    rng : numpy.random.Generator
        Source of the order.
    block_bytes, shuffle_bytes : int
        Size of a block and of all blocks in memory together.

    Attributes
    ----------
    buffers : tuple of (n_chunk, k) arrays
        Where `load` puts the rows.
    position : int
        Rows of this epoch that lie before the loaded chunk.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        batch_size: int,
        rng: np.random.Generator,
        *,
        block_bytes: int,
        shuffle_bytes: int,
    ) -> None:
        self._rng = rng
        self.n_rows = len(columns[0])
        self.position = 0
        bytes_per_row = row_bytes(columns)
        self._block_rows = max(1, block_bytes // bytes_per_row)
        self._n_blocks = -(-self.n_rows // self._block_rows)
        self._blocks_at_once = max(1, shuffle_bytes // (self._block_rows * bytes_per_row))
        self._shuffle_rows = min(self.n_rows, self._blocks_at_once * self._block_rows)
        self._columns: tuple[Column, ...] = ()
        self._new_order()
        self.resize(columns, batch_size)

    def resize(self, columns: tuple[Column, ...], batch_size: int) -> None:
        """Go on in the same order with another batch size or other columns."""
        most = min(MOST_ROWS_OF_A_BATCH, self._shuffle_rows)
        self.size = min(batch_size or most, most)
        if [id(column) for column in columns] != [id(column) for column in self._columns]:
            self._columns = columns
            self._shuffle_buffer = tuple(
                np.empty((self._shuffle_rows, column.shape[1]), column.dtype) for column in columns
            )
            self._filling = -1
        chunk = chunk_rows(row_bytes(columns), self.size, self.n_rows)
        self.buffers = tuple(np.empty((chunk, column.shape[1]), column.dtype) for column in columns)
        self._numbers = np.empty(chunk, np.int64)

    @property
    def chunk_rows(self) -> int:
        """Rows of a chunk."""
        return len(self._numbers)

    def shuffle(self) -> None:
        """Begin an epoch in a new order."""
        self.position = 0
        self._new_order()

    def load(self) -> list[Place]:
        """Gather the chunk at `position`; return (offset in the buffers, rows) of each batch in it."""
        n = min(len(self._numbers), self.n_rows - self.position)
        done = 0
        while done < n:
            filling = int(np.searchsorted(self._starts, self.position + done, side="right")) - 1
            self._fill(filling)
            inside = self.position + done - self._starts[filling]
            picked = self._order[inside : inside + n - done]
            stop = done + len(picked)
            for column, buffer in zip(self._shuffle_buffer, self.buffers, strict=True):
                np.take(column, picked, axis=0, out=buffer[done:stop], mode="clip")
            np.take(self._buffered_rows, picked, out=self._numbers[done:stop], mode="clip")
            done = stop
        return [(offset, min(self.size, n - offset)) for offset in range(0, n, self.size)]

    @property
    def order(self) -> Array:
        """The blocks in the order of this epoch."""
        return self._blocks

    @property
    def seed(self) -> int:
        """From which the order within each filling follows."""
        return self._seed

    def go_on(self, order: RowOrder) -> None:
        """Take over the order of the rows and how far the epoch has come, before anything is loaded."""
        self._take_order(order.indices, order.seed)
        self.position = order.position

    def rows_at(self, place: Place) -> Array:
        """Return which training rows lie at a place of the loaded chunk (a copy)."""
        offset, size = place
        return self._numbers[offset : offset + size].copy()

    def _new_order(self) -> None:
        """Draw the order of the blocks, and the seed from which the order within each filling follows."""
        self._take_order(self._rng.permutation(self._n_blocks), int(self._rng.integers(2**62)))

    def _take_order(self, blocks: Array, seed: int) -> None:
        self._blocks, self._seed = blocks, seed
        lengths = np.minimum(self._block_rows, self.n_rows - self._blocks * self._block_rows)
        ends = np.cumsum(lengths)[self._blocks_at_once - 1 :: self._blocks_at_once]
        self._starts = np.concatenate([[0], ends])  # rows handed out before each filling
        self._filling = -1

    def _fill(self, filling: int) -> None:
        """Read the blocks of a filling unless they are there already; within an epoch it is always the same."""
        if filling == self._filling:
            return
        self._filling = -1
        numbers: list[Array] = []
        done = 0
        for block in self._blocks[filling * self._blocks_at_once :][: self._blocks_at_once].tolist():
            rows = slice(block * self._block_rows, min(self.n_rows, (block + 1) * self._block_rows))
            stop = done + rows.stop - rows.start
            for column, kept in zip(self._columns, self._shuffle_buffer, strict=True):
                kept[done:stop] = column[rows]
            numbers.append(np.arange(rows.start, rows.stop))
            done = stop
        self._buffered_rows = np.concatenate(numbers)
        self._order = np.random.default_rng((self._seed, filling)).permutation(done)
        self._filling = filling


def batches_of(columns: tuple[Column, ...], batch_size: int, rng: np.random.Generator) -> Batches | StreamedBatches:
    """Return what hands out rows: from memory if they are there, else through a shuffle buffer."""
    in_memory = all(isinstance(column, np.ndarray) for column in columns)
    if in_memory:
        return Batches(columns, batch_size, rng)
    return StreamedBatches(columns, batch_size, rng, block_bytes=BLOCK_BYTES, shuffle_bytes=SHUFFLE_BUFFER_BYTES)
