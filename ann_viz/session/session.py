"""The commands that change the document: its data, network, training and the row being looked at.

`Session` is the only writer of state and knows no Qt. All of its methods are called from one thread, the window's or
the command line's; the worker thread is reached through `Runner` only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from ann_viz.engine import LayerConfig, Network, TrainConfig
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import ConfigError, StateError, TrainingError
from ann_viz.numerals import format_number
from ann_viz.session.edited_document import EditedDocument
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.modelcheck import check_threshold
from ann_viz.session.runner import Runner, find_infinities
from ann_viz.session.samples import is_sample
from ann_viz.session.scores import Scores
from ann_viz.session.speed import Speed
from ann_viz.session.starting import fitting_network, require
from ann_viz.session.state import RunState, check_move
from ann_viz.session.stopping import moved_stop_rules
from ann_viz.session.suggested import Suggestion, following
from ann_viz.session.twin import Grown
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.trying.tried_row import TriedRow

__all__ = ["Session", "StepKind"]

StepKind = Literal["phase", "batch", "epoch"]


PAUSE_TIMEOUT_S: Final = 1.0  # a batch that takes longer than this is left to end on its own; `poll` then notices
CLOSE_TIMEOUT_S: Final = 0.3  # and nobody waits longer for all of them at the end
LARGEST_DRAWN_SEED: Final = 9999  # short enough to be read out and typed


class Session(EditedDocument):
    """The document with the commands that change it; attributes and parameters are those of `Document`."""

    # What the user does ---------------------------------------------------------------------------------------------
    def open(self, dataset: Dataset, suggestion: Suggestion | None = None, *, seed: int | None = None) -> int | None:
        """Take `dataset`; the network fits its ends to the data.

        Without a suggestion, hidden layers, training and the seed of the starting weights are as they were; with one,
        nothing is left of what was set for other data. The same table with other roles begins another run. Other data
        let the data before go, and all runs on them, when no worker reads them any more; so does a table whose rows
        lie in files of their own. A seed that is said is the one of the starting weights.

        Returns
        -------
        int or None
            The run that was left, to go back to by `show_run`; None where there is no way back.
        """
        left, before = self._leave(), self.described
        if before is not None and before is not dataset:
            same_table = before.table is dataset.table
            if not same_table or before.encoded.scratch is not None:
                self._abandoned.release(before.release if same_table else before.close)
                self._forget_runs()
                left = None
            if not same_table:
                self._forget_judgements()
        self._network_config = fitting_network(dataset, self.network_config if suggestion is None else None)
        if suggestion is not None:
            self._take(suggestion)
        if seed is not None:
            self._network_config = replace(self._network_config, seed=seed)
        self._dataset = dataset
        self._chosen, self._batch = 0, None
        self._scores = Scores(dataset)
        self._begin(None, left)
        return left

    def use_suggestion(self, suggestion: Suggestion) -> int | None:
        """Begin with suggested hidden layers and settings, which is a reset; returns the run that was left."""
        left = self._leave_for_another()
        self._take(suggestion)
        self._begin(None, left)
        return left

    def _take(self, suggestion: Suggestion) -> None:
        self._network_config = suggestion.network(require(self.network_config))
        self._train_config = self._asked = suggestion.training
        self._accuracy = False

    def train(self) -> None:
        """Start or go on; after the end from its last epoch, with stop rules moved by as much as asked for at first."""
        check_move(self.state, RunState.RUNNING, "Training")
        self.look_at(None)
        if self.state is RunState.RUNNING:
            return
        if self.state is RunState.FINISHED:
            trainer = require(self._trainer)
            trainer.restore_last()
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
        """Do one phase, one batch, or, on the worker thread, the rest of one epoch.

        Raises
        ------
        StateError
            When it is neither ready nor paused.
        """
        if self.state not in (RunState.READY, RunState.PAUSED):
            raise StateError(f"Stepping makes no sense now ({self.state.value}).")
        self.look_at(None)
        trainer = require(self._trainer)
        if kind == "epoch":
            self._run(Runner(trainer, Speed(), until_epoch=trainer.epoch + 1))
            return
        error: Exception | None = None
        self._note_settings()
        try:
            next(trainer.phases() if kind == "phase" else trainer, None)
            find_infinities(trainer)
        except TrainingError as raised:
            error = raised
        self._stand_on_best(error)
        self._come_to_rest(error)

    def reset(self) -> int | None:
        """Return to the same starting weights and the number of epochs first asked for; returns the run that was."""
        return self.set_network()

    def new_start(self) -> int | None:
        """Draw a new seed and start from its weights; returns the run that was left."""
        config = require(self.network_config)
        import secrets  # loads the cryptography of the system

        seed = secrets.randbelow(LARGEST_DRAWN_SEED)  # one less than the seeds there are: the present one is left out
        return self.set_network(seed=seed if seed < config.seed else seed + 1)

    def set_network(self, *, keep_weights: bool = False, **changes: Any) -> int | None:
        """Change the seed, loss, initialisers or precision of the network, which is a reset; raises ConfigError.

        Parameters
        ----------
        keep_weights : bool
            Whether it begins with the weights of now instead of those of the seed.
        **changes
            Fields of `NetworkConfig`.

        Returns
        -------
        int or None
            The run that was left, to go back to by `show_run`.
        """
        config = replace(require(self.network_config), **changes)
        left = self._leave_for_another()
        self._network_config, self._train_config = config, self._asked
        self._begin(self._weights_now() if keep_weights else None, left)
        return left

    def set_engine(self, engine: EngineChoice, *, keep_weights: bool = False) -> int | None:
        """Train with another engine, which begins a run likewise; returns the run that was left."""
        left = self._leave_for_another()
        self._engine, self._train_config = engine, self._asked
        self._begin(self._weights_now() if keep_weights else None, left)
        return left

    def _weights_now(self) -> Network:
        """Return a network as it is set by now with the weights of the run that was left."""
        learned = self.manual_edits.woken(require(self.newest).network())
        return Network.network_from(require(self.network_config), learned.params)

    def set_hidden(self, layers: tuple[LayerConfig, ...], *, follow: bool = False) -> int | None:
        """Change the hidden layers, keeping learned weights whose two ends survive; raises ConfigError.

        With `follow`, a learning rate that nobody has chosen becomes what suits the new layers; in samples, whose
        lessons tell of it, it never does. A half-done batch is finished first. Of a run that had to be abandoned the
        newest snapshot is kept, which knows all its batches but the one under way. Returns the run that was left.
        """
        config, rate = replace(require(self.network_config), hidden=tuple(layers)), self.train_config.learning_rate
        if follow and not is_sample(self.with_rows()):
            rate, scale = following(require(self.network_config), self.train_config, config.hidden)
            config = replace(config, output_scale=scale)
        left = self._leave_for_another()
        last = require(self.newest)
        is_new = self._untouched and last.step == 0
        kept = None if is_new else self.manual_edits.woken(last.network()).resized(config)
        self._network_config = config
        self._train_config, self._asked = (
            replace(each, learning_rate=rate) for each in (self.train_config, self._asked)
        )
        self._begin(kept, left)
        return left

    def set_training(self, **changes: Any) -> None:
        """Change hyperparameters from the next batch on, also while training; raises ConfigError."""
        self._train_config = replace(self.train_config, **changes)
        self._asked = replace(self._asked, **changes)
        self._hand_over_config()

    def take_back_settings(self) -> None:
        """Return to the settings of the last step, whatever was changed after it."""
        before = require(self.current_run).settings
        names = (name for name in type(before).__dataclass_fields__)
        self.set_training(
            **{name: getattr(before, name) for name in names if getattr(before, name) != getattr(self._asked, name)}
        )

    def set_threshold(self, threshold: float) -> None:
        """Say yes above this chance in all that is shown, counted, saved and predicted; raises ConfigError."""
        if not self._question:
            raise ConfigError(translate("Only a yes-or-no answer has a threshold."), field="threshold")
        check_threshold(threshold)
        self._thresholds[self._question] = float(threshold)

    def keep_twin(self, grown: Grown) -> int:
        """List what was trained in step with a run, which has learned as well where it had not before.

        Returns
        -------
        int
            Number of the twin.
        """
        current = self._runs.current
        if grown.original is not None and grown.parent == current and require(self.newest).step == 0:
            self.go_back_to(grown.original)
            self._note_settings()
            self._hand_over_config()
            self._come_to_rest(None)
        return self.keep_run(grown)

    def set_costs(self, costs: MistakeCosts) -> None:
        """Say what a missed yes and a false alarm cost; the project keeps it."""
        self._costs = costs

    def set_speed(self, speed: Speed) -> None:
        """Change the pace from the next move on."""
        self._speed = speed
        if self._runner is not None:
            self._runner.set_speed(speed)

    def set_example(self, index: int) -> None:
        """Show row `index` of the dataset, in the batch under way or not; raises ConfigError when there is none."""
        n_rows = len(self.with_rows().X)
        if not 0 <= index < n_rows:
            raise ConfigError(
                f"There is no row {index}; the data has {format_number(n_rows)}, counted from 0.", field="example"
            )
        if self._batch is not None:
            self._batch = self._batch.choose(index)
        if self._batch is None or self._batch.beside:
            self._chosen = index
        self.try_row(None)

    def try_row(self, row: TriedRow | None) -> None:
        """Show a made-up row in the place of the example, or with None the example again.

        Raises
        ------
        StateError
            When it has other columns than the data.
        """
        trying = self.trying
        if row is not None and len(row.values) != len(trying.dataset.encoder.features):
            raise StateError(translate("This row has other columns than the data."))
        self._trying = replace(trying, row=row)

    def pin_rows(self, rows: tuple[TriedRow, ...]) -> None:
        """Keep made-up rows to compare with: the last few of these, and no others."""
        from ann_viz.session.trying.tried_row import MOST_PINNED

        self._trying = replace(self.trying, pinned=rows[-MOST_PINNED:])

    def lock_columns(self, names: frozenset[str]) -> None:
        """Let suggestions of what would change an answer leave these columns alone, and no others."""
        self._trying = replace(self.trying, locked=names)

    def begin_anew(self) -> None:
        """Be as at the first start: without data, and with the usual settings."""
        self.close()
        self._train_config = self._asked = TrainConfig()
        self._accuracy = False

    def close(self) -> None:
        """End the worker and let go of the data and of all runs; may be called again, and other data opened after it.

        It takes half a second at most. A batch that takes longer is not waited for: the files of its data go all the
        same, and its thread ends after it, with an error that nobody sees where it reads them, or with the program.
        """
        self.look_at(None)
        self._end_run()
        if self.described is not None:
            self._abandoned.release(self.described.close)
        self._abandoned.wait(CLOSE_TIMEOUT_S)
        self._forget_runs()
        self._forget_judgements()
        self._move_to(RunState.EMPTY)
        self._dataset = self._network_config = self._newest = None
        self._trainer = self._scores = self._row = self._batch = self._source = self._trying = None
        self._shown_network = self._shown_model = None
        self._unseen = False
