"""The slope page: it foretells where a step lands, and the network then really lands there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ann_viz.engine import evaluate
from ann_viz.explain.descent import Slope
from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.ui.lessons.slope_views import SlopeView

LEFT = Qt.MouseButton.LeftButton
BY_FILE = {sample.file: sample for sample in samples()}


@pytest.fixture
def page(window, qtbot):
    """Open two moons with plain gradient descent, and measure."""
    window.open_sample(BY_FILE["two_moons.csv"])
    window.bridge.set_training(optimizer="sgd", learning_rate=0.05, batch_size=0)
    window.pages.show("slope")
    qtbot.waitUntil(lambda: not window.pages.slope.busy)
    return window.pages.slope


def _training_loss(window) -> float:
    dataset = window.bridge.document.dataset
    X, Y = dataset.part("train")
    return evaluate("binary", Y, window.bridge.document.network.predict(X))["loss"]


def test_the_step_lands_where_it_was_foretold(page, window, qtbot) -> None:
    """Ball and ring before the step are the losses before and after it, reckoned apart."""
    assert page.slope_loss == pytest.approx(_training_loss(window), rel=1e-5)
    foretold = page.landing
    assert foretold < page.slope_loss
    qtbot.mouseClick(page.step, LEFT)
    qtbot.waitUntil(lambda: not page.busy)
    assert page.slope_loss == pytest.approx(foretold, rel=1e-5)
    assert page.slope_loss == pytest.approx(_training_loss(window), rel=1e-5)


def test_the_slider_shows_too_large_a_step(page, window, qtbot) -> None:
    """It sets the learning rate, moves the ring, and a step that lands higher is called too large."""
    before = page.landing
    qtbot.keyClick(page.rate, Qt.Key.Key_End)
    assert window.bridge.document.train_config.learning_rate == 100
    assert page.landing != before
    assert page.landing > page.slope_loss
    assert page.text.startswith("Too large a step")
    window.bridge.set_training(learning_rate=0.05)
    assert page.landing == pytest.approx(before)
    assert page.text.startswith("One step goes from")


def test_ball_and_ring_stand_in_their_places(page) -> None:
    """The ball at the left, the ring to its right; lower losses are lower in the picture; nothing leaves the frame."""
    page.curve.resize(400, 300)
    ball = page.curve.place_of(0.0, page.slope_loss)
    lower = page.curve.place_of(1.0, page.slope_loss * 0.9)
    assert lower.x() > ball.x()
    assert lower.y() > ball.y()
    assert page.curve.rect().contains(page.curve.place_of(1e9, math.inf).toPoint())
    assert page.map.place_of(1.0).x() > page.map.place_of(0.0).x()


def test_other_ways_of_learning_are_told_apart(page, window) -> None:
    """With another optimiser the button promises one batch only, and a note says so."""
    assert page.step.text() == "Take this step"
    window.bridge.set_training(optimizer="adam", batch_size=32)
    assert page.step.text() == "One batch"
    assert "Adam, 32 rows" in page.note.text()


def test_while_it_learns_the_ball_follows(page, window, qtbot) -> None:
    """The slice is measured again on the way, and exactly once everything stands still."""
    before = page.slope_loss
    window.bridge.train()
    qtbot.waitUntil(lambda: page.slope_loss < before)
    window.bridge.pause()
    assert window.bridge.document.state is not RunState.RUNNING
    qtbot.waitUntil(lambda: not page.busy)
    assert page.slope_loss == pytest.approx(_training_loss(window), rel=1e-5)


def test_other_data_are_measured_anew(page, window, qtbot) -> None:
    """What belonged to the old rows is forgotten, also in the middle of a measurement."""
    window.bridge.step("batch")
    window.open_sample(BY_FILE["iris.csv"])
    qtbot.waitUntil(lambda: not page.busy)
    X, Y = window.bridge.document.dataset.part("train")
    loss = evaluate("multiclass", Y, window.bridge.document.network.predict(X))["loss"]
    assert page.slope_loss == pytest.approx(loss, rel=1e-5)


def test_out_of_sight_nothing_is_measured(page, window) -> None:
    """The button leads back to the picture; then a step costs nothing here."""
    page.leave.click()
    assert window.stack.currentWidget() is window.picture
    before = page.slope_loss
    window.bridge.step("batch")
    assert not page.busy
    assert page.slope_loss == before


def test_it_paints_curve_and_map(page) -> None:
    """Both pictures hold more than their ground."""
    for view in (page.curve, page.map):
        view.resize(320, 260)
        image = view.grab().toImage()
        pixels = np.frombuffer(image.constBits(), np.uint32)
        assert len(np.unique(pixels)) > 8


def test_another_network_is_not_mixed_up_with_the_slope_on_show(page, window, qtbot) -> None:
    """While the new network is being measured, the page still tells of the old one."""
    before = page.slope_loss
    hidden = window.bridge.document.network_config.hidden
    window.bridge.set_hidden((*hidden, hidden[-1]))
    window.bridge.set_training(learning_rate=0.07)
    assert page.slope_loss == before
    qtbot.waitUntil(lambda: not page.busy)
    assert page.slope_loss == pytest.approx(_training_loss(window), rel=1e-5)


def test_a_flat_loss_without_end_has_a_height(qtbot) -> None:
    """A margin of a half is nothing beside 10^16: the curve is drawn in the middle all the same."""
    view = SlopeView()
    qtbot.addWidget(view)
    view.resize(340, 260)
    rates = np.linspace(0.0, 1.0, 5)
    for losses in (np.full(5, 1e16), np.full(5, 3e38), np.array([1e16, np.inf, np.inf, np.inf, np.inf])):
        slope = Slope(w=np.zeros(1), gradient=np.zeros(1), rates=rates, losses=losses, n_rows=1)
        view.show_slope(slope)
        view.show_landing(0.5, float(losses[1]))
        assert 0 < view.place_of(0.0, slope.loss).y() < view.height()
        assert not view.grab().isNull()
