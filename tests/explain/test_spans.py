"""How numbers are written in formulas."""

from __future__ import annotations

import math

import pytest

from ann_viz.explain.spans import gradient


@pytest.mark.parametrize(
    ("value", "text"), [(0.25, "+0.250"), (-0.25, "−0.250"), (0.0, "0"), (2e-5, "+2.0·10⁻⁵"), (math.nan, "–")]
)
def test_a_gradient_has_its_sign_and_as_many_digits_as_count(value: float, text: str) -> None:
    """Zero has no sign, and what is not a number is a dash."""
    assert gradient(value) == text
