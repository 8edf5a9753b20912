"""The Inspector, and a network that has learned for a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ann_viz.engine import LayerConfig
from ann_viz.resources import resource
from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector.panel import InspectorPanel

EPOCHS = 5


@pytest.fixture
def panel(bridge: Bridge, view: View, qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(bridge, view)
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def learn(bridge: Bridge, session: Session) -> Callable[..., None]:
    """Return a function that opens a sample, trains it for a moment and stands still."""

    def run(sample: str = "bank_customers.csv", *layers: str) -> None:
        session.set_training(epochs=2 * EPOCHS)
        bridge.open_dataset(open_dataset(resource("samples", sample)))
        if layers:
            bridge.set_hidden(tuple(LayerConfig(neurons=6, activation=name) for name in layers))
        for _ in range(EPOCHS):  # not to the end, where the weights of the best epoch would be put back
            bridge.step("epoch")
            session.wait()
            bridge.pause()

    return run
