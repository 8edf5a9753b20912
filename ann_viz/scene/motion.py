"""What travels through the picture now, and how far it has come: the phase of a batch, or the step that is being told.

A signal runs once and then rests where it arrives, so that a still picture still shows it; flat out nothing travels.
After an update the lines go from the old weights to the new ones.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final, Literal

from ann_viz.engine import Snapshot

__all__ = ["NOTHING", "Flow", "Motion", "flow_of"]

GAP_S: Final = 0.6
DOTS_S: Final = 2.4
DOTS_PER_SECOND: Final = 4.0
REST: Final = 0.86  # of the way through the last gap: there a signal has arrived
UPDATE_S: Final = 0.6
FASTEST_EPOCHS_PER_SECOND: Final = 8.0
GUESS, MEASURE, LEARN = 2, 3, 4  # of the five steps


@dataclass(frozen=True, slots=True)
class Flow:
    """What travels.

    Attributes
    ----------
    kind : {"nothing", "signals", "error", "update"}
    first, last : int
        Signals: the gaps that they run through, both included. Error: the last column that it has reached, and the
        outputs.
    endless : bool
        Begins anew at the end.
    step : int
        Of the run: the update of one batch is not that of the next.
    """

    kind: Literal["nothing", "signals", "error", "update"] = "nothing"
    first: int = 0
    last: int = 0
    endless: bool = False
    step: int = 0


NOTHING: Final = Flow()


def flow_of(snapshot: Snapshot, told: int | None, steps_per_second: float | None) -> Flow:
    """Return what travels now.

    Parameters
    ----------
    snapshot : Snapshot
    told : int or None
        The step, 1 to 5, that someone asked to be told; it goes before the phase of the batch.
    steps_per_second : float or None
        How fast training runs on its own, infinity for flat out; None where it stands still after every phase.
    """
    n_gaps = len(snapshot.config.sizes) - 1
    if steps_per_second is not None:
        slow = steps_per_second <= FASTEST_EPOCHS_PER_SECOND * snapshot.n_batches
        return Flow("signals", 0, n_gaps - 1, endless=True) if slow else NOTHING
    if told is not None:
        told_flows = {
            GUESS: Flow("signals", 0, n_gaps - 1),
            MEASURE: Flow("error", n_gaps, n_gaps),
            LEARN: Flow("error", min(1, n_gaps), n_gaps),
        }
        return told_flows.get(told, NOTHING)
    return _flow_of_phase(snapshot, n_gaps)


def _flow_of_phase(snapshot: Snapshot, n_gaps: int) -> Flow:
    phase = snapshot.phase
    if phase is None:
        return NOTHING
    if phase.kind == "forward":
        return Flow("signals", phase.layer, phase.layer)
    if phase.kind == "error":
        return Flow("error", n_gaps, n_gaps)
    if phase.kind == "update":
        return Flow("update", step=snapshot.step)
    return Flow("error", max(1, phase.layer), n_gaps) if phase.kind == "backward" else NOTHING


class Motion:
    """A flow and the time since it began."""

    def __init__(self) -> None:
        self.flow = NOTHING
        self._still = False
        self._began = 0.0

    def show(self, flow: Flow, *, still: bool = False) -> None:
        """Begin `flow`, or let it go on; `still` shows where it comes to rest, and nothing of what never does."""
        if still and flow.endless:
            flow = NOTHING
        self._still = still
        if flow != self.flow:
            self.flow = flow
            self._began = time.monotonic()

    @property
    def _elapsed_s(self) -> float:
        return math.inf if self._still else time.monotonic() - self._began

    @property
    def moving(self) -> bool:
        """Whether the next frame looks different."""
        flow = self.flow
        if flow.kind == "signals":
            return flow.endless or not self.arrived
        if flow.kind == "update":
            return self.share < 1
        return flow.kind == "error" and flow.first < flow.last and self._elapsed_s < DOTS_S

    @property
    def arrived(self) -> bool:
        """Whether the signals have come through all of their gaps."""
        return self.flow.kind != "signals" or self._elapsed_s >= (self.flow.last - self.flow.first + REST) * GAP_S

    @property
    def share(self) -> float:
        """How far an update has gone from the old weights to the new ones, 0 to 1, slower towards its end."""
        left = max(0.0, 1 - self._elapsed_s / UPDATE_S)
        return 1 - left**3 if self.flow.kind == "update" else 1.0

    @property
    def place(self) -> tuple[int, float]:
        """The gap in which signals are, and how far they have come in it, 0 to 1."""
        flow, gaps = self.flow, self._elapsed_s / GAP_S
        count = flow.last - flow.first + 1
        if flow.endless:
            gaps %= count
        else:
            gaps = min(gaps, count - 1 + REST)
        gap = min(int(gaps), count - 1)
        return flow.first + gap, gaps - gap

    @property
    def dot_shift(self) -> float:
        """How far the dots of the error have moved, in dots."""
        return 0.0 if self._still else min(self._elapsed_s, DOTS_S) * DOTS_PER_SECOND
