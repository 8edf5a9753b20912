"""Accuracy mode in the window: what its switch trains and when, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig
from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.session.headless import open_dataset
from ann_viz.ui.building.accuracy_row import AccuracyRow
from ann_viz.ui.building.hyper_card import HyperCard
from ann_viz.ui.document.bridge import Bridge


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def row(bridge: Bridge, qtbot: Any, complaints: list[str]) -> Iterator[AccuracyRow]:
    """The switch beside the flowers, which are gone through four times."""
    row = AccuracyRow(bridge, complaints.append)
    qtbot.addWidget(row)
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=4)
    yield row
    row.stop()


def train(bridge: Bridge, qtbot: Any) -> None:
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def test_two_more_are_trained_when_a_run_ends(row: AccuracyRow, bridge: Bridge, qtbot: Any) -> None:
    """The switch says what will be, and then is; off, the run answers alone, and on again nothing is trained twice."""
    document = bridge.document
    assert not row.switch.isChecked() and row.note.text() == "one network"
    assert "Two more networks" in row.toolTip() and "3 seeds" in row.toolTip()
    row.switch.setChecked(True)
    assert document.accuracy and row.note.text() == "once training ends" and document.newest.epoch == 0
    train(bridge, qtbot)
    qtbot.waitUntil(lambda: document.n_networks == 3)
    assert row.note.text() == "mean of 3"
    row.switch.setChecked(False)
    assert document.n_networks == 1 and row.note.text() == "one network" and not document.accuracy
    row.switch.setChecked(True)
    qtbot.waitUntil(lambda: document.n_networks == 3)


def test_a_run_that_is_gone_back_to_stays_as_it_was(row: AccuracyRow, bridge: Bridge, qtbot: Any) -> None:
    """Nothing is trained that nobody asked for; a run with others beside it brings the switch along."""
    train(bridge, qtbot)
    alone = bridge.document.run_numbers[0]
    bridge.new_start()
    row.switch.setChecked(True)
    train(bridge, qtbot)
    qtbot.waitUntil(lambda: bridge.document.n_networks == 3)
    together = bridge.document.run_numbers[0]
    bridge.show_run(alone)
    assert bridge.document.n_networks == 1 and row.note.text() == "one network"
    bridge.set_accuracy(False)
    bridge.show_run(together)
    assert bridge.document.n_networks == 3 and row.switch.isChecked()


def test_going_on_ends_what_is_trained_beside(row: AccuracyRow, bridge: Bridge, qtbot: Any) -> None:
    """Those would be of a run that has ended earlier; when it has ended anew, they are trained for that."""
    row.switch.setChecked(True)
    train(bridge, qtbot)
    bridge.train()
    document = bridge.document
    qtbot.waitUntil(lambda: document.newest.epoch == 8 and document.n_networks == 3)
    run, rows = document.current_run, document.current_run.mean_of
    assert document.state is RunState.FINISHED
    trained = document.siblings.seeds(document.setup_of(run), 2)
    np.testing.assert_array_equal(rows[1:], [sibling.network.params for sibling in trained])


def test_too_wide_networks_are_complained_of(
    row: AccuracyRow, bridge: Bridge, qtbot: Any, complaints: list[str]
) -> None:
    bridge.set_hidden((LayerConfig(neurons=1400),))
    bridge.set_training(epochs=1)
    row.switch.setChecked(True)
    train(bridge, qtbot)
    assert complaints == ["3 networks side by side may have 4,096 neurons in a layer; these have 3 × 1,400."]
    assert row.note.text() == "one network"


def test_a_card_made_for_such_a_run_goes_on_with_it(bridge: Bridge, qtbot: Any) -> None:
    """Though nobody has looked at More settings: the networks of a project are trained anew when it goes on."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    card = HyperCard(bridge)
    qtbot.addWidget(card)
    assert card.accuracy is None
    bridge.set_training(epochs=2)
    bridge.set_accuracy(True)
    assert card.accuracy is not None and card.accuracy.switch.isChecked()
    train(bridge, qtbot)
    qtbot.waitUntil(lambda: bridge.document.n_networks == 3)
    card.stop()
