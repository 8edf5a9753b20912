"""A window with something to be taken along."""

from __future__ import annotations

import pytest
from saved_work import train

from ann_viz.session.samples import find_sample


@pytest.fixture
def window(window, qtbot):
    """Return the window with data that have learned a little."""
    window.open_sample(find_sample("iris.csv"))
    train(window, 2, qtbot)
    return window
