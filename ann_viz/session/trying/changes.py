"""What would change the answer for a row: the smallest change of one column or two, and one that is clearly enough.

For a number there is no other answer; there it is the smallest change to half a spread more, and to half a spread less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.explain.counterfactual import Found, Movable, Wanted, cheapest, nearest
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.grids import between, seen_values
from ann_viz.session.trying.question import Question
from ann_viz.session.trying.told_answer import Told
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.values import Value, blocks_of, encoded

__all__ = ["Change", "Changes", "Goal", "can_move", "find_changes", "locked_by_name"]

BARELY: Final = 1e-4
CLEARLY: Final = 0.25
HALF_A_SPREAD: Final = 0.5
LOCKED: Final = frozenset(("age", "gender", "sex", "geography", "race", "ethnicity", "nationality"))
"""Names of what nobody can be asked to change."""

Goal = str
"""What a change is for: "smallest", "clear", "more" or "less"."""

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """Other values in one column or two, and what the network says then.

    Parameters
    ----------
    goal : Goal
    places : tuple of int
        The columns that change, by their places.
    row : TriedRow
        The row after it.
    output : (n_outputs,) array
        What the network itself answers for that row.
    """

    goal: Goal
    places: tuple[int, ...]
    row: TriedRow
    output: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changes:
    """What was found.

    Parameters
    ----------
    found : tuple of Change
        At most two, the smallest first.
    nearest : Change or None
        The single change that comes nearest, where none is enough.
    step : float
        Of a number: by how much more or less it shall be; 0 for others.
    """

    found: tuple[Change, ...] = ()
    nearest: Change | None = None
    step: float = 0.0


def locked_by_name(summaries: Sequence[ColumnSummary]) -> frozenset[str]:
    """Return the columns that are left alone unless somebody says otherwise, going by their names."""
    return frozenset(summary.name for summary in summaries if summary.name.casefold() in LOCKED)


def can_move(summary: ColumnSummary) -> bool:
    """Whether there are values that a column can be given."""
    return len(seen_values(summary)) > 1


def find_changes(question: Question) -> Changes:
    """Return what would change the answer; the values that are tried are within what the summaries have seen."""
    search, told = _Search(question), question.told
    now = question.network.predict(question.x[None])[0]
    if told.is_number:
        more, less = (_by_half_a_spread(now, sign) for sign in (1.0, -1.0))
        found = [search.find("more", more, 0.0), search.find("less", less, 0.0)]
        return Changes(found=tuple(each for each in found if each), step=HALF_A_SPREAD * told.std)
    wanted = _across(now, told)
    smallest, clear = search.find("smallest", wanted, BARELY), search.find("clear", wanted, CLEARLY)
    if clear is not None and smallest is not None and clear.row == smallest.row:
        clear = None
    needs_two = smallest is None or len(smallest.places) > 1
    return Changes(
        found=tuple(each for each in (smallest, clear) if each is not None),
        nearest=search.nearest(wanted) if needs_two else None,
    )


def _across(now: Array, told: Told) -> Wanted:
    """Return by how much answers are on the other side of the line."""
    if told.task == "binary":
        sign = -1.0 if now[0] > told.threshold else 1.0
        return lambda outputs: sign * (outputs[:, 0] - told.threshold)
    best = int(np.argmax(now))
    return lambda outputs: np.delete(outputs, best, axis=1).max(axis=1) - outputs[:, best]


def _by_half_a_spread(now: Array, sign: float) -> Wanted:
    return lambda outputs: sign * (outputs[:, 0] - now[0]) - HALF_A_SPREAD


class _Search:
    """Looks through the values of all columns that may change."""

    def __init__(self, question: Question) -> None:
        self._network, self._encoder, self._summaries = question.network, question.encoder, question.summaries
        self._row, self._x = question.row, question.x
        places = [place for place, each in enumerate(self._summaries) if each.name not in question.locked]
        tried = {place: self._others(place, seen_values(self._summaries[place])) for place in places}
        self._places = [place for place, values in tried.items() if values]
        self._values = [tried[place] for place in self._places]
        pairs = zip(self._places, self._values, strict=True)
        self._movables = [self._movable(place, values) for place, values in pairs]

    def find(self, goal: Goal, wanted: Wanted, margin: float) -> Change | None:
        """Return the cheapest change, its numbers no farther from the row's than they need to be."""
        found = cheapest(self._network, self._x, self._movables, wanted, margin)
        if found is None:
            return None
        places = [self._places[place] for place, _ in found.moves]
        chosen = [self._values[place][value] for place, value in found.moves]
        finer = [self._towards(place, value) for place, value in zip(places, chosen, strict=True)]
        movables = [self._movable(place, values) for place, values in zip(places, finer, strict=True)]
        closer = cheapest(self._network, self._x, movables, wanted, margin)
        moves = () if closer is None else closer.moves
        values = [finer[place][value] for place, value in moves]
        return self._checked(goal, [places[place] for place, _ in moves], values, wanted, margin)

    def nearest(self, wanted: Wanted) -> Change | None:
        """Return the single change that comes nearest to the line."""
        found: Found | None = nearest(self._network, self._x, self._movables, wanted)
        if found is None:
            return None
        place, value = found.moves[0]
        return self._made("nearest", [self._places[place]], [self._values[place][value]])

    def _checked(
        self, goal: Goal, places: list[int], values: list[Value], wanted: Wanted, margin: float
    ) -> Change | None:
        """Return a change that the network itself confirms, the row encoded anew from its values."""
        change = self._made(goal, places, values)
        return change if wanted(change.output[None])[0] >= margin else None

    def _made(self, goal: Goal, places: list[int], values: list[Value]) -> Change:
        row = self._row.with_values(dict(zip(places, values, strict=True)))
        output = self._network.predict(encoded(self._encoder, row.values)[None])[0]
        return Change(goal=goal, places=tuple(places), row=row, output=output)

    def _others(self, place: int, values: Sequence[Value]) -> list[Value]:
        return [value for value in values if value != self._row.values[place]]

    def _towards(self, place: int, value: Value) -> list[Value]:
        """Return values between the row's own and one that was found, that one included."""
        own = self._row.values[place]
        if not isinstance(own, float) or not isinstance(value, float):
            return [value]
        return [*self._others(place, between(self._summaries[place], own, value)), value]

    def _movable(self, place: int, values: Sequence[Value]) -> Movable:
        summary, group = self._summaries[place], self._encoder.groups[place]
        own = self._row.values[place]
        own = summary.typical if own is None else own
        costs = [
            abs(value - own) / (summary.spread or 1.0) if isinstance(value, float) and isinstance(own, float) else 1.0
            for value in values
        ]
        blocks = blocks_of(summary.feature, values)
        return Movable(start=group.start, stop=group.stop, blocks=blocks, costs=np.array(costs))
