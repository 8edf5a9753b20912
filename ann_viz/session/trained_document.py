"""The document and the worker that trains it: a run is begun, watched, and ended or abandoned.

Everything in here is called from one thread, the window's or the command line's; the worker thread is reached through
`Runner` only.
"""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from time import perf_counter
from typing import Final

from ann_viz.engine import EpochScores, Snapshot, TrainConfig, Trainer
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.session.abandoned import AbandonedRuns
from ann_viz.session.document import Document
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.run import Earlier
from ann_viz.session.runner import Runner
from ann_viz.session.shown_batch import follow_batch
from ann_viz.session.starting import as_ann_viz_error, require
from ann_viz.session.state import RunState

__all__ = ["TrainedDocument"]

_log: Final = logging.getLogger(__name__)
STOP_TIMEOUT_S: Final = 0.2  # a run whose batch takes longer than this is abandoned


class TrainedDocument(Document):
    """What a session does with its worker; attributes and parameters are those of `Document`."""

    def __init__(self, train_config: TrainConfig | None = None, engine: EngineChoice = "numpy") -> None:
        super().__init__(train_config, engine)
        self._abandoned = AbandonedRuns()

    def poll(self) -> Snapshot | None:
        """Return the newest snapshot not yet returned, ask for a fresh one, and notice that a run has ended."""
        self._abandoned.sweep()
        runner = self._runner
        if runner is not None and not runner.alive:
            self._settle(runner)
        elif runner is not None:
            self._take_snapshot(runner)
            runner.request_snapshot()
        fresh = self.newest if self._unseen else None
        self._unseen = False
        return fresh

    @property
    def needs_polling(self) -> bool:
        """Whether a worker is still at work, so that `poll` has something to notice."""
        return self._runner is not None or bool(self._abandoned)

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for a run to end; false when it still goes on after `timeout_s`. For callers without a window."""
        if self._runner is not None and self._runner.join(timeout_s):
            self._settle(self._runner)
        return self._runner is None

    def _hand_over_config(self) -> None:
        if self._runner is not None:
            self._runner.configure(self.train_config)
            self._note_settings()
        elif self._trainer is not None:
            self._trainer.configure(self.train_config)
            self._follow(self._trainer)

    def _follow(self, trainer: Trainer) -> None:
        """Show what other settings have put in place: those a run goes on from after its end, or the weights alone."""
        shown, held = require(self._newest), trainer.snapshot()
        if held.weights_of != shown.weights_of or (held.average is None) != (shown.average is None):
            if self.state is RunState.FINISHED and trainer.finished is None:
                self._move_to(RunState.PAUSED)
            self._show(trainer.snapshot(measured=True))

    def _note_settings(self) -> None:
        """Note with which settings the current run goes on, and until when it had others."""
        before, newest = self._trained_with, self.newest
        if before is not None and before != self._asked and newest is not None:
            is_dragged = bool(self._earlier) and self._earlier[-1].epoch == newest.epoch  # a slider: one change
            self._earlier += () if is_dragged else (Earlier(newest.epoch, before),)
        self._trained_with = self._asked

    def _run(self, runner: Runner) -> None:
        self._throughput.restart(perf_counter(), self._rows_learned(require(self._trainer)))
        self._runner = runner
        self._note_settings()
        self._move_to(RunState.RUNNING)
        runner.start()

    def _end_run(self) -> None:
        """Stop the run under way, and abandon it where its batch takes long: nobody who resets waits for seconds.

        The trainer of an abandoned run belongs to its thread: `_trainer` is None then, and all that is known of what
        was learned is the newest snapshot.
        """
        runner = self._runner
        if runner is None:
            return
        runner.stop()
        if runner.join(STOP_TIMEOUT_S):
            self._settle(runner)
            return
        self._take_snapshot(runner)
        self._abandoned.add(runner)
        self._runner = self._trainer = None
        self._move_to(RunState.PAUSED)  # until the caller has a new trainer

    def _take_snapshot(self, runner: Runner) -> None:
        newest = runner.take_snapshot()
        if newest is not None:
            self._show(newest.snapshot)
            self._throughput.read(newest.taken_at, self._rows_learned(newest.snapshot))

    def _settle(self, runner: Runner) -> None:
        self._runner = None
        self._stand_on_best(runner.error)
        self._come_to_rest(runner.error)
        self._throughput.read(perf_counter(), self._rows_learned(require(self._trainer)))

    def _stand_on_best(self, error: Exception | None) -> None:
        """At the end of a run, put back the weights of its best epoch; amid an epoch they could not be left again."""
        trainer = require(self._trainer)
        at_end = trainer.finished is not None and not trainer.batch_index
        if error is None and at_end and trainer.best_epoch != trainer.epoch:
            trainer.restore_best()

    def _come_to_rest(self, error: Exception | None) -> None:
        """Show exactly what the trainer holds and name the state it is in."""
        trainer = require(self._trainer)
        if error is not None:
            _log.info("training failed", exc_info=error)
            self._move_to(RunState.FAILED)
            self._error = as_ann_viz_error(error)
        else:
            if trainer.config is not self.train_config:  # handed over too late for the worker to see
                trainer.configure(self.train_config)
            self._move_to(RunState.PAUSED if trainer.finished is None else RunState.FINISHED)
        self._show(trainer.snapshot(measured=True))

    def _move_to(self, state: RunState) -> None:
        if state is not self.state:
            epoch = 0 if self._trainer is None else self._trainer.epoch
            _log.info("%s → %s at epoch %d", self.state.value, state.value, epoch)
        self._state = state

    def _show(self, snapshot: Snapshot) -> None:
        self._newest = self._answering(snapshot)
        self._unseen = True
        if self._past is None:
            self._forget_shown()

    def _answering(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with those that answer together with it, and with the scores of all of them."""
        rows = self.mean_of(snapshot.config, snapshot.model_params)
        if rows is None:
            return snapshot
        together = replace(snapshot, beside=rows[1:])
        if self._trainer is None:  # without its table only the course of the run alone is known
            return replace(together, measured=EpochScores(*[math.nan] * len(EpochScores._fields)))
        return replace(together, measured=self._trainer.measure(together.model()))

    def _forget_shown(self) -> None:
        """Work everything out anew: there are other weights to show."""
        self._shown_network = self._shown_model = None
        self._batch = follow_batch(require(self.described), require(self.snapshot), self._batch, self._chosen)
        require(self._scores).forget()

    def _forget_runs(self) -> None:
        """Let all runs and sweeps go, with what was trained beside them and decided on their answers."""
        self._runs.clear()
        self._sweeps.clear()
        self._thresholds.clear()
        self._siblings.forget()

    def _forget_judgements(self) -> None:
        """Forget what belongs to a table, whatever is predicted in it: what its test rows said, what mistakes cost."""
        self._looks_at_test = ()
        self._costs = MistakeCosts()

    def _rows_learned(self, now: Snapshot | Trainer) -> float:
        return (now.epoch + now.batch_index / now.n_batches) * len(require(self.described).train)
