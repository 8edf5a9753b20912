"""A new row in a table of the engine is in the window: listed in the cards, trained with, inspected and explained."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from ann_viz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, LayerConfig, TrainConfig
from ann_viz.explain.wording import layer_captions
from ann_viz.resources import resource
from ann_viz.scene import Connection, Neuron
from ann_viz.session import RunState, Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.building.hyper_card import HyperCard
from ann_viz.ui.building.network_card import NetworkCard
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.panel import ExplainPanel
from ann_viz.ui.inspector.panel import InspectorPanel


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    bridge = Bridge(Session(TrainConfig(epochs=3)))
    bridge.open_dataset(open_dataset(resource("samples", "house_prices.csv")))
    yield bridge
    bridge.close()


def items(box: QComboBox) -> dict[str, str]:
    """Names and labels that a box offers."""
    return {box.itemData(place): box.itemText(place) for place in range(box.count())}


def choose(box: QComboBox, name: str) -> None:
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def labels(table) -> dict[str, str]:
    return {name: row.label for name, row in table.items()}


def test_the_cards_list_the_tables(qtbot: QtBot, bridge: Bridge) -> None:
    """Every row with its label, in the order of its table."""
    network, hyper = NetworkCard(bridge), HyperCard(bridge)
    qtbot.addWidget(network)
    qtbot.addWidget(hyper)
    assert items(network.rows[0].activation) == labels(ACTIVATIONS)
    assert items(hyper.optimizer) == labels(OPTIMIZERS)
    assert items(hyper.more.schedule) == labels(SCHEDULES)
    losses = {name: loss.label for name, loss in LOSSES.items() if loss.task == "regression"}
    assert items(hyper.more.loss) == losses


@pytest.mark.usefixtures("rows_added")
def test_what_was_added_is_chosen_trained_with_and_told(qtbot: QtBot, bridge: Bridge) -> None:
    """No other file knows it: the general words and formulas of its row stand where the special ones are missing."""
    view = View(bridge)
    network, hyper = NetworkCard(bridge), HyperCard(bridge)
    inspector, explain = InspectorPanel(bridge, view), ExplainPanel(bridge, view)
    for widget in (network, hyper, inspector, explain):
        qtbot.addWidget(widget)
    bridge.set_hidden((LayerConfig(neurons=3),))
    choose(network.rows[0].activation, "cube")
    choose(hyper.optimizer, "sign")
    choose(hyper.more.schedule, "harmonic")
    choose(hyper.more.loss, "quartic")
    document = bridge.document
    assert layer_captions(document.network_config)[0] == "3 · Cube"
    bridge.train()
    qtbot.waitUntil(lambda: document.state is RunState.FINISHED)
    inspector.show()
    view.select(Neuron(1, 0))
    assert "Cube" in inspector.heading.about and "z</i>³ = <b>" in inspector.passes_on.formula
    explain.resize(1104, 140)
    explain.show()
    explain.show_step(3)
    assert explain.formulas[0].startswith("L = (ŷ − y)⁴ = ")
    bridge.reset()
    for _ in range(6):  # input, two times forward, error, two times backward
        bridge.step("phase")
    view.select(Connection(0, 0, 0))
    story = document.explain_update(0, 0, 0)
    assert story is not None
    assert "Δw = −η·sign(g) = " in story.lines[-2].text
    bridge.step("phase")
    assert document.snapshot.W[0][0, 0] == pytest.approx(np.float32(story.after), abs=1e-7)
