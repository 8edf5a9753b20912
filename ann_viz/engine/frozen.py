"""Frozen parameters: training leaves them as they are, so what was there before an update is there after it."""

from __future__ import annotations

import numpy as np

from ann_viz.engine.arrays import Array, Call

__all__ = ["FrozenParameters"]


class FrozenParameters:
    """Puts frozen parameters back after an update, and after going back to earlier parameters.

    Only who writes them between two steps, by hand, changes them.

    Parameters
    ----------
    params : (n_parameters,) array
        Of the network; the calls read and write it.

    Attributes
    ----------
    indices : (n_frozen,) array of int
        Indices into `params`, ascending.
    """

    def __init__(self, params: Array) -> None:
        self._params = params
        self.freeze(np.empty(0, np.intp))

    def freeze(self, indices: Array) -> None:
        """Freeze the parameters at the places `indices (n,)`, and no others."""
        self.indices = np.unique(indices).astype(np.intp)
        self._kept = self._params[self.indices]

    def go_back(self, params: Array) -> None:
        """Put back earlier parameters, all but those that are frozen."""
        np.take(self._params, self.indices, out=self._kept, mode="clip")
        np.copyto(self._params, params)
        np.put(self._params, self.indices, self._kept)

    def around(self, update: tuple[Call, ...]) -> tuple[Call, ...]:
        """Return the calls of an update that leaves what is frozen alone."""
        if not len(self.indices):
            return update
        params, indices, kept = self._params, self.indices, self._kept
        return (
            lambda: np.take(params, indices, out=kept, mode="clip"),
            *update,
            lambda: np.put(params, indices, kept),
        )
