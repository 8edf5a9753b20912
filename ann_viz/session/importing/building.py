"""The last step of an import: make the dataset, and keep the decisions that led to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ann_viz.data import Dataset, Recipe, Table, build_dataset
from ann_viz.session.job import Progress
from ann_viz.session.remembered import Decisions, Remembered

__all__ = ["BuildRequest", "build"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BuildRequest:
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
    """

    path: Path
    table: Table
    recipe: Recipe
    decisions: Decisions
    remembered: Remembered | None = None


def build(request: BuildRequest, progress: Progress, cancelled: Callable[[], bool]) -> Dataset:
    """Make the dataset.

    Raises
    ------
    DataError
        When the recipe does not fit the table.
    Cancelled
        When the job was stopped.
    """
    dataset = build_dataset(request.table, request.recipe, progress, cancelled)
    if request.remembered is not None:
        request.remembered.keep(request.path, request.decisions)
    return dataset
