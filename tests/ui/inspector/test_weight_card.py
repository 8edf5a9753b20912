"""What if this weight were different: the curve is the network's loss, a drag sets the weight, Undo takes it back."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from ann_viz.engine import LOSSES, LayerConfig, Network
from ann_viz.engine.rows import judged
from ann_viz.scene import Connection
from ann_viz.session import RunState
from ann_viz.ui.inspector.panel import InspectorPanel
from ann_viz.ui.inspector.weight_card import WeightCard

MARK = Connection(0, 5, 2)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(bank) -> WeightCard:
    """Return the card, about the line from Age to neuron 3."""
    bank.view.select(MARK)
    bank.docks.show_inspector()
    return bank.findChild(InspectorPanel).what_if


def weight(bank) -> float:
    """Return the network's weight."""
    return float(bank.bridge.document.network.W[0][5, 2])


def loss_with(bank, value: float, X: np.ndarray, Y: np.ndarray) -> float:
    """Return the mean loss of a network with another weight, worked out by the network itself."""
    network = Network.network_from(bank.bridge.document.network_config, bank.bridge.document.network.params)
    network.W[0][5, 2] = value
    Z = network.activations(X).Z[-1].astype(np.float64)
    return LOSSES[network.config.loss_name].total(Z.T, Y.T.astype(np.float64)) / len(X)


def test_the_curve_is_the_loss_of_the_rows_that_are_named(bank, card) -> None:
    """First of the training rows, as many as are said, then of the shown row alone."""
    X, Y = judged(*bank.bridge.document.dataset.stream("train"), 1000)
    assert card.cut.n_rows == len(X) == 1000 and "1,000 of 7,000 training rows" in card.sentence
    for place in (0, 20, 33):
        expected = loss_with(bank, float(card.cut.weights[place]), X, Y)
        assert card.cut.losses[place] == pytest.approx(expected, rel=1e-4)
    card.which.button("row").click()
    facts = bank.bridge.document.shown_row().facts
    assert card.cut.n_rows == 1 and card.table.facts[1].meaning == "of this row"
    expected = loss_with(bank, float(card.cut.weights[3]), facts.x[None], facts.y[None])
    assert card.cut.losses[3] == pytest.approx(expected, rel=1e-4)
    assert card.cut.slope == pytest.approx(bank.bridge.document.shown_row().passes.dW[0][5, 2], abs=1e-5)


def test_a_drag_sets_the_weight_and_is_one_step_of_undo(bank, card, qtbot) -> None:
    """Two drags are two steps, however many values they went through."""
    before = weight(bank)
    for at, to in ((0.6, 0.8), (0.7, 0.3)):
        inside = card.view.inside()
        places = [QPoint(round(inside.left() + share * inside.width()), 60) for share in (at, (at + to) / 2, to)]
        qtbot.mousePress(card.view, LEFT, pos=places[0])
        reach = float(card.cut.weights[-1])
        for place in places[1:]:
            qtbot.mouseMove(card.view, place)
            card.view.dragged.emit((place.x() - inside.center().x()) / (inside.width() / 2) * reach)
        qtbot.mouseRelease(card.view, LEFT, pos=places[2])
        assert weight(bank) == pytest.approx((2 * to - 1) * reach, abs=0.03)
    after_first = pytest.approx((2 * 0.8 - 1) * float(card.cut.weights[-1]), abs=0.03)
    bank.bridge.undo_stack.undo()
    assert weight(bank) == after_first
    bank.bridge.undo_stack.undo()
    assert weight(bank) == pytest.approx(before)
    bank.bridge.undo_stack.redo()
    assert weight(bank) == after_first


def test_keys_move_the_ball(bank, card, qtbot) -> None:
    """The slider below the curve is the same with the keyboard, and says the weight to a screen reader."""
    card.slider.setFocus()
    qtbot.keyClick(card.slider, Qt.Key.Key_PageUp)
    assert card.slider.accessibleDescription() == card.table.facts[0].value
    assert weight(bank) == pytest.approx(card.slider.value() / 400 * float(card.cut.weights[-1]), abs=0.006)


def test_the_step_is_the_optimisers(bank, card) -> None:
    """What the optimiser in use makes of this slope; while a batch waits for its update, what that one does."""
    document = bank.bridge.document
    assert "On this slope Adam would move it by" in card.sentence
    remembered = document.explain_step(0, 5, 2, 0.0)
    assert remembered.change != 0, "Adam's memory of the batch before moves it even on the flat"
    bank.bridge.set_training(optimizer="sgd", learning_rate=0.05)
    step = document.explain_step(0, 5, 2, card.cut.slope)
    assert step.change == pytest.approx(-0.05 * card.cut.slope) and step.before == weight(bank)
    while document.explain_update(0, 5, 2) is None:
        bank.bridge.step("phase")
    assert "With the slope of its batch" in card.sentence
    coming = document.explain_update(0, 5, 2).after
    bank.bridge.step("phase")
    assert weight(bank) == pytest.approx(coming, abs=1e-6)


def test_what_cannot_be_moved_says_so(bank, card) -> None:
    """Behind a neuron that is off the weight is held; on again it can be dragged."""
    assert card.slider.isEnabled()
    bank.bridge.switch_neuron(0, 5, False)
    assert not card.slider.isEnabled() and not card.view.isEnabled()
    bank.bridge.switch_neuron(0, 5, True)
    assert card.slider.isEnabled()


def test_hidden_it_works_out_nothing(bank, card) -> None:
    """Behind another tab the curve stays as it was; shown again it is that of now."""
    bank.docks.show_watch()
    before = card.cut
    bank.bridge.step("batch")
    assert card.cut is before
    bank.docks.show_inspector()
    assert card.cut is not before and card.cut.here == weight(bank)
    assert bank.bridge.document.state is RunState.PAUSED


def test_a_drag_is_answered_within_50_ms(bank, card) -> None:
    """Curve, tangent and step on 64-32-16-10 like layers; the best of four."""
    bank.bridge.set_hidden((LayerConfig(neurons=32), LayerConfig(neurons=16)))
    bank.view.select(MARK)
    times = []
    for which in ("row", "train") * 4:
        start = time.thread_time()
        card.which.button(which).click()
        times.append(time.thread_time() - start)
    assert min(times[1::2]) <= 0.05
