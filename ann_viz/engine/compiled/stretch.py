"""A stretch of epochs that C does in one call: what it is told, and what it has noted when it comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.compiled.state import State, address
from ann_viz.engine.epoch_log import EpochLog
from ann_viz.engine.history import HistoryView
from ann_viz.engine.penalties import gradient_kind
from ann_viz.engine.provenance import Provenance
from ann_viz.engine.schedules import SCHEDULES
from ann_viz.engine.snapshot import Snapshot

__all__ = ["Stretch"]

NEVER: Final = 2**62
_MOST_KEPT: Final = 64
_MOST_KEPT_BYTES: Final = 1 << 25


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What stays while C works, or only grows: another thread may read it.

    Parameters
    ----------
    start : Snapshot
        Where it began.
    provenance : Provenance
        What the weights were then.
    n_rows : int
        Rows of the history then.
    columns : (7, n) array
        The history with room for more, which C writes.
    every : int
        The epochs of which C keeps the weights are multiples of it.
    kept : (n, k, n_parameters) array
        Where it keeps them: where an epoch began and ended, its last gradient, and perhaps the average at both ends.
    ends : (2, k, n_parameters) array
        And those of the best end and the last one.
    rates : (n + 1,) array
        Learning rates of its epochs and of the one after.
    """

    start: Snapshot
    provenance: Provenance
    n_rows: int
    columns: Array
    every: int
    kept: Array
    ends: Array
    rates: Array

    @classmethod
    def after(cls, start: Snapshot, provenance: Provenance, log: EpochLog, every: int, most_ends: int) -> Stretch:
        """Return a stretch of so many epochs at most."""
        params, epoch = start.params, start.epoch
        n_kinds = 3 if start.average is None else 5
        most_kept = max(1, min(_MOST_KEPT, most_ends // every + 1, _MOST_KEPT_BYTES // (n_kinds * params.nbytes)))
        ends = np.empty((2, n_kinds, params.size), params.dtype)
        ends[1, 0], ends[1, 1] = log.weights.before_last, log.weights.began
        if start.average is not None:
            ends[1, 4] = log.weights.last_average
        return cls(
            start=start,
            provenance=provenance,
            n_rows=len(log.history),
            columns=log.history.reserve(most_ends),
            every=every,
            kept=np.empty((most_kept, n_kinds, params.size), params.dtype),
            ends=ends,
            rates=np.array([log.rate_after(start.train_config, epoch + n) for n in range(most_ends + 1)]),
        )

    def tell(self, state: State, log: EpochLog) -> None:
        """Put into the state when C has to come back: whenever there may be something to decide."""
        config, plateaus = self.start.train_config, log.plateaus
        state.epoch, state.step, state.batch_index = self.start.epoch, self.start.step, self.start.batch_index
        state.most_ends, state.most_kept, state.keep_every = len(self.rates) - 1, len(self.kept), self.every
        state.most_steps = NEVER
        state.target_loss = -math.inf if config.target_loss is None else config.target_loss
        state.most_seconds = math.inf if config.max_seconds is None else config.max_seconds
        state.best_loss, state.stale = self.start.best_loss, self.start.epoch - self.start.best_epoch
        state.most_stale = config.patience or NEVER
        state.plateau_best, state.waiting = plateaus.best_loss, plateaus.stale_epochs
        state.most_waiting = config.schedule_epochs if SCHEDULES[config.schedule].waits else NEVER
        state.n_ends, state.n_kept, state.best_end = 0, 0, -1
        for index, column in enumerate(self.columns):
            state.history[index] = address(column[self.n_rows :])
        state.n_kinds = self.ends.shape[1]
        state.rates, state.kept, state.ends = map(address, (self.rates, self.kept, self.ends))

    def ends_of_note(self, state: State) -> list[tuple[int, Array]]:
        """Return the epochs whose ends C has kept, and of each the vectors ``(k, n_parameters)``.

        They are those of the timeline, the best one and the last one, in their order.
        """
        first = (self.start.epoch // self.every + 1) * self.every
        kept = {first + index * self.every: self.kept[index] for index in range(state.n_kept)}
        if state.best_end >= 0:
            kept[self.start.epoch + state.best_end + 1] = self.ends[0]
        if state.n_ends:
            kept[self.start.epoch + state.n_ends] = self.ends[1]
        return sorted(kept.items(), key=lambda item: item[0])

    def picture(self, counters: Any, vectors: dict[str, Array]) -> Snapshot:
        """Return the snapshot of a batch boundary within the stretch, from what C has copied of it."""
        start, provenance = self.start, self.provenance
        if counters.n_ends:
            provenance = provenance.ended(counters.epoch).begun()
        of = provenance.weights_of(counters.batch_index)
        is_new = counters.best_end >= 0
        return replace(
            start,
            params=vectors["params"],
            average=None if start.average is None else vectors["average"],
            weights_of=of,
            before=vectors["began" if of.batch > 0 else "before_last"],
            gradients=vectors["gradients"] if counters.step > provenance.step else None,
            gradient_kind=gradient_kind(start.train_config, vectors["gradients"]),
            epoch=counters.epoch,
            step=counters.step,
            batch_index=counters.batch_index,
            n_batches=counters.n_batches,
            learning_rate=counters.rate,
            history=HistoryView.of(self.columns, self.n_rows + counters.n_ends),
            best_epoch=start.epoch + counters.best_end + 1 if is_new else start.best_epoch,
            best_loss=counters.best_loss if is_new else start.best_loss,
        )
