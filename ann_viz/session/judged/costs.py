"""What the two kinds of mistakes cost at every threshold, and where they cost least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["EQUAL_COSTS", "THRESHOLDS", "MistakeCosts", "Mistakes", "count_mistakes"]

THRESHOLDS: Final = np.arange(1, 100) / 100
"""Every per cent."""


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
        if not (np.isfinite([self.missed, self.false_alarm]).all() and min(self.missed, self.false_alarm) >= 0):
            raise ValueError("what a mistake costs is 0 or more")


EQUAL_COSTS: Final = MistakeCosts()
"""Both kinds count the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Mistakes:
    """How many mistakes of each kind there are at every per cent of the threshold.

    Parameters
    ----------
    n_missed, n_false : (99,) ndarray
        At `THRESHOLDS`.
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
        return float(THRESHOLDS[best[np.argmin(np.abs(THRESHOLDS[best] - 0.5))]])


def count_mistakes(is_yes: NDArray[np.bool_], chance: NDArray[Any]) -> Mistakes:
    """Count the mistakes at every threshold: yes is said strictly above it, as everywhere."""
    yes, no = np.sort(chance[is_yes]), np.sort(chance[~is_yes])
    at = THRESHOLDS.astype(chance.dtype)
    return Mistakes(
        np.searchsorted(yes, at, side="right").astype(np.int64),
        len(no) - np.searchsorted(no, at, side="right").astype(np.int64),
    )
