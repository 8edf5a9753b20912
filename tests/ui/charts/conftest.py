"""A window with customers of whom it is known why they leave."""

from __future__ import annotations

from pathlib import Path

import pytest
from enlarged_charts import write_customers

from ann_viz.session import RunState, Speed
from ann_viz.session.headless import open_dataset
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def bank(window: MainWindow, qtbot, tmp_path: Path) -> MainWindow:
    """The window with a few customers, learned from for two epochs."""
    window.bridge.open_dataset(open_dataset(write_customers(tmp_path / "customers.csv"), target="left"))
    bridge = window.bridge
    bridge.set_training(epochs=2, batch_size=16)
    bridge.set_speed(Speed())
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    return window
