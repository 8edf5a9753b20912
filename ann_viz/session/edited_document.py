"""The document with what is done to its weights beside training: set by hand, locked, tempered, put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np

from ann_viz.engine import Checkpoint, Trainer
from ann_viz.errors import ConfigError, StateError, TrainingError
from ann_viz.session.accuracy import mean_rows
from ann_viz.session.kept_work import KeptDocument
from ann_viz.session.runs import without_moments
from ann_viz.session.seeds import Sibling
from ann_viz.session.starting import finish_batch, require, trainer_from
from ann_viz.session.state import RunState
from ann_viz.translation import translate

__all__ = ["EditedDocument"]


class EditedDocument(KeptDocument):
    """What a session does to weights, each between two batches; attributes and parameters are those of `Document`."""

    def answer_together(self, siblings: Sequence[Sibling]) -> None:
        """Have the best epoch of the current run answer together with networks of its setup from other seeds.

        Their mean is the model wherever the weights of that epoch are what is judged; see `Document.mean_of`.

        Parameters
        ----------
        siblings : sequence of Sibling
            From `training_beside`.

        Raises
        ------
        StateError
            While training runs, and where other weights than those of the best epoch are on show.
        """
        newest, number = require(self.newest), require(self._runs.current)
        if self.state is RunState.RUNNING or not newest.is_best:
            raise StateError(translate("Only the best epoch of a run answers together with networks of other seeds."))
        self._runs.edit(number, mean_of=mean_rows(newest, siblings))
        self._show(require(self._trainer).snapshot(measured=True))

    def set_accuracy(self, on: bool) -> None:
        """Want the runs that end to answer together with two others, or the current one to answer alone again."""
        self._accuracy, number = on, self._runs.current
        if on or number is None or self._runs[number].mean_of is None:
            return
        self._look_at_newest()
        self._runs.edit(number, mean_of=None)
        if self._trainer is not None and self.state is not RunState.RUNNING:
            self._show(self._trainer.snapshot(measured=True))

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
        self._show(trainer.snapshot(measured=True))
        return before

    def lock_parameter(self, layer: int, row: int, column: int, locked: bool) -> None:
        """Let training leave one weight or bias alone, or change it again; places as in `set_parameter`."""
        trainer = self._at_rest()
        self.manual_edits.lock(trainer, (layer, row, column), locked)
        self._show(trainer.snapshot(measured=True))

    def switch_neuron(self, column: int, index: int, on: bool) -> None:
        """Switch a neuron off, so that it sends nothing, or on again with the weights it had; raises ConfigError."""
        trainer = self._at_rest()
        self.manual_edits.switch(trainer, column, index, on)
        self._untouched = False
        self._show(trainer.snapshot(measured=True))

    def _at_rest(self) -> Trainer:
        """Return the trainer between two batches; a half-done one is finished first, and nothing past is shown."""
        if self.state is RunState.RUNNING:
            raise StateError("Pause before you change weights by hand.")
        self.with_rows()
        self.look_at(None)
        trainer = require(self._trainer)
        with suppress(TrainingError):  # the trainer has then gone back to weights that are worth keeping
            finish_batch(trainer)
        return trainer

    def train_on_row(self) -> Checkpoint:
        """Do one step of learning on the shown row alone, and return what to give to `go_back_to`.

        Raises
        ------
        StateError
            While training runs, and where the network does not learn from the shown row.
        TrainingError
            Where the step would lead to infinite numbers; nothing is changed then.
        """
        dataset, trainer = self.with_rows(), self._at_rest()
        if self.tried is not None:
            raise StateError(translate("Nothing is learned from a row that you made up. Show a row of the table."))
        places = np.flatnonzero(np.asarray(dataset.train) == self.example)
        if not len(places):
            raise StateError(translate("The network does not learn from this row. Choose a training row."))
        before = trainer.checkpoint()
        trainer.step_on(int(places[0]))
        self._untouched = False
        self._note_settings()
        self._show(trainer.snapshot(measured=True))
        return before

    def temper(self, temperature: float) -> Checkpoint:
        """Divide what the outputs add up, so that chances are less extreme (above 1) or more: temperature scaling.

        The order of the answers, and so the area under the ROC curve, stays. It counts as a change by hand.

        Returns
        -------
        Checkpoint
            What to give to `go_back_to`.

        Raises
        ------
        ConfigError
            For a number that is not above 0, and where a number is predicted.
        """
        if not temperature > 0 or self.with_rows().recipe.task == "regression":
            raise ConfigError(translate("Only chances can be tempered, by a number above 0."), field="temperature")
        trainer = self._at_rest()
        before, network = trainer.checkpoint(), trainer.network
        last = network.W[-1].size + network.b[-1].size
        indices = np.arange(network.params.size - last, network.params.size)
        divisor = network.params.dtype.type(temperature)
        trainer.write(indices, before.params[indices] / divisor, before.model_params[indices] / divisor)
        self._untouched = False
        self._show(trainer.snapshot(measured=True))
        return before

    def go_back_to(self, checkpoint: Checkpoint) -> Checkpoint:
        """Put the current run back to where it was, and return where it is now."""
        now = self._at_rest().checkpoint()
        config = require(self.network_config)
        self._trainer = trainer_from(self.with_rows(), config, checkpoint, self._engine)
        self.manual_edits.hold(self._trainer)
        self._come_to_rest(None)
        return now

    def keep_weights_only(self, number: int) -> None:
        """Forget all moments of a run but the first, the best and the last; there is no way back.

        Its weights, scores and curve stay. Raises StateError for the run that is being trained.
        """
        if number == self._runs.current:
            self.go_back_to(without_moments(self._at_rest().checkpoint()))
        else:
            self._runs.keep_weights_only(number)

    def restore_best(self) -> Checkpoint:
        """Take back the weights of the epoch with the lowest validation loss; return what to give to `go_back_to`."""
        return self._put_back(Trainer.restore_best)

    def restore_last(self) -> Checkpoint:
        """Take back `restore_best`: show the weights of the last epoch again, and go on from these; likewise."""
        return self._put_back(Trainer.restore_last)

    def _put_back(self, weights: Callable[[Trainer], None]) -> Checkpoint:
        """Put back weights of another epoch; return what to give to `go_back_to`."""
        self.with_rows()
        if self.state not in (RunState.PAUSED, RunState.FINISHED):
            raise StateError(translate("There is no other epoch to return to."))
        trainer = self._at_rest()
        before = trainer.checkpoint()
        weights(trainer)
        self._come_to_rest(None)
        return before
