"""The batch that training goes through phase by phase, in rows of the dataset, and which of them is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import BatchTrace, Snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["ShownBatch", "follow_batch"]


@dataclass(frozen=True, slots=True, eq=False)
class ShownBatch:
    """A batch, and the row of it that is looked at.

    Parameters
    ----------
    trace : BatchTrace
        What the engine knows of it.
    rows : (n,) array of int
        Its rows, as rows of the dataset.
    place : int
        Which of them is shown, from 0, or was shown last.
    beside : bool
        Someone has chosen to look at a row that is none of them.
    """

    trace: BatchTrace
    rows: NDArray[np.int64]
    place: int
    beside: bool = False

    @property
    def row(self) -> int | None:
        """The shown row of the dataset, or None while another one is looked at."""
        return None if self.beside else int(self.rows[self.place])

    def __len__(self) -> int:
        """Return how many rows the batch has."""
        return len(self.rows)

    def choose(self, row: int) -> ShownBatch:
        """Look at a row of the dataset, one of the batch or not."""
        found = np.flatnonzero(self.rows == row)
        return replace(self, place=int(found[0]) if len(found) else self.place, beside=not len(found))


def follow_batch(dataset: Dataset, snapshot: Snapshot, last: ShownBatch | None, example: int) -> ShownBatch | None:
    """Return the batch that a snapshot is in the middle of, or None.

    Parameters
    ----------
    dataset, snapshot
        Where its rows are from, and who knows which.
    last : ShownBatch or None
        The one before: its place is kept, so that slow motion goes on with the seventh row, say, of the next batch.
    example : int
        Row of the dataset that was shown when there was none: the first batch begins with it if it has it.
    """
    trace = snapshot.batch
    if trace is None:
        return None
    if last is not None and last.trace.rows is trace.rows:
        return replace(last, trace=trace)
    rows = _among(dataset, trace.rows)
    if last is not None:
        return ShownBatch(trace, rows, min(last.place, len(rows) - 1), last.beside)
    found = np.flatnonzero(rows == example)
    return ShownBatch(trace, rows, int(found[0]) if len(found) else 0)


def _among(dataset: Dataset, training_rows: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return rows of the dataset for rows counted among the training rows."""
    train = dataset.train
    if isinstance(train, np.ndarray):
        return np.asarray(train[training_rows], np.int64)
    return np.array([train[int(row)] for row in training_rows], np.int64)
