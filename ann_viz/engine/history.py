"""The course of training, one row per epoch, in columns that only grow.

A view is a prefix of the columns: later rows never touch it, so a snapshot keeps it without a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, read_only

__all__ = ["COLUMNS", "History", "HistoryView"]

COLUMNS: Final = (
    "epoch",
    "train_loss",
    "validation_loss",
    "train_metric",
    "validation_metric",
    "seconds",
    "learning_rate",
)


@dataclass(frozen=True, slots=True, eq=False)
class HistoryView:
    """Read-only columns of equal length, float64; NaN where there is no validation set.

    Row 0 is the untrained network. The metric is the accuracy, or R² for regression. The learning rate is that of
    the epoch that ended.
    """

    epoch: Array
    train_loss: Array
    validation_loss: Array
    train_metric: Array
    validation_metric: Array
    seconds: Array
    learning_rate: Array

    @classmethod
    def of(cls, columns: Array, n_rows: int) -> HistoryView:
        """Return the first rows of ``columns (7, n)``."""
        return cls(*(read_only(column[:n_rows]) for column in columns))

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self.epoch.size)

    def last(self, column: str) -> float:
        """Return the newest value of a column."""
        return float(getattr(self, column)[-1])

    def until(self, epoch: float) -> HistoryView:
        """Return the rows up to the end of an epoch, at least the first."""
        n_rows = max(1, int(np.searchsorted(self.epoch, epoch, side="right")))
        return HistoryView(*(getattr(self, column)[:n_rows] for column in COLUMNS))

    @property
    def is_validated(self) -> bool:
        """Whether rows were kept back to judge by."""
        return not np.isnan(self.validation_loss).all()

    @property
    def judged_loss(self) -> Array:
        """Loss on the validation rows, on the training rows where none are kept back."""
        return self.validation_loss if self.is_validated else self.train_loss

    @property
    def judged_metric(self) -> Array:
        """Accuracy or R² on the same rows as `judged_loss`."""
        return self.validation_metric if self.is_validated else self.train_metric


class History:
    """Append-only table of `COLUMNS`; the buffer doubles when it is full."""

    def __init__(self) -> None:
        self._buffer = np.empty((len(COLUMNS), 64))
        self._n_rows = 0

    @classmethod
    def continued(cls, view: HistoryView) -> History:
        """Return a table that begins with the rows of `view`."""
        history = cls()
        history._buffer = np.array([getattr(view, column) for column in COLUMNS])
        history._n_rows = len(view)
        return history

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._n_rows

    def append(self, *row: float) -> None:
        """Add a row, in the order of `COLUMNS`."""
        self.reserve(1)
        self._buffer[:, self._n_rows] = row
        self._n_rows += 1

    def reserve(self, n_rows: int) -> Array:
        """Return the columns ``(7, n)`` with room for so many more rows, which may be written before they are added."""
        while self._n_rows + n_rows > self._buffer.shape[1]:
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)], axis=1)
        return self._buffer

    def extend(self, n_rows: int) -> HistoryView:
        """Add rows that were written into the columns of `reserve`, and return them."""
        self._n_rows += n_rows
        return HistoryView(*(read_only(column[self._n_rows - n_rows : self._n_rows]) for column in self._buffer))

    def view(self) -> HistoryView:
        """Return what is known so far; costs no copy."""
        return HistoryView.of(self._buffer, self._n_rows)
