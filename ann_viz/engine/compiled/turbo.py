"""The trainer whose steps are compiled: it does epochs in one call of C, which lets Python's other threads go on.

What is decided at the end of an epoch is decided by the code of `Trainer`, with what C noted on the way; C only knows
when there may be something to decide. Phases and single steps go through the same compiled functions.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from ann_viz.engine.arrays import read_only
from ann_viz.engine.average import settled_after
from ann_viz.engine.compiled.evaluator import CompiledEvaluator
from ann_viz.engine.compiled.library import Library
from ann_viz.engine.compiled.loader import CompiledLoader
from ann_viz.engine.compiled.state import SLOT_EMPTY, SLOT_FILLED, SLOT_WANTED
from ann_viz.engine.compiled.stretch import Stretch
from ann_viz.engine.compiled.workbench import Workbench
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.evaluation import Scorer
from ann_viz.engine.examples import Examples
from ann_viz.engine.network import Network
from ann_viz.engine.rows import Rows
from ann_viz.engine.snapshot import Snapshot
from ann_viz.engine.timeline import FINE_EPOCHS, MOST_ENTRIES, batch_stride
from ann_viz.engine.trainer import Trainer

__all__ = ["TurboTrainer"]

_CALL_SECONDS: Final = 0.5  # about what one call of C takes at most, if its epochs are shorter
_MOST_ENDS: Final = 4096
_STEPS_PER_MOMENT: Final = 2048  # in a run without end: keeping one costs as much as 60 steps of a small network
_IS_NOT_FINITE: Final = 2
_MOVING: Final = (1, 2, 4)  # of the vectors of an end: what goes on changing after it


class TurboTrainer(Trainer):
    """Trains a network in place, as `Trainer` does.

    Parameters
    ----------
    library : Library
        The compiled functions.
    others
        As those of `Trainer`.

    """

    _loader: CompiledLoader

    def __init__(self, network: Network, X: Rows, Y: Rows, *, library: Library, **others: Any) -> None:
        self._library, self.engine = library, f"turbo/{library.level}"
        self._bench = Workbench(library, network)
        self._epoch_seconds = _CALL_SECONDS / 8  # of the last stretch; at first a careful guess
        self._stretches: dict[int, Stretch] = {}  # the last one and that of the last picture, by number of their call
        names = ("params", "began", "before_last", "gradients", "average")
        self._seen = {name: np.empty_like(network.params) for name in names}
        self._bench.hold(**{f"seen_{name}": array for name, array in self._seen.items()})
        super().__init__(network, X, Y, **others)

    # What `Trainer` leaves open --------------------------------------------------------------------------------------
    def _make_loader(self, order_rng: np.random.Generator, dropout_rng: np.random.Generator) -> CompiledLoader:
        return CompiledLoader(
            self._bench, self.network, self.gradients, self._examples, self.config, order_rng, dropout_rng
        )

    def _make_scorer(self, unseen: Examples | None, network: Network) -> Scorer:
        bench = self._bench
        if network not in (
            self.network,
            self._average.network,
        ):  # of another thread, perhaps, while C is at work with that state
            bench = Workbench(self._library, network)
            bench.lay_out(1, 0.0)
        return CompiledEvaluator(bench, network, self._examples, unseen)

    def _prepare(self, config: TrainConfig) -> None:
        super()._prepare(config)
        self._bench.set_update(config, self._update.optimizer, self._update.frozen.indices)
        self._bench.set_average(self._average if self._loader.updates else None, self._log.model)

    def _set_rate(self) -> None:
        super()._set_rate()
        self._bench.state.rate = self.learning_rate

    # Many steps in one call ------------------------------------------------------------------------------------------
    def advance(self, until_epoch: float = math.inf) -> None:
        """Do steps until training is over or interrupted, or for a while: at most until so many epochs are complete."""
        if self._phases_done or not self._loader.updates:
            super().advance(until_epoch)
        elif self.finished is None and self.epoch < until_epoch:
            self.phase = self._look = None
            if self._loader.in_memory and self.epoch >= max(FINE_EPOCHS, settled_after(self.config)):
                self._do_epochs(until_epoch)
            else:
                self._do_batches()

    def _do_epochs(self, until_epoch: float) -> None:
        stretch, state, began = self._begin_stretch(until_epoch), self._bench.state, self.seconds
        reason = self._bench.run()
        self.seconds = state.seconds
        self._take(stretch)
        if reason == _IS_NOT_FINITE:
            self._give_up()
        if state.n_ends:
            self._epoch_seconds = (self.seconds - began) / state.n_ends
            self._decide()
        self._load()
        self._watch_time()

    def _begin_stretch(self, until_epoch: float) -> Stretch:
        """Tell C from where to go on, and until when."""
        until_epoch = min(until_epoch, self.config.epochs or math.inf)
        most_ends = int(min(_MOST_ENDS, max(1, _CALL_SECONDS / self._epoch_seconds), until_epoch - self.epoch))
        state = self._bench.state
        stretch = Stretch.after(self.snapshot(), self._provenance, self._log, self._moment_stride(), most_ends)
        stretch.tell(state, self._log)
        state.first, state.seconds = self._loader.first_row(self._step), self.seconds
        state.call += 1
        seen = state.seen.call  # its picture may still lie in the slot
        self._stretches = {call: old for call, old in self._stretches.items() if call == seen} | {state.call: stretch}
        return stretch

    def _moment_stride(self) -> int:
        """Return the distance of the epochs whose moments are kept: those that the timeline will have at the end."""
        stride = self.timeline.stride
        if self.config.epochs:
            while self.config.epochs // stride > MOST_ENTRIES:
                stride *= 2
        else:
            while stride * self.n_batches < _STEPS_PER_MOMENT:
                stride *= 2
        return stride

    def _take(self, stretch: Stretch) -> None:
        """Note the ends of epochs that C has passed as if each had been noted in its time, then go where it is.

        Weights are taken over of those ends only at which they will be asked for.
        """
        state, weights = self._bench.state, self._log.weights
        step, batch = state.step, state.batch_index
        arrays = (weights.began, self.network.params, self.gradients, weights.last_average, self._average.vector)
        now = [array.copy() for array in arrays]
        self._loader.position = 0
        for epoch, vectors in stretch.ends_of_note(state):
            loss = self._log.take(self.config, epoch - self.epoch)
            self.epoch = epoch
            for array, vector in zip(arrays, vectors, strict=False):  # without an average there are no last two
                np.copyto(array, vector)
            self.step_index = step - batch - (state.epoch - epoch) * self._loader.n_left
            weights.keep(epoch, loss)
            self._pass_end()
        for place in _MOVING:
            np.copyto(arrays[place], now[place])
        self.step_index, self.batch_index, self._loader.position = step, batch, state.first
        self.n_batches = batch + self._loader.n_left

    def _do_batches(self) -> None:
        """Go on to the end of the loaded chunk, or to the next batch whose moment is kept."""
        start, state, loader = self._clock(), self._bench.state, self._loader
        stride = batch_stride(self.n_batches) if self.epoch < FINE_EPOCHS else self.n_batches
        state.most_steps = min(loader.n_left_of_chunk(self._step), stride - self.batch_index % stride)
        state.first, state.step, state.most_ends, state.most_seconds = loader.first_row(self._step), 0, 0, math.inf
        reason = self._bench.run()
        if reason == _IS_NOT_FINITE:
            self._give_up()
        if state.step:
            self.step_index += state.step - 1
            self.batch_index += state.step - 1
            self._chunk = loader.steps_after(self._step, state.step - 1)
            self._step = next(self._chunk)
            self._end_batch()
        self._count_time(start)

    # A look from outside ---------------------------------------------------------------------------------------------
    def interrupt(self) -> None:
        """Let `advance` come back before the next step."""
        super().interrupt()
        self._bench.interrupt(True)

    def resume(self) -> None:
        """Let `advance` go on from now on."""
        super().resume()
        self._bench.interrupt(False)

    def ask(self) -> None:
        """Let C copy a batch boundary into the slot; where it has no slot, `advance` comes back soon by itself."""
        if not self._loader.updates:
            super().ask()
        elif self._bench.slot == SLOT_EMPTY:
            self._bench.slot = SLOT_WANTED

    def seen(self) -> tuple[Snapshot, float] | None:
        """Return what was copied and its age in seconds; None if there is nothing new."""
        if self._bench.slot != SLOT_FILLED:
            return None
        counters = self._bench.state.seen
        age = self._library.seconds_now() - counters.at
        vectors = {name: read_only(array.copy()) for name, array in self._seen.items()}
        picture = self._stretches[counters.call].picture(counters, vectors)
        self._bench.slot = SLOT_EMPTY
        return picture, age
