"""Where the weights of a snapshot come from: which epoch's end, how many batches later, and what was done by hand.

Without it a number next to a picture would not say which weights it was measured on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ann_viz.engine.arrays import Array, read_only

__all__ = ["HandEdit", "Provenance", "WeightsOf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsOf:
    """The moment of a run that weights are from.

    Parameters
    ----------
    epoch : int
        They are those of the end of this epoch; 0 is the start.
    batch : int
        And so many batches after it; 0 at the end itself.
    restored : bool
        They were put back after training had gone further.
    edited : bool
        Since then some were set by hand; or some are locked and did not go back with the others.
    """

    epoch: int
    batch: int = 0
    restored: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HandEdit:
    """Parameters that were set by hand.

    Parameters
    ----------
    at : float
        When, in epochs of the run; batches count as parts of one.
    indices : (n,) array of int
        Which, as indices into ``params``.
    before, after : (n,) arrays
        What they were, and what they were set to.
    """

    at: float
    indices: Array
    before: Array
    after: Array


class Provenance:
    """Keeps the record of one run.

    Attributes
    ----------
    edits : list of HandEdit
        Everything set by hand, oldest first; what was set back at the same moment is not among them.
    version : int
        Counts what changes weights other than steps do.
    """

    def __init__(self) -> None:
        self.edits: list[HandEdit] = []
        self.version = 0
        self._of = WeightsOf(epoch=0)
        self._since = 0  # the batch of the epoch under way that these weights were put back after
        self._n_before = 0  # edits that the epoch's end has made part of the run

    def begin_epoch(self) -> None:
        """Batches are counted anew."""
        self._since = 0

    def end_epoch(self, epoch: int) -> None:
        """The weights are those of the end of an epoch."""
        self._of = WeightsOf(epoch=epoch)
        self._n_before = len(self.edits)

    def go_back(self, epoch: int, batch: int, *, restored: bool, edited: bool = False) -> None:
        """The weights of an epoch were put back, when so many batches of another one were done."""
        self._since = batch
        self._of = WeightsOf(epoch=epoch, restored=restored, edited=edited)
        self._n_before = len(self.edits)
        self.version += 1

    def write(self, at: float, indices: Array, before: Array, after: Array) -> None:
        """Some weights were set by hand."""
        self.version += 1
        if len(self.edits) > self._n_before and self.edits[-1].at == at:
            last = self.edits[-1]
            if np.array_equal(last.indices, indices):  # a weight that is dragged is set many times
                self.edits.pop()
                before = last.before
        if not np.array_equal(before, after):
            self.edits.append(HandEdit(at, *(read_only(np.array(each)) for each in (indices, before, after))))

    def weights_of(self, batch: int) -> WeightsOf:
        """Return what the weights are when so many batches of the epoch under way are done."""
        return replace(self._of, batch=batch - self._since, edited=self._of.edited or len(self.edits) > self._n_before)
