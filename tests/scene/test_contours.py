"""Lines of one value lie where the value is."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.scene.contours import contour


def test_a_slope_has_a_straight_line_and_a_bowl_a_circle() -> None:
    """Every end of every piece has the value, as far as straight lines between points can."""
    y, x = np.mgrid[0:20, 0:30].astype(float)
    slope = contour(x, 7.25)
    assert slope[:, ::2] == pytest.approx(7.25) and len(slope) == 19
    bowl = contour(np.hypot(x - 15, y - 10), 6.0)
    ends = bowl.reshape(-1, 2)
    assert np.hypot(ends[:, 0] - 15, ends[:, 1] - 10) == pytest.approx(6.0, abs=0.05)
    lengths = np.hypot(bowl[:, 2] - bowl[:, 0], bowl[:, 3] - bowl[:, 1])
    assert lengths.sum() == pytest.approx(2 * np.pi * 6, rel=0.02)


def test_a_saddle_has_two_pieces_and_a_plain_none() -> None:
    """Where lines could cross, they bend."""
    assert len(contour(np.array([[1.0, -1.0], [-1.0, 1.0]]), 0.0)) == 2
    assert contour(np.ones((4, 4)), 0.0).shape == (0, 4)
    assert contour(np.ones((1, 4)), 0.0).shape == (0, 4)
