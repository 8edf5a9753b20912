"""Inputs that are the pixels of a picture."""

from __future__ import annotations

import numpy as np

from ann_viz.scene.pixels import PixelImage, templates


def test_every_weight_is_at_its_pixel() -> None:
    """Pixels that are no input stay 0, and the largest weight of a neuron is 1."""
    picture = PixelImage(2, np.array([0, 1, 3]))
    shown = templates(np.array([[2.0, 0.5], [-1.0, 0.0], [0.0, -0.25]]), picture)
    assert shown.tolist() == [[[1.0, -0.5], [0.0, 0.0]], [[1.0, 0.0], [0.0, -0.5]]]
    assert not templates(np.zeros((3, 1)), picture).any()
