"""The commands that change the document: its data, network, training and the row being looked at.

`Session` is the only writer of state and knows no Qt. All of its methods are called from one thread, the window's or
the command line's; the worker thread is reached through `Runner` only.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from time import perf_counter
from typing import Any, Final, Literal

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, Network, Trainer
from ann_viz.engine.arrays import Array
from ann_viz.errors import ConfigError, StateError, TrainingError
from ann_viz.numerals import format_number
from ann_viz.session.checkpoint import Checkpoint
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.runner import Runner, find_infinities
from ann_viz.session.scores import Scores
from ann_viz.session.speed import Speed
from ann_viz.session.starting import finish_batch, fitting_network, require, trainer_on
from ann_viz.session.state import RunState, check_move
from ann_viz.session.stopping import moved_stop_rules
from ann_viz.session.trained_document import TrainedDocument

__all__ = ["Session", "StepKind"]

StepKind = Literal["phase", "batch", "epoch"]


PAUSE_TIMEOUT_S: Final = 1.0  # a batch that takes longer than this is left to end on its own; `poll` then notices
CLOSE_TIMEOUT_S: Final = 0.3  # and nobody waits longer for all of them at the end
LARGEST_DRAWN_SEED: Final = 9999  # short enough to be read out and typed


class Session(TrainedDocument):
    """The document with the commands that change it; attributes and parameters are those of `Document`."""

    # What the user does ---------------------------------------------------------------------------------------------
    def open(self, dataset: Dataset) -> None:
        """Take `dataset`; the network keeps its hidden layers and fits its ends to the data.

        The data before are let go when no run reads them any more.
        """
        self._end_run()
        if self.dataset is not None and self.dataset is not dataset:
            same_table = self.dataset.table is dataset.table
            self._abandoned.release(self.dataset.release if same_table else self.dataset.close)
        self._network_config = fitting_network(dataset, self.network_config)
        self._dataset = dataset
        self._example = 0
        self._scores = Scores(dataset)
        self._begin(None)

    def train(self) -> None:
        """Start, go on, or after the end move the stop rules by as much as was asked for at first."""
        check_move(self.state, RunState.RUNNING, "Training")
        if self.state is RunState.RUNNING:
            return
        if self.state is RunState.FINISHED:
            trainer = require(self._trainer)
            self._train_config = moved_stop_rules(self.train_config, self._asked, trainer)
            trainer.configure(self.train_config)
        self._run(Runner(require(self._trainer), self.speed))

    def pause(self) -> None:
        """Stop at the next batch boundary, or at once when paced by phases; nothing when not training."""
        if self._runner is not None:
            self._runner.stop()
            if self._runner.join(PAUSE_TIMEOUT_S):
                self._settle(self._runner)

    def step(self, kind: StepKind) -> None:
        """Do one phase, one batch, or, on the worker thread, the rest of one epoch."""
        if self.state not in (RunState.READY, RunState.PAUSED):
            raise StateError(f"Stepping makes no sense now ({self.state.value}).")
        trainer = require(self._trainer)
        if kind == "epoch":
            self._run(Runner(trainer, Speed(), until_epoch=trainer.epoch + 1))
            return
        error: Exception | None = None
        try:
            next(trainer.phases() if kind == "phase" else trainer, None)
            find_infinities(trainer)
        except TrainingError as raised:
            error = raised
        self._come_to_rest(error)

    def reset(self) -> None:
        """Return to the same starting weights and the number of epochs first asked for."""
        require(self.dataset)
        self._end_run()
        self._restart()

    def new_start(self) -> None:
        """Draw a new seed and start from its weights."""
        config = require(self.network_config)
        seed = secrets.randbelow(LARGEST_DRAWN_SEED)  # one less than the seeds there are: the present one is left out
        self.set_network(seed=seed if seed < config.seed else seed + 1)

    def set_network(self, **changes: Any) -> None:
        """Change the seed, loss, initialisers or precision of the network, which is a reset; raises ConfigError."""
        config = replace(require(self.network_config), **changes)
        self._end_run()
        self._network_config = config
        self._restart()

    def set_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        """Change the hidden layers, keeping learned weights whose two ends survive; raises ConfigError.

        A half-done batch is finished first. Of a run that had to be abandoned the newest snapshot is kept, which knows
        all its batches but the one under way.
        """
        config = replace(require(self.network_config), hidden=tuple(layers))
        self._end_run()
        if self._trainer is not None:
            self._show(self._at_rest().snapshot())
        is_new = self._untouched and require(self.snapshot).step == 0
        kept = None if is_new else self.manual_edits.woken(self.network).resized(config)
        self._network_config = config
        self._begin(kept)

    def moment(self) -> Checkpoint:
        """Return what to give to `return_to` after a change of data or network; raises StateError without data."""
        snapshot = None if self._runner is None else self.snapshot
        return Checkpoint.of(
            require(self.dataset), require(self._trainer), snapshot, self.manual_edits, self._untouched
        )

    def return_to(self, moment: Checkpoint) -> None:
        """Take back a change: the same data, network and weights, and the run where it was kept.

        A kept run that was abandoned and is still at its last batch is shown as it was seen last, and as running; it
        ends as after `pause`. Where no run was kept, such a batch is lost.
        """
        self._end_run()
        if moment.dataset is not self.dataset:
            self._dataset, self._example = moment.dataset, 0
            self._scores = Scores(moment.dataset)
        self._network_config = moment.network.config
        if moment.trainer is None:
            is_busy = self._abandoned.trains(moment.network)
            self._begin(require(moment.snapshot).network() if is_busy else moment.network)
            return
        self._trainer, self._manual_edits, self._untouched = moment.trainer, moment.manual_edits, moment.untouched
        self._error = None
        self._runner = self._abandoned.take_back(moment.trainer)
        self._hand_over_config()
        if self._runner is not None:
            self._move_to(RunState.RUNNING)
            self._show(require(moment.snapshot))
        else:
            self._come_to_rest(None)
            if self._trainer.step_index == 0 and self._trainer.phase is None:
                self._move_to(RunState.READY)
        self._throughput.restart(perf_counter(), self._rows_learned(require(self.snapshot)))

    def set_training(self, **changes: Any) -> None:
        """Change hyperparameters from the next batch on, also while training; raises ConfigError."""
        self._train_config = replace(self.train_config, **changes)
        self._asked = replace(self._asked, **changes)
        self._hand_over_config()

    def set_parameter(self, layer: int, row: int, column: int, value: float) -> float:
        """Set one weight or bias by hand and return what it was; a half-done batch is finished first.

        Raises ConfigError for a value that is not finite, or where the neuron before is switched off.

        Parameters
        ----------
        layer, row, column : int
            The weight from neuron `row` of column `layer` to neuron `column` of the next; the row after the last is
            the bias.
        value : float
        """
        trainer = self._at_rest()
        before = self.manual_edits.set_value(trainer, (layer, row, column), value)
        self._untouched = False
        self._show(trainer.snapshot())
        return before

    def lock_parameter(self, layer: int, row: int, column: int, locked: bool) -> None:
        """Let training leave one weight or bias alone, or change it again; places as in `set_parameter`."""
        trainer = self._at_rest()
        self.manual_edits.lock(trainer, (layer, row, column), locked)
        self._show(trainer.snapshot())

    def switch_neuron(self, column: int, index: int, on: bool) -> None:
        """Switch a neuron off, so that it sends nothing, or on again with the weights it had; raises ConfigError."""
        trainer = self._at_rest()
        self.manual_edits.switch(trainer, column, index, on)
        self._untouched = False
        self._show(trainer.snapshot())

    def _at_rest(self) -> Trainer:
        """Return the trainer between two batches; a half-done one is finished first."""
        if self.state is RunState.RUNNING:
            raise StateError("Pause before you change weights by hand.")
        trainer = require(self._trainer)
        with suppress(TrainingError):  # the trainer has then gone back to weights that are worth keeping
            finish_batch(trainer)
        return trainer

    def set_speed(self, speed: Speed) -> None:
        """Change the pace from the next move on."""
        self._speed = speed
        if self._runner is not None:
            self._runner.set_speed(speed)

    def set_example(self, index: int) -> None:
        """Show row `index` of the dataset; raises ConfigError when there is no such row."""
        n_rows = len(require(self.dataset).X)
        if not 0 <= index < n_rows:
            raise ConfigError(
                f"There is no row {index}; the data has {format_number(n_rows)}, counted from 0.", field="example"
            )
        self._example = index

    def restore_best(self) -> Array:
        """Take back the weights of the epoch with the lowest validation loss; return those there were."""
        if self.state not in (RunState.PAUSED, RunState.FINISHED):
            raise StateError(f"There is no best epoch to return to ({self.state.value}).")
        trainer = require(self._trainer)
        with suppress(TrainingError):  # the best weights are finite
            finish_batch(trainer)
        before = trainer.network.params.copy()
        trainer.restore_best()
        self._come_to_rest(None)
        return before

    def put_back(self, params: Array) -> None:
        """Undo `restore_best`."""
        trainer = self._at_rest()
        trainer.put_back(params)
        self._come_to_rest(None)

    def close(self) -> None:
        """End the worker and let go of the data; may be called again.

        A batch that takes long is not waited for: the files of its data go, and its thread ends by itself or with the
        program.
        """
        self._end_run()
        if self.dataset is not None:
            self._abandoned.release(self.dataset.close)
        self._abandoned.wait(CLOSE_TIMEOUT_S)
        self._move_to(RunState.EMPTY)
        self._dataset = self._network_config = self._snapshot = None
        self._trainer = self._shown_network = self._scores = self._row = None
        self._unseen = False

    # How it is done -------------------------------------------------------------------------------------------------
    def _restart(self) -> None:
        self._train_config = self._asked
        self._begin(None)

    def _begin(self, network: Network | None) -> None:
        """Make a new trainer, for `network` or for the starting weights of the seed."""
        network_config = require(self.network_config)
        self._trainer = trainer_on(require(self.dataset), network or Network(network_config), self.train_config)
        self._untouched = network is None
        self._manual_edits = ManualEdits()
        self._error = None
        self._move_to(RunState.READY)
        self._show(self._trainer.snapshot())
        self._throughput.restart(perf_counter(), 0.0)
