"""What to learn from a table: which column to predict, from which others and how, and how to divide the rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from ann_viz.errors import DataError

__all__ = ["MIN_ROWS", "CategoryFill", "NumberFill", "Recipe", "Role", "Split", "Task"]

Role = Literal["input", "target", "ignore"]
Task = Literal["binary", "multiclass", "regression"]
NumberFill = Literal["median", "mean", "zero"]
CategoryFill = Literal["most frequent", "none of them"]

MIN_ROWS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How the rows are divided.

    Parameters
    ----------
    train, validation, test : float
        Shares, which add up to 1.
    seed : int
        Start of the shuffle.
    stratify : bool
        Whether every part keeps the shares of the classes.
    shuffle : bool
        Whether rows are shuffled first; otherwise they are taken in the order of the file.
    """

    train: float = 0.70
    validation: float = 0.15
    test: float = 0.15
    seed: int = 3
    stratify: bool = True
    shuffle: bool = True

    def __post_init__(self) -> None:
        shares = (self.train, self.validation, self.test)
        if not all(0.0 <= share <= 1.0 for share in shares) or abs(sum(shares) - 1.0) > 1e-6:
            raise DataError("The shares of the split must lie between 0 and 1 and add up to 1.")
        if self.train <= 0.0:
            raise DataError("Some rows must be left to learn from.", hint="Give Train more than 0 %.")
        if self.seed < 0:
            raise DataError("The seed of the split can't be negative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What to learn from a table.

    Parameters
    ----------
    target : str
        Column to predict.
    task : str
        ``"binary"``, ``"multiclass"`` or ``"regression"``.
    inputs : tuple of str
        Columns to predict it from, in the order of the file.
    split : Split
        How the rows are divided.
    phrase : str
        What a yes means in plain words, such as "leaves the bank"; empty when not known.
    number_fill : str
        What stands in for a missing number: ``"median"``, ``"mean"`` or ``"zero"``.
    category_fill : str
        What stands in for a missing category: ``"most frequent"`` or ``"none of them"``.
    """

    target: str
    task: Task
    inputs: tuple[str, ...]
    split: Split = Split()
    phrase: str = ""
    number_fill: NumberFill = "median"
    category_fill: CategoryFill = "most frequent"

    def __post_init__(self) -> None:
        if self.task not in get_args(Task):
            raise DataError(f"There is no task called {self.task!r}.")
        if self.number_fill not in get_args(NumberFill) or self.category_fill not in get_args(CategoryFill):
            raise DataError("Missing values can't be filled that way.")

    def to_json(self) -> str:
        """Return the recipe as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Recipe:
        """Read a recipe written by `to_json`.

        Raises
        ------
        DataError
            When the text is something else.
        """
        try:
            fields: dict[str, Any] = json.loads(text)
            return Recipe(**(fields | {"inputs": tuple(fields["inputs"]), "split": Split(**fields["split"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise DataError("The description of the data can't be read.", hint=f"({error})") from error

    def role(self, name: str) -> Role:
        """Return what a column is for."""
        if name == self.target:
            return "target"
        return "input" if name in self.inputs else "ignore"
