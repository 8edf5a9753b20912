"""All that a trainer has, made ready for the next step, and what may be read of it; `Trainer` adds the steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from ann_viz.engine.arrays import Array, read_only
from ann_viz.engine.average import Average
from ann_viz.engine.batch_trace import CloseLook
from ann_viz.engine.checkpoint import Checkpoint
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.epoch_log import EpochLog
from ann_viz.engine.evaluation import EpochScores, Evaluator, Scorer
from ann_viz.engine.examples import Examples
from ann_viz.engine.finite import explosion
from ann_viz.engine.history import History
from ann_viz.engine.loader import Loader
from ann_viz.engine.network import Network
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.engine.penalties import gradient_kind
from ann_viz.engine.phase import Phase
from ann_viz.engine.provenance import Provenance
from ann_viz.engine.rows import Rows
from ann_viz.engine.snapshot import Snapshot
from ann_viz.engine.steps import PreparedStep
from ann_viz.engine.timeline import Timeline
from ann_viz.engine.update import Update

__all__ = ["TrainingState"]


class TrainingState:
    """A network in training, with its rows, its settings and how far it has come.

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
    checkpoint : Checkpoint, optional
        Go on from here, bit for bit, on the same rows; the network's parameters are then overwritten. Under another
        `config` than the checkpoint's it goes on as after `configure`.

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
        Lowest validation loss (training loss without a validation set) at the end of an epoch; 0 is untrained. The
        network is judged with the average of its weights where the settings ask for one, from `settled_after` on.
    seconds : float
        Time spent in steps.
    timeline : Timeline
        Moments of the run to look at again.
    engine : str
        What does the steps: "numpy", or "turbo/" and an instruction set for compiled ones.
    """

    engine = "numpy"

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
        checkpoint: Checkpoint | None = None,
    ) -> None:
        self.network, self.config = network, config
        self.gradients: Array = np.zeros_like(network.params)
        self.step_index = self.epoch = self.batch_index = 0
        self.finished: str | None = None
        self.phase: Phase | None = None
        self.seconds = 0.0
        self._clock = clock
        self._phases_done = 0  # of the batch under way
        self._look: CloseLook | None = None  # at the batch that goes, or went last, phase by phase
        self._scores: tuple[tuple[int, int], EpochScores] | None = None
        self._provenance = Provenance()
        self._next_config: TrainConfig | None = None  # waits for its end
        examples, unseen = Examples(network, X, Y), None
        self._examples = examples
        if X_validation is not None and Y_validation is not None and len(X_validation):
            unseen = Examples(network, X_validation, Y_validation)
        rngs = (rng or np.random.default_rng(config.seed)).spawn(2)
        self._chunk: Iterator[PreparedStep] = iter(())  # steps after the one of the batch under way
        self._step = PreparedStep((0, 0), (), ())
        self._loader = self._make_loader(*rngs)
        self._update = Update(network, self.gradients, config.optimizer)
        self._average = Average(network)
        self._average.switch(config)
        self._log = EpochLog(network, self._average, partial(self._make_scorer, unseen))
        self.timeline = Timeline()
        if checkpoint is None:
            self._begin(config)
        else:
            self._go_on(checkpoint)
            self._prepare(config)
            if config == checkpoint.config:
                self.finished = checkpoint.finished  # also what no rule of the settings tells

    def _begin(self, config: TrainConfig) -> None:
        """Judge the untrained network, and make ready for the first step."""
        if not self._log.note(config, 0, 0.0, config.learning_rate):
            raise explosion(self.network, 0)
        self._prepare(config)
        self._keep_moment()

    def _make_loader(self, order_rng: np.random.Generator, dropout_rng: np.random.Generator) -> Loader:
        """Make what hands out the steps."""
        return Loader(self.network, self.gradients, self._examples, self.config, order_rng, dropout_rng)

    def _make_scorer(self, unseen: Examples | None, network: Network) -> Scorer:
        """Make what judges a network."""
        return Evaluator(network, self._examples, unseen)

    @property
    def history(self) -> History:
        """Losses and metrics, epoch by epoch."""
        return self._log.history

    def _go_on(self, checkpoint: Checkpoint) -> None:
        """Take over all that a run was when it was left."""
        np.copyto(self.network.params, checkpoint.params)
        np.copyto(self.gradients, checkpoint.gradients)
        self.step_index, self.epoch, self.batch_index = checkpoint.step, checkpoint.epoch, checkpoint.batch
        self.seconds, self.finished = checkpoint.seconds, checkpoint.finished
        self._loader.go_on(checkpoint.order)
        self._update.go_on(checkpoint.optimizer)
        self._average.go_on(checkpoint)
        self._log.go_on(checkpoint)
        self._provenance = checkpoint.provenance
        self.timeline = Timeline(checkpoint.timeline, checkpoint.timeline_stride)

    @property
    def is_within_step(self) -> bool:
        """Whether some phases of a step are done and some are not."""
        return self._phases_done > 0

    def checkpoint(self) -> Checkpoint:
        """Return all that is needed to go on from here; raises ValueError while a step is under way."""
        if self._phases_done:
            raise ValueError("A step is under way; complete it first.")
        weights, averages = self._log.weights, self._average.is_on
        return Checkpoint(
            config=self.config,
            params=read_only(self.network.params.copy()),
            gradients=read_only(self.gradients.copy()),
            last=read_only(weights.last.copy()),
            best=read_only(weights.best.copy()),
            began=read_only(weights.began.copy()),
            before_last=read_only(weights.before_last.copy()),
            before_best=read_only(weights.before_best.copy()),
            average=read_only(self._average.vector.copy()) if averages else None,
            last_average=read_only(weights.last_average.copy()) if averages else None,
            average_steps=self._average.steps if averages else 0,
            best_epoch=weights.best_epoch,
            best_loss=weights.best_loss,
            optimizer=self._update.memory(),
            plateaus=self._log.plateaus,
            order=self._loader.order(self._step),
            epoch=self.epoch,
            step=self.step_index,
            batch=self.batch_index,
            seconds=self.seconds,
            finished=self.finished,
            history=self.history.view(),
            provenance=self._provenance,
            timeline=self.timeline.view(),
            timeline_stride=self.timeline.stride,
        )

    def _prepare(self, config: TrainConfig) -> None:
        """Bind everything a step needs under these settings."""
        self.config = config
        self._average.switch(config)
        update = self._update.prepare(config, afresh=self.finished == "non-finite")
        self._loader.prepare(config, (*update, *self._average.calls()), n_done=self._step.place[0])
        self._average.reach(config, self._loader.n_whole)
        self._log.judge_model()
        self._load()
        self.n_batches = self.batch_index + self._loader.n_left
        self._set_rate()
        self.finished = self._log.stop_rule(config, self.epoch, self.seconds)

    def _load(self) -> None:
        """Take the next chunk of batches."""
        self._chunk = self._loader.load()
        self._step = next(self._chunk)

    def _set_rate(self) -> None:
        """Follow the schedule."""
        self.learning_rate = self._log.rate_after(self.config, self.epoch)
        self._update.set_rate(self.config, self.learning_rate)

    def _keep_moment(self) -> None:
        """Put this moment into the timeline, as one that was passed without a closer look."""
        moment = replace(self.snapshot(), timeline=(), phase=None, batch=None)
        self.timeline.add(moment, self.best_epoch)

    @property
    def best_epoch(self) -> int:
        """Epoch of the lowest validation loss (training loss without a validation set), of those that count."""
        return self._log.weights.best_epoch

    @property
    def best_loss(self) -> float:
        """That loss."""
        return self._log.weights.best_loss

    @property
    def batch_rows(self) -> Array:
        """Places among the training rows, from 0: those of the batch under way, or else of the next (n,); a copy."""
        return self._loader.rows_of(self._step)

    def parameter_state(self, layer: int, row: int, column: int) -> ParameterState | None:
        """Return what the coming update knows of one weight or bias.

        None unless the update is all that is left of the batch, and for a parameter that is frozen.

        Parameters
        ----------
        layer, row, column : int
            A place in ``network.matrices``.
        """
        if not self._phases_done or self._phases_done != len(self._step.phases) - 1:
            return None
        return self.memory_of(layer, row, column)

    def memory_of(self, layer: int, row: int, column: int) -> ParameterState | None:
        """Return what the optimiser knows of a weight or bias between two batches; its gradient is the last batch's.

        None for a parameter that is frozen; places as of `parameter_state`.
        """
        return self._update.parameter_state(self.config, self.learning_rate, layer, row, column)

    def _measured(self) -> EpochScores:
        """Return the scores of exactly this model, measured once; at the end of an epoch they are known."""
        of, moment = self._provenance.weights_of(self.batch_index), (self.step_index, self._provenance.version)
        if self._scores is None or self._scores[0] != moment:
            fresh = not (of.batch or of.edited or of.restored)
            history = self.history.view()
            known = EpochScores(*(history.last(column) for column in EpochScores._fields)) if fresh else None
            self._scores = moment, known or self._log.measure()
        return self._scores[1]

    def measure(self, network: Network) -> EpochScores:
        """Return the scores of another network on the same rows; may be called while a thread trains."""
        return self._log.measure(network)

    def _gradient_from(self) -> int:
        """Return the first layer that the gradient of the batch under way has got back to."""
        if not self._phases_done or self.phase is None:
            return 0
        return self.phase.layer if self.phase.kind == "backward" else len(self.network.matrices)

    def snapshot(self, *, measured: bool = False) -> Snapshot:
        """Return a frozen picture of this moment.

        Parameters
        ----------
        measured : bool
            Wait for losses and metrics of exactly this model, which may take as long as the end of an epoch.
        """
        weights = self._log.weights
        look, of = self._look, self._provenance.weights_of(self.batch_index)
        gradients = self.gradients if look is None or look.mean is None else look.mean
        has_gradient = self.step_index > self._provenance.step or self._phases_done
        weighted = self.config.class_weights is not None
        return Snapshot(
            config=self.network.config,
            train_config=self.config,
            params=read_only(self.network.params.copy()),
            average=read_only(self._average.vector.copy()) if self._average.is_on else None,
            weights_of=of,
            measured=self._measured() if measured else None,
            n_judged=self._log.n_rows,
            before=read_only(weights.before(within_epoch=of.batch > 0).copy()),
            gradients=read_only(gradients.copy()) if has_gradient else None,
            gradient_kind="mean" if look is not None else gradient_kind(self.config, self.gradients),
            gradient_from=self._gradient_from(),
            epoch=self.epoch,
            step=self.step_index,
            batch_index=self.batch_index,
            n_batches=self.n_batches,
            batch_size=self._loader.batch_size,
            batch=None if look is None or self.phase is None else look.trace(self.phase),
            class_weights=self._examples.class_weights if weighted else None,
            hand_edits=self._provenance.edits,
            learning_rate=self.learning_rate,
            finished=self.finished,
            phase=self.phase,
            history=self.history.view(),
            timeline=self.timeline.view(),
            best_epoch=weights.best_epoch,
            best_loss=weights.best_loss,
            engine=self.engine,
        )
