"""The Build column, empty and with customers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from build_controls import write_customers

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.session import Session
from ann_viz.ui.building.panel import BuildPanel
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme


@pytest.fixture
def bridge(qapp, tmp_path) -> Iterator[Bridge]:
    theme.apply(qapp, "light")
    made = Bridge(Session())
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def empty(qtbot, bridge) -> BuildPanel:
    panel = BuildPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(264, 760)
    panel.show()
    return panel


@pytest.fixture
def panel(empty, bridge, tmp_path) -> BuildPanel:
    table = open_table(write_customers(tmp_path / "customers.csv"))
    bridge.open_dataset(build_dataset(table, suggest_recipe(table, "Exited")))
    return empty
