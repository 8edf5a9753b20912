"""A small network with one row followed through it, and what there is to tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pocket_calculator import Checked

from ann_viz.data import Dialect, Feature
from ann_viz.engine import LayerConfig, Network, NetworkConfig
from ann_viz.explain import InputFact, Names, RowPass, RunProgress, Situation, follow
from ann_viz.explain.encoding import how_encoded

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


def _situation(network: Network, row: RowPass, task: str, names: dict[str, Any]) -> Situation:
    """Words, facts and progress around a row."""
    words: dict[str, Any] = {"row": "row 3", "target": "price", "inputs": ("a", "b", "c"), "outputs": ("A", "B", "C")}
    words |= {"answer": "B 40 %", "truth": "B", "certainty": "40 %", "right": None if task == "regression" else True}
    age = Feature(column="a", kind="number", inputs=("a",), mean=38.0, std=6.6666667)
    where = Feature(column="b", kind="category", inputs=("France", "Spain"), categories=("France", "Spain"))
    facts = (
        InputFact(column="a", raw="42", values=(0.6,), how=how_encoded(age, "42", (0.6,), Dialect())),
        InputFact(column="b", raw="Spain", values=(0.0, 1.0), how=how_encoded(where, "Spain", (0.0, 1.0), Dialect())),
    )
    progress = RunProgress(
        epoch=4, epochs=200, n_train=700, learning_rate=0.01, optimizer="Adam", batch_size=32,
        first_loss=0.693, loss=0.41, best_loss=0.4, best_epoch=3, weights="epoch 4",
    )  # fmt: skip
    return Situation(
        network=network,
        row=row,
        facts=facts,
        names=Names(**(words | names)),
        progress=progress,
        target_scale=(100.0, 20.0) if task == "regression" else (0.0, 1.0),
    )


@pytest.fixture
def situation(make: Maker) -> Callable[..., Situation]:
    """What there is to tell of a row, as a function of task, loss, activation and words."""

    def tell_of(task: str, loss: str | None, activation: str = "tanh", **names: Any) -> Situation:
        return _situation(*make(task, loss, activation), task, names)

    return tell_of


@pytest.fixture
def checked() -> Iterator[Checked]:
    """Everything that a test has worked out: nothing of it may be wrong. How many that were is shown with ``-rP``."""
    checked = Checked()
    yield checked
    print(f"{checked.formulas} formulas worked out, {len(checked.wrong)} wrong")
    assert checked.formulas
    assert checked.wrong == []
