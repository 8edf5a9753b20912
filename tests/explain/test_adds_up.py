"""Every activation with every loss adds up: the numbers of a followed row, and the results that are displayed.

The mathematics is written out here once more, plainly and without the engine. That a displayed result follows from the
displayed numbers before it is the business of `test_printed_formulas`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ann_viz.engine import ACTIVATIONS, LOSSES, Network
from ann_viz.explain import Names, RowPass, RunProgress, Situation
from ann_viz.explain.formulas import backward_lines, error_lines, forward_lines

Array = NDArray[np.float64]
CASES = [(loss.task, loss.name, activation) for loss in LOSSES.values() for activation in ACTIVATIONS]
SEEDS = (1, 5, 8)
RATE = 0.05
MEAN, STD = 100.0, 20.0
X = np.array([0.6, -1.2, 0.3])
NUMBER = r"\d[\d,]*(?:\.\d+)?"


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _gelu(z: Array) -> Array:
    return z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))) / 2


FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "elu": lambda z: np.where(z > 0, z, np.exp(z) - 1),
    "gelu": _gelu,
    "silu": lambda z: z * _sigmoid(z),
    "tanh": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "sigmoid": _sigmoid,
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "linear": lambda z: z,
}


def slope(name: str, z: Array) -> Array:
    """f′ by central differences: exact to about ten digits, and nothing of it is the engine's."""
    f, h = FUNCTIONS[name], 1e-5
    return (8 * (f(z + h) - f(z - h)) - (f(z + 2 * h) - f(z - 2 * h))) / (12 * h)


@dataclass
class ManualEdits:
    """One row through a network and back."""

    Z: list[Array]
    A: list[Array]
    loss: float
    delta: list[Array]
    dW: list[Array]  # noqa: N815 - the symbol of the maths


def work_out(network: Network, y: Array, loss: str, activation: str) -> ManualEdits:
    """Forward and backward for one row, weight by weight."""
    Z: list[Array] = []
    A: list[Array] = [X]
    last = len(network.W) - 1
    for layer, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        z = np.array([sum(W[i, j] * A[-1][i] for i in range(len(W))) + b[j] for j in range(len(b))])
        Z.append(z)
        A.append(_output(loss, z) if layer == last else FUNCTIONS[activation](z))
    total, error = _judge(loss, A[-1], y)
    delta = [error]
    for layer in range(last, 0, -1):
        blame = np.array([sum(w * d for w, d in zip(row, delta[0], strict=True)) for row in network.W[layer]])
        delta.insert(0, blame * slope(activation, Z[layer - 1]))
    return ManualEdits(Z, A, total, delta, [np.outer(a, d) for a, d in zip(A, delta, strict=False)])


def _output(loss: str, z: Array) -> Array:
    if loss == "binary_cross_entropy":
        return _sigmoid(z)
    return np.exp(z) / np.exp(z).sum() if loss == "categorical_cross_entropy" else z


def _judge(loss: str, answer: Array, y: Array) -> tuple[float, Array]:
    """The loss and ∂L/∂z of the output layer."""
    miss = answer - y
    if loss == "binary_cross_entropy":
        return float(-(y * np.log(answer) + (1 - y) * np.log(1 - answer)).sum()), miss
    if loss == "categorical_cross_entropy":
        return float(-(y * np.log(answer)).sum()), miss
    if loss == "mse":
        return float((miss**2).mean()), 2 * miss
    if loss == "mae":
        return float(abs(miss).mean()), np.sign(miss)
    far = abs(miss) >= 1
    return float(np.where(far, abs(miss) - 0.5, miss**2 / 2).mean()), np.where(far, np.sign(miss), miss)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_the_followed_row_is_what_a_hand_gets(make: Any, task: str, loss: str, activation: str, seed: int) -> None:
    """z, a, ŷ, loss, δ and all gradients of `follow`."""
    network, row = make(task, loss, activation, seed)
    hand = work_out(network, row.y, loss, activation)
    assert row.loss == pytest.approx(hand.loss, rel=1e-10)
    for shown, worked in ((row.Z, hand.Z), (row.A, hand.A)):
        for one, other in zip(shown, worked, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)
    for shown, worked in ((row.delta, hand.delta), (row.db, hand.delta), (row.dW, hand.dW)):
        for one, other in zip(shown, worked, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-10)


# What is displayed --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Shown:
    """A number as it is displayed: any number within half of its last digit."""

    value: float
    half: float = 0.0

    @classmethod
    def read(cls, text: str) -> Shown:
        plain = text.replace("−", "-").replace(",", "")
        return cls(float(plain), 0.5 * 10.0 ** -len(plain.partition(".")[2]))

    def holds(self, value: float) -> bool:
        return abs(self.value - value) <= self.half * (1 + 1e-6) + 1e-12


def situation(network: Network, row: RowPass, task: str) -> Situation:
    names = Names(
        row="row 3", target="price", inputs=("a", "b", "c"), outputs=("A", "B", "C")[: len(row.y)], answer="B",
        truth="B", certainty="40 %", right=None,
    )  # fmt: skip
    progress = RunProgress(
        epoch=4, epochs=200, n_train=700, learning_rate=RATE, optimizer="SGD", batch_size=32,
        first_loss=0.7, loss=0.4, best_loss=0.4, best_epoch=3, weights="epoch 4",
    )  # fmt: skip
    scale = (MEAN, STD) if task == "regression" else (0.0, 1.0)
    return Situation(network=network, row=row, facts=(), names=names, progress=progress, target_scale=scale)


def result_of(line: Any) -> Shown:
    """The number after the last equals sign."""
    return Shown.read(re.findall(rf"= ([+−]?{NUMBER})", line.text)[-1])


@pytest.fixture(params=SEEDS)
def told(request: pytest.FixtureRequest, make: Any) -> Callable[..., tuple[Situation, ManualEdits]]:
    """A situation, and the same by hand."""

    def build(task: str, loss: str, activation: str) -> tuple[Situation, ManualEdits]:
        network, row = make(task, loss, activation, request.param)
        return situation(network, row, task), work_out(network, row.y, loss, activation)

    return build


@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_the_displayed_results_are_right(told: Any, task: str, loss: str, activation: str) -> None:
    """z and ŷ, the loss and its slope, δ of the layer before and the step of a weight are those worked out by hand."""
    what, hand = told(task, loss, activation)
    j, k = int(np.argmax(hand.A[-1])), int(np.argmax(what.row.y)) if task == "multiclass" else 0
    total, answer = forward_lines(what)
    assert result_of(total).holds(hand.Z[-1][j])
    assert result_of(answer).holds(hand.A[-1][j] * (STD if task == "regression" else 1) + MEAN * (task == "regression"))
    row_loss, row_slope = error_lines(what)
    assert result_of(row_loss).holds(hand.loss)
    assert result_of(row_slope).holds(hand.delta[-1][k])
    alone, blame = backward_lines(what)
    j = int(np.argmax(abs(hand.delta[1])))
    assert result_of(blame).holds(hand.delta[1][j])
    i = int(np.argmax(abs(hand.dW[1][:, j])))
    assert result_of(alone).holds(hand.dW[1][i, j])
