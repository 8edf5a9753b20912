"""Training without a window: the same session, waited for instead of watched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Final

from ann_viz.data import Dataset, Recipe, Table, build_dataset, open_table, suggest_recipe
from ann_viz.engine import Snapshot
from ann_viz.errors import ConfigError, DataError
from ann_viz.numerals import count
from ann_viz.session.accuracy import check_possible, training_beside
from ann_viz.session.project import open_data
from ann_viz.session.projectfile import load_project
from ann_viz.session.session import Session
from ann_viz.translation import translate

__all__ = ["Outcome", "learn", "open_dataset", "resume"]

TELL_INTERVAL_S: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run went.

    Parameters
    ----------
    epochs : int
        Passes over the training rows.
    kept_epoch : int
        The epoch whose weights were kept: that with the lowest validation loss.
    seconds : float
        Time it took.
    reason : str
        Which rule ended it.
    """

    epochs: int
    kept_epoch: int
    seconds: float
    reason: str


def open_dataset(
    path: str | Path,
    *,
    target: str | None = None,
    seed: int | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Dataset:
    """Read `path` and get it ready for learning `target`, with everything else as suggested.

    Parameters
    ----------
    path : str or Path
        The file.
    target : str, optional
        Column to predict.
    seed : int, optional
        Of the split.
    overrides : mapping, optional
        Fields of `Dialect` the user chose.

    Raises
    ------
    DataError
        When the file can't be read or the target can't be learned.
    """
    table = open_table(path, overrides=overrides)
    try:
        recipe = suggest_recipe(table, target)
        if seed is not None:
            recipe = replace(recipe, split=replace(recipe.split, seed=seed))
        _refuse_undecided_dates(table, recipe)
        return build_dataset(table, recipe)
    except BaseException:
        table.close()
        raise


def _refuse_undecided_dates(table: Table, recipe: Recipe) -> None:
    """Raise DataError for dates whose day and month nothing tells apart: nobody is there to be asked."""
    for column in map(table.column, recipe.inputs):
        if column.kind == "date" and column.other_form:
            raise DataError(
                translate("no date decides whether the day or the month comes first."),
                column=column.name,
                hint=translate("Say --date-order dmy or mdy."),
            )


def resume(session: Session, path: Path, *, data: Path | None = None, epochs: int | None = None) -> None:
    """Open a project where it was left, at the last state of its run and not at the best, ready to learn on.

    Parameters
    ----------
    session : Session
    path : Path
        The project file.
    data : Path, optional
        Where its data are, if not where they were.
    epochs : int, optional
        How many there are to be in all; by default as the project says.

    Raises
    ------
    ProjectFileError
        When the project can't be read, or its data are gone or changed.
    ConfigError
        When it has done as many epochs already.
    """
    project = load_project(path)
    session.open_project(project, open_data(project, path.absolute().parent, data))
    session.restore_last()
    snapshot, config = session.snapshot, session.train_config
    assert snapshot is not None
    if epochs is not None:
        if 0 < epochs <= snapshot.epoch:
            sentence = translate("This run has done {done} already; --epochs says how many there are to be in all.")
            raise ConfigError(sentence.format(done=count(snapshot.epoch, "epoch")), field="epochs")
        session.set_training(epochs=epochs, schedule_total=config.schedule_total or config.epochs or None)


def learn(session: Session, tell: Callable[[Snapshot], None] | None = None, *, accuracy: bool = False) -> Outcome:
    """Train to the end and keep the weights of the best epoch.

    Parameters
    ----------
    session : Session
    tell : callable, optional
        Gets a snapshot ten times a second.
    accuracy : bool
        Whether to train the same setup from two more seeds; the mean of the three networks is then the model.

    Raises
    ------
    AnnVizError
        When training failed, and before it where other networks can't answer together with this one.
    """
    begin = perf_counter()
    if accuracy:
        check_possible(session)
    session.train()
    while not session.wait(TELL_INTERVAL_S):
        snapshot = session.poll()
        if tell is not None and snapshot is not None:
            tell(snapshot)
    if session.error is not None:
        raise session.error
    assert session.snapshot is not None  # a session with data has one
    reason = session.snapshot.finished or "stopped"
    epochs = session.snapshot.epoch
    session.restore_best()
    if tell is not None:
        tell(session.snapshot)
    if accuracy:
        session.answer_together(training_beside(session)(lambda _: None, lambda: False))
    seconds = perf_counter() - begin
    return Outcome(epochs=epochs, kept_epoch=session.snapshot.best_epoch, seconds=seconds, reason=reason)
