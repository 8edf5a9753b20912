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
    average : bool
        What was put back is the average of the weights over the epochs until then.
    """

    epoch: int
    batch: int = 0
    restored: bool = False
    edited: bool = False
    average: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class HandEdit:
    """Parameters that were set by hand, or put back to what they were at the best epoch: no learning.

    Parameters
    ----------
    at : float
        When, in epochs of the run; batches count as parts of one.
    indices : (n,) array of int
        Which, as indices into ``params``.
    before, after : (n,) arrays
        What they were, and what they were set to.
    put_back : bool
        Whether they were put back.
    """

    at: float
    indices: Array
    before: Array
    after: Array
    put_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Provenance:
    """The record of one run; what happens to it makes a new one.

    Parameters
    ----------
    of : WeightsOf
        The last end of an epoch, or what was put back since.
    since, step : int
        The batch of the epoch under way, and the step of the run, that those weights were put back after.
    edits : tuple of HandEdit
        Everything set by hand or put back, oldest first; what was set back at the same moment is not among them.
    n_before : int
        How many of the edits are older than `of`.
    version : int
        Counts what changes weights other than steps do.
    """

    of: WeightsOf = WeightsOf(epoch=0)
    since: int = 0
    step: int = 0
    edits: tuple[HandEdit, ...] = ()
    n_before: int = 0
    version: int = 0

    def begun(self) -> Provenance:
        """Return the record when an epoch begins: batches are counted anew."""
        return replace(self, since=0)

    def ended(self, epoch: int) -> Provenance:
        """Return the record at the end of an epoch."""
        return replace(self, of=WeightsOf(epoch=epoch), n_before=len(self.edits))

    def gone_back(self, of: WeightsOf, batch: int, step: int, edit: HandEdit | None = None) -> Provenance:
        """Return the record after weights were put back.

        Parameters
        ----------
        of : WeightsOf
            Where they are from.
        batch, step : int
            Batches done of the epoch under way by then, and steps in all.
        edit : HandEdit, optional
            What was changed by hand along with it.
        """
        edits = self.edits if edit is None or np.array_equal(edit.before, edit.after) else (*self.edits, edit)
        return replace(self, of=of, since=batch, step=step, edits=edits, n_before=len(edits), version=self.version + 1)

    def written(self, edit: HandEdit) -> Provenance:
        """Return the record after some weights were set by hand."""
        edits = self.edits
        if len(edits) > self.n_before and edits[-1].at == edit.at and np.array_equal(edits[-1].indices, edit.indices):
            edit = replace(edit, before=edits[-1].before)  # a weight that is dragged is set many times
            edits = edits[:-1]
        if not np.array_equal(edit.before, edit.after):
            edits = (*edits, replace(edit, before=read_only(edit.before), after=read_only(edit.after)))
        return replace(self, edits=edits, version=self.version + 1)

    def weights_of(self, batch: int) -> WeightsOf:
        """Return what the weights are when so many batches of the epoch under way are done."""
        edited = self.of.edited or len(self.edits) > self.n_before
        return replace(self.of, batch=batch - self.since, edited=edited)
