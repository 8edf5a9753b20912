"""How many frames a second the picture is worth, decided by what the last ones took of the processor, and from whom."""

from __future__ import annotations

import math
from collections import deque
from typing import Final, NamedTuple

__all__ = ["USUAL_SCREEN", "FramePace", "Tick"]

SPARE: Final = 0.25
"""Most of the time that frames may take while training does not wait for them."""

TAKEN: Final = 0.1
"""The same while it does: for the interpreter, or for a core."""

OWN_CORE: Final = 0.9
"""Who gets less of a core than this, flat out, shares it."""

LAST_FRAMES: Final = 30
FEWEST: Final = 30.0  # a second: fewer look like a stutter
USUAL_SCREEN: Final = 60.0  # refreshes a second
EAGERNESS: Final = 0.85  # more frames only where they would fit with some room, or the pace would flicker


class Tick(NamedTuple):
    """What happened from one frame to the next, in seconds.

    Parameters
    ----------
    passed_s : float
        On the clock.
    window_s, training_s : float
        What the window's thread, and all others of the program, have used of the processor.
    """

    passed_s: float
    window_s: float
    training_s: float


class FramePace:
    """Paints on every refresh of the screen, or on every second, third …, as the last frames allow.

    Parameters
    ----------
    per_second : float
        How often the screen is refreshed; what is not a sensible number counts as 60.

    Attributes
    ----------
    cost_s : float
        What a frame takes of the processor on average, with all that is redrawn until the next one.
    """

    def __init__(self, per_second: float = USUAL_SCREEN) -> None:
        self.cost_s = 0.0
        self._per_second = per_second if FEWEST <= per_second <= 1000 else USUAL_SCREEN
        self._ticks: deque[Tick] = deque(maxlen=LAST_FRAMES)
        self._every = 1

    @property
    def per_second(self) -> float:
        """Frames a second."""
        return max(self._per_second / self._every, FEWEST)

    @property
    def interval_ms(self) -> int:
        """Time from one frame to the next."""
        return round(1000 / self.per_second)

    @property
    def is_slowed(self) -> bool:
        """Whether there are fewer frames than the screen could show."""
        return self._every > 1

    def note(self, tick: Tick, *, flat_out: bool, turbo: bool) -> None:
        """Take in one more frame.

        Parameters
        ----------
        tick : Tick
            What it took.
        flat_out : bool
            Whether training goes as fast as it can; one that is paced has time to wait.
        turbo : bool
            Whether training does without the interpreter, which the window has while it paints.
        """
        self._ticks.append(tick)
        passed_s, window_s, training_s = (math.fsum(column) for column in zip(*self._ticks, strict=True))
        self.cost_s = window_s / len(self._ticks)
        is_free = turbo and training_s >= OWN_CORE * passed_s
        share = SPARE if is_free or not flat_out else TAKEN
        while self._takes(self._every) > share and self._per_second / self._every > FEWEST:
            self._every += 1
        while self._every > 1 and self._takes(self._every - 1) <= EAGERNESS * share:
            self._every -= 1

    def _takes(self, every: int) -> float:
        """Return the share of the time that frames take, painted on every so many refreshes."""
        return self.cost_s * self._per_second / every
