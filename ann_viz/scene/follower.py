"""Between two whole frames the lines that are drawn follow their weights, for a third of the cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Snapshot
from ann_viz.scene.frame import Frame, follow_frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Follower"]


class Follower:
    """Remembers what the last whole frame was prepared for, and where its weights are among the parameters."""

    def __init__(self) -> None:
        self._wishes: tuple[object, ...] = ()
        self._places: NDArray[np.intp] | None = None

    def forget(self) -> None:
        """Other neurons are drawn."""
        self._wishes, self._places = (), None

    def remember(self, wishes: tuple[object, ...]) -> None:
        """Note what a whole frame was prepared for."""
        self._wishes = wishes

    def follow(
        self, frame: Frame, snapshot: Snapshot, shown: Sequence[NDArray[np.intp]], wishes: tuple[object, ...]
    ) -> Frame | None:
        """Return `frame` with its lines at the weights of `snapshot`, or None where a whole frame is wished for.

        Parameters
        ----------
        frame : Frame
            Of weights, with nothing selected.
        snapshot : Snapshot
        shown : sequence of ndarray
            Which neurons of every column are drawn.
        wishes : tuple
            What the frame shall show; any difference from what is remembered calls for a whole one.
        """
        if wishes != self._wishes:
            return None
        if self._places is None:
            places = replace(snapshot, params=np.arange(snapshot.params.size)).W
            drawn = (w.take(here, 0).take(there, 1) for w, (here, there) in zip(places, pairwise(shown), strict=True))
            self._places = np.concatenate([part.ravel() for part in drawn])
        return follow_frame(frame, snapshot.params.take(self._places.take(frame.lines.connections)))
