"""Numbers are scaled as one does it by hand, and come back."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data.encoding.recipe import Scaling
from ann_viz.data.encoding.scaling import fit_scale, mean_std, scaled, unscaled

VALUES = np.array([1.0, 2.0, 3.0, 4.0, 10.0])


@pytest.mark.parametrize(
    ("scaling", "centre", "spread", "of_ten"),
    [
        # mean 20 / 5 = 4; deviations -3 -2 -1 0 6, squares 9 + 4 + 1 + 0 + 36 = 50, √(50 / 5) = √10; (10 - 4) / √10
        ("standard", 4.0, math.sqrt(10), 6 / math.sqrt(10)),
        # (10 - 4) / √10 = 6/√10, drawn in: 6/√10 / √(1 + (2/√10)²) = 6 / √(10 + 4)
        ("soft", 4.0, math.sqrt(10), 6 / math.sqrt(14)),
        # 1 to 10
        ("minmax", 1.0, 9.0, 1.0),
        # quartiles 2 and 4 around the median 3; (10 - 3) / 2
        ("robust", 3.0, 2.0, 3.5),
    ],
)
def test_scales_by_hand(scaling: Scaling, centre: float, spread: float, of_ten: float) -> None:
    """Centre, spread and a scaled number are those worked out by hand."""
    assert fit_scale(VALUES, scaling) == pytest.approx((centre, spread))
    assert scaled(VALUES, scaling, centre, spread)[-1] == pytest.approx(of_ten)


def test_logarithms_by_hand() -> None:
    """The logarithm of 1 + x keeps the sign and is standardised."""
    # ln(1 + e - 1) = 1, ln(1 + 0) = 0, -ln(1 + e² - 1) = -2: mean -1/3, squares 16/9 + 1/9 + 25/9 = 42/9, / 3 = 14/9
    values = np.array([math.e - 1, 0.0, 1 - math.e**2])
    centre, spread = fit_scale(values, "log")
    assert (centre, spread) == pytest.approx((-1 / 3, math.sqrt(14 / 9)))
    assert scaled(values, "log", centre, spread) == pytest.approx(np.array([4 / 3, 1 / 3, -5 / 3]) / math.sqrt(14 / 9))


@pytest.mark.parametrize("scaling", [scaling for scaling in get_args(Scaling) if scaling != "none"])
def test_a_single_value_divides_by_one(scaling: Scaling) -> None:
    """Where all numbers are the same, nothing is divided by zero."""
    values = np.full(7, 0.1)
    centre, spread = fit_scale(values, scaling)
    assert spread == 1.0
    assert scaled(values, scaling, centre, spread) == pytest.approx(np.zeros(7))


def test_without_scaling_numbers_stay_as_they_are() -> None:
    """But for those that no network could take."""
    assert fit_scale(np.array([3.0, 400.0]), "none") == (0.0, 1.0)
    assert scaled(np.array([3.0, -400.0, 1e30]), "none", 0.0, 1.0) == pytest.approx([3.0, -400.0, 1e9])


def test_small_units_keep_their_spread() -> None:
    """Numbers of a billionth of a billionth differ from each other all the same."""
    assert mean_std(np.array([1e-18, 3e-18])) == pytest.approx((2e-18, 1e-18))


def test_a_middle_half_of_equal_numbers() -> None:
    """Where the quartiles are equal the standard deviation stands in for their distance."""
    values = np.array([5.0] * 8 + [0.0, 100.0])
    assert fit_scale(values, "robust") == (5.0, float(values.std()))


def test_wild_numbers_stay_within_single_precision() -> None:
    """A number no training row was near to is cut off, and one no row could have is infinite."""
    assert scaled(np.array([1e99, -1e99]), "standard", 0.0, 1e-3).tolist() == [1e9, -1e9]
    assert unscaled(1e9, "log", 0.0, 1.0) == math.inf


def test_a_soft_scale_has_an_end() -> None:
    """Ordinary numbers hardly move, far ones come close to 3, and what lies there or beyond comes back as far away."""
    numbers = np.array([-1e12, -1.0, -0.1, 0.0, 0.1, 1.0, 4.0, 1e12])
    inputs = scaled(numbers, "soft", 0.0, 1.0)
    assert inputs == pytest.approx([-3, -0.9487, -0.09994, 0, 0.09994, 0.9487, 2.4, 3], rel=1e-4)
    assert (np.diff(inputs) > 0).all()
    assert [unscaled(end, "soft", 0.0, 1.0) for end in (-3.0, 3.0, 9.0)] == [-1e9, 1e9, 1e9]


def test_far_numbers_count_by_their_logarithm() -> None:
    """Up to 4 spreads a number stays to the last bit; each one comes back, however far, and none is overtaken."""
    near = np.linspace(-4.0, 4.0, 9)
    assert scaled(near, "tails", 0.0, 1.0).tolist() == near.tolist()
    # 4 + ln(1 + (e + 3 - 4)) = 4 + ln e = 5; -4 - ln(1 + (e² + 3 - 4)) = -6; centre 10 and spread 2 before that
    far = np.array([math.e + 3, -(math.e**2) - 3])
    assert scaled(10 + 2 * far, "tails", 10.0, 2.0) == pytest.approx([5.0, -6.0])
    numbers = np.array([-1e12, -1e4, -4.1, 3.9, 4.0, 4.001, 7.0, 1e8])
    inputs = scaled(numbers, "tails", 0.0, 1.0)
    assert (np.diff(inputs) > 0).all() and np.abs(inputs).max() < 25
    back = [unscaled(float(value), "tails", 0.0, 1.0) for value in inputs]
    assert back == pytest.approx([-1e9, *numbers[1:]], rel=1e-6)
    assert [unscaled(end, "tails", 0.0, 1.0) for end in (-700.0, 1e4)] == [-1e9, 1e9]


@given(
    values=st.lists(st.integers(-8000, 8000).map(lambda n: n / 8), min_size=1, max_size=30),
    scaling=st.sampled_from(get_args(Scaling)),
)
def test_scaled_numbers_come_back(values: list[float], scaling: Scaling) -> None:
    """Unscaling what was scaled, in single precision as the network has it, gives the number."""
    array = np.array(values)
    centre, spread = fit_scale(array, scaling)
    for value, number in zip(values, scaled(array, scaling, centre, spread).astype(np.float32), strict=True):
        assert unscaled(float(number), scaling, centre, spread) == pytest.approx(value, rel=1e-5, abs=5e-3)
