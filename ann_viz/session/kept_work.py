"""The document as something to be kept: handed out to be saved, also while training runs, and taken in again."""

from __future__ import annotations

import zlib
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from ann_viz.engine import USUAL_THRESHOLD, Checkpoint, Network, TrainConfig
from ann_viz.engine.compiled.choice import EngineChoice, choice_of
from ann_viz.errors import OutputError, StateError, TrainingError
from ann_viz.printable import printable
from ann_viz.scene.thickness import Thickness
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.kept_runs import DocumentWithRuns
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.modelfile import Model
from ann_viz.session.project import KnownSource, Project, StoredRun
from ann_viz.session.run import Run
from ann_viz.session.run_record import record_of
from ann_viz.session.run_restoring import edits_of
from ann_viz.session.scores import Scores
from ann_viz.session.starting import finish_batch, require, trainer_on
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.trying.tried_row import Trying
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset, Table

__all__ = ["Keepsake", "KeptDocument", "Work"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Keepsake:
    """What a project is made of, as it was at one moment; the data themselves may go.

    Parameters
    ----------
    model : Model
        The network on show.
    runs : tuple of StoredRun
    current : int
        Number of the run on show.
    example : int
        Row on show.
    source : KnownSource
        Where its data are.
    looks_at_test : tuple of LookAtTest
        What the test rows have said.
    costs : MistakeCosts
        What the two kinds of mistakes cost.
    rows_inside : bool
        Whether the project holds the rows as well.
    locked_columns : tuple of str or None
        What suggestions leave alone; None where nobody has chosen.
    sweeps : tuple of Swept
        Oldest first.
    """

    model: Model
    runs: tuple[StoredRun, ...]
    current: int
    example: int
    source: KnownSource
    looks_at_test: tuple[LookAtTest, ...]
    costs: MistakeCosts
    locked_columns: tuple[str, ...] | None
    sweeps: tuple[Swept, ...]
    rows_inside: bool

    def project(self) -> Project:
        """Return it as a project.

        Raises
        ------
        OutputError
            When the data file can't be read any more and never was summed up.
        """
        try:
            source = self.source.find()
            rows = self.source.pack() if self.rows_inside else None
        except OSError as error:
            sentence = translate("The data, '{name}', can't be read any more ({error}). Put the file back, then save.")
            said = printable(error.strerror or str(error))
            raise OutputError(sentence.format(name=printable(self.source.path.name), error=said)) from error
        return Project(
            model=self.model,
            source=source,
            runs=self.runs,
            current=self.current,
            example=self.example,
            looks_at_test=self.looks_at_test,
            costs=self.costs,
            locked_columns=self.locked_columns,
            sweeps=self.sweeps,
            rows=rows,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Work(Keepsake):
    """All there is to save, as it was at one moment; nobody changes it, so that a thread may make a project of it.

    Parameters
    ----------
    dataset : Dataset
    mark : hashable
        What `KeptDocument.work_mark` was then.
    """

    dataset: Dataset
    mark: Hashable

    def keepsake(self) -> Keepsake:
        """Return it without the data, to be remembered when these are closed."""
        return Keepsake(**{field.name: getattr(self, field.name) for field in fields(Keepsake)})


def _run_of(stored: StoredRun, dataset: Dataset) -> Run:
    """Return a stored run as one on its data."""
    record, checkpoint = stored.record, stored.checkpoint
    network = Network.network_from(record.network, checkpoint.params)
    return Run(
        number=record.number,
        dataset=dataset,
        network_config=record.network,
        asked=record.asked,
        trained_with=record.trained_with,
        earlier=record.earlier,
        snapshot=trainer_on(dataset, network, checkpoint.config, checkpoint, engine=choice_of(record.engine)).snapshot(
            measured=True
        ),
        manual_edits=edits_of(record),
        thickness=Thickness(record.thickness),
        untouched=record.untouched,
        checkpoint=checkpoint,
        parent=record.parent,
        branched_at=record.branched_at,
        title=record.title,
        note=record.note,
        is_pinned=record.is_pinned,
        is_shown=record.is_shown,
        sweep=record.sweep,
    )


class KeptDocument(DocumentWithRuns):
    """What a session does to be saved and opened again; attributes and parameters are those of `Document`."""

    def __init__(self, train_config: TrainConfig | None = None, engine: EngineChoice = "numpy") -> None:
        super().__init__(train_config, engine)
        self._source: tuple[Table, KnownSource] | None = None
        self._inside: Table | None = None  # whose rows are to be inside its project

    @property
    def rows_inside(self) -> bool:
        """Whether the project holds the rows as well, and not only where they are."""
        return self._inside is not None and self.dataset is not None and self._inside is self.dataset.table

    def keep_rows_inside(self, inside: bool) -> None:
        """Have the project hold the rows of the open table as well, or not: nobody does without having asked for it.

        A pasted table has no file to be found in again, so that its rows are inside unless the user says otherwise.
        """
        self._inside = require(self.dataset).table if inside else None

    # What there is to save ------------------------------------------------------------------------------------------
    def work_mark(self) -> Hashable:
        """Return what is another as soon as there is something else to save."""
        return self._mark(None)

    def _mark(self, now: Checkpoint | None) -> Hashable:
        """The mark of this moment, or of that in which the current run had a checkpoint."""
        runs = tuple(self._mark_of(run, now) for run in self.runs)
        current = [run.number for run in self._runs].index(self._runs.current) if self._runs.current else None
        chosen = self.threshold, self.costs, None if self.dataset is None else self.trying.locked
        return id(self.dataset), current, runs, chosen, len(self.looks_at_test), self.sweeps, self.rows_inside

    def _mark_of(self, run: Run, now: Checkpoint | None) -> Hashable:
        is_current = run.number == self._runs.current
        edits = self.manual_edits if is_current else run.manual_edits
        state = now if now is not None and is_current else run.snapshot
        weights = zlib.crc32(state.params.tobytes())
        written = run.title, run.note, run.is_pinned, run.is_shown
        return run.network_config, run.asked, written, state.step, weights, edits.changed, edits.locked, edits.off

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
        trainer = require(self._trainer)
        with suppress(TrainingError):
            finish_batch(trainer)
        if self.newest is not None and trainer.step_index != self.newest.step:
            self._show(trainer.snapshot(measured=True))
        return self._work(trainer.checkpoint())

    def _work(self, checkpoint: Checkpoint) -> Work:
        dataset, number = require(self.dataset), require(self._runs.current)
        current = replace(
            self._as_now(self._runs[number]),
            checkpoint=checkpoint,
            manual_edits=self._manual_edits.copy(),
            thickness=self._thickness,
            untouched=self._untouched,
        )
        runs = [current if run.number == number else run for run in self._runs]
        return Work(
            dataset=dataset,
            model=self.model_of(Network.network_from(current.network_config, checkpoint.model_params)),
            runs=tuple(
                StoredRun(record_of(run, run.checkpoint), run.checkpoint)
                for run in runs
                if run.checkpoint is not None and run.dataset is dataset
            ),
            current=number,
            example=self._chosen,  # not the row of the batch under way
            source=self._source_of(dataset.table),
            looks_at_test=self.looks_at_test,
            costs=self.costs,
            locked_columns=None if self.trying.locked is None else tuple(sorted(self.trying.locked)),
            sweeps=self.sweeps,
            rows_inside=self.rows_inside,
            mark=self._mark(checkpoint),
        )

    def _source_of(self, table: Table) -> KnownSource:
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
            Its data, from `open_data`.
        """
        self._leave()
        if self.dataset is not None:
            self._abandoned.release(self.dataset.close)
        self._forget_runs()
        self._dataset, self._chosen, self._batch = dataset, project.example, None
        self._thresholds = {self._question: project.model.threshold}
        self._scores = Scores(dataset)
        self._newest = self._trainer = None
        self._looks_at_test = project.looks_at_test
        self._costs = project.costs
        self._sweeps = {swept.number: (dataset, swept) for swept in project.sweeps}
        locked = project.locked_columns
        self._trying = Trying(dataset=dataset, locked=None if locked is None else frozenset(locked))
        self._inside = None if project.rows is None else dataset.table
        for stored in project.runs:
            self._runs.put(_run_of(stored, dataset))
        self._runs.number_from(max(stored.record.number for stored in project.runs))
        self.show_run(project.current)
