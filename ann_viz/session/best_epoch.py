"""A run as it was at its best epoch, which is what a comparison judges."""

from __future__ import annotations

from dataclasses import replace

from ann_viz.engine import Snapshot
from ann_viz.session.run import Run

__all__ = ["at_epoch", "best_of"]


def best_of(run: Run) -> Snapshot:
    """Return the snapshot of a run's best epoch; of a run without a past, what is known of it."""
    snapshot, checkpoint = run.snapshot, run.checkpoint
    kept = [then for then in snapshot.timeline if then.place == (snapshot.best_epoch, 0)]
    if kept:
        return kept[-1]
    if checkpoint is None or not snapshot.epoch:
        return snapshot
    of = replace(snapshot.weights_of, epoch=snapshot.best_epoch, batch=0)
    history = snapshot.history.until(snapshot.best_epoch)
    return replace(
        snapshot,
        params=checkpoint.best,
        average=None,
        before=checkpoint.before_best,
        gradients=None,
        measured=None,
        beside=None,
        weights_of=of,
        epoch=snapshot.best_epoch,
        batch_index=0,
        phase=None,
        history=history,
    )


def at_epoch(run: Run, epoch: int) -> Snapshot:
    """Return the end of an epoch of a run, or the nearest that is kept; of a run without a past, its newest state.

    It is of the run's own network, also where others answer together with it.
    """
    ends = [then for then in run.snapshot.timeline if not then.batch_index]
    newest = run.snapshot if run.snapshot.beside is None else best_of(run)
    return min(ends, key=lambda then: abs(then.epoch - epoch), default=newest)
