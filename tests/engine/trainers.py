"""Trainers of small networks on rows that they can learn."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.arrays import Array


def rows(n: int = 70, n_in: int = 3, seed: int = 0) -> tuple[Array, Array]:
    """Return rows a network can learn: yes when the sum of the inputs is positive."""
    X = np.random.default_rng(seed).standard_normal((n, n_in)).astype(np.float32)
    return X, (X.sum(axis=1, keepdims=True) > 0).astype(np.float32)


def make(n: int = 70, *, validation: bool = False, **changes: Any) -> Trainer:
    """Return a trainer of a 3-5-4-1 network."""
    clock = changes.pop("clock", itertools.count().__next__)
    hidden = (LayerConfig(neurons=5), LayerConfig(neurons=4, activation="tanh"))
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=hidden))
    X, Y = rows(n)
    X_validation, Y_validation = rows(30, seed=9) if validation else (None, None)
    config = TrainConfig(**{"batch_size": 16, "epochs": 4, **changes})
    return Trainer(
        network, X, Y, X_validation=X_validation, Y_validation=Y_validation, config=config, clock=lambda: float(clock())
    )


def finish(trainer: Trainer) -> int:
    """Run until a stop rule fires; return the steps that took."""
    return sum(1 for _ in trainer)
