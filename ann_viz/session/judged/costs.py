"""What the two kinds of mistakes cost at every threshold, and where they cost least."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ann_viz.engine.arrays import read_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["EQUAL_COSTS", "MistakeCosts", "Mistakes", "count_mistakes", "thresholds"]


@cache
def thresholds() -> NDArray[np.float64]:
    """Return every per cent at which yes can be said."""
    return read_only(np.arange(1, 100) / 100)


@dataclass(frozen=True, slots=True)
class MistakeCosts:
    """What one mistake costs, in the unit that was typed.

    Parameters
    ----------
    missed : float
        A yes that is called no.
    false_alarm : float
        A no that is called yes.
    unit : str
        "€", "hours"; may be empty.
    """

    missed: float = 1.0
    false_alarm: float = 1.0
    unit: str = ""

    def __post_init__(self) -> None:
        if not (0 <= self.missed < math.inf and 0 <= self.false_alarm < math.inf):
            raise ValueError("what a mistake costs is 0 or more")


EQUAL_COSTS: Final = MistakeCosts()
"""Both kinds count the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Mistakes:
    """How many mistakes of each kind there are at every per cent of the threshold.

    Parameters
    ----------
    n_missed, n_false : (99,) ndarray
        At `thresholds`.
    """

    n_missed: NDArray[np.int64]
    n_false: NDArray[np.int64]

    def cost(self, costs: MistakeCosts) -> NDArray[np.float64]:
        """Return what all mistakes cost at every threshold."""
        return np.asarray(self.n_missed * costs.missed + self.n_false * costs.false_alarm, np.float64)

    def cheapest(self, costs: MistakeCosts) -> float:
        """Return the threshold at which they cost least; of several the one nearest to the usual 50 %."""
        total = self.cost(costs)
        best = np.flatnonzero(total <= total.min() * (1 + 1e-12))
        at = thresholds()[best]
        return float(at[np.argmin(np.abs(at - 0.5))])


def count_mistakes(is_yes: NDArray[np.bool_], chance: NDArray[Any]) -> Mistakes:
    """Count the mistakes at every threshold of `thresholds`: yes is said strictly above it, as everywhere.

    Parameters
    ----------
    is_yes : (n,) ndarray of bool
        The truth.
    chance : (n,) ndarray
        Of yes, 0 to 1.
    """
    yes, no = np.sort(chance[is_yes]), np.sort(chance[~is_yes])
    at = thresholds().astype(chance.dtype)
    return Mistakes(
        np.searchsorted(yes, at, side="right").astype(np.int64),
        len(no) - np.searchsorted(no, at, side="right").astype(np.int64),
    )
