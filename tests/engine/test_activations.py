"""Activation functions against their textbook formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS

FORMULAS = {
    "relu": lambda z: max(z, 0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "gelu": lambda z: 0.5 * z * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "softplus": lambda z: math.log1p(math.exp(z)),
    "linear": lambda z: z,
}
Z = np.array([-8, -3.3, -1, -0.2, 0.1, 0.7, 2, 9])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_slope(name: str) -> None:
    """The value is the formula's, the slope its central difference, and the argument is left alone."""
    before, activation, h = Z.copy(), ACTIVATIONS[name], 1e-6
    np.testing.assert_allclose(activation.evaluate(Z), [FORMULAS[name](z) for z in Z], rtol=1e-12, atol=1e-15)
    slope = [(FORMULAS[name](z + h) - FORMULAS[name](z - h)) / (2 * h) for z in Z]
    np.testing.assert_allclose(activation.slope(Z), slope, rtol=1e-7, atol=1e-9)
    np.testing.assert_array_equal(Z, before)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_extreme_sums_stay_finite(name: str) -> None:
    """Large sums neither overflow nor warn, in float32 as well."""
    extremes = np.array([-1e4, -100, 0, 100, 1e4], np.float32)
    assert np.isfinite(ACTIVATIONS[name].evaluate(extremes)).all()
    assert np.isfinite(ACTIVATIONS[name].slope(extremes)).all()
    assert ACTIVATIONS[name].evaluate(extremes).dtype == np.float32


def test_gelu_is_close_to_the_exact_form() -> None:
    """The tanh form of GELU is within 5e-4 of z·Φ(z)."""
    exact = [0.5 * z * (1 + math.erf(z / math.sqrt(2))) for z in Z]
    np.testing.assert_allclose(ACTIVATIONS["gelu"].evaluate(Z), exact, atol=5e-4)
