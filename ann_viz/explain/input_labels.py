"""Names and values beside the input circles: what the shown row has in every column, as the file writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.numerals import format_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["InputLabels", "input_labels"]


@dataclass(frozen=True, slots=True)
class InputLabels:
    """Names and values beside the input circles.

    Attributes
    ----------
    names : tuple of str
        One per input.
    values : tuple of str
        The shown row's value of every input as written in the file (0 or 1 for a member of a category).
    groups : tuple of (column, start, stop)
        CSV columns and the inputs that they feed.
    cells : tuple of str
        What the file has in each of these columns; empty for one of which not all inputs are among these.
    dates : frozenset of str
        Columns of dates, of which several inputs are made.
    foldable : frozenset of str
        Columns of categories: of their inputs only one is 1.
    folded : frozenset of str
        Those drawn as one input.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    groups: tuple[tuple[str, int, int], ...]
    cells: tuple[str, ...] = ()
    dates: frozenset[str] = frozenset()
    foldable: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()

    def only(self, shown: Sequence[int], folded: frozenset[str] = frozenset()) -> InputLabels:
        """Return the labels of some inputs, ascending; `folded` columns have only one of theirs among them."""
        if len(shown) == len(self.names):
            return self
        names, values, groups, cells, place = [], [], [], [], 0
        for (column, start, stop), cell in zip(self.groups, self.cells or ("",) * len(self.groups), strict=True):
            members = [index for index in shown if start <= index < stop]
            is_one = column in folded and len(members) == 1
            names += [column] if is_one else [self.names[index] for index in members]
            values += [cell] if is_one else [self.values[index] for index in members]
            whole = is_one or len(members) == stop - start
            if whole:
                groups.append((column, place, place + len(members)))
            else:
                groups += [(self.names[index], place + k, place + k + 1) for k, index in enumerate(members)]
            cells += [cell] if whole else [""] * len(members)
            place += len(members)
        told = tuple(names), tuple(values), tuple(groups), tuple(cells)
        return InputLabels(*told, self.dates, self.foldable, folded)


def input_labels(dataset: Dataset, texts: Mapping[str, str | None], x: NDArray[np.floating]) -> InputLabels:
    """Return names and raw values of all inputs of a row.

    Parameters
    ----------
    texts : mapping of str to str or None
        What the file says in every column.
    x : ndarray, shape (n_inputs,)
        The encoded row.
    """
    encoder = dataset.encoder
    values: list[str] = []
    for group in encoder.groups:
        encoded = x[group.start : group.stop]
        if group.kind in ("category", "date") and len(encoded) > 1:
            values += [format_number(value, f".{2 if group.kind == 'date' else 0}f") for value in encoded]
        else:  # the cell itself, and perhaps whether it was missing
            values += [_thousands(texts[group.column]), *(format_number(value, ".0f") for value in encoded[1:])]
    groups = tuple((group.column, group.start, group.stop) for group in encoder.groups)
    several = [group for group in encoder.groups if group.stop - group.start > 1]
    foldable, dates = (
        frozenset(group.column for group in several if group.kind == kind) for kind in ("category", "date")
    )
    cells = tuple(_thousands(texts[group.column]) for group in encoder.groups)
    return InputLabels(tuple(encoder.input_names), tuple(values), groups, cells, dates, foldable)


def _thousands(text: str | None) -> str:
    """Return a raw value as written; long plain numbers lose their cents and gain thousands marks."""
    if text is None:
        return "empty"
    try:
        value = float(text)
    except ValueError:
        return text
    return format_number(value, ",.0f") if abs(value) >= 10_000 else text
