"""The document as something to be kept: handed out to be saved, also while training runs, and taken in again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ann_viz.engine import USUAL_THRESHOLD, Checkpoint, Network, TrainConfig
from ann_viz.engine.compiled.choice import EngineChoice
from ann_viz.errors import StateError, TrainingError
from ann_viz.session.kept_runs import DocumentWithRuns
from ann_viz.session.run import Run
from ann_viz.session.scores import Scores
from ann_viz.session.starting import finish_batch, require
from ann_viz.session.view_state import ViewState, fits_network
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset, Table
    from ann_viz.session.data_source import KnownSource
    from ann_viz.session.project import Project, ProjectState
    from ann_viz.session.work import Work
    from ann_viz.session.work_mark import RunMark, WorkMark

__all__ = ["KeptDocument"]


class KeptDocument(DocumentWithRuns):
    """What a session does to be saved and opened again; attributes and parameters are those of `Document`."""

    def __init__(self, train_config: TrainConfig | None = None, engine: EngineChoice = "numpy") -> None:
        super().__init__(train_config, engine)
        self._source: tuple[Table, KnownSource] | None = None
        self._inside: Table | None = None  # whose rows are to be inside its project
        self._view: ViewState | None = None

    @property
    def rows_inside(self) -> bool:
        """Whether the project holds the rows as well, and not only where they are."""
        return self._inside is not None and self.described is not None and self._inside is self.described.table

    def keep_rows_inside(self, inside: bool) -> None:
        """Have the project hold the rows of the open table as well, or not: nobody does without having asked for it.

        A pasted table has no file to be found in again, so that its rows are inside unless the user says otherwise.
        """
        self._inside = self.with_rows().table if inside else None

    def keep_view(self, view: ViewState) -> None:
        """Take note of how the network is looked at, for the project; it counts for nothing else."""
        self._view = view

    # What there is to save ------------------------------------------------------------------------------------------
    def work_mark(self) -> WorkMark:
        """Return what is another as soon as there is something else to save."""
        return self._mark(None)

    def _mark(self, now: Checkpoint | None) -> WorkMark:
        """The mark of this moment, or of that in which the current run had a checkpoint."""
        from ann_viz.session.work_mark import WorkMark

        return WorkMark(
            data=id(self.described),
            current=[run.number for run in self._runs].index(self._runs.current) if self._runs.current else None,
            runs=tuple(self._mark_of(run, now) for run in self.runs),
            threshold=self.threshold,
            costs=self.costs,
            locked_columns=None if self.described is None else self.trying.locked,
            n_looks_at_test=len(self.looks_at_test),
            sweeps=self.sweeps,
            rows_inside=self.rows_inside,
        )

    def _mark_of(self, run: Run, now: Checkpoint | None) -> RunMark:
        from ann_viz.session.work_mark import run_mark

        is_current = run.number == self._runs.current
        edits = self.manual_edits if is_current else run.manual_edits
        state = now if now is not None and is_current else run.snapshot
        return run_mark(run, edits, state)

    @property
    def has_own_work(self) -> bool:
        """Whether anything was learned, set by hand or written: more than opening the data again would give."""
        by_hand = bool(self.manual_edits.changed or self.manual_edits.locked or self.manual_edits.off)
        return (
            by_hand
            or self.threshold != USUAL_THRESHOLD
            or any(run.is_trained or run.title or run.note for run in self.runs)
        )

    # Saving ---------------------------------------------------------------------------------------------------------
    def ask_for_work(self) -> None:
        """Have the worker leave for `take_work` what it holds at the next batch boundary; nothing while it rests."""
        if self._runner is not None:
            self._runner.take_checkpoint()  # one that nobody came for is too old
            self._runner.request_checkpoint()

    def take_work(self) -> Work | None:
        """Return all there is to save; training goes on, and a half-done batch is finished first.

        Runs on other columns of the table, and one that was abandoned amid a batch, are not in it.

        Returns
        -------
        Work or None
            None while the worker, asked by `ask_for_work`, has not come to a batch boundary.

        Raises
        ------
        StateError
            Without data.
        """
        runner = self._runner
        if runner is not None:
            checkpoint = runner.take_checkpoint()
            return None if checkpoint is None else self._work(checkpoint)
        if self.is_without_rows:  # as it came: nothing has trained it
            return self._work(require(self._runs[require(self._runs.current)].checkpoint))
        trainer = require(self._trainer)
        with suppress(TrainingError):
            finish_batch(trainer)
        if self.newest is not None and trainer.step_index != self.newest.step:
            self._show(trainer.snapshot(measured=True))
        return self._work(trainer.checkpoint())

    def _work(self, checkpoint: Checkpoint) -> Work:
        from ann_viz.session.project import StoredRun
        from ann_viz.session.run_record import record_of
        from ann_viz.session.work import Keepsake, Work

        dataset, number = require(self.described), require(self._runs.current)
        current = replace(
            self._as_now(self._runs[number]),
            checkpoint=checkpoint,
            manual_edits=self._manual_edits.copy(),
            thickness=self._thickness,
            untouched=self._untouched,
        )
        runs = [current if run.number == number else run for run in self._runs]
        bare = Keepsake(
            model=self.model_of(Network.network_from(current.network_config, checkpoint.model_params)),
            source=self._source_of(dataset.table),
            runs=tuple(
                StoredRun(record_of(run, run.checkpoint), run.checkpoint, run.mean_of)
                for run in runs
                if run.checkpoint is not None and run.dataset is dataset
            ),
            state=self._project_state(current),
            rows_inside=self.rows_inside,
        )
        return Work(bare=bare, dataset=dataset, known=self.known, mark=self._mark(checkpoint))

    def _project_state(self, current: Run) -> ProjectState:
        from ann_viz.session.project import ProjectState

        return ProjectState(
            current=current.number,
            example=self._chosen,  # not the row of the batch under way
            looks_at_test=self.looks_at_test,
            costs=self.costs,
            locked_columns=None if self.trying.locked is None else tuple(sorted(self.trying.locked)),
            view=self._view if self._view and fits_network(self._view, current.network_config.sizes) else None,
            n_train=self.n_train,
            sweeps=self.sweeps,
        )

    def _source_of(self, table: Table) -> KnownSource:
        from ann_viz.session.data_source import KnownSource

        if self._source is None or self._source[0] is not table:
            self._source = table, KnownSource(table)
        return self._source[1]

    def project(self) -> Project:
        """Return the work as it stands, to be saved, as `take_work` does.

        Raises
        ------
        StateError
            Without data, and while training runs.
        OutputError
            When the data file can't be read any more.
        """
        if self._runner is not None:
            raise StateError(translate("Pause before you save."))
        return require(self.take_work()).project()

    # Opening --------------------------------------------------------------------------------------------------------
    def open_project(self, project: Project, dataset: Dataset) -> None:
        """Take a project and its data: all runs come back, and the one that was on show is shown.

        Parameters
        ----------
        project : Project
        dataset : Dataset
            Its data, from `open_data`, or where their table is missing from `without_data`.
        """
        from ann_viz.session.data_source import KnownSource
        from ann_viz.session.restored_run import restored_run
        from ann_viz.session.trying.tried_row import Trying

        state = project.state
        self._leave()
        if self.described is not None:
            self._abandoned.release(self.described.close)
        self._forget_runs()
        self._dataset, self._chosen, self._batch = dataset, state.example, None
        self._thresholds = {self._question: project.model.threshold}
        self._scores = Scores(dataset)
        self._newest = self._trainer = None
        self._looks_at_test = state.looks_at_test
        self._costs = state.costs
        self._sweeps = {swept.number: (dataset, swept) for swept in state.sweeps}
        self._view = state.view
        locked = state.locked_columns
        self._trying = Trying(dataset=dataset, locked=None if locked is None else frozenset(locked))
        self._inside = None if project.rows is None else dataset.table
        if dataset.is_missing:
            self._known.tell(dataset, state.summaries)
            self._n_train = state.n_train or len(project.runs[0].checkpoint.order.indices)
            self._source = dataset.table, KnownSource(dataset.table, project.source, project.rows)
        for stored in project.runs:
            self._runs.put(restored_run(stored, dataset, self.n_train))
        self._runs.number_from(max(stored.record.number for stored in project.runs))
        self.show_run(state.current)

    def take_rows(self, dataset: Dataset) -> None:
        """Go on with the data of the project that was opened without them; all that was done meanwhile stays.

        Parameters
        ----------
        dataset : Dataset
            From `open_data`, for this project.
        """
        project, trying = self.project(), self.trying
        self.open_project(project, dataset)
        self._trying = replace(trying, dataset=dataset)
