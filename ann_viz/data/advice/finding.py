"""What a finding is: a sentence about some columns, whether the recipe already acts on it, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ann_viz.numerals import format_number

if TYPE_CHECKING:
    from ann_viz.data.encoding.recipe import Plan, Role, Split

__all__ = ["NBSP", "Finding", "FindingKind", "Offer", "count", "listed", "percent"]

NBSP: Final = "\N{NO-BREAK SPACE}"

FindingKind = Literal[
    "few rows",
    "many inputs",
    "leak",
    "sums to target",
    "target missing",
    "unbalanced",
    "identifier",
    "row counter",
    "constant",
    "empty",
    "free text",
    "near-unique",
    "equal columns",
    "time order",
    "duplicate rows",
    "many rows",
    "doubtful missing",
    "zeros",
    "many categories",
    "rare categories",
    "outliers",
    "skew",
    "missing",
    "one-hot",
    "date",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A change of the recipe that one click makes; what is None stays as it is.

    Parameters
    ----------
    label : str
        Words of the button.
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
    """

    label: str
    column: str | None = None
    also: tuple[str, ...] = ()
    role: Role | None = None
    plan: Plan | None = None
    split: Split | None = None
    sample_rows: int | None = None
    missing: tuple[str, ...] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns it changes."""
        return () if self.column is None else (self.column, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing worth knowing about a table.

    Parameters
    ----------
    kind : str
        What was found.
    columns : tuple of str
        Names of the columns it is about; empty when it is about the rows.
    sentence : str
        Plain text without markup; names of columns stand in it as they are.
    severity : str
        ``"warning"`` when it may spoil the result, else ``"info"``.
    done : bool
        Whether the recipe already acts on it.
    offer : Offer, optional
        What can be done about it; where it is done, the way back.
    """

    kind: FindingKind
    columns: tuple[str, ...]
    sentence: str
    severity: Literal["warning", "info"]
    done: bool = False
    offer: Offer | None = None


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"."""
    if number == 1:
        return f"1 {noun}"
    return f"{format_number(number)} {noun[:-1] + 'ies' if noun.endswith('ry') else noun + 's'}"


def percent(share: float) -> str:
    """Return a share as whole per cent; never 0 % or 100 % for what is neither."""
    value = round(100 * share)
    if value == 0 and share > 0:
        return f"less than 1{NBSP}%"
    if value == 100 and share < 1:
        return f"more than 99{NBSP}%"
    return f"{value}{NBSP}%"


def listed(names: Sequence[str] | Iterable[str], most: int = 3) -> str:
    """Return "a", "a and b", "a, b and c" or "a, b, c and 5 more"."""
    names = list(names)
    shown = names if len(names) <= most + 1 else [*names[:most], f"{format_number(len(names) - most)} more"]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
