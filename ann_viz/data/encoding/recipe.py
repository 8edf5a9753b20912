"""What to learn from a table: which column to predict, from which others and how, and how to divide the rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal, get_args

from ann_viz.errors import DataError
from ann_viz.numerals import count
from ann_viz.translation import translatable, translate
from ann_viz.typed_json import parse_json, typed

__all__ = [
    "DATE_PARTS",
    "MIN_ROWS",
    "OWN_VALUE",
    "CategoryFill",
    "NumberFill",
    "Plan",
    "Recipe",
    "Role",
    "Scaling",
    "Split",
    "Task",
    "TextUse",
    "Treatment",
]

Role = Literal["input", "target", "ignore"]
Task = Literal["binary", "multiclass", "regression"]
NumberFill = Literal["median", "mean", "zero"]
CategoryFill = Literal["most frequent", "none of them"]
Treatment = Literal["number", "category", "yes_no", "date", "text"]
Scaling = Literal["standard", "tails", "soft", "minmax", "robust", "log", "none"]
TextUse = Literal["ignore", "length", "words"]

MIN_ROWS: Final = 4
DATE_PARTS: Final = ("year", "month", "weekday", "hour", "days")
"""Parts of a date that can become inputs; ``"days"`` are those since 1970."""

OWN_VALUE: Final = "="
"""First character of a fill that is followed by the value itself."""

_HAIR: Final = 1e-6
_FILLS: Final = ("median", "mean", "most frequent", "none of them", "zero")


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
    by_time : str, optional
        Column by whose values the rows are taken, the earliest to learn from and the latest as test rows; neither
        shuffled nor stratified then. Rows without a value count as the earliest.
    together : bool
        Whether rows with the same inputs all go to one part, so that none is checked on that was learned from. The
        parts are then only about as large as their shares.
    """

    train: float = 0.70
    validation: float = 0.15
    test: float = 0.15
    seed: int = 3
    stratify: bool = True
    shuffle: bool = True
    by_time: str | None = None
    together: bool = False

    def __post_init__(self) -> None:
        shares = (self.train, self.validation, self.test)
        # 1 - 0.54 - 0.46 is a hair below 0.
        if not all(-_HAIR <= share <= 1.0 + _HAIR for share in shares) or abs(sum(shares) - 1.0) > _HAIR:
            raise DataError(translate("The shares of the split must lie between 0 and 1 and add up to 1."))
        if self.train <= 0.0:
            raise DataError(
                translate("Some rows must be left to learn from."), hint=translate("Give Train more than 0 %.")
            )
        if self.seed < 0:
            raise DataError(translate("The seed of the split can't be negative."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one column becomes inputs, where the user wants it otherwise than usual.

    Parameters
    ----------
    treat : str, optional
        What its values are taken for; as profiled without it.
    scaling : str, optional
        ``"standard"`` (mean 0, spread 1), ``"tails"`` (the same, and of far values the logarithm counts), ``"soft"``
        (the same, and all values are drawn in, to at most 3: what files of earlier versions have),
        ``"minmax"`` (0 to 1), ``"robust"`` (median 0, interquartile range 1) or ``"log"`` (logarithm, then mean 0,
        spread 1), or ``"none"`` (as it stands in the file: few networks learn so); that of the recipe without it.
    fill : str, optional
        What stands in for a missing value: ``"median"``, ``"mean"``, ``"most frequent"``, ``"zero"``,
        ``"none of them"``, or ``"="`` and the value itself; the rule of the recipe without it.
    flag_missing : bool
        Whether an input of its own says that the value was missing.
    date_parts : tuple of str, optional
        Which of `DATE_PARTS` become inputs; without it those of `default_parts`.
    text_as : str
        Whether a text is ignored or its ``"length"`` or number of ``"words"`` becomes an input.
    leave_out_odd : bool
        Whether rows are not learned from whose cell does not fit among the others, as a text among numbers; otherwise
        such a cell is a missing value.
    """

    treat: Treatment | None = None
    scaling: Scaling | None = None
    fill: str | None = None
    flag_missing: bool = False
    date_parts: tuple[str, ...] | None = None
    text_as: TextUse = "ignore"
    leave_out_odd: bool = False

    def __post_init__(self) -> None:
        for value, allowed, what in (
            (self.treat, (None, *get_args(Treatment)), translatable("There is no kind of column called {name!r}.")),
            (self.scaling, (None, *get_args(Scaling)), translatable("There is no scaling called {name!r}.")),
            (self.text_as, get_args(TextUse), translatable("There is no use of a text called {name!r}.")),
        ):
            if value not in allowed:
                raise DataError(translate(what).format(name=value))
        if self.fill is not None and self.fill not in _FILLS and not self.fill.startswith(OWN_VALUE):
            raise DataError(translate("Missing values can't be filled by {fill!r}.").format(fill=self.fill))
        parts = self.date_parts
        if parts is not None and (not parts or len(set(parts)) < len(parts) or not set(parts) <= set(DATE_PARTS)):
            raise DataError(
                translate("These are not parts of a date: {parts}.").format(parts=", ".join(map(str, parts)) or "none")
            )


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
    row_name : str
        What one row is, such as "Customer"; empty when not known.
    number_fill : str
        What stands in for a missing number: ``"median"``, ``"mean"`` or ``"zero"``.
    category_fill : str
        What stands in for a missing category: ``"most frequent"`` or ``"none of them"``.
    scaling : {"standard", "tails", "soft"}
        How numbers are scaled whose plan says nothing of it.
    plans : tuple of (str, Plan)
        Columns that are treated otherwise than usual.
    sample_rows : int, optional
        Learn from so many rows, drawn at random; from all without it.
    """

    target: str
    task: Task
    inputs: tuple[str, ...]
    split: Split = Split()
    phrase: str = ""
    row_name: str = ""
    number_fill: NumberFill = "median"
    category_fill: CategoryFill = "most frequent"
    scaling: Scaling = "standard"
    plans: tuple[tuple[str, Plan], ...] = ()
    sample_rows: int | None = None

    def __post_init__(self) -> None:
        if self.task not in get_args(Task):
            raise DataError(translate("There is no task called {task!r}.").format(task=self.task))
        if self.number_fill not in get_args(NumberFill) or self.category_fill not in get_args(CategoryFill):
            raise DataError(translate("Missing values can't be filled that way."))
        if self.scaling not in ("standard", "tails", "soft"):
            raise DataError(translate("There is no scaling called {name!r}.").format(name=self.scaling))
        if self.phrase.isspace():  # its first word says whom it is about
            raise DataError(translate("What a yes means has to be words, or nothing."))
        if self.sample_rows is not None and self.sample_rows < MIN_ROWS:
            raise DataError(
                translate("At least {rows} are needed to learn from.").format(rows=count(MIN_ROWS, "row")),
                hint=translate("Choose more rows."),
            )

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
            return typed(Recipe, parse_json(text))
        except ValueError as error:
            raise DataError(translate("The description of the data can't be read."), hint=f"({error})") from error

    def role(self, name: str) -> Role:
        """Return what a column is for."""
        if name == self.target:
            return "target"
        return "input" if name in self.inputs else "ignore"

    def plan(self, name: str) -> Plan:
        """Return how a column becomes inputs."""
        return dict(self.plans).get(name, Plan())

    def with_plan(self, name: str, plan: Plan) -> Recipe:
        """Return the recipe with another plan for one column."""
        plans = dict(self.plans) | {name: plan}
        return replace(self, plans=tuple((column, kept) for column, kept in plans.items() if kept != Plan()))
