"""Training as an iterator: one optimiser step per ``next()``, or the phases of one step for slow motion.

    trainer = Trainer(network, X, Y, config=TrainConfig())
    for _ in trainer:  # until a stop rule applies
        ...

Both run the very same prepared calls, so watching never changes a bit of the result. Nothing here knows threads or
windows: to pause is not to call.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

import numpy as np

from ann_viz.engine.arrays import Array, run
from ann_viz.engine.batch_trace import CloseLook
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.finite import explosion, is_finite
from ann_viz.engine.phase import Phase
from ann_viz.engine.provenance import HandEdit, WeightsOf
from ann_viz.engine.snapshot import Snapshot
from ann_viz.engine.steps import Steps
from ann_viz.engine.timeline import FINE_EPOCHS, batch_stride
from ann_viz.engine.training_state import TrainingState
from ann_viz.errors import TrainingError

__all__ = ["Trainer"]


class Trainer(TrainingState):
    """Trains a network in place; parameters and attributes are those of `TrainingState`."""

    _interrupted = False

    def __iter__(self) -> Trainer:
        """Return itself."""
        return self

    def __next__(self) -> None:
        """Do one optimiser step, or the rest of one that `phases` began."""
        if self.finished is not None:
            raise StopIteration
        if self._phases_done:
            for _ in self.phases():
                pass
            return
        start = self._clock()
        with np.errstate(all="ignore"):
            for call in self._step.calls:  # forward, error, backward, update
                call()
        self.phase = self._look = None
        self._end_batch()
        self._count_time(start)

    def advance(self, until_epoch: float = math.inf) -> None:
        """Do steps until training is over or interrupted, or for a while: at most until so many epochs are complete."""
        if self.epoch < until_epoch:
            for _ in islice(self, self.n_batches - self.batch_index):  # to the end of the epoch
                if self._interrupted:
                    return

    def interrupt(self) -> None:
        """Let `advance` come back before the next step; this and what follows may be called by another thread."""
        self._interrupted = True

    def resume(self) -> None:
        """Let `advance` go on from now on."""
        self._interrupted = False

    def ask(self) -> None:
        """Let `advance` take a snapshot soon: here it comes back, and whoever called it takes one."""
        self.interrupt()

    def seen(self) -> tuple[Snapshot, float] | None:
        """Return a snapshot that `advance` took without coming back, and its age in seconds; None if there is none."""
        return None

    def phases(self) -> Iterator[Phase]:
        """Do the next step phase by phase, or the rest of a step that was begun; yields each phase when it is done."""
        step = self.step_index
        if not self._phases_done and self.finished is None:
            self._look = CloseLook(self.batch_rows, self.network.params, self._step.masks)
        while self.finished is None and self.step_index == step:
            start = self._clock()
            phases = self._step.phases
            phase, calls = phases[self._phases_done]
            self.phase = phase
            if phase.kind == "update" and self._look is not None:
                self._look.keep_mean(self.gradients)
            with np.errstate(all="ignore"):
                run(calls)
            self._phases_done += 1
            if self._phases_done == len(phases):
                self._phases_done = 0
                self._end_batch()
            self._count_time(start)
            yield phase  # not `self.phase`: an epoch that ended may have put back other weights

    def _end_batch(self) -> None:
        """Count the step and go to the next batch."""
        self.step_index += 1
        self.batch_index += 1
        step = next(self._chunk, None)
        if step is None:
            self._end_chunk()
        else:
            self._step = step
        if self.epoch < FINE_EPOCHS and self.batch_index and self.batch_index % batch_stride(self.n_batches) == 0:
            self._keep_moment()
        if self._next_config is not None:
            config, self._next_config = self._next_config, None
            self._prepare(config)

    def _end_chunk(self) -> None:
        """Look whether all is finite, and take the next chunk of batches, perhaps of the next epoch."""
        if not is_finite(self.network):
            self._give_up()
        if self._loader.finish_chunk(self._step):
            self._end_epoch()
        self._load()

    def _end_epoch(self) -> None:
        """Evaluate, apply the stop rules and the schedule, and put the rows in a new order."""
        self.epoch += 1
        if not self._log.note(self.config, self.epoch, self.seconds, self.learning_rate):
            self._give_up()
        self._loader.shuffle()
        self._pass_end()
        self._decide()

    def _pass_end(self) -> None:
        """Go from the end of an epoch to the next one."""
        self._provenance = self._provenance.ended(self.epoch)
        self._set_rate()
        self._begin_epoch()
        self._keep_moment()  # the weights that were reached, whatever a stop rule puts back

    def _decide(self) -> None:
        """Apply the stop rules at the end of an epoch."""
        self.finished = self._log.stop_rule(self.config, self.epoch, self.seconds)
        if self.finished == "early stopping" or (self.finished and self._average.is_on):
            self.restore_best()

    def _begin_epoch(self) -> None:
        self.batch_index = 0
        self._provenance = self._provenance.begun()
        self.n_batches = self._loader.n_left

    def _give_up(self) -> NoReturn:
        """Go back to the end of the last good epoch and say which layer gave way."""
        self.epoch = int(self.history.view().last("epoch"))
        error = explosion(self.network, self.epoch)
        self._log.weights.go_back_to_last(self._update.frozen)
        self.gradients.fill(0)
        self._went_back(WeightsOf(epoch=self.epoch))
        self._loader.shuffle()
        self._begin_epoch()
        self._load()
        self.finished = "non-finite"
        raise error

    def _count_time(self, start: float) -> None:
        """Add the time since start and look at the time limit."""
        self.seconds += self._clock() - start
        self._watch_time()

    def _watch_time(self) -> None:
        """Look at the time limit."""
        limit = self.config.max_seconds
        if limit is not None and self.seconds >= limit and not self._phases_done:
            self.finished = self.finished or "time"

    def configure(self, config: TrainConfig) -> None:
        """Train with other settings from the next step on; the optimiser keeps its memory unless it is another one.

        A run that is over goes on if the new settings allow it: from where it had come, not from the average that was
        put in its place. The seed counts only when a trainer is made.
        """
        if self._phases_done:
            self._next_config = config
            return
        was_over = self.finished is not None
        self._prepare(config)
        of = self._provenance.weights_of(self.batch_index)
        if was_over and self.finished is None and of.average and not of.edited:
            self.restore_last()

    def freeze(self, indices: Array) -> None:
        """Leave some parameters as they are from the next step on; a step under way is completed first.

        Parameters
        ----------
        indices : (n,) array of int
            Indices into ``network.params``: all that are frozen from now on.
        """
        if self._phases_done:
            next(self)
        self._update.frozen.freeze(indices)
        self._prepare(self.config)

    def write(self, indices: Array, values: Array, averages: Array | None = None) -> None:
        """Set parameters by hand; a step under way is completed first.

        Parameters
        ----------
        indices : (n,) array of int
            Indices into ``network.params``.
        values : (n,) array
        averages : (n,) array, optional
            What their average over the last epochs becomes, where there is one; by default the same.
        """
        if self._phases_done:
            next(self)
        self.phase = self._look = None  # what it said was of other weights
        at = self.epoch + self.batch_index / self.n_batches
        before = self.network.params[indices]
        self._log.weights.write(indices, values, values if averages is None else averages)
        self._provenance = self._provenance.written(HandEdit(at, indices, before, self.network.params[indices]))

    def step_on(self, row: int) -> None:
        """Do one optimiser step on a single training row, beside the order of the epoch and without dropout.

        It counts as a change by hand: the epoch goes on with the batch that was next.

        Parameters
        ----------
        row : int
            Which of the training rows.
        """
        if self._phases_done:
            next(self)
        before, average = self.network.params.copy(), self._average.vector.copy()
        columns = self._examples.columns(balanced=self.config.class_weights is not None)
        steps = Steps(
            self.network,
            self.gradients,
            buffers=tuple(np.ascontiguousarray(column[row : row + 1]) for column in columns),
            update=(*self._update.prepare(self.config, afresh=False), *self._average.calls()),
            dropout=0.0,
            rng=np.random.default_rng(0),
        )
        with np.errstate(all="ignore"):
            run(steps.at((0, 1)).calls)
        if not is_finite(self.network):
            np.copyto(self.network.params, before)
            np.copyto(self._average.vector, average)
            raise TrainingError("This step leads to infinite numbers. Try a lower learning rate.", epoch=self.epoch)
        after, average = self.network.params.copy(), self._average.vector.copy()
        np.copyto(self.network.params, before)
        self.write(np.arange(after.size), after, average)  # which follows it as any step

    def restore_best(self) -> None:
        """Put back the parameters of `best_epoch`, or their average; all but those that are frozen."""
        before = self.network.params.copy()
        is_whole, average = self._log.weights.go_back_to_best(self._update.frozen), self._average.is_on
        went_on = average or self.best_epoch != self.epoch or self.batch_index % self.n_batches > 0
        of = WeightsOf(epoch=self.best_epoch, restored=went_on, edited=not is_whole, average=average)
        self._went_back(of, self._put_back(before))

    def restore_last(self) -> None:
        """Take back `restore_best`: put back the parameters of the end of the last epoch, to go on from there.

        Nothing is changed where the parameters are not those of another epoch.
        """
        if not self._provenance.of.restored:
            return
        weights, before = self._log.weights, self.network.params.copy()
        kept = [then for then in self.timeline.view() if then.place == (self.epoch, 0)]
        weights.go_on_from_last(self._update.frozen, kept[0].before if kept else weights.last)
        self._went_back(WeightsOf(epoch=self.epoch), self._put_back(before))

    def _put_back(self, before: Array) -> HandEdit:
        """Return the record of parameters that were put back just now."""
        at = self.epoch + self.batch_index % self.n_batches / self.n_batches  # an epoch just over is not begun anew yet
        return HandEdit(at, np.arange(before.size), before, self.network.params.copy(), put_back=True)

    def _went_back(self, of: WeightsOf, edit: HandEdit | None = None) -> None:
        """Note that the parameters are those of another moment."""
        self.phase = self._look = None
        self._provenance = self._provenance.gone_back(of, self.batch_index, self.step_index, edit)
