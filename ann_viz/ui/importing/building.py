"""The last step of an import: make the dataset in the worker thread and keep the decisions that led to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.data import Dataset, Recipe, Table, build_dataset
from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Job, Progress
from ann_viz.session.remembered import Decisions, Remembered

__all__ = ["DatasetBuilder", "Order"]

POLL_INTERVAL_MS: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """What is to be imported.

    Parameters
    ----------
    path : Path
        The file.
    table : Table
        The file as it was read.
    recipe : Recipe
        What is to be learned.
    decisions : Decisions
        Everything the user decided, to be kept.
    remembered : Remembered, optional
        Where it is kept.
    after : Job, optional
        What still asks the table and has to end first.
    """

    path: Path
    table: Table
    recipe: Recipe
    decisions: Decisions
    remembered: Remembered | None = None
    after: Job[Any] | None = None  # whatever its result is


def _build(order: Order, progress: Progress, cancelled: Callable[[], bool]) -> Dataset:
    if order.after is not None:
        order.after.wait()
    dataset = build_dataset(order.table, order.recipe, progress, cancelled)
    if order.remembered is not None:
        order.remembered.keep(order.path, order.decisions)
    return dataset


class DatasetBuilder(QObject):
    """Builds one dataset at a time and tells in the GUI thread what came of it.

    ``built`` carries the dataset, ``failed`` a sentence, ``progressed`` the share done.
    """

    built = Signal(object)
    failed = Signal(str)
    progressed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Job[Dataset] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def busy(self) -> bool:
        """Whether a dataset is being made."""
        return self._work is not None

    def start(self, order: Order) -> None:
        """Make a dataset."""
        self._work = Job(lambda progress, cancelled: _build(order, progress, cancelled))
        self._timer.start()

    def stop(self) -> Job[Dataset] | None:
        """Stop; return the work under way, which may touch the table for another moment."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.stop()
        return work

    def _on_tick(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
        elif not work.done:
            self.progressed.emit(work.fraction)
        else:
            self._work = None
            self._timer.stop()
            self._take(work)

    def _take(self, work: Job[Dataset]) -> None:
        try:
            dataset = work.take()
        except Cancelled:
            return
        except AnnVizError as error:
            self.failed.emit(str(error))
            return
        self.built.emit(dataset)
