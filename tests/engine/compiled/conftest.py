"""Trainers of equal networks, with NumPy and with the compiled library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LOSSES, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.arrays import Array
from ann_viz.engine.compiled.levels import LEVELS, machine
from ann_viz.engine.compiled.library import Library
from ann_viz.engine.compiled.turbo import TurboTrainer


@pytest.fixture(scope="session")
def library(library_file: Path) -> Library:
    """Return the functions for this processor."""
    return Library(library_file)


@pytest.fixture(params=LEVELS.get(machine(), ("none",)))
def each_library(request: pytest.FixtureRequest, library_file: Path, library: Library) -> Library:
    """Return the functions for every instruction set that this processor has."""
    if request.param not in library.levels:
        pytest.skip(f"this processor has no {request.param}")
    return Library(library_file, request.param)


def data(task: str, n: int, n_in: int, n_out: int, seed: int) -> tuple[Array, Array]:
    """Return rows that a network can learn."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, n_in)).astype(np.float32)
    if task == "regression":
        return X, np.tanh(X[:, :1] + X[:, -1:] * np.arange(n_out)).astype(np.float32)
    classes = np.digitize(X.sum(axis=1), np.linspace(-1, 1, max(n_out, 2) - 1))
    return X, (classes[:, None] if n_out == 1 else np.eye(n_out)[classes]).astype(np.float32)


@dataclass(frozen=True)
class Makes:
    """Makes trainers of equal networks, rows and settings: with NumPy, or with a library."""

    library: Library

    def one(self, sizes: tuple[int, ...] = (5, 7, 4, 1), *, library: Library | None = None, **settings: Any) -> Trainer:
        """Return a trainer; `settings` are those of `TrainConfig`, and the following ones.

        activation, loss: names; n: training rows; validation: rows kept back; kind: what holds the rows; checkpoint.
        """
        loss, activation = settings.pop("loss", "binary_cross_entropy"), settings.pop("activation", "tanh")
        n, validation, kind = settings.pop("n", 70), settings.pop("validation", 0), settings.pop("kind", np.asarray)
        task = LOSSES[loss].task
        hidden = tuple(LayerConfig(neurons=neurons, activation=activation) for neurons in sizes[1:-1])
        network = Network(NetworkConfig(n_inputs=sizes[0], n_outputs=sizes[-1], hidden=hidden, task=task, loss=loss))
        X, Y = data(task, n, sizes[0], sizes[-1], seed=0)
        X_validation, Y_validation = data(task, validation, sizes[0], sizes[-1], seed=9) if validation else (None, None)
        others: dict[str, Any] = {"checkpoint": settings.pop("checkpoint", None)}
        others |= {"X_validation": X_validation, "Y_validation": Y_validation}
        others["config"] = TrainConfig(**{"batch_size": 16, "epochs": 0, **settings})
        if library is None:
            return Trainer(network, kind(X), kind(Y), **others)
        return TurboTrainer(network, kind(X), kind(Y), library=library, **others)

    def turbo(self, *arguments: Any, **settings: Any) -> TurboTrainer:
        """Return a compiled one."""
        trainer = self.one(*arguments, library=self.library, **settings)
        assert isinstance(trainer, TurboTrainer)
        return trainer


@pytest.fixture
def makes(library: Library) -> Makes:
    """Return what makes trainers for this processor."""
    return Makes(library)


@pytest.fixture
def makes_each(each_library: Library) -> Makes:
    """Return what makes trainers for every instruction set."""
    return Makes(each_library)
