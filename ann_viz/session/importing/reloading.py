"""Reading the open file again after it has changed on disk: in the same way, and for the same target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from ann_viz.data import (
    Dataset,
    Dialect,
    Recipe,
    Table,
    build_dataset,
    open_table,
    possible_tasks,
    suggest_recipe,
    suggest_task,
    target_problem,
)
from ann_viz.errors import DataError
from ann_viz.session.job import Progress
from ann_viz.translation import translate

__all__ = ["ReloadRequest", "read_again"]

UNUSABLE: Final = frozenset({"constant", "empty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadRequest:
    """What is read again, and how.

    Parameters
    ----------
    path : Path
        The file.
    overrides : mapping
        Read options the user chose.
    recipe : Recipe
        What was learned from it.
    n_edited : int
        Rows that were corrected by hand; corrections belong to lines of the old file.
    """

    path: Path
    overrides: Mapping[str, object]
    recipe: Recipe
    n_edited: int

    @classmethod
    def of(cls, dataset: Dataset) -> ReloadRequest:
        """Return how to read again the file that `dataset` is from."""
        table = dataset.table
        chosen = [field.name for field in fields(Dialect) if field.name not in table.detected]
        return cls(
            path=table.path,
            overrides={name: getattr(table.dialect, name) for name in chosen},
            recipe=dataset.recipe,
            n_edited=table.n_edited,
        )


def read_again(request: ReloadRequest, progress: Progress, cancelled: Callable[[], bool]) -> Dataset:
    """Read the file again; columns that are gone are left out.

    Raises
    ------
    DataError
        When the file can't be read, or the target is gone or can't be learned any more.
    Cancelled
        When the job was stopped.
    """
    table = open_table(request.path, overrides=request.overrides, progress=progress, cancelled=cancelled)
    try:
        return build_dataset(table, _recipe_for(table, request.recipe), cancelled=cancelled)
    except BaseException:
        table.close()
        raise


def _recipe_for(table: Table, recipe: Recipe) -> Recipe:
    """Return the recipe as far as the columns are still there."""
    names = {column.name for column in table.columns}
    if recipe.target not in names:
        gone = translate("The column '{name}', which was predicted, is gone.").format(name=recipe.target)
        raise DataError(gone, hint=translate("Import the file again."))
    problem = target_problem(table, recipe.target)
    if problem is not None:
        raise DataError(problem, hint=translate("Import the file again."))
    inputs = tuple(name for name in recipe.inputs if name in names and table.column(name).kind not in UNUSABLE)
    if not inputs:
        return suggest_recipe(table, recipe.target)
    task = recipe.task if recipe.task in possible_tasks(table, recipe.target) else suggest_task(table, recipe.target)
    return replace(recipe, inputs=inputs, task=task)
