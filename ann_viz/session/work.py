"""Work as something to be saved: all that a document is at one moment, with its data or, once these go, without."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ann_viz.errors import DataError, OutputError
from ann_viz.printable import printable
from ann_viz.session.data_source import KnownSource
from ann_viz.session.modelfile import Model
from ann_viz.session.project import Project, ProjectState, StoredRun
from ann_viz.session.trying.known import KnownOfData
from ann_viz.session.trying.summary_record import SummaryRecord, records_of
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
    source : KnownSource
        Where its data are.
    runs : tuple of StoredRun
    state : ProjectState
    rows_inside : bool
        Whether the project holds the rows as well.
    """

    model: Model
    source: KnownSource
    runs: tuple[StoredRun, ...]
    state: ProjectState
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
        return Project(model=self.model, source=source, runs=self.runs, state=self.state, rows=rows)


@dataclass(frozen=True, kw_only=True, eq=False)
class Work:
    """All there is to save, as it was at one moment; nobody changes it, so that a thread may make a project of it.

    Parameters
    ----------
    bare : Keepsake
        What it is without its data, the columns not summed up yet: that can take its time.
    dataset : Dataset
    known : KnownOfData
        What is known of its columns.
    mark : WorkMark
        What `KeptDocument.work_mark` was then.
    """

    bare: Keepsake
    dataset: Dataset
    known: KnownOfData
    mark: WorkMark

    def keepsake(self) -> Keepsake:
        """Return it without the data, to be remembered when these are closed."""
        return replace(self.bare, state=replace(self.bare.state, summaries=self._summaries()))

    def project(self) -> Project:
        """Return it as a project; raises OutputError like `Keepsake.project`."""
        return self.keepsake().project()

    def _summaries(self) -> tuple[SummaryRecord, ...]:
        with suppress(DataError):  # closed meanwhile: they are of use, and no reason to save nothing
            return records_of(self.known.summaries(self.dataset))
        return ()
