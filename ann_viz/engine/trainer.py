"""Training as an iterator: one optimiser step per ``next()``, or the phases of one step for slow motion.

Both run the very same prepared calls, so watching never changes a bit of the result. Nothing here knows threads or
windows: to pause is not to call.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, layer_matrices, read_only, run
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.evaluation import Evaluation
from ann_viz.engine.examples import Examples
from ann_viz.engine.frozen import FrozenParameters
from ann_viz.engine.history import History
from ann_viz.engine.learning_rate import LearningRate
from ann_viz.engine.network import Network
from ann_viz.engine.optimizers import OPTIMIZERS, Optimizer
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.engine.penalties import decay_factors, penalised_length, penalty_calls, weight_mask
from ann_viz.engine.rows import Rows
from ann_viz.engine.snapshot import Phase, Snapshot
from ann_viz.engine.steps import Steps
from ann_viz.engine.stopping import stop_rule
from ann_viz.engine.streamed_batches import batches_of
from ann_viz.engine.weight_history import WeightHistory
from ann_viz.errors import TrainingError

__all__ = ["Trainer"]

_MOST_EVALUATED_ROWS: Final = 10_000
# The end of an epoch must not cost more than the steps of it: wide networks are judged on fewer training rows.
_LEAST_EVALUATED_ROWS: Final = 2_000
_EVALUATED_PRODUCTS: Final = 200_000_000


class Trainer:
    """Trains a network in place.

    Parameters
    ----------
    network : Network
        Its parameters are changed by every step.
    X, Y : (n, n_in), (n, n_out) Rows
        Training rows: Y is 0/1, one-hot, or values. Arrays are shuffled completely, others by blocks as they are read.
    X_validation, Y_validation : Rows, optional
        Rows to judge by but not to learn from; beyond 100,000 rows on as many, evenly spread.
    config : TrainConfig
        How to learn.
    rng : numpy.random.Generator, optional
        Source of the order of rows and of dropout; by default one made from ``config.seed``.
    clock : callable
        Seconds since any moment.

    Attributes
    ----------
    step_index, epoch : int
        Steps done; epochs completed.
    batch_index, n_batches : int
        Batches done in the present epoch, of how many.
    finished : str or None
        Why training is over: "epochs", "target loss", "time", "early stopping" or "non-finite".
    learning_rate : float
        After the schedule.
    gradients : (n_parameters,) array
        Gradient of the last batch, penalties included.
    phase : Phase or None
        The phase just done, when `phases` did it.
    best_epoch, best_loss : int, float
        Lowest validation loss (training loss without a validation set) at the end of an epoch; 0 is untrained.
    seconds : float
        Time spent in steps.
    """

    def __init__(
        self,
        network: Network,
        X: Rows,
        Y: Rows,
        *,
        X_validation: Rows | None = None,
        Y_validation: Rows | None = None,
        config: TrainConfig,
        rng: np.random.Generator | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.network = network
        self.config = config
        self.history = History()
        self.gradients: Array = np.zeros_like(network.params)
        self.step_index = self.epoch = self.batch_index = self.n_batches = 0
        self.best_epoch, self.best_loss = 0, math.inf
        self.finished: str | None = None
        self.phase: Phase | None = None
        self.seconds = 0.0
        self._clock = clock
        order_rng, self._dropout_rng = (rng or np.random.default_rng(config.seed)).spawn(2)
        self._examples = Examples(network, X, Y)
        most_rows = max(_LEAST_EVALUATED_ROWS, _EVALUATED_PRODUCTS // network.params.size)
        self._train = Evaluation(network, self._examples.X1, self._examples.Y, min(_MOST_EVALUATED_ROWS, most_rows))
        self._validation: Evaluation | None = None
        if X_validation is not None and Y_validation is not None and len(X_validation):
            unseen = Examples(network, X_validation, Y_validation)
            self._validation = Evaluation(network, unseen.X1, unseen.Y)
        self._schedule = LearningRate()
        self._best = network.params.copy()
        self._last_finite = network.params.copy()  # at the end of the last epoch
        self._epoch_before = network.params.copy()  # and of the one before
        self._mask = weight_mask(network.config)
        self._optimizer = Optimizer(config.optimizer, network.params, self.gradients)
        self._frozen = FrozenParameters(network.params)
        self._weight_history = WeightHistory(network.params.nbytes)
        self._batches = batches_of(self._examples.columns(balanced=False), config.batch_size, order_rng)
        self._next_config: TrainConfig | None = None
        self._cursor = 0  # phases of the present batch that are done
        self._slot = 0  # batches of the present chunk that are done
        self._evaluate()
        self._batches.shuffle()
        self._prepare(config)

    def __iter__(self) -> Trainer:
        """Return itself."""
        return self

    def __next__(self) -> None:
        """Do one optimiser step, or the rest of one that `phases` began."""
        if self.finished is not None:
            raise StopIteration
        if self._cursor:
            for _ in self.phases():
                pass
            return
        start = self._clock()
        with np.errstate(all="ignore"):
            for call in self._ready[self._slot].calls:
                call()
        self.phase = None
        self._complete_step()
        self._count_time(start)

    def phases(self) -> Iterator[Phase]:
        """Do the next step phase by phase, or the rest of a step that was begun; yields each phase when it is done."""
        step = self.step_index
        while self.finished is None and self.step_index == step:
            start = self._clock()
            phases = self._ready[self._slot].phases
            self.phase, calls = phases[self._cursor]
            with np.errstate(all="ignore"):
                run(calls)
            self._cursor += 1
            if self._cursor == len(phases):
                self._cursor = 0
                self._complete_step()
            self._count_time(start)
            yield self.phase

    def configure(self, config: TrainConfig) -> None:
        """Train with other settings from the next step on; the optimiser keeps its memory unless it is another one.

        A run that is over goes on if the new settings allow it. The seed counts only when a trainer is made.
        """
        if self._cursor:
            self._next_config = config
        else:
            self._prepare(config)

    def freeze(self, indices: Array) -> None:
        """Leave some parameters as they are from the next step on; a step under way is completed first.

        Parameters
        ----------
        indices : (n,) array of int
            Indices into ``network.params``: all that are frozen from now on.
        """
        if self._cursor:
            next(self)
        self._frozen.freeze(indices)
        self._prepare(self.config)

    @property
    def batch_rows(self) -> Array:
        """Training rows of the batch under way, or of the next one (a copy)."""
        return self._batches.rows_at(self._places[self._slot])

    def restore_best(self) -> None:
        """Put back the parameters of `best_epoch`, all but those that are frozen."""
        self._frozen.go_back(self._best)

    def parameter_state(self, layer: int, row: int, column: int) -> ParameterState | None:
        """Return what the coming update knows of one weight or bias.

        None unless the update is all that is left of the batch, and for a parameter that is frozen.

        Parameters
        ----------
        layer, row, column : int
            A place in ``network.matrices``.
        """
        if not self._cursor or self._cursor != len(self._ready[self._slot].phases) - 1:
            return None
        params, gradients = self.network.params, self.gradients
        place = layer_matrices(np.arange(params.size), self.network.config.sizes)[layer][row, column]
        if place in self._frozen.indices:
            return None
        return ParameterState(
            weight=float(params[place]),
            gradient=float(gradients[place]),
            gradient_length=penalised_length(self.config, params, gradients, self._mask),
            learning_rate=self.learning_rate,
            is_bias=not self._mask[place],
            optimizer_state=tuple(float(vector[place]) for vector in self._optimizer.state),
            steps=self._optimizer.steps,
        )

    def snapshot(self) -> Snapshot:
        """Return a frozen picture of this moment."""
        return Snapshot(
            config=self.network.config,
            train_config=self.config,
            params=read_only(self.network.params.copy()),
            before=read_only((self._last_finite if self.batch_index else self._epoch_before).copy()),
            gradients=read_only(self.gradients.copy()) if self.step_index or self._cursor else None,
            epoch=self.epoch,
            step=self.step_index,
            batch_index=self.batch_index,
            n_batches=self.n_batches,
            learning_rate=self.learning_rate,
            finished=self.finished,
            phase=self.phase,
            history=self.history.view(),
            weight_history=self._weight_history.view(),
            best_epoch=self.best_epoch,
            best_loss=self.best_loss,
        )

    def _prepare(self, config: TrainConfig) -> None:
        """Bind everything a step needs under these settings."""
        params = self.network.params
        if config.optimizer != self._optimizer.name or self.finished == "non-finite":
            self._optimizer = Optimizer(config.optimizer, params, self.gradients)
        self.config = config
        self._shrink = np.ones_like(params)
        update: list[Call] = penalty_calls(config, params, self.gradients, self._mask)
        if OPTIMIZERS[config.optimizer].decouples_decay and config.l2 > 0:
            update.append(lambda: np.multiply(params, self._shrink, params))
        if self._slot:
            self._batches.position += self._places[self._slot][0]
        self._batches.resize(self._examples.columns(balanced=config.class_weights is not None), config.batch_size)
        self._steps = Steps(
            self.network,
            self.gradients,
            buffers=self._batches.buffers,
            update=self._frozen.around((*update, *self._optimizer.calls)),
            dropout=config.dropout,
            rng=self._dropout_rng,
        )
        self._load()
        remaining = self._batches.n_rows - self._batches.position
        self.n_batches = self.batch_index + -(-remaining // self._batches.size)
        self._set_rate()
        self.finished = self._stop_rule()

    def _set_rate(self) -> None:
        """Follow the schedule."""
        self.learning_rate = self._schedule.after(self.config, self.epoch)
        self._optimizer.set_rate(self.learning_rate, self.config.momentum)
        np.copyto(self._shrink, decay_factors(self.config, self._mask, self.learning_rate))

    def _load(self) -> None:
        """Gather the next chunk of rows and bind the calls of its batches."""
        self._slot = 0
        self._places = self._batches.load()
        self._ready = [self._steps.at(place) for place in self._places]

    def _complete_step(self) -> None:
        """Count the step, then go to the next batch, chunk or epoch."""
        self.step_index += 1
        self.batch_index += 1
        self._slot += 1
        if self._slot == len(self._ready):
            with np.errstate(all="ignore"):
                square = float(self.network.params.dot(self.network.params))
            self._check_finite(square)
            self._batches.position += sum(self._places[-1])
            if self._batches.position == self._batches.n_rows:
                self._end_epoch()
            self._load()
        if self._next_config is not None:
            config, self._next_config = self._next_config, None
            self._prepare(config)

    def _count_time(self, start: float) -> None:
        """Add the time since start and look at the time limit."""
        self.seconds += self._clock() - start
        if self.config.max_seconds is not None and self.seconds >= self.config.max_seconds and not self._cursor:
            self.finished = self.finished or "time"

    def _end_epoch(self) -> None:
        """Evaluate, remember the best, apply stop rules and schedule, shuffle."""
        self.epoch += 1
        np.copyto(self._epoch_before, self._last_finite)
        self._evaluate()
        self.batch_index = 0
        self.n_batches = -(-self._batches.n_rows // self._batches.size)
        self.finished = self._stop_rule()
        if self.finished == "early stopping":
            self.restore_best()
        self._set_rate()
        self._batches.shuffle()

    def _evaluate(self) -> None:
        """Add a row to the history; refuse one that is not finite."""
        with np.errstate(all="ignore"):
            loss, metric = self._train.measure()
            validation_loss, validation_metric = self._validation.measure() if self._validation else (math.nan,) * 2
        watched = validation_loss if self._validation else loss
        self._check_finite(loss, watched)
        rate = self.learning_rate if self.epoch else self.config.learning_rate
        self.history.append(self.epoch, loss, validation_loss, metric, validation_metric, self.seconds, rate)
        np.copyto(self._last_finite, self.network.params)
        self._weight_history.add(self.epoch, self.network.params)
        self._schedule.note(self.config, watched)
        if watched < self.best_loss:
            self.best_epoch, self.best_loss = self.epoch, watched
            np.copyto(self._best, self.network.params)

    def _stop_rule(self) -> str | None:
        """Return the first stop rule that applies now."""
        stale_epochs = self.epoch - self.best_epoch
        return stop_rule(self.config, self.epoch, stale_epochs, self.history.view().last("train_loss"), self.seconds)

    def _check_finite(self, *numbers: float) -> None:
        """If one is not finite, go back to the end of the last good epoch and say which layer gave way."""
        if all(map(math.isfinite, numbers)):
            return
        bad = [not np.isfinite(matrix).all() for matrix in self.network.matrices]
        layer = bad.index(True) if any(bad) else len(bad) - 1
        self._frozen.go_back(self._last_finite)
        self.gradients.fill(0)
        self.finished = "non-finite"
        if len(self.history):
            self.epoch, self.batch_index = int(self.history.view().last("epoch")), 0
            self._batches.shuffle()
            self._load()
        raise TrainingError(
            f"The loss became infinite in epoch {self.epoch + 1} (weights of layer {layer + 1}). The weights are back "
            "at the end of the last good epoch. Try a lower learning rate.",
            layer=layer,
            epoch=self.epoch,
        )
