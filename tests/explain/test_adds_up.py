"""Every activation with every loss adds up: first the numbers of a followed row, then the digits that are displayed.

The mathematics is written out here once more, plainly and without the engine. Displayed numbers stand for all numbers
that round to them, so a formula holds if its result lies among what its displayed parts can make.
"""

from __future__ import annotations

import itertools
import math
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
NUMBER = r"\d[\d,]*(?:\.\d+)?(?:e[−+]?\d+)?"


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
    def read(cls, text: str, sign: str = "") -> Shown:
        plain = (sign + text).replace("−", "-").replace("+-", "-").replace(",", "").replace(" ", "")
        mantissa, _, power = plain.partition("e")
        decimals = len(mantissa.partition(".")[2])
        return cls(float(plain), 0.5 * 10.0 ** (int(power or 0) - decimals))

    def holds(self, value: float) -> bool:
        return abs(self.value - value) <= self.half * (1 + 1e-6) + 1e-12


def exact(text: str) -> Shown:
    """A number that is written out in full."""
    return Shown(Shown.read(text).value)


def adds_up(formula: Callable[..., float], parts: list[Shown], result: Shown) -> None:
    """The displayed result lies among what numbers that are displayed as `parts` can make."""
    ends = [
        (part.value - part.half, part.value, part.value + part.half) if part.half else (part.value,) for part in parts
    ]
    made = [formula(*chosen) for chosen in itertools.product(*ends)]
    assert min(made) - result.half - 1e-9 <= result.value <= max(made) + result.half + 1e-9


def products(text: str) -> list[Shown]:
    """Both factors of all products in a sum; the sign goes to the first."""
    found = re.findall(rf"([+−]?) ?({NUMBER})·\(?(−?{NUMBER})\)?", text)
    return [number for sign, w, a in found for number in (Shown.read(w, sign), Shown.read(a))]


def sum_of(*factors: float) -> float:
    return sum(w * a for w, a in zip(factors[::2], factors[1::2], strict=True))


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
def test_the_displayed_answer_adds_up(told: Any, task: str, loss: str, activation: str) -> None:
    """Displayed weights, activations and bias make the displayed z, and z makes ŷ."""
    what, hand = told(task, loss, activation)
    total, answer = forward_lines(what)
    j = int(np.argmax(hand.A[-1]))
    assert result_of(total).holds(hand.Z[-1][j])
    terms = total.text.removeprefix("z = ").partition("(bias)")[0]
    sign, bias = re.findall(rf"([+−]) ({NUMBER}) $", terms)[0]
    adds_up(lambda b, *factors: sum_of(*factors) + b, [Shown.read(bias, sign), *products(terms)], result_of(total))
    left = re.findall(rf"(−?{NUMBER})", answer.text.rpartition(" = ")[0])
    shown = result_of(answer)
    if task == "binary":
        assert shown.holds(hand.A[-1][0])
        adds_up(lambda power: 1 / (1 + math.exp(power)), [Shown.read(left[-1])], shown)
    elif task == "multiclass":
        z, top, all_of_them = map(Shown.read, left)
        assert shown.holds(hand.A[-1][j])
        assert all_of_them.holds(float(np.exp(hand.Z[-1]).sum()))
        adds_up(math.exp, [z], top)
        adds_up(lambda one, whole: one / whole, [top, all_of_them], shown)
    else:
        assert shown.holds(hand.A[-1][0] * STD + MEAN)
        adds_up(lambda y, std, mean: y * std + mean, [Shown.read(left[0]), exact(left[1]), exact(left[2])], shown)


@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_the_displayed_error_adds_up(told: Any, task: str, loss: str, activation: str) -> None:
    """The displayed answer makes the displayed loss and the displayed slope."""
    what, hand = told(task, loss, activation)
    row_loss, row_slope = error_lines(what)
    k = int(np.argmax(what.row.y)) if task == "multiclass" else 0
    assert result_of(row_loss).holds(hand.loss)
    assert result_of(row_slope).holds(hand.delta[-1][k])
    inner = re.findall(rf"ln\(({NUMBER})\)", row_loss.text)
    if task != "regression":
        adds_up(lambda chance: -math.log(max(chance, 1e-12)), [Shown.read(inner[0])], result_of(row_loss))
    else:
        parts = _answer_and_truth(row_loss.text)
        adds_up(
            lambda answer, truth: _judge(loss, np.array([answer]), np.array([truth]))[0], parts, result_of(row_loss)
        )
    parts = _answer_and_truth(row_slope.text)
    shape = loss if task == "regression" else "difference"
    adds_up(lambda answer, truth: _slope_of(shape, answer - truth), parts, result_of(row_slope))


def _answer_and_truth(text: str) -> list[Shown]:
    answer, truth = re.findall(rf"(−?{NUMBER}) − \(?(−?{NUMBER})\)?", text)[0]
    return [Shown.read(answer), Shown.read(truth)]


def _slope_of(loss: str, miss: float) -> float:
    if loss == "mse":
        return 2 * miss
    if loss == "mae" or (loss == "huber" and abs(miss) >= 1):
        return math.copysign(1, miss)
    return miss


@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_the_displayed_way_back_adds_up(told: Any, task: str, loss: str, activation: str) -> None:
    """Displayed slope, weights and δ make the δ of the layer before, and that δ the displayed step of a weight."""
    what, hand = told(task, loss, activation)
    blame, update = backward_lines(what)
    j = int(np.argmax(abs(hand.delta[1])))
    assert result_of(blame).holds(hand.delta[1][j])
    factor = Shown.read(re.findall(rf"= (−?{NUMBER})·\[", blame.text)[0])
    assert factor.holds(float(slope(activation, hand.Z[1])[j]))
    terms = blame.text.partition("[")[2].partition("]")[0]
    adds_up(lambda f, *factors: f * sum_of(*factors), [factor, *products(terms)], result_of(blame))
    i = int(np.argmax(abs(hand.dW[1][:, j])))
    w = float(what.network.W[1][i, j])
    assert result_of(update).holds(w - RATE * hand.dW[1][i, j])
    pattern = rf"= (−?{NUMBER}) − ({NUMBER})·\((−?{NUMBER})\)·\(?(−?{NUMBER})\)?"
    weight, rate, delta, x = re.findall(pattern, update.text)[0]
    parts = [Shown.read(weight), exact(rate), Shown.read(delta), Shown.read(x)]
    adds_up(lambda w, eta, d, x: w - eta * d * x, parts, result_of(update))
