"""Windows in which something has been learned."""

from __future__ import annotations

from pathlib import Path

import pytest
from enlarged_charts import learn, train, write_customers

from ann_viz.session.headless import open_dataset
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def bank(window: MainWindow, qtbot, tmp_path: Path) -> MainWindow:
    """The window with a few customers, learned from for two epochs."""
    window.bridge.open_dataset(open_dataset(write_customers(tmp_path / "customers.csv"), target="left"))
    train(window, qtbot, 2, batch_size=16)
    return window


@pytest.fixture
def iris(window: MainWindow, qtbot) -> MainWindow:
    """The window with the flowers, learned from for four epochs."""
    learn(window, qtbot, "iris", 4)
    return window
