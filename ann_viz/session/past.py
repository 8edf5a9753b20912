"""Which kept moment of a run is meant, and how many of them there are."""

from __future__ import annotations

from ann_viz.engine import Snapshot

__all__ = ["nearest", "stride_of"]


def nearest(timeline: tuple[Snapshot, ...], epoch: int, batch: int | None) -> Snapshot:
    """Return the kept moment that lies nearest; of two, the earlier one.

    Parameters
    ----------
    timeline : tuple of Snapshot
        The oldest first; it begins with the end of an epoch.
    epoch : int
        Epochs completed.
    batch : int or None
        Batches done in the epoch under way; None for its end, and then only ends of epochs count.
    """
    if batch is None:
        ends = [then for then in timeline if not then.batch_index]
        return min(ends, key=lambda then: abs(then.epoch - epoch))
    wanted = epoch + batch / max(then.n_batches for then in timeline)
    return min(timeline, key=lambda then: abs(then.epoch + then.batch_index / then.n_batches - wanted))


def stride_of(timeline: tuple[Snapshot, ...]) -> int | None:
    """Return which part of the epochs is kept: one in so many; None where they are kept here and there."""
    ends, stride = {then.epoch for then in timeline if not then.batch_index}, 1
    last = max(ends)
    while not ends.issuperset(range(0, last, stride)):
        stride *= 2  # as it is thinned
    return stride if stride < max(2, last) else None
