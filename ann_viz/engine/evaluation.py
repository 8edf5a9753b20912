"""Loss and headline metric of a network on a fixed set of rows, quick enough for every epoch.

The metric is the accuracy, or R² for regression (mean over the outputs). All other metrics are in `metrics`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, run
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.network import Network
from ann_viz.engine.passes import Pass
from ann_viz.engine.rows import Rows, judged

__all__ = ["Evaluation"]

_CHUNK_ROWS: Final = 2048


class Evaluation:
    """Evaluates one set of rows again and again.

    Parameters
    ----------
    network : Network
        Read in place.
    inputs : (n, n_in + 1) Rows
        Inputs with a last column of ones.
    targets : (n, n_out) Rows
        Targets.
    most_rows : int, optional
        Evaluate no more rows than this, evenly spread; always the same ones. See `judged`.
    """

    def __init__(self, network: Network, inputs: Rows, targets: Rows, most_rows: int | None = None) -> None:
        X1, Y = judged(inputs, targets, most_rows)
        self._task = network.config.task
        self._loss = LOSSES[network.config.loss_name]
        self._Y = Y
        self._labels = Y.argmax(axis=1)
        self._spread = ((Y - Y.mean(axis=0)) ** 2).sum(axis=0, dtype=np.float64)
        self._Z = np.empty_like(Y)
        self._chunks: list[tuple[list[Call], Array, Array, Array]] = []
        passes: dict[int, Pass] = {}
        for start in range(0, len(X1), _CHUNK_ROWS):
            rows_of_chunk = slice(start, start + _CHUNK_ROWS)
            part = X1[rows_of_chunk]
            one = passes.setdefault(len(part), Pass(network, len(part)))
            calls = [call for layer in one.forward(part.T) for call in layer]
            self._chunks.append((calls, one.Z, np.ascontiguousarray(Y[rows_of_chunk].T), self._Z[rows_of_chunk].T))

    def measure(self) -> tuple[float, float]:
        """Return the mean loss, unweighted and without penalties, and the metric."""
        total = 0.0
        for calls, Z, YT, kept in self._chunks:
            run(calls)
            np.copyto(kept, Z)
            total += self._loss.total(Z, YT)
        return total / len(self._Y), self._metric()

    def _metric(self) -> float:
        """Return the accuracy or R²."""
        Z, Y = self._Z, self._Y
        if self._task == "binary":
            return float(np.count_nonzero((Z > 0) == (Y > 0.5)) / len(Y))
        if self._task == "multiclass":
            return float(np.count_nonzero(Z.argmax(axis=1) == self._labels) / len(Y))
        residual = ((Z - Y) ** 2).sum(axis=0, dtype=np.float64)
        unexplained = np.divide(residual, self._spread, out=np.ones_like(residual), where=self._spread > 0)
        return float(1 - unexplained.mean())
