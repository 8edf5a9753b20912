"""Loss and headline metric of a network on a fixed set of rows, quick enough for every epoch.

The metric is the accuracy, or R² for regression (mean over the outputs). All other metrics are in `metrics`.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple, Protocol

import numpy as np

from ann_viz.engine.arrays import Array, Call, run
from ann_viz.engine.examples import Examples
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.network import Network
from ann_viz.engine.passes import Pass
from ann_viz.engine.rows import Rows, judged

__all__ = ["EpochScores", "Evaluation", "Evaluator", "Scorer", "most_train_rows"]

_CHUNK_ROWS: Final = 2048
_MOST_TRAIN_ROWS: Final = 10_000
# The end of an epoch must not cost more than the steps of it: wide networks are judged on fewer training rows.
_LEAST_TRAIN_ROWS: Final = 2_000
_TRAIN_PRODUCTS: Final = 200_000_000


class EpochScores(NamedTuple):
    """Loss and metric, of all rows alike and without penalties; NaN without validation rows."""

    train_loss: float
    validation_loss: float
    train_metric: float
    validation_metric: float


class Scorer(Protocol):
    """Judges the network at the ends of epochs."""

    def measure(self) -> tuple[EpochScores, float]:
        """Return the scores, and the loss to judge the epoch by: the validation loss if there is one."""
        ...

    @property
    def n_rows(self) -> tuple[int, int]:
        """How many training and validation rows are looked at."""
        ...


def most_train_rows(network: Network) -> int:
    """Return by how many training rows a network is judged at most."""
    return max(_LEAST_TRAIN_ROWS, min(_MOST_TRAIN_ROWS, _TRAIN_PRODUCTS // network.params.size))


class Evaluator:
    """Evaluates training and validation rows at the end of every epoch.

    Parameters
    ----------
    network : Network
        Read in place.
    examples : Examples
        Training rows; some of them are enough to judge by.
    unseen : Examples or None
        Validation rows.
    """

    def __init__(self, network: Network, examples: Examples, unseen: Examples | None) -> None:
        self._train = Evaluation(network, examples.X1, examples.Y, most_train_rows(network))
        self._validation = None if unseen is None else Evaluation(network, unseen.X1, unseen.Y)

    @property
    def n_rows(self) -> tuple[int, int]:
        """How many training and validation rows are looked at."""
        return self._train.n_rows, 0 if self._validation is None else self._validation.n_rows

    def measure(self) -> tuple[EpochScores, float]:
        """Return the scores, and the loss to judge the epoch by."""
        with np.errstate(all="ignore"):
            loss, metric = self._train.measure()
            unseen_loss, unseen_metric = self._validation.measure() if self._validation else (math.nan, math.nan)
        return EpochScores(loss, unseen_loss, metric, unseen_metric), unseen_loss if self._validation else loss


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
        X1, Y = judged(inputs, targets, most_rows, n_ones=1)
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

    @property
    def n_rows(self) -> int:
        """How many rows are looked at."""
        return len(self._Y)

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
