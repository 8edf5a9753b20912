"""What a finding is: a sentence about some columns, whether the recipe already acts on it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeVar

from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.recipe import Plan, Recipe, Role, Split
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table
from ann_viz.numerals import counted
from ann_viz.translation import translate

__all__ = [
    "MOST_LINES",
    "Check",
    "Evidence",
    "Finding",
    "Offer",
    "forms_with",
    "ignored",
    "in_lines",
    "role_offer",
    "why_useless",
]

T = TypeVar("T")

MOST_LINES: Final = 5
"""Columns of which the same is to be said have a line each; more of them are told in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A change of the recipe that one click makes; what is None stays as it is.

    Parameters
    ----------
    label : str
        Words of the button.
    past : str
        What is said behind the finding's sentence when it was taken up; the label where empty.
    then : str
        A sentence said instead of the finding's when it was taken up.
    column : str, optional
        The column that gets the role or the plan.
    also : tuple of str
        Further columns that get the same.
    role : str, optional
        Its new role.
    plan : Plan, optional
        How it is to become inputs.
    split : Split, optional
        How the rows are to be divided.
    sample_rows : int, optional
        Learn from that many rows; 0 for all of them.
    missing : tuple of str, optional
        All words that are to mean "no value"; the file must be read again with them.
    kept_words : tuple of (str, str), optional
        All columns and words that are values there; the file must be read again with them.
    forms : tuple of (str, str), optional
        All columns of which it is said how they are written, and how; the file must be read again with them.
    totals : {"keep", "skip"}, optional
        What is to happen to rows of totals; the file must be read again for it.
    parts : tuple of Offer
        Offers that are all taken up with this one, which then has no role or plan of its own.
    """

    label: str
    past: str = ""
    then: str = ""
    column: str | None = None
    also: tuple[str, ...] = ()
    role: Role | None = None
    plan: Plan | None = None
    split: Split | None = None
    sample_rows: int | None = None
    missing: tuple[str, ...] | None = None
    kept_words: tuple[tuple[str, str], ...] | None = None
    forms: tuple[tuple[str, str], ...] | None = None
    totals: Literal["keep", "skip"] | None = None
    parts: tuple[Offer, ...] = ()

    @property
    def reading(self) -> dict[str, object]:
        """Options with which the file must be read again, if it must."""
        options: dict[str, object] = {
            "missing": self.missing,
            "kept_words": self.kept_words,
            "forms": self.forms,
            "totals": self.totals,
        }
        return {field: value for field, value in options.items() if value is not None}

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns it changes."""
        own = () if self.column is None else (self.column, *self.also)
        return tuple(dict.fromkeys((*own, *(name for part in self.parts for name in part.columns))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing worth knowing about a table.

    Parameters
    ----------
    kind : str
        What was found: a key of `ann_viz.data.advice.findings.CHECKS`.
    columns : tuple of str
        Names of the columns it is about; empty when it is about the rows.
    sentence : str
        Plain text without markup, in the reader's language; names of columns stand in it as they are.
    severity : str
        ``"warning"`` when it may spoil the result, else ``"info"``.
    done : bool
        Whether the recipe already acts on it.
    offer : Offer, optional
        What can be done about it; where it is done, the way back.
    further : tuple of Offer
        What else can be done instead.
    details : tuple of str
        The sentences of which this one tells, where it stands for many findings.
    """

    kind: str
    columns: tuple[str, ...]
    sentence: str
    severity: Literal["warning", "info"]
    done: bool = False
    offer: Offer | None = None
    further: tuple[Offer, ...] = ()
    details: tuple[str, ...] = ()


class Evidence:
    """What a check looks at.

    Parameters
    ----------
    table : Table
        The table.
    recipe : Recipe
        What is to be learned from it.
    """

    def __init__(self, table: Table, recipe: Recipe) -> None:
        self.table = table
        self.recipe = recipe

    @cached_property
    def sample(self) -> RowSample:
        """Some of the rows, drawn when the first check needs them."""
        return RowSample(self.table)


Check = Callable[[Evidence], Iterator[Finding]]


def role_offer(names: tuple[str, ...], *, done: bool) -> Offer:
    """Return the offer to leave columns out; where that is done, to use them all the same."""
    if done:
        label, past = translate("Use anyway"), translate("used")
    else:
        label = counted("Ignore it", "Ignore them", len(names))
        past = translate("ignored")
    return Offer(label=label, past=past, column=names[0], also=names[1:], role="input" if done else "ignore")


def forms_with(table: Table, changed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what the user said of how columns are written, with what changes."""
    return tuple((dict(table.dialect.forms) | dict(changed)).items())


def why_useless(column: Column) -> str:
    """Return why a column starts as ignored, as a sentence."""
    return translate("{name} {reason}").format(name=column.name, reason=column.reason)


def ignored(sentence: str) -> str:
    """Return a sentence about columns that are left out."""
    return translate("{sentence}: ignored").format(sentence=sentence)


def in_lines(found: list[T]) -> list[list[T]]:
    """Return what is told in one line each: every one by itself, or all together where they are many."""
    return [found] if len(found) > MOST_LINES else [[each] for each in found]
