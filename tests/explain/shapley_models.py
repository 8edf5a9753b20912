"""Three networks with a row and its background, the same on every machine: for the test and for its oracle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ann_viz.engine import LayerConfig, Network, NetworkConfig


@dataclass(frozen=True, eq=False)
class Case:
    """What is asked."""

    network: Network
    x: np.ndarray
    background: np.ndarray
    groups: tuple[tuple[int, int], ...]


def _case(widths: tuple[int, ...], hidden: tuple[int, ...], task: str, n_outputs: int, n_rows: int, seed: int) -> Case:
    """Columns of width 1 are numbers, wider ones are one-hot."""
    rng = np.random.default_rng(seed)
    stops = np.cumsum(widths)
    groups = tuple((int(stop - width), int(stop)) for stop, width in zip(stops, widths, strict=True))
    layers = tuple(LayerConfig(neurons=n, activation="tanh") for n in hidden)
    config = NetworkConfig(
        n_inputs=sum(widths), hidden=layers, n_outputs=n_outputs, task=task, dtype="float64", seed=seed
    )
    network = Network(config)
    network.params[:] = rng.normal(scale=0.8, size=network.params.shape)
    X = rng.normal(size=(n_rows + 1, sum(widths)))
    for start, stop in groups:
        if stop - start > 1:
            X[:, start:stop] = np.eye(stop - start)[rng.integers(stop - start, size=n_rows + 1)]
    return Case(network, X[0], X[1:], groups)


MODELS: Mapping[str, Callable[[], Case]] = {
    "yes or no, one-hot columns": lambda: _case((1, 3, 1, 1, 4, 1), (6, 6), "binary", 1, 100, 1),
    "four classes": lambda: _case((1, 1, 2, 1), (5,), "multiclass", 4, 60, 2),
    "a number, ten columns": lambda: _case((1,) * 8 + (3, 2), (8, 4), "regression", 1, 100, 3),
}
