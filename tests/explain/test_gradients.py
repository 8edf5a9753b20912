"""What the size of the gradient in each layer tells."""

from __future__ import annotations

import math

import pytest

from ann_viz.explain.gradients import verdict_on


@pytest.mark.parametrize(
    ("sizes", "word"),
    [
        ((1e-6, 1e-3), "vanish"),
        ((5.0, 0.01), "grow"),
        ((0.01, 0.02), "share"),
        ((0.0, 0.0), "All are 0"),
        ((math.nan, 1.0), "without end"),
        ((), "first batch"),
    ],
)
def test_what_gradients_mean_is_said(sizes, word) -> None:
    """Vanishing and exploding gradients are named."""
    assert word in verdict_on(sizes)
