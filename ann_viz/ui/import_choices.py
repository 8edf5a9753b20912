"""What the user has chosen in the import dialog: roles, task, split and phrase, turned into a recipe.

No Qt here. Unlike a `Recipe` these choices may be incomplete (no target, no input); `problem` says what is missing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, Literal

from ann_viz.data import Column, Recipe, Role, Split, Table, Task, possible_tasks, suggest_recipe, target_problem
from ann_viz.errors import DataError

__all__ = ["NOTHING_TO_LEARN", "TASK_LABELS", "CategoryFill", "ImportChoices", "NumberFill", "input_count"]

TASK_LABELS: Final[dict[Task, str]] = {
    "binary": "yes or no",
    "multiclass": "one of several classes",
    "regression": "a number",
}
MAX_CATEGORIES: Final = 50
NOTHING_TO_LEARN: Final = {"constant", "empty"}

NumberFill = Literal["median", "mean", "zero"]
CategoryFill = Literal["most frequent", "none of them"]


def _first_role(column: Column) -> Role:
    return "ignore" if column.reason else "input"


def input_count(column: Column) -> int:
    """Return how many network inputs a column becomes."""
    numeric = column.kind in {"number", "date"} or (column.kind == "identifier" and math.isfinite(column.maximum))
    if numeric or column.kind == "yes_no" or column.n_distinct == 2:
        return 1
    return column.n_distinct if column.n_distinct <= MAX_CATEGORIES else MAX_CATEGORIES + 1


class ImportChoices:
    """The choices for one table as it was read.

    Parameters
    ----------
    table : Table
        The open table.
    earlier : ImportChoices, optional
        Choices for an earlier reading of the same file; what the user chose by hand there is kept where the
        column still exists.
    """

    def __init__(self, table: Table, earlier: ImportChoices | None = None) -> None:
        self.table = table
        self.split = Split()
        self.by_hand: dict[str, Role] = {}
        self.target: str | None = None
        self.task: Task | None = None
        self.phrase = ""
        self.number_fill: NumberFill = "median"
        self.category_fill: CategoryFill = "most frequent"
        self._unlearnable: str | None = None
        self.roles: dict[str, Role] = {column.name: _first_role(column) for column in table.columns}
        try:
            suggested = suggest_recipe(table)
        except DataError as error:
            self._unlearnable = str(error)
        else:
            self.roles.update(dict.fromkeys(suggested.inputs, "input"))
            self._follow(suggested)
        if earlier is not None:
            self._keep(earlier)

    def _follow(self, recipe: Recipe) -> None:
        self.target, self.task, self.phrase = recipe.target, recipe.task, recipe.phrase
        self.roles[recipe.target] = "target"

    def _keep(self, earlier: ImportChoices) -> None:
        self.split = earlier.split
        self.number_fill, self.category_fill = earlier.number_fill, earlier.category_fill
        for name, role in earlier.by_hand.items():
            if name in self.roles:
                with suppress(DataError):  # the column may be constant now
                    self.set_role(name, role)
        if self.target is not None and earlier.target == self.target:
            self.phrase = earlier.phrase
            self.set_task(earlier.task)

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return self.table.column(name)

    def set_role(self, name: str, role: Role) -> None:
        """Give a column a role; a new target sends the old one back to where it started.

        Raises
        ------
        DataError
            When the column holds nothing to learn from.
        """
        if role == "input" and self.column(name).kind in NOTHING_TO_LEARN:
            raise DataError(
                f"'{name}' {self.column(name).reason or 'has one value'}, so nothing can be learned from it."
            )
        self.by_hand[name] = role
        if role == "target":
            self._set_target(name)
            return
        if name == self.target:
            self.target, self.task = None, None
        self.roles[name] = role

    def _set_target(self, name: str) -> None:
        if self.target is not None and self.target != name:
            self.by_hand.pop(self.target, None)
            self.roles[self.target] = _first_role(self.column(self.target))
        self.roles[name] = "target"
        self.target, self.task, self.phrase = name, possible_tasks(self.table, name)[0], ""
        try:
            recipe = suggest_recipe(self.table, name)
        except DataError:
            return  # `problem` tells why; the column stays the target so that the sentence has its subject
        self._follow(recipe)

    def set_task(self, task: Task | None) -> None:
        """Choose what is learned from the target, where its column leaves a choice."""
        if task in self.tasks:
            self.task = task

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What can be learned from the target, the likeliest first."""
        return possible_tasks(self.table, self.target) if self.target is not None else ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the input columns, in file order."""
        return tuple(column.name for column in self.table.columns if self.roles[column.name] == "input")

    @property
    def n_inputs(self) -> int:
        """How many network inputs they become."""
        return sum(input_count(self.column(name)) for name in self.inputs)

    @property
    def n_without_target(self) -> int:
        """Rows that can't be used because the target is missing there."""
        return 0 if self.target is None else self.column(self.target).n_missing

    @property
    def n_rows(self) -> int:
        """Rows that will be used."""
        return self.table.n_rows - self.n_without_target

    def counts(self) -> Mapping[Role, int]:
        """Return how many columns have each role."""
        roles = list(self.roles.values())
        return {"input": roles.count("input"), "target": roles.count("target"), "ignore": roles.count("ignore")}

    def problem(self) -> str | None:
        """Return why this can't be imported yet, as a sentence, or None."""
        if self.target is None:
            return self._unlearnable or "Choose the column to predict: set its role to Target."
        sentence = target_problem(self.table, self.target)
        if sentence is None and not self.inputs:
            sentence = "Choose at least one input column."
        return sentence

    def recipe(self) -> Recipe:
        """Return the recipe.

        Raises
        ------
        DataError
            When `problem` has something to say.
        """
        problem = self.problem()
        if problem is not None or self.target is None or self.task is None:
            raise DataError(problem or "Choose the column to predict.")
        return Recipe(
            target=self.target,
            task=self.task,
            inputs=self.inputs,
            split=self.split,
            phrase=self.phrase,
            number_fill=self.number_fill,
            category_fill=self.category_fill,
        )
