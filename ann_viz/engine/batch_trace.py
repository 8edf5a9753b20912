"""One batch looked at closely: which rows it has, what dropout did to them, and where the weights began."""

from __future__ import annotations

from dataclasses import dataclass

from ann_viz.engine.arrays import Array, read_only
from ann_viz.engine.phase import Phase

__all__ = ["BatchTrace", "CloseLook"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BatchTrace:
    """The batch that is gone through phase by phase, as far as it has come.

    Parameters
    ----------
    rows : (n,) array of int
        Which training rows it has, counted among the training rows.
    params_before : (n_parameters,) array
        The parameters it began with.
    kept : tuple of ((n, width) array of bool, or None)
        Which activations of each hidden layer dropout let through, one array row per row of the batch; None where the
        batch has not got to. Empty without dropout.
    """

    rows: Array
    params_before: Array
    kept: tuple[Array | None, ...] = ()


class CloseLook:
    """What is remembered of a batch while it goes phase by phase.

    Parameters
    ----------
    rows : (n,) array of int
        Its training rows.
    params : (n_parameters,) array
        Of the network, before the update.
    masks : tuple of (width, n) arrays
        What dropout multiplies the activations of each hidden layer by, once they have been gone through; empty
        without dropout.

    Attributes
    ----------
    mean : (n_parameters,) array or None
        Its gradient, without penalties and clipping, once it is complete.
    """

    def __init__(self, rows: Array, params: Array, masks: tuple[Array, ...]) -> None:
        self._rows, self._params, self._masks = read_only(rows), read_only(params.copy()), masks
        self.mean: Array | None = None

    def keep_mean(self, gradients: Array) -> None:
        """Remember the gradient of the batch: penalties and clipping are about to change it in place."""
        self.mean = gradients.copy()

    def trace(self, phase: Phase) -> BatchTrace:
        """Return what is known after a phase."""
        n_drawn = {"input": 0, "forward": phase.layer + 1}.get(phase.kind, len(self._masks))
        kept = tuple(read_only(mask.T > 0) if layer < n_drawn else None for layer, mask in enumerate(self._masks))
        return BatchTrace(rows=self._rows, params_before=self._params, kept=kept)
