"""Work as something to be saved: all that a document is at one moment, with its data or, once these go, without."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ann_viz.errors import DataError, OutputError
from ann_viz.printable import printable
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.modelfile import Model
from ann_viz.session.project import KnownSource, Project, StoredRun
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.trying.known import KnownOfData
from ann_viz.session.trying.summary_record import SummaryRecord, records_of
from ann_viz.session.view_state import ViewState
from ann_viz.session.work_mark import WorkMark
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["Keepsake", "Work"]


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
    view : ViewState or None
        How it is looked at; None where nobody looks.
    n_train : int
        How many rows are learned from.
    summaries : tuple of SummaryRecord
        What is known of the columns without their rows; empty where that was not worked out.
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
    view: ViewState | None = None
    n_train: int = 0
    summaries: tuple[SummaryRecord, ...] = ()

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
            view=self.view,
            n_train=self.n_train,
            summaries=self._summaries(),
            rows=rows,
        )

    def _summaries(self) -> tuple[SummaryRecord, ...]:
        return self.summaries


@dataclass(frozen=True, kw_only=True, eq=False)
class Work(Keepsake):
    """All there is to save, as it was at one moment; nobody changes it, so that a thread may make a project of it.

    Parameters
    ----------
    dataset : Dataset
    known : KnownOfData
        What is known of its columns.
    mark : WorkMark
        What `KeptDocument.work_mark` was then.
    """

    dataset: Dataset
    known: KnownOfData
    mark: WorkMark

    def keepsake(self) -> Keepsake:
        """Return it without the data, to be remembered when these are closed."""
        own = {field.name: getattr(self, field.name) for field in fields(Keepsake)}
        return Keepsake(**{**own, "summaries": self._summaries()})

    def _summaries(self) -> tuple[SummaryRecord, ...]:
        with suppress(DataError):  # closed meanwhile: they are of use, and no reason to save nothing
            return records_of(self.known.summaries(self.dataset))
        return ()
