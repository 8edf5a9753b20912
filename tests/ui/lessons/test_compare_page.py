"""The lesson on hidden layers: two networks from one seed, of which only one can bend its border."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ann_viz.engine import Network
from ann_viz.session import twin
from ann_viz.session.samples import samples

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


@pytest.fixture
def page(window):
    """Open the circles beside each other, the run in the window without a hidden layer."""
    window.open_sample(BY_FILE["circles.csv"])
    window.bridge.set_training(learning_rate=0.03)
    window.bridge.set_hidden(())
    window.pages.show("compare")
    return window.pages.compare


@pytest.fixture
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let twins go as fast as they can."""
    monkeypatch.setattr(twin, "STEADY_EPOCHS", 1e6)


def test_both_begin_from_the_seed(page, window) -> None:
    """Their weights are those that the session's seed gives, and nothing has been learned; the maps are shown."""
    pair = page.twins.twin.now
    for snapshot, n_hidden in ((pair.one, 0), (pair.other, 1)):
        assert len(snapshot.config.hidden) == n_hidden
        assert np.array_equal(snapshot.params, Network(snapshot.config).params)
    assert page.twins.facts()["compared"] == 0 and page.pair.mode == "map"


def test_only_with_a_hidden_layer_it_learns_the_disc(page, window, qtbot, unwatched) -> None:
    """One is right nearly always, the other about as often as guessing; the maps show it, and both are runs then."""
    qtbot.mouseClick(page.header.train, LEFT)
    qtbot.waitUntil(lambda: page.twins.twin is None)
    facts = page.twins.facts()
    assert facts["compared"] == 100
    assert facts["with_layer"] > 0.9 > 0.7 > facts["without"]
    straight, bent = (page.pair.maps[letter].answers > 0.5 for letter in "AB")
    middle, corners = (36, 36), ((0, 0), (0, 71), (71, 0), (71, 71))
    assert all(bent[corner] != bent[middle] for corner in corners)
    assert any(straight[corner] == straight[middle] for corner in corners)
    assert [len(run.network_config.hidden) for run in window.bridge.document.runs] == [0, 1]


def test_showing_it_again_goes_on(page, window, qtbot) -> None:
    """Nothing learns out of sight; other settings begin anew as long as nothing was learned."""
    window.pages.show("compare")
    began = page.twins.twin
    window.pages.show("network")
    window.bridge.set_training(learning_rate=0.1)
    window.pages.show("compare")
    assert page.twins.twin is not began and page.twins.twin.asked.learning_rate == 0.1
    qtbot.mouseClick(page.header.train, LEFT)
    qtbot.waitUntil(lambda: page.twins.facts()["compared"] >= 1)
    window.pages.show("network")
    qtbot.waitUntil(lambda: not page.twins.busy)
    began = page.twins.twin
    window.pages.show("compare")
    assert page.twins.twin is began


def test_a_network_with_layers_is_compared_with_one_without(window) -> None:
    """So the command in the menu shows something on any data."""
    window.open_sample(BY_FILE["house_prices.csv"])
    window.actions_by_id["page_compare"].trigger()
    page = window.pages.compare
    assert page.twins.twin.network_config.hidden == () and page.pair.mode == "weights"
    window.open_sample(BY_FILE["xor.csv"])
    assert page.twins.twin is None
    page.toggle()
    window.pages.show("compare")
    assert page.pair.mode == "map"


def test_training_in_the_window_pauses(page, window, qtbot) -> None:
    """Three trainings at once would only be in each other's way."""
    window.bridge.set_training(epochs=0)  # or it could be over before the click
    window.bridge.train()
    qtbot.mouseClick(page.header.train, LEFT)
    assert window.bridge.document.state.name == "PAUSED"
