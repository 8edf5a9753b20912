"""A window with something to be taken along."""

from __future__ import annotations

import pytest

from ann_viz.session import RunState
from ann_viz.session.samples import samples


@pytest.fixture
def window(window, qtbot):
    """Return the window with data that have learned a little."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    for _ in range(2):
        window.bridge.step("epoch")
        qtbot.waitUntil(lambda: window.bridge.document.state is RunState.PAUSED)
    return window
