"""The document and its runs: one is current, the others can be gone back to, and every moment can be looked at.

A trainer exists only for the current run. To leave a run is to put all that it was into a `Run`; to go back to one is
to make a trainer of it, which goes on bit for bit.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from ann_viz.engine import Network, Trainer
from ann_viz.engine.compiled.choice import choice_of
from ann_viz.errors import StateError, TrainingError
from ann_viz.scene.thickness import Thickness
from ann_viz.session.looks_at_test import LookAtTest, look_of
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.past import nearest
from ann_viz.session.run import Moment, Run
from ann_viz.session.scores import Scores
from ann_viz.session.starting import branch_trainer, finish_batch, require, trainer_from, trainer_on
from ann_viz.session.state import RunState
from ann_viz.session.trained_document import TrainedDocument
from ann_viz.session.twin import Grown
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.session.sweeping.swept import Swept

__all__ = ["DocumentWithRuns"]


class DocumentWithRuns(TrainedDocument):
    """What a session does with its runs; attributes and parameters are those of `Document`."""

    # Looking --------------------------------------------------------------------------------------------------------
    def look_at(self, moment: Moment | None) -> None:
        """Show a moment of a run to everyone, or what is newest again; training goes on meanwhile.

        Of moments that have been thinned out, the nearest that is kept is shown. A moment of another run makes that
        run the current one, as `show_run` does.

        Raises
        ------
        StateError
            When there is no such run, or another one is being trained.
        """
        if moment is None:
            self._look_at_newest()
            return
        if moment.run != self._runs.current:
            self.show_run(moment.run)
        now = require(self.newest)
        if not now.timeline:  # of a run from a file, which has no past yet
            self._look_at_newest()
            return
        then = nearest(now.timeline, moment.epoch, moment.batch)
        self._looking_at = Moment(moment.run, then.epoch, then.batch_index or None)
        measured = self._trainer.measure(then.model()) if self._trainer and then.batch_index else None
        until = tuple(one for one in now.timeline if one.place <= then.place)
        self._past = self._answering(replace(then, measured=measured, timeline=until))
        self._forget_shown()

    def _look_at_newest(self) -> None:
        if self._past is not None:
            self._past = self._looking_at = None
            self._forget_shown()

    def continue_from_here(self) -> int | None:
        """Begin a run with the weights that are looked at, and the settings of now; the run that was is kept.

        Returns
        -------
        int or None
            The run that was left.

        Raises
        ------
        StateError
            When nothing past is looked at.
        """
        past, moment = self._past, self._looking_at
        if past is None or moment is None:
            raise StateError(translate("You are looking at the newest weights; there is nothing to go back to."))
        number = self._leave_for_another()
        trainer = branch_trainer(self.with_rows(), past, self._asked, self._engine)
        self._train_config = self._asked
        self._begin_run(trainer, parent=number, branched_at=moment.epoch)
        self._untouched = False
        return number

    # Going to and fro -----------------------------------------------------------------------------------------------
    def show_run(self, number: int) -> int | None:
        """Make another run the current one: its data, network, weights, settings and course.

        Where it was abandoned amid a batch and is still at it, it is shown as it was seen last, and as training; it
        ends as after `pause`.

        Returns
        -------
        int or None
            The run that was left.

        Raises
        ------
        StateError
            When there is no such run.
        """
        run = self._runs[number]
        left = self._leave()
        if run.dataset is not self.described:
            self._dataset, self._chosen, self._batch = run.dataset, 0, None
            self._scores = Scores(run.dataset)
        self._network_config, self._asked, self._train_config = run.network_config, run.asked, run.train_config
        self._manual_edits, self._untouched = run.manual_edits.copy(), run.untouched
        self._thickness = run.thickness
        self._engine = "auto" if run.snapshot.engine.startswith("turbo") else "numpy"
        self._error, self._trained_with, self._earlier = None, run.trained_with, run.earlier
        self._accuracy = self._accuracy or run.mean_of is not None
        self._runs.make_current(number)
        self._take_up(run)
        self._throughput.restart(perf_counter(), self._rows_learned(require(self.newest)))
        return left

    def _take_up(self, run: Run) -> None:
        """Have a trainer of a run, which may still be at work; without its table there can be none."""
        if run.dataset.is_missing:
            self._move_to(RunState.WITHOUT_ROWS)
            self._show(run.snapshot)
            return
        self._trainer = run.trainer or self._trainer_of(run)
        self._runner = self._abandoned.take_back(self._trainer)
        if self._runner is None:
            self._be_still(self._trainer)
        else:
            self._move_to(RunState.RUNNING)
            self._show(run.snapshot)

    def take_run(self, trained: Trainer, title: str = "", note: str = "", *, sweep: int | None = None) -> int | None:
        """Add a run that was trained elsewhere, on the rows that are open, and make it the current one.

        Parameters
        ----------
        trained : Trainer
            What it has come to; nobody trains it any more.
        title, note : str
            What to call it, and what to write beside it.
        sweep : int or None
            The sweep that it is from.

        Returns
        -------
        int or None
            The run that was left.
        """
        left = self._leave_for_another()
        self._network_config, self._asked = trained.network.config, trained.config
        self._train_config = trained.config
        self._engine = "auto" if trained.engine.startswith("turbo") else "numpy"
        self._untouched = True
        dataset, engine = self.with_rows(), choice_of(trained.engine)
        self._begin_run(trainer_from(dataset, trained.network.config, trained.checkpoint(), engine), parent=left)
        number = require(self._runs.current)
        self.rename_run(number, title)
        self.set_run_note(number, note)
        self._runs.edit(number, sweep=sweep)
        return left

    def _be_still(self, trainer: Trainer) -> None:
        """Show what a trainer holds that nobody trains, and be ready to begin or to go on."""
        if trainer.step_index or trainer.phase is not None:
            self._come_to_rest(None)
            return
        trainer.configure(self.train_config)
        self._move_to(RunState.READY)
        self._show(trainer.snapshot(measured=True))

    def _trainer_of(self, run: Run) -> Trainer:
        """Return a trainer that goes on with a run."""
        engine = choice_of(run.snapshot.engine)
        trainer = trainer_from(run.dataset, run.network_config, require(run.checkpoint), engine)
        self._manual_edits.hold(trainer)
        return trainer

    def _leave(self) -> int | None:
        """End the current run, a half-done batch first, and keep it; return its number, None where there is none."""
        self._look_at_newest()
        trainer = self._trainer
        self._end_run()
        number = self._runs.current
        if number is None:
            return None
        run = replace(self._runs[number], asked=self._asked, untouched=self._untouched)
        run = replace(run, network_config=require(self.network_config), manual_edits=self._manual_edits.copy())
        run = replace(run, thickness=self._thickness, trained_with=self._trained_with, earlier=self._earlier)
        if self.is_without_rows:
            checkpoint = run.checkpoint  # as it came: nothing has trained it
        elif self._trainer is None:
            checkpoint = None  # abandoned amid a batch
        else:
            with suppress(TrainingError):  # the trainer has then gone back to weights that are worth keeping
                finish_batch(self._trainer)
            checkpoint, trainer = self._trainer.checkpoint(), None
            self._show(self._trainer.snapshot(measured=True))
        self._runs.put(replace(run, trainer=trainer, checkpoint=checkpoint, snapshot=require(self.newest)))
        self._runs.fit_budget()
        return number

    def _leave_for_another(self) -> int | None:
        """Leave the current run for another on the same rows, likewise; raises StateError where these are missing."""
        self.with_rows()
        return self._leave()

    def _begin(self, network: Network | None, left: int | None) -> None:
        """Begin a run with `network` or the starting weights of the seed, after the run that was left."""
        network, is_new = network or Network(require(self.network_config)), network is None
        trainer = trainer_on(self.with_rows(), network, self.train_config, engine=self._engine)
        self._untouched = is_new
        self._begin_run(trainer, parent=left)

    def _begin_run(self, trainer: Trainer, *, parent: int | None, branched_at: int | None = None) -> None:
        self._trainer = trainer
        self._manual_edits, self._thickness = ManualEdits(), Thickness()
        self._error, self._trained_with, self._earlier = None, None, ()
        if parent is not None and not self._runs[parent].is_trained:  # it is replaced, not added to
            former = self._runs[parent]
            parent, branched_at = former.parent, former.branched_at
        run = Run(
            number=self._runs.next_number(),
            dataset=self.with_rows(),
            network_config=require(self.network_config),
            asked=self._asked,
            snapshot=trainer.snapshot(),
            manual_edits=self._manual_edits,
            thickness=self._thickness,
            untouched=self._untouched,
            parent=parent,
            branched_at=branched_at,
        )
        self._runs.put(run)
        self._runs.make_current(run.number)
        self._be_still(trainer)
        self._throughput.restart(perf_counter(), self._rows_learned(trainer))

    # The test rows ---------------------------------------------------------------------------------------------------
    def ask_test_rows(self) -> LookAtTest:
        """Judge the weights on show by the test rows, which is counted: once for each network.

        Raises
        ------
        StateError
            While training runs, and without test rows.
        """
        dataset, snapshot = self.with_rows(), require(self.snapshot)
        if self.state is RunState.RUNNING:
            raise StateError(translate("Pause before you look at the test rows: they are for a network that is done."))
        if not len(dataset.test):
            raise StateError(translate("There are no test rows. Keep some back when you import the table."))
        known = self.look_at_test
        if known is not None:
            return known
        moment = Moment(self.run_numbers[0], snapshot.weights_of.epoch)
        look = look_of(dataset, moment, self.model_network, *self.answers("test"), self.threshold)
        self._looks_at_test = (*self._looks_at_test, look)
        return look

    def keep_run(self, grown: Grown) -> int:
        """List a run that was trained beside the current one, and return its number."""
        trainer = trainer_from(grown.dataset, grown.network_config, grown.checkpoint, grown.engine)
        number = self._runs.next_number()
        self._runs.put(
            Run(
                number=number,
                dataset=grown.dataset,
                network_config=grown.network_config,
                asked=grown.asked,
                snapshot=trainer.snapshot(measured=True),
                manual_edits=ManualEdits(),
                thickness=Thickness(),
                untouched=grown.branched_at is None,
                checkpoint=grown.checkpoint,
                parent=grown.parent,
                branched_at=grown.branched_at,
            )
        )
        self._runs.fit_budget()
        return number

    def note_sweep(self, swept: Swept) -> None:
        """List a sweep on the open data among the runs, in the place of what is listed under its number."""
        self._sweeps[swept.number] = require(self.dataset), swept

    # What is written beside a run -----------------------------------------------------------------------------------
    def rename_run(self, number: int, title: str) -> None:
        """Give a run a name; an empty one returns to what changed."""
        self._runs.edit(number, title=title.strip())

    def set_run_note(self, number: int, note: str) -> None:
        """Write a note beside a run."""
        self._runs.edit(number, note=note)

    def pin_run(self, number: int, pinned: bool) -> None:
        """Keep a run, with every moment that is kept of it now, whatever else is forgotten."""
        self._runs.edit(number, is_pinned=pinned)

    def show_curve(self, number: int, shown: bool) -> None:
        """Draw a run's curve beside those of the others, or not."""
        self._runs.edit(number, is_shown=shown)

    def delete_run(self, number: int) -> None:
        """Take a run off the list; `restore_run` brings it back. Raises StateError for the current one."""
        self._runs.delete(number)

    def restore_run(self, number: int) -> None:
        """Bring a deleted run back; raises StateError when it has been forgotten meanwhile."""
        self._runs.restore(number)
