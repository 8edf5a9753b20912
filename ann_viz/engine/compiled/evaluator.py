"""Judges the ends of epochs with the compiled functions, on the rows that `Evaluator` takes."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.compiled.state import JUDGED_ROWS, Judged, address
from ann_viz.engine.compiled.workbench import Workbench
from ann_viz.engine.evaluation import EpochScores, Scorer, most_train_rows
from ann_viz.engine.examples import Examples
from ann_viz.engine.network import Network
from ann_viz.engine.rows import judged

__all__ = ["CompiledEvaluator"]


class CompiledEvaluator(Scorer):
    """Evaluates training and validation rows at the end of every epoch.

    Parameters
    ----------
    bench : Workbench
        Its state is given the rows, which `run` judges by as well.
    network, examples, unseen
        As those of `Evaluator`.
    """

    def __init__(self, bench: Workbench, network: Network, examples: Examples, unseen: Examples | None) -> None:
        self._bench = bench
        self._alive = [self._give(0, *judged(examples.X1, examples.Y, most_train_rows(network)))]
        if unseen is not None:
            self._alive.append(self._give(1, *judged(unseen.X1, unseen.Y)))

    @property
    def n_rows(self) -> tuple[int, int]:
        """How many training and validation rows are looked at."""
        learned, unseen = self._bench.state.parts
        return learned.n_rows, unseen.n_rows

    def measure(self) -> tuple[EpochScores, float]:
        """Return the scores, and the loss to judge the epoch by."""
        loss, metric = self._bench.judge(0)
        is_validated = len(self._alive) > 1
        unseen_loss, unseen_metric = self._bench.judge(1) if is_validated else (math.nan, math.nan)
        return EpochScores(loss, unseen_loss, metric, unseen_metric), unseen_loss if is_validated else loss

    def _give(self, part: int, X1: Array, Y: Array) -> tuple[Array, ...]:
        """Hand rows to C; return the arrays that must stay alive."""
        labels = np.ascontiguousarray(Y.argmax(axis=1), np.int64)
        spread = np.ascontiguousarray(((Y - Y.mean(axis=0)) ** 2).sum(axis=0, dtype=np.float64))
        arrays = (_in_blocks(X1), _in_blocks(Y), labels, spread)
        self._bench.state.parts[part] = Judged(len(Y), *map(address, arrays))
        return arrays


def _in_blocks(rows: Array) -> Array:
    """Turn ``(n, k)`` rows into blocks ``(n_blocks, k, JUDGED_ROWS)``, the last filled up with zeros."""
    n_blocks = -(-len(rows) // JUDGED_ROWS)
    filled = np.zeros((n_blocks * JUDGED_ROWS, rows.shape[1]), np.float32)
    filled[: len(rows)] = rows
    return np.ascontiguousarray(filled.reshape(n_blocks, JUDGED_ROWS, -1).transpose(0, 2, 1))
