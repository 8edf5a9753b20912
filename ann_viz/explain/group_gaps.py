"""Whether one group of rows is answered clearly worse than all others: the gap, and how easily chance would make it.

Groups are those of many columns at once, so the chance is that of the widest gap of all that were compared: with forty
groups, two of them look special by chance alone where each is judged by itself.

References
----------
R. A. Fisher (1935), The logic of inductive inference. J. Royal Statistical Society 98, p. 39: the exact test.
O. J. Dunn (1961), Multiple comparisons among means. J. Am. Stat. Assoc. 56, p. 52: Bonferroni's correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine.intervals import chance_of_so_few

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEW_ROWS", "GroupGap", "RowGroup", "widest_gap"]

FEW_ROWS: Final = 50
"""Of fewer rows a group says little."""

Rows: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True, eq=False)
class RowGroup:
    """Some of the rows: those with a value in a column.

    Parameters
    ----------
    column, name : str
        The column, and what it says in these rows.
    members : (n,) ndarray of bool
    """

    column: str
    name: str
    members: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGap:
    """The group that is answered worse than all others with the least help of chance.

    Parameters
    ----------
    column, name : str
        Of the group.
    n, n_others : int
        Rows that count, in it and elsewhere.
    score, others : float
        Share of them that is answered rightly.
    counting, others_counting : float
        Share of all rows of the group, and of all others, that counts.
    chance : float
        How often a gap of some group would be as wide where all are answered alike; at most 1.
    n_groups : int
        How many were compared.
    yes : str
        The answer whose rows count alone; empty where all do.
    """

    column: str
    name: str
    n: int
    n_others: int
    score: float
    others: float
    counting: float
    others_counting: float
    chance: float
    n_groups: int
    yes: str = ""

    @property
    def width(self) -> float:
        """By how much it is answered worse."""
        return self.others - self.score


def widest_gap(groups: Iterable[RowGroup], counts: Rows, right: Rows, yes: str = "") -> GroupGap | None:
    """Return the group that is answered worse with the least help of chance; None where none can be compared.

    Parameters
    ----------
    groups : iterable of RowGroup
        All that there are; those of few rows, and those that leave few out, are not compared.
    counts : (n,) ndarray of bool
        Rows that are looked at: of a yes-or-no target those that are yes, so that their share found is told.
    right : (n,) ndarray of bool
        Which rows are answered rightly.
    yes : str
        What the rows that count are, for `GroupGap`.
    """
    n_all, n_right = int(counts.sum()), int((counts & right).sum())
    found: list[GroupGap] = []
    for group in groups:
        n = int((group.members & counts).sum())
        if min(group.members.sum(), (~group.members).sum()) < FEW_ROWS or not 0 < n < n_all:
            continue
        hits = int((group.members & counts & right).sum())
        found.append(
            GroupGap(
                column=group.column,
                name=group.name,
                n=n,
                n_others=n_all - n,
                score=hits / n,
                others=(n_right - hits) / (n_all - n),
                counting=n / int(group.members.sum()),
                others_counting=(n_all - n) / int((~group.members).sum()),
                chance=chance_of_so_few(hits, n, n_right, n_all),
                n_groups=0,
                yes=yes,
            )
        )
    least = min(found, key=lambda gap: gap.chance, default=None)
    return None if least is None else replace(least, n_groups=len(found), chance=min(1.0, least.chance * len(found)))
