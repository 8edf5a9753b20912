"""A row that is in no file, and what is known of it: everything that is known of a row of the table but its truth."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.explain import wording
from ann_viz.session.row_facts import RowFacts
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.trying.column_summary import ColumnSummary
    from ann_viz.session.trying.values import Value

__all__ = ["MOST_PINNED", "TriedFacts", "TriedRow", "Trying", "blank_row", "random_row", "row_of_table", "typical_row"]

MOST_PINNED: Final = 4


@dataclass(frozen=True, slots=True)
class TriedRow:
    """Values somebody made up.

    Parameters
    ----------
    values : tuple of float, str or None
        One for every feature of the encoder; see `ann_viz.session.trying.values`.
    """

    values: tuple[Value, ...]

    def among(self, own: Dataset, other: Dataset, index: int) -> TriedRow:
        """Return it as a row of other data from the same table: columns that its own data lack are as in a row there.

        Parameters
        ----------
        own, other : Dataset
            What its values are for, and what they shall be for.
        index : int
            Row of `other`.
        """
        if own is other:
            return self
        known = {feature.column: value for feature, value in zip(own.encoder.features, self.values, strict=True)}
        columns = (feature.column for feature in other.encoder.features)
        there = zip(columns, row_of_table(other, index).values, strict=True)
        return TriedRow(tuple(known.get(column, value) for column, value in there))

    def with_value(self, place: int, value: Value) -> TriedRow:
        """Return it with another value in one column."""
        return self.with_values({place: value})

    def with_values(self, values: Mapping[int, Value]) -> TriedRow:
        """Return it with other values in some columns, given by their places."""
        return replace(self, values=tuple(values.get(place, value) for place, value in enumerate(self.values)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trying:
    """What is tried of some data.

    Parameters
    ----------
    dataset : Dataset
        Whose columns the values are for.
    row : TriedRow or None
        What is shown instead of a row of the table; None for such a row.
    pinned : tuple of TriedRow
        Kept to compare with, the newest last; at most `MOST_PINNED`.
    locked : frozenset of str or None
        Columns that suggestions leave alone; None where nobody has chosen any.
    """

    dataset: Dataset
    row: TriedRow | None = None
    pinned: tuple[TriedRow, ...] = ()
    locked: frozenset[str] | None = None


def typical_row(summaries: Sequence[ColumnSummary]) -> TriedRow:
    """Return the row that has in every column what is in its middle, or commonest; no row need be like it."""
    return TriedRow(tuple(summary.typical for summary in summaries))


def blank_row(summaries: Sequence[ColumnSummary]) -> TriedRow:
    """Return the row that says nothing: everything in it is missing."""
    return TriedRow((None,) * len(summaries))


def row_of_table(dataset: Dataset, index: int) -> TriedRow:
    """Return the values of a row of the data."""
    from ann_viz.data import Dialect
    from ann_viz.session.trying.values import read_value

    cells = dict(zip((column.name for column in dataset.table.columns), dataset.raw(index), strict=True))
    encoder = dataset.encoder
    dialect = Dialect(decimal=encoder.decimal, thousands=encoder.thousands)
    return TriedRow(tuple(read_value(feature, cells[feature.column], dialect) for feature in encoder.features))


def random_row(dataset: Dataset, chance: random.Random) -> TriedRow:
    """Return the values of any row of the data."""
    return row_of_table(dataset, chance.randrange(len(dataset.X)))


@dataclass(frozen=True)
class TriedFacts(RowFacts):
    """What is known of a made-up row without looking at a weight.

    Parameters
    ----------
    tried : TriedRow
        Its values; the row at ``index`` is the one to go back to.
    """

    tried: TriedRow = TriedRow(())

    @property
    def is_made_up(self) -> bool:
        """Whether the row is in no file."""
        return True

    @cached_property
    def cells(self) -> Mapping[str, str | None]:
        """What the file might say in every column, None where there is no value."""
        from ann_viz.session.trying.values import cell_of

        cells: dict[str, str | None] = {column.name: None for column in self.dataset.table.columns}
        for feature, value in zip(self.dataset.encoder.features, self.tried.values, strict=True):
            cells[feature.column] = cell_of(feature, value)
        return cells

    @cached_property
    def x(self) -> NDArray[np.floating[Any]]:
        """The row as the network is given it, shape (n_inputs,)."""
        from ann_viz.session.trying.values import encoded

        return encoded(self.dataset.encoder, self.tried.values)

    @cached_property
    def y(self) -> NDArray[np.floating[Any]]:
        """Zeros in the place of a truth that nobody knows, shape (n_outputs,); nothing on show comes from them."""
        return np.zeros(self.dataset.encoder.n_outputs, dtype=np.float32)

    @cached_property
    def text(self) -> str:
        """What the row is called in a sentence: "a new customer"."""
        name = self.dataset.recipe.row_name.lower() or translate("row")
        return translate("a new {row}").format(row=name)

    @cached_property
    def truth(self) -> wording.Truth:
        """What nobody knows."""
        return wording.Truth(translate("unknown"), None)
