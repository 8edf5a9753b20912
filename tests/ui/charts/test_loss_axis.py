"""The loss chart's axes keep still while training runs flat out, and are exact when it does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.ui.charts.loss_curves import HEADROOM, LEAST_FILLED, LossCurves, shown_range, steady_range
from ann_viz.ui.charts.loss_plot import LossPlot

ENDS = st.floats(-1e3, 1e3)
SPANS = st.floats(1e-6, 1e3)


@given(ENDS, SPANS, ENDS, SPANS, st.booleans())
def test_all_that_is_to_be_seen_is_seen(kept_low, kept_span, low, span, fixed_low) -> None:
    """Whatever was shown before; and the curve never shrinks to a corner of the chart."""
    kept, high = (kept_low, kept_low + kept_span), low + span
    first, last = steady_range(kept, low, high, fixed_low=fixed_low)
    assert first <= low < high <= last
    assert (high - low) / (last - first) >= min(LEAST_FILLED, 1 / (1 + HEADROOM)) - 1e-9
    if fixed_low and (first, last) != kept:
        assert first == low


@given(ENDS, SPANS, st.floats(0, 0.15), st.floats(0, 0.15))
def test_what_still_fits_moves_nothing(low, span, below, above) -> None:
    """A range that is 70 % filled stays, to the last digit."""
    kept = (low - below * span, low + span + above * span)
    assert steady_range(kept, low, low + span) == kept


def _curves(n_epochs: int, *, fast: bool, log: bool = False) -> LossCurves:
    epoch = np.arange(n_epochs + 1.0)
    loss = 0.3 + 0.4 * np.exp(-epoch / 100)
    return LossCurves(epoch=epoch, train=loss, validation=loss + 0.05, best=None, baseline=None, log=log, fast=fast)


@pytest.fixture
def plot(qtbot) -> LossPlot:
    """A chart of its own."""
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


@pytest.mark.parametrize("log", [False, True])
def test_flat_out_the_axes_move_in_steps_and_standing_still_they_are_exact(plot, log) -> None:
    """A few epochs more move no axis; a pause shows exactly what is there; nothing is ever cut off."""
    seen = set()
    for n_epochs in range(500, 600):
        curves = _curves(n_epochs, fast=True, log=log)
        plot.show_curves(curves)
        (left, right), (bottom, top) = plot._view.viewRange()
        seen.add((left, right, bottom, top))
        low, high = shown_range(curves)
        assert left == 0
        assert right >= n_epochs
        assert bottom <= curves.height(low) + 1e-9
        assert top >= curves.height(high) - 1e-9
    assert len(seen) <= 3
    curves = _curves(600, fast=False, log=log)
    plot.show_curves(curves)
    low, high = shown_range(curves)
    (left, right), up = plot._view.viewRange()
    assert (left, right) == pytest.approx((0, 1.03 * 600))
    assert up == pytest.approx([curves.height(low), curves.height(high)])
    assert curves.loss(up[0]) == pytest.approx(low)
