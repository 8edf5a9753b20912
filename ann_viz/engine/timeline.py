"""The course of a run in snapshots: every epoch, and batches of the first ones, within a budget of memory and number.

When the budget is used up, every second epoch goes, then every second of those that are left, and so on; the first,
the best, the last and whatever is pinned stay.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from ann_viz.engine.snapshot import Snapshot

__all__ = ["BUDGET_BYTES", "FINE_EPOCHS", "MOST_ENTRIES", "Timeline", "batch_stride", "thinned"]

BUDGET_BYTES: Final = 128 << 20
FINE_EPOCHS: Final = 2
"""So many epochs at the start are kept batch by batch: most of what is learned is learned there."""

MOST_ENTRIES: Final = 4096
"""More of them no slider tells apart, and a compiled run passes tens of thousands of epochs a second."""

MOST_BATCHES: Final = 32
_LEAST_ENTRIES: Final = 8


def batch_stride(n_batches: int) -> int:
    """Return how many batches lie between two that are kept, in an epoch of so many."""
    return -(-n_batches // MOST_BATCHES)


def thinned(
    entries: Sequence[Snapshot], most: int, special: frozenset[int], stride: int = 1
) -> tuple[list[Snapshot], int]:
    """Drop every second entry until no more than `most` are left, or none but those that always stay.

    Parameters
    ----------
    entries : sequence of Snapshot
        The oldest first.
    most : int
        So many may stay.
    special : frozenset of int
        Epochs that stay, as do the first and the last entry.
    stride : int
        Distance of the epochs that are kept so far.

    Returns
    -------
    entries : list of Snapshot
    stride : int
        Distance of the epochs that are kept now.
    """
    kept = list(entries)
    while len(kept) > most and stride <= kept[-1].epoch:
        stride *= 2
        kept = [entry for entry in kept if _stays(entry, stride, special) or entry is kept[-1]]
    return kept, stride


def _stays(entry: Snapshot, stride: int, special: frozenset[int]) -> bool:
    """Whether thinning to this stride leaves an entry where it is; epoch 0 lies on every stride."""
    if entry.batch_index:
        return entry.batch_index % (batch_stride(entry.n_batches) * stride) == 0
    return entry.epoch % stride == 0 or entry.epoch in special


class Timeline:
    """Collects the snapshots of a run that is under way, each without a timeline of its own.

    Parameters
    ----------
    entries : sequence of Snapshot
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

    def __init__(self, entries: Sequence[Snapshot] = (), stride: int = 1, budget: int = BUDGET_BYTES) -> None:
        self.pinned: frozenset[int] = frozenset()
        self.stride = stride
        self._budget = budget
        self._kept = list(entries)
        self._best_epoch = self._kept[-1].best_epoch if self._kept else 0

    def add(self, entry: Snapshot, best_epoch: int) -> None:
        """Note a moment, and which epoch is the best so far; what was noted for this moment or later is forgotten."""
        while self._kept and self._kept[-1].place >= entry.place:
            self._kept.pop()
        special = self.pinned | {best_epoch}
        self._release(len(self._kept) - 1, special)  # it was there as the last one
        if best_epoch != self._best_epoch:
            self._release(bisect_left(self._kept, (self._best_epoch, 0), key=lambda kept: kept.place), special)
            self._best_epoch = best_epoch
        self._kept.append(entry)
        most = max(_LEAST_ENTRIES, min(MOST_ENTRIES, self._budget // entry.n_bytes))
        if len(self._kept) > most:
            self._kept, self.stride = thinned(self._kept, most, special, self.stride)

    def _release(self, index: int, special: frozenset[int]) -> None:
        """Drop an entry that was kept for what it was, unless it lies on the stride."""
        if 0 <= index < len(self._kept) and not _stays(self._kept[index], self.stride, special):
            del self._kept[index]

    def view(self) -> tuple[Snapshot, ...]:
        """Return what is kept, the oldest first; later moments don't touch it."""
        return tuple(self._kept)
