"""What is to be learned, as plain arrays and settings: all that a process elsewhere needs to train and to score."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import NetworkConfig, TrainConfig, baseline, evaluate
from ann_viz.engine.rows import Rows, judged, spread
from ann_viz.session.scores import IN_TARGET_UNITS

__all__ = ["Problem", "problem_of"]

MOST_BYTES: Final = 1 << 26
"""Of the training rows: every process has its own copy. A file that memory would not hold is learned from by so many of
its rows, evenly spread."""

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Rows to learn from and to judge by, and the settings that those of a run are changes of.

    Parameters
    ----------
    network : NetworkConfig
    training : TrainConfig
        Seeds, epochs and patience are said by each task.
    X, Y : (n, n_in), (n, n_out) Rows
        Training rows; arrays, if they are to be sent.
    X_judged, Y_judged : arrays
        Validation rows, empty where none are kept back: the training rows judge then.
    target_std : float
        What turns errors into the target's units.
    n_train : int
        Training rows there are, of which `X` may be a part.
    """

    network: NetworkConfig
    training: TrainConfig
    X: Rows
    Y: Rows
    X_judged: Array
    Y_judged: Array
    target_std: float
    n_train: int

    @property
    def unseen(self) -> dict[str, Array]:
        """Validation rows as a `Trainer` takes them; nothing where there are none."""
        return {"X_validation": self.X_judged, "Y_validation": self.Y_judged} if len(self.X_judged) else {}

    @property
    def judging(self) -> tuple[Array, Array]:
        """Inputs and targets of the rows that every answer is scored on."""
        return (self.X_judged, self.Y_judged) if len(self.X_judged) else judged(self.X, self.Y)

    def score(self, output: Array) -> Mapping[str, float]:
        """Return the metrics of what was answered to the rows of `judging`, errors in the target's units."""
        return self._in_target_units(evaluate(self.network.task, self.judging[1], output))

    def score_guessing(self) -> Mapping[str, float]:
        """Return the metrics of the answer that needs no learning: the shares of the classes, or the mean."""
        return self._in_target_units(baseline(self.network.task, judged(self.X, self.Y)[1], self.judging[1]))

    def _in_target_units(self, scores: Mapping[str, float]) -> Mapping[str, float]:
        return {name: value * self.target_std if name in IN_TARGET_UNITS else value for name, value in scores.items()}

    def fingerprint(self) -> str:
        """Return what is another text for other rows or other settings to start from."""
        digest = hashlib.blake2b(digest_size=16)
        training = replace(self.training, seed=0, epochs=0, patience=None)
        digest.update(json.dumps([replace(self.network, seed=0).to_json(), repr(training)]).encode())
        for rows in (self.X, self.Y, self.X_judged, self.Y_judged):
            digest.update(repr(rows.shape).encode())
            digest.update(np.ascontiguousarray(rows[:]).data)
        return digest.hexdigest()


def problem_of(dataset: Dataset, network: NetworkConfig, training: TrainConfig, *, whole: bool = False) -> Problem:
    """Return a dataset with settings as a problem.

    Parameters
    ----------
    dataset : Dataset
        Training and validation rows are taken, test rows never.
    network, training
        The settings to change.
    whole : bool
        Take all training rows, and let them be read from their files where they are too many to be sent.
    """
    X, Y = dataset.stream("train")
    row_bytes = np.dtype(np.float32).itemsize * (X.shape[1] + Y.shape[1])
    most = max(1, MOST_BYTES // row_bytes)
    X_judged, Y_judged = judged(*dataset.stream("validation"))
    return Problem(
        network=network,
        training=training,
        X=X if whole else spread(X, most),
        Y=Y if whole else spread(Y, most),
        X_judged=X_judged,
        Y_judged=Y_judged,
        target_std=float(dataset.encoder.target_std),
        n_train=len(X),
    )
