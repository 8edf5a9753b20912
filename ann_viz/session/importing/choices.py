"""What the user has chosen in the import dialog: roles, plans, task, split and phrase, turned into a recipe.

No Qt here, and no question to the database but one count: what needs more was asked in the worker thread and comes as
a `Suggestion`.
Unlike a `Recipe` these choices may be incomplete (no target, no input); `problem` says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from ann_viz.data import Column, Recipe, Role, Split, Table, Task, possible_tasks, target_problem
from ann_viz.data.advice.findings import Finding, apply_offer
from ann_viz.data.advice.suggest import SUGGESTED_SPLIT
from ann_viz.data.columns.words import phrase_for
from ann_viz.data.encoding.features import input_labels
from ann_viz.data.encoding.recipe import CategoryFill, NumberFill, Plan, Scaling
from ann_viz.errors import DataError
from ann_viz.session.importing.advice import Applied, Suggestion, same_subject
from ann_viz.translation import translatable, translate

__all__ = ["NOTHING_TO_LEARN", "TASK_LABELS", "CategoryFill", "ImportChoices", "NumberFill"]

TASK_LABELS: Final[dict[Task, str]] = {
    "binary": translatable("yes or no"),
    "multiclass": translatable("one of several classes"),
    "regression": translatable("a number"),
}
NOTHING_TO_LEARN: Final = {"constant", "empty"}


def _first_role(column: Column) -> Role:
    return "ignore" if column.reason else "input"


class ImportChoices:
    """The choices for one table as it was read.

    Parameters
    ----------
    table : Table
        The open table.
    suggestion : Suggestion
        What the program would learn from it.
    earlier : ImportChoices, optional
        Choices for an earlier reading of the same file; what the user chose by hand there is kept where the
        column still exists.
    """

    def __init__(self, table: Table, suggestion: Suggestion, earlier: ImportChoices | None = None) -> None:
        self.table = table
        self.split = SUGGESTED_SPLIT
        self.scaling: Scaling = "standard"
        self.manual_edits: dict[str, Role] = {}
        self.plans: dict[str, Plan] = {}
        self.applied: list[Applied] = []
        self.target: str | None = None
        self.task: Task | None = None
        self.phrase = ""
        self.number_fill: NumberFill = "median"
        self.category_fill: CategoryFill = "most frequent"
        self.sample_rows: int | None = None
        self.n_filled = 0  # edited rows that were only filled up
        self._suggestion = suggestion
        self.roles: dict[str, Role] = {column.name: _first_role(column) for column in table.columns}
        if suggestion.recipe is not None:
            self._take(suggestion.recipe)
        if earlier is not None:
            self._keep(earlier)

    def _take(self, recipe: Recipe) -> None:
        self.roles = {name: recipe.role(name) for name in self.roles}
        self.target, self.task, self.phrase = recipe.target, recipe.task, recipe.phrase
        self.split, self.sample_rows, self.scaling = recipe.split, recipe.sample_rows, recipe.scaling
        self.plans = dict(recipe.plans)

    def _keep(self, earlier: ImportChoices) -> None:
        self.split, self.sample_rows, self.scaling = earlier.split, earlier.sample_rows, earlier.scaling
        self.number_fill, self.category_fill = earlier.number_fill, earlier.category_fill
        self.applied = list(earlier.applied)
        self.plans |= {name: plan for name, plan in earlier.plans.items() if name in self.roles}
        for name, role in earlier.manual_edits.items():
            if name in self.roles:
                with suppress(DataError):  # the column may be constant now
                    self.set_role(name, role)
        if self.target is not None and earlier.target == self.target:
            self.phrase = earlier.phrase
            self.set_task(earlier.task)

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return self.table.column(name)

    @property
    def target_reason(self) -> str:
        """Why the target was suggested, as a clause; empty once the user has chosen another."""
        recipe = self._suggestion.recipe
        return self._suggestion.reason if recipe is not None and recipe.target == self.target else ""

    def adopt(self, recipe: Recipe) -> None:
        """Follow a recipe as far as the table has its columns."""
        for column in self.table.columns:
            role = recipe.role(column.name)
            if role == "input" and column.kind in NOTHING_TO_LEARN:
                role = "ignore"
            if role != self.roles[column.name] and role != "target":
                self.manual_edits[column.name] = self.roles[column.name] = role
        if recipe.target in self.roles:
            if recipe.target != self.target:
                self.manual_edits[recipe.target] = "target"
            self.target, self.phrase = recipe.target, recipe.phrase
            self.roles[recipe.target] = "target"
            self.task = recipe.task if recipe.task in self.tasks else self.tasks[0]
        elif self.target is not None:
            self.roles[self.target] = "target"
        self.plans = {name: plan for name, plan in recipe.plans if name in self.roles}
        self.split, self.sample_rows, self.scaling = recipe.split, recipe.sample_rows, recipe.scaling
        self.number_fill, self.category_fill = recipe.number_fill, recipe.category_fill

    def set_role(self, name: str, role: Role) -> None:
        """Give a column a role; a new target sends the old one back to where it started.

        Raises
        ------
        DataError
            When the column holds nothing to learn from.
        """
        if role == "input" and self.column(name).kind in NOTHING_TO_LEARN:
            raise DataError(
                translate("'{name}' {reason}, so nothing can be learned from it.").format(
                    name=name, reason=self.column(name).reason or translate("has one value")
                )
            )
        self.manual_edits[name] = role
        if role == "target":
            self._set_target(name)
            return
        if name == self.target:
            self.target, self.task = None, None
        self.roles[name] = role

    def _set_target(self, name: str) -> None:
        if self.target is not None and self.target != name:
            self.manual_edits.pop(self.target, None)
            self.roles[self.target] = _first_role(self.column(self.target))
        self.roles[name] = "target"
        recipe = self._suggestion.recipe
        suggested = recipe is not None and recipe.target == name
        self.target, self.task = name, possible_tasks(self.table, name)[0]
        self.phrase = recipe.phrase if suggested and recipe is not None else phrase_for(name)

    def plan(self, name: str) -> Plan:
        """Return how a column is to become inputs."""
        return self.plans.get(name, Plan())

    def set_plan(self, name: str, plan: Plan) -> None:
        """Say how a column is to become inputs."""
        self.plans.pop(name, None)
        if plan != Plan():
            self.plans[name] = plan

    def apply(self, finding: Finding) -> None:
        """Take a finding's offer; what the file must be read again for is the reading's business and only noted.

        Raises
        ------
        DataError
            When the choices are incomplete, or don't allow it.
        """
        offer = finding.offer
        if offer is None:
            return
        before = Applied(
            finding=finding,
            roles={name: self.roles[name] for name in offer.columns},
            plans={name: self.plan(name) for name in offer.columns},
            split=self.split,
            sample_rows=self.sample_rows,
            dialect=self.table.dialect,
        )
        draft = self.draft()
        if not offer.reading and draft is not None:
            self.adopt(apply_offer(self.table, draft, offer))
        self.applied = [done for done in self.applied if not same_subject(done.finding, finding)] + [before]

    def undo(self, done: Applied) -> None:
        """Put back what an offer changed.

        Raises
        ------
        DataError
            When the column can't have its old role any more.
        """
        self.applied = [other for other in self.applied if other is not done]
        offer = done.finding.offer
        if offer is None:
            return
        for part in offer.parts or (offer,):
            for name in part.columns:
                if part.role is not None:
                    self.set_role(name, done.roles[name])
                if part.plan is not None:
                    self.set_plan(name, done.plans[name])
        if offer.split is not None:
            self.split = done.split
        if offer.sample_rows is not None:
            self.sample_rows = done.sample_rows

    def set_fills(self, number_fill: NumberFill, category_fill: CategoryFill) -> None:
        """Say what stands in for missing numbers and categories."""
        self.number_fill, self.category_fill = number_fill, category_fill

    def set_split(self, split: Split) -> None:
        """Say how the rows are divided."""
        self.split = split

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
        return sum(len(input_labels(self.column(name), self.plan(name))) for name in self.inputs)

    @property
    def n_without_target(self) -> int:
        """Rows in which the target is missing."""
        return 0 if self.target is None else self.column(self.target).n_missing

    @property
    def n_odd_rows(self) -> int:
        """Rows with a target that are left out because of an odd cell in an input."""
        odd = tuple(name for name in self.inputs if self.plan(name).leave_out_odd)
        return 0 if self.target is None else self.table.n_odd_rows(odd, self.target)

    @property
    def n_usable(self) -> int:
        """Rows that have a target and are not left out."""
        return self.table.n_rows - self.n_without_target - self.n_odd_rows

    @property
    def n_rows(self) -> int:
        """Rows that will be used: all usable ones, or a sample of them."""
        return min(self.n_usable, self.sample_rows or self.n_usable)

    def counts(self) -> Mapping[Role, int]:
        """Return how many columns have each role."""
        roles = list(self.roles.values())
        return {"input": roles.count("input"), "target": roles.count("target"), "ignore": roles.count("ignore")}

    def problem(self) -> str | None:
        """Return why this can't be imported yet, as a sentence, or None."""
        if self.target is None:
            return self._suggestion.problem or translate("Choose the column to predict: set its role to Target.")
        sentence = target_problem(self.table, self.target)
        if sentence is None and not self.inputs:
            sentence = translate("Choose at least one input column.")
        return sentence

    def recipe(self) -> Recipe:
        """Return the recipe.

        Raises
        ------
        DataError
            When `problem` has something to say.
        """
        problem, draft = self.problem(), self.draft()
        if problem is not None or draft is None:
            raise DataError(problem or translate("Choose the column to predict."))
        return draft

    def draft(self) -> Recipe | None:
        """Return the recipe even where it has no input yet; None without a target that can be learned."""
        if self.target is None or self.task is None or target_problem(self.table, self.target) is not None:
            return None
        inputs = self.inputs
        return Recipe(
            target=self.target,
            task=self.task,
            inputs=inputs,
            split=self.split,
            phrase=self.phrase,
            number_fill=self.number_fill,
            category_fill=self.category_fill,
            scaling=self.scaling,
            plans=tuple((name, self.plans[name]) for name in inputs if name in self.plans),
            sample_rows=self.sample_rows,
        )
