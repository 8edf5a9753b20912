"""The one number that is told of an answer: the chance of yes, of one class, or a number in the target's unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Encoder, Task
from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.numerals import MINUS, NBSP, at_most_four_digits, fixed, fixed_signed, four_digits, percent

__all__ = ["Told", "certainty"]

UNSURE_BELOW: Final = 0.60
VERY_SURE_FROM: Final = 0.85

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of the outputs of a network.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    which : int
        The class that is told of; 0 where there is one output.
    mean, std : float
        A number is ``output * std + mean``.
    threshold : float
        Above which chance the answer to a yes-or-no question is yes.
    """

    task: Task
    which: int = 0
    mean: float = 0.0
    std: float = 1.0
    threshold: float = USUAL_THRESHOLD

    @classmethod
    def of(cls, encoder: Encoder, which: int = 0, threshold: float = USUAL_THRESHOLD) -> Told:
        """Return what is told of the answers that an encoder decodes."""
        is_number = encoder.task == "regression"
        mean, std = (encoder.target_mean, encoder.target_std) if is_number else (0.0, 1.0)
        return cls(task=encoder.task, which=which, mean=mean, std=std, threshold=threshold)

    @property
    def is_number(self) -> bool:
        """Whether it is a number in the target's unit, and not a chance."""
        return self.task == "regression"

    def values(self, outputs: Array) -> NDArray[np.float64]:
        """Return what is told of outputs ``(…, n_outputs)``, ``(…)``."""
        return np.asarray(outputs, np.float64)[..., self.which] * self.std + self.mean

    def differences(self, outputs: Array) -> NDArray[np.float64]:
        """Return the same for differences of outputs."""
        return np.asarray(outputs, np.float64)[..., self.which] * self.std

    def text(self, value: float) -> str:
        """Return a value as it is read: "73 %", "182,784"."""
        return four_digits(value) if self.is_number else percent(min(max(value, 0.0), 1.0))

    def fine_text(self, value: float) -> str:
        """Return a value that lies near the line to another answer, with a decimal there: "49.7 %"."""
        if self.is_number or abs(value - self.threshold) >= 0.01:
            return self.text(value)
        return f"{fixed_signed(100 * value, 1).lstrip('+')}{NBSP}%"

    def difference_text(self, value: float) -> str:
        """Return a difference as it is read: "+16" points of chance, "−2,140"."""
        sign = MINUS if value < 0 else "+"
        size = abs(value)
        if self.is_number:
            return sign + at_most_four_digits(size)
        points = 100 * size
        return sign + fixed(points, 0 if points >= 0.95 or points < 0.05 else 1)


def certainty(chance: float) -> str:
    """Return how sure an answer with this chance is: "unsure", "fairly" or "very"."""
    return "unsure" if chance < UNSURE_BELOW else "fairly" if chance <= VERY_SURE_FROM else "very"
