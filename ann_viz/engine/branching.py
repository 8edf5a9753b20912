"""Going on from a past moment of a run instead of from its end."""

from __future__ import annotations

from dataclasses import replace

from ann_viz.engine.checkpoint import Checkpoint
from ann_viz.engine.provenance import Provenance
from ann_viz.engine.snapshot import Snapshot

__all__ = ["branched"]


def branched(fresh: Checkpoint, past: Snapshot) -> Checkpoint:
    """Return a checkpoint with the weights and the course of a past moment, and nothing else remembered.

    The best epoch so far is that moment, not an earlier one of the run before: else a branch that gets no further than
    its parent would end with its parent's weights, and patience would be at its end at once.

    Parameters
    ----------
    fresh : Checkpoint
        Of a new trainer: the optimiser's memory, order of rows and settings to go on with.
    past : Snapshot
        The moment; of one within an epoch, that epoch begins anew.
    """
    n_edits = len(past.hand_edits)
    averages = past.average is not None
    return replace(
        fresh,
        params=past.params,
        last=past.params,
        began=past.params,
        before_last=past.before,
        best=past.model_params,
        before_best=past.before if past.average is None else past.average,
        average=past.average,
        last_average=past.average,
        average_steps=past.step if averages else 0,
        best_epoch=past.epoch,
        best_loss=float(past.history.judged_loss[-1]),
        epoch=past.epoch,
        step=past.step,
        history=past.history,
        seconds=past.history.last("seconds"),
        provenance=Provenance(
            of=past.weights_of, since=-past.weights_of.batch, step=past.step, edits=past.hand_edits, n_before=n_edits
        ),
        timeline=past.timeline,
        finished=None,
    )
