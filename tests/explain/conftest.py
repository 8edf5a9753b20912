"""A small network with one row followed through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pocket_calculator import Checked

from ann_viz.engine import LayerConfig, Network, NetworkConfig
from ann_viz.explain import RowPass, follow

Maker = Callable[..., tuple[Network, RowPass]]


def _make(task: Any, loss: Any, activation: Any = "tanh", seed: int = 5) -> tuple[Network, RowPass]:
    """A 3-4-3 network, or 3-4-1, with biases that are not 0, and one row followed through it."""
    n_outputs = 3 if task == "multiclass" else 1
    hidden = (LayerConfig(neurons=4, activation=activation), LayerConfig(neurons=3, activation=activation))
    network = Network(
        NetworkConfig(n_inputs=3, n_outputs=n_outputs, hidden=hidden, task=task, loss=loss, dtype="float64", seed=seed)
    )
    rng = np.random.default_rng(seed)
    network.params += rng.normal(size=network.params.size) * 0.2
    y = {"binary": [1.0], "multiclass": [0.0, 1.0, 0.0], "regression": [-0.7]}[task]
    return network, follow(network, np.array([0.6, -1.2, 0.3]), np.array(y))


@pytest.fixture
def make() -> Maker:
    """`_make`, for tests that need more than one."""
    return _make


@pytest.fixture
def checked() -> Iterator[Checked]:
    """Everything that a test has worked out: nothing of it may be wrong. How many that were is shown with ``-rP``."""
    checked = Checked()
    yield checked
    print(f"{checked.formulas} formulas worked out, {len(checked.wrong)} wrong")
    assert checked.formulas
    assert checked.wrong == []
