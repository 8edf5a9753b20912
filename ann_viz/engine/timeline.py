"""The course of a run as weights and gradients: every epoch, and batches of the first ones, within a budget of memory.

When the budget is used up, every second epoch goes, then every second of those that are left, and so on; the first,
the best, the last and whatever is pinned stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ann_viz.engine.arrays import Array
from ann_viz.engine.config import TrainConfig

__all__ = ["BUDGET_BYTES", "FINE_EPOCHS", "Timeline", "TimelineEntry", "batch_stride", "thinned"]

BUDGET_BYTES: Final = 128 << 20
FINE_EPOCHS: Final = 2
"""So many epochs at the start are kept batch by batch: most of what is learned is learned there."""

MOST_BATCHES: Final = 32
_LEAST_ENTRIES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimelineEntry:
    """A moment of a run that can be looked at again; arrays are read-only.

    Parameters
    ----------
    epoch, batch : int
        Epochs completed, and batches done in the one under way; 0 at the end of an epoch.
    step, n_batches : int
        Optimiser steps done; batches of the epoch under way.
    params, gradients : (n_parameters,) arrays
        Weights and biases, and the gradient of the batch that led to them; zeros before the first step.
    learning_rate : float
        In force after this moment.
    train_config : TrainConfig
        The settings in force.
    """

    epoch: int
    batch: int
    step: int
    n_batches: int
    params: Array
    gradients: Array
    learning_rate: float
    train_config: TrainConfig

    @property
    def place(self) -> tuple[int, int]:
        """Where it lies in the run, to be sorted by."""
        return self.epoch, self.batch

    @property
    def n_bytes(self) -> int:
        """Memory of its arrays."""
        return int(self.params.nbytes + self.gradients.nbytes)


def batch_stride(n_batches: int) -> int:
    """Return how many batches lie between two that are kept, in an epoch of so many."""
    return -(-n_batches // MOST_BATCHES)


def thinned(
    entries: Sequence[TimelineEntry], most: int, special: frozenset[int], stride: int = 1
) -> tuple[list[TimelineEntry], int]:
    """Drop every second entry until no more than `most` are left, or none but those that always stay.

    Parameters
    ----------
    entries : sequence of TimelineEntry
        The oldest first.
    most : int
        So many may stay.
    special : frozenset of int
        Epochs that stay, as do the first and the last entry.
    stride : int
        Distance of the epochs that are kept so far.

    Returns
    -------
    entries : list of TimelineEntry
    stride : int
        Distance of the epochs that are kept now.
    """
    kept = list(entries)
    while len(kept) > most and stride <= kept[-1].epoch:
        stride *= 2
        kept = [entry for entry in kept if _stays(entry, stride, special) or entry is kept[-1]]
    return kept, stride


def _stays(entry: TimelineEntry, stride: int, special: frozenset[int]) -> bool:
    """Whether thinning to this stride leaves an entry where it is; epoch 0 lies on every stride."""
    if entry.batch:
        return entry.batch % (batch_stride(entry.n_batches) * stride) == 0
    return entry.epoch % stride == 0 or entry.epoch in special


class Timeline:
    """Collects the entries of a run that is under way.

    Parameters
    ----------
    entries : sequence of TimelineEntry
        What is kept already, of a run that goes on; the oldest first.
    stride : int
        Distance of the epochs in there.
    budget : int
        Bytes that all entries may take together.

    Attributes
    ----------
    stride : int
        Distance of the epochs that are kept now.
    pinned : frozenset of int
        Epochs that are never thinned out; may be set by another thread.
    """

    def __init__(self, entries: Sequence[TimelineEntry] = (), stride: int = 1, budget: int = BUDGET_BYTES) -> None:
        self.pinned: frozenset[int] = frozenset()
        self.stride = stride
        self._budget = budget
        self._kept = list(entries)
        self._best_epoch = 0

    def add(self, entry: TimelineEntry, best_epoch: int) -> None:
        """Note a moment, and which epoch is the best so far; what was noted for this moment or later is forgotten."""
        while self._kept and self._kept[-1].place >= entry.place:
            self._kept.pop()
        special = self.pinned | {best_epoch}
        if best_epoch != self._best_epoch:  # the former best stays only where it lies on the stride
            self._kept = [kept for kept in self._kept if _stays(kept, self.stride, special)]
            self._best_epoch = best_epoch
        elif self._kept and not _stays(self._kept[-1], self.stride, special):
            del self._kept[-1]  # it was there as the last one
        self._kept.append(entry)
        most = max(_LEAST_ENTRIES, self._budget // max(1, entry.n_bytes))
        if len(self._kept) > most:
            self._kept, self.stride = thinned(self._kept, most, special, self.stride)

    def view(self) -> tuple[TimelineEntry, ...]:
        """Return what is kept, the oldest first; later moments don't touch it."""
        return tuple(self._kept)
