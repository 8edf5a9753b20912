"""Two networks side by side: the same seed, the same rows, and only one of them can bend its border."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ann_viz.engine import Network
from ann_viz.session import comparison
from ann_viz.session.comparison import EPOCHS
from ann_viz.session.samples import samples
from ann_viz.ui.lessons.compare_views import CurvesView, MapView

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


@pytest.fixture
def page(window):
    """Open the circles beside each other."""
    window.open_sample(BY_FILE["circles.csv"])
    window.bridge.set_training(learning_rate=0.03)
    window.pages.show("compare")
    return window.pages.compare


def test_both_begin_from_the_seed(page, window) -> None:
    """Their weights are those that the session's seed gives, and nothing has been learned."""
    seed = window.bridge.document.network_config.seed
    for config, snapshot, n_hidden in zip(page.comparison.configs, page.comparison.snapshots, (0, 1), strict=True):
        assert config.seed == seed
        assert len(config.hidden) == n_hidden
        assert np.array_equal(snapshot.params, Network(config).params)
    assert page.facts()["compared"] == 0


def test_only_with_a_hidden_layer_it_learns_the_disc(page, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some epochs one is right nearly always, the other about as often as guessing; the maps show it."""
    monkeypatch.setattr(comparison, "EPOCHS_PER_SECOND", 1000.0)  # nobody watches
    qtbot.mouseClick(page.train, LEFT)
    assert page.train.text() == "Pause both"
    qtbot.waitUntil(lambda: page.comparison.epoch >= 40)
    qtbot.mouseClick(page.train, LEFT)
    assert not page.comparison.running
    facts = page.facts()
    assert facts["with_layer"] > 0.9 > 0.7 > facts["without"]
    straight, bent = (side.map.answers > 0.5 for side in page.sides)
    middle, corners = (36, 36), ((0, 0), (0, 71), (71, 0), (71, 71))
    assert all(bent[corner] != bent[middle] for corner in corners)
    assert any(straight[corner] == straight[middle] for corner in corners)
    assert page.sides[1].says.text() == f"{facts['with_layer'] * 100:.1f}\N{NO-BREAK SPACE}% right"


def test_from_the_start_puts_both_back(page, qtbot) -> None:
    """Also while they learn."""
    qtbot.mouseClick(page.train, LEFT)
    qtbot.waitUntil(lambda: page.comparison.epoch >= 1)
    qtbot.mouseClick(page.again, LEFT)
    assert not page.comparison.running
    assert page.comparison.epoch == 0
    assert page.train.text() == "Train both"


def test_they_end_by_themselves(page, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    """After all epochs the button rests, and starting again does nothing."""
    monkeypatch.setattr(comparison, "EPOCHS_PER_SECOND", 1000.0)
    qtbot.mouseClick(page.train, LEFT)
    qtbot.waitUntil(lambda: not page.comparison.running)
    assert page.comparison.finished
    assert page.comparison.epoch == EPOCHS
    assert not page.train.isEnabled()
    page.toggle()
    assert not page.comparison.running


def test_leaving_stops_both(page, window, qtbot) -> None:
    """Nothing learns out of sight; coming back goes on where it was, unless settings have changed."""
    qtbot.mouseClick(page.train, LEFT)
    qtbot.waitUntil(lambda: page.comparison.epoch >= 1)
    qtbot.mouseClick(page.leave, LEFT)
    assert not page.comparison.running
    epoch = page.comparison.epoch
    window.pages.show("compare")
    assert page.comparison.epoch == epoch
    window.pages.show("network")
    window.bridge.set_training(learning_rate=0.1)
    window.pages.show("compare")
    assert page.comparison.epoch == 0


def test_other_data_are_taken(page, window) -> None:
    """A table with more columns has no map, only figures and curves; a number has no accuracy."""
    window.open_sample(BY_FILE["house_prices.csv"])
    assert page.sides[0].map.isHidden()
    assert page.sides[0].says.text().startswith("R² ")
    window.pages.show("network")
    window.open_sample(BY_FILE["xor.csv"])
    assert page.comparison is None
    page.toggle()
    window.pages.show("compare")
    assert not page.sides[0].map.isHidden()


def test_training_in_the_window_pauses(page, window, qtbot) -> None:
    """Three trainings at once would only be in each other's way."""
    window.bridge.set_training(epochs=0)  # or it could be over before the click
    window.bridge.train()
    qtbot.mouseClick(page.train, LEFT)
    assert window.bridge.document.state.name == "PAUSED"
    page.stop()


def test_it_paints_maps_and_curves(page) -> None:
    """The pictures hold more than their ground."""
    for view in (page.sides[0].map, page.curves):
        view.resize(240, 200)
        image = view.grab().toImage()
        assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > 5


def test_curves_of_no_loss_and_of_endless_ones_are_drawn(qtbot) -> None:
    """Nothing is divided by 0."""
    view = CurvesView()
    qtbot.addWidget(view)
    for losses in (np.zeros(3), np.full(3, 1e300), np.array([np.nan] * 3)):
        view.show_curves((losses, losses), 2)
        assert not view.grab().isNull()


def test_points_on_one_line_are_drawn(qtbot) -> None:
    """A column that is always the same has no width of its own."""
    view = MapView("map")
    qtbot.addWidget(view)
    view.show_points(np.array([[1.0, 2.0], [1.0, 3.0]]), np.array([[0.0], [1.0]]))
    assert not view.grab().isNull()
