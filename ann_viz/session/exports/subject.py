"""What is taken along: a model, and what is known beside it of its run and its data; from a file or from the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ann_viz.engine import HistoryView
from ann_viz.errors import TABLE_IS_MISSING, AnnVizError, ProjectFileError
from ann_viz.session.data_source import DataSource
from ann_viz.session.exports.easel import Easel
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.modelfile import Model, load_model
from ann_viz.session.project import Project, StoredRun, open_data
from ann_viz.session.projectfile import is_project, load_project
from ann_viz.session.work import Work
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["Subject", "subject_in", "subject_of"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """What a format may speak of.

    Parameters
    ----------
    model : Model
        The network and the encoding of its inputs.
    name : str
        What the data are called: the name of their file, or of the model where nothing is known of them.
    source : DataSource or None
        The file that was learned from; None of a model file, which does not know it.
    run : StoredRun or None
        The run that is taken along: its settings, its history and, in the window, its timeline.
    dataset : Dataset or None
        The rows, where they are at hand.
    why_no_data : str
        The sentence about it where rows were looked for and are not at hand.
    looks_at_test : tuple of LookAtTest
        What the test rows have said so far, of whichever network.
    easel : Easel or None
        What draws the window for the formats that are pictures; None where there is no window.
    one_of : int
        Of how many networks, whose mean is the model in the program, this is one; 1 where it is the model itself.
    """

    model: Model
    name: str
    source: DataSource | None = None
    run: StoredRun | None = None
    dataset: Dataset | None = None
    why_no_data: str = ""
    looks_at_test: tuple[LookAtTest, ...] = ()
    easel: Easel | None = None
    one_of: int = 1

    @property
    def title(self) -> str:
        """The name without its ending: "bank_customers"."""
        return Path(self.name).stem

    @property
    def history(self) -> HistoryView | None:
        """The course of training, where it is known."""
        return None if self.run is None else self.run.checkpoint.history

    @property
    def n_networks(self) -> int:
        """How many networks the model is the mean of; 1 where it is one network's."""
        return max(1, len(self.model.mean_of))

    def of_one_network(self) -> Subject:
        """Return it with the network that is drawn alone, where several answer."""
        if not self.model.mean_of:
            return self
        model = replace(self.model, network=self.model.shown, mean_of=())
        return replace(self, model=model, one_of=self.n_networks)

    @property
    def is_average(self) -> bool:
        """Whether the weights are the average of the last ones."""
        return self.run is not None and self.run.checkpoint.average is not None

    @property
    def is_tested(self) -> bool:
        """Whether the test rows were asked about these very weights; before that they are not told of here either."""
        params, threshold = self.model.network.params, self.model.threshold
        return any(look.is_of(params, threshold) for look in self.looks_at_test)


@contextmanager
def subject_in(path: Path, *, wants_data: bool = False, data: Path | None = None) -> Iterator[Subject]:
    """Read a model or project file, and its data where they are wanted; they are closed in the end.

    Parameters
    ----------
    path : Path
        Of the model or project.
    wants_data : bool
        Whether to look for the rows that a project learned from.
    data : Path, optional
        Where they are, if not where they were; an error about them is then raised rather than kept.

    Raises
    ------
    ProjectFileError
        When the file can't be read, or `data` are not those of the project.
    DataError
        When `data` can't be read.
    """
    if not is_project(path):
        if data is not None:
            sentence = translate("'{name}' is a model, which does not know its data. Give a project file.")
            raise ProjectFileError(sentence.format(name=path.name))
        why = translate("A model file does not know its data.") if wants_data else ""
        yield Subject(model=load_model(path), name=path.name, why_no_data=why)
        return
    subject = _of_project(project := load_project(path))
    if not wants_data and data is None:
        yield subject
        return
    try:
        dataset = open_data(project, path.absolute().parent, data)
    except AnnVizError as error:
        if data is not None:
            raise
        yield replace(subject, why_no_data=str(error))
        return
    try:
        yield replace(subject, dataset=dataset)
    finally:
        dataset.close()


def subject_of(work: Work) -> Subject:
    """Return what is open in the window, as it was at one moment; raises OutputError when its file has gone."""
    subject = _of_project(work.project())
    if work.dataset.is_missing:
        return replace(subject, why_no_data=translate(TABLE_IS_MISSING))
    return replace(subject, dataset=work.dataset)


def _of_project(project: Project) -> Subject:
    return Subject(
        model=project.model,
        name=project.source.name,
        source=project.source,
        run=project.current,
        looks_at_test=project.state.looks_at_test,
    )
