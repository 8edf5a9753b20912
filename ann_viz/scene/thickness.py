"""The scale of thickness over a run: it moves in steps, never falls, and of the past it is what it was then."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ann_viz.scene.scales import drawable, weight_reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Beyond", "Thickness", "find_beyond"]

FloatArray: TypeAlias = "NDArray[np.floating]"


@dataclass(frozen=True, slots=True)
class Thickness:
    """What was drawn at full thickness when; a value of a few numbers, to be kept with its run.

    Parameters
    ----------
    steps : tuple of (moment, reference)
        From which moment on, in epochs with their parts as fractions, which |w| was drawn at full thickness; both
        ascend.
    """

    steps: tuple[tuple[float, float], ...] = ()

    def at(self, moment: float) -> float:
        """Return the |w| drawn at full thickness at a moment; 0 before anything was drawn."""
        place = bisect.bisect_right(self.steps, moment, key=lambda step: step[0])
        return self.steps[place - 1][1] if place else 0.0

    def renewed(self, moment: float, weights: Sequence[FloatArray]) -> Thickness:
        """Return the scale once these weights were seen at a moment, the newest one or one that is looked back at.

        Parameters
        ----------
        moment : float
            In epochs.
        weights : sequence of ndarray
            W[l] of the whole network, drawn or not.
        """
        now = self.at(moment)
        reference = weight_reference(drawable(np.concatenate([w.ravel() for w in weights])), now)
        if reference <= now:
            return self
        earlier = (step for step in self.steps if step[0] < moment)
        later = (step for step in self.steps if step[0] > moment and step[1] > reference)
        return Thickness((*earlier, (moment, reference), *later))


@dataclass(frozen=True, slots=True)
class Beyond:
    """What lies beyond the scale, and is drawn at full thickness all the same.

    Parameters
    ----------
    n : int
        How many lines.
    low, high : float
        The furthest below −reference and above +reference; 0 where there is none.
    """

    n: int = 0
    low: float = 0.0
    high: float = 0.0


def find_beyond(numbers: FloatArray, reference: float) -> Beyond:
    """Return which of the numbers behind the lines are too large for a scale."""
    outside = numbers[np.abs(numbers) > reference]
    if not outside.size:
        return Beyond()
    return Beyond(len(outside), min(float(outside.min()), 0.0), max(float(outside.max()), 0.0))
