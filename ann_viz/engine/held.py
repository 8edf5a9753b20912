"""Parameters that training leaves as they are: what was there before an update is there after it."""

from __future__ import annotations

import numpy as np

from ann_viz.engine.arrays import Array, Call

__all__ = ["HeldParameters"]


class HeldParameters:
    """Puts held parameters back after an update, and after going back to earlier parameters.

    Only who writes them between two steps, by hand, changes them.

    Parameters
    ----------
    params : (n_parameters,) array
        Of the network; the calls read and write it.

    Attributes
    ----------
    places : (n_held,) array of int
        Indices into `params`, ascending.
    """

    def __init__(self, params: Array) -> None:
        self._params = params
        self.hold(np.empty(0, np.intp))

    def hold(self, places: Array) -> None:
        """Hold these and no others."""
        self.places = np.unique(places).astype(np.intp)
        self._kept = self._params[self.places]

    def go_back(self, params: Array) -> None:
        """Put back earlier parameters, all but those that are held."""
        np.take(self._params, self.places, out=self._kept, mode="clip")
        np.copyto(self._params, params)
        np.put(self._params, self.places, self._kept)

    def around(self, update: tuple[Call, ...]) -> tuple[Call, ...]:
        """Return the calls of an update that leaves what is held alone."""
        if not len(self.places):
            return update
        params, places, kept = self._params, self.places, self._kept
        return (
            lambda: np.take(params, places, out=kept, mode="clip"),
            *update,
            lambda: np.put(params, places, kept),
        )
