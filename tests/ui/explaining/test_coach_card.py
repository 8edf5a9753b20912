"""The coach's card: says what the rules say, and its buttons do what is written on them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.explain import RULES, load_coach_texts
from ann_viz.resources import resource
from ann_viz.session import RunState, Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.coach_actions import COACH_ACTIONS
from ann_viz.ui.explaining.coach_card import CoachCard


@pytest.fixture
def session() -> Session:
    return Session(TrainConfig(epochs=30))


@pytest.fixture
def card(bridge: Bridge, view: View, qtbot: QtBot) -> CoachCard:
    card = CoachCard(bridge, view)
    qtbot.addWidget(card)
    card.resize(300, 160)
    with qtbot.waitExposed(card):
        card.show()
    return card


def press(card: CoachCard, text: str, qtbot: QtBot) -> None:
    """Click the button with this text."""
    button = next(button for button in card.findChildren(QPushButton) if button.isVisible() and button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_welcomes_then_offers_to_train(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """Without data it says how to get some; with data its button trains."""
    assert card.rule == ""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=0)  # without end
    assert card.rule == "untrained"
    bridge.set_training(epochs=0)  # or it could be over before one looks
    press(card, "Train", qtbot)
    assert bridge.document.state is RunState.RUNNING
    bridge.pause()
    assert card.rule != "untrained"


def test_a_diverged_run_is_restarted_with_a_lower_rate(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """One click after an explosion trains again, slower."""
    bridge.open_dataset(open_dataset(resource("samples", "house_prices.csv")))
    bridge.set_training(optimizer="sgd", learning_rate=90.0, epochs=5)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FAILED)
    assert card.rule == "diverged"
    press(card, "Use 30 and restart", qtbot)
    assert bridge.document.train_config.learning_rate == 30.0
    assert bridge.document.state is not RunState.READY  # training again, or failed again: 30 is still a lot


def test_technical_terms(card: CoachCard, bridge: Bridge, view: View) -> None:
    """The other voice says the same with other words."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    plain = card.text
    view.speak("technical")
    assert card.text != plain
    assert "random initial values" in card.text


def test_every_action_has_a_label() -> None:
    """The buttons of the table are those of the file of texts."""
    assert set(load_coach_texts().actions) == set(COACH_ACTIONS)
    assert {action for rule in RULES for action in rule.actions} == set(COACH_ACTIONS)


def test_advice_is_followed(card: CoachCard, bridge: Bridge) -> None:
    """Every button does what its label says, and is not there once that is done."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(learning_rate=0.01)
    for action, settings in (
        ("lower_rate", {"learning_rate": 0.003}),
        ("raise_rate", {"learning_rate": 0.009}),
        ("use_l2", {"l2": 0.001}),
        ("balance", {"class_weights": "balanced"}),
    ):
        assert COACH_ACTIONS[action].is_possible(bridge)
        COACH_ACTIONS[action].do(bridge)
        config = bridge.document.train_config
        assert {name: getattr(config, name) for name in settings} == settings
    assert not COACH_ACTIONS["use_l2"].is_possible(bridge)
    assert not COACH_ACTIONS["restore_best"].is_possible(bridge)
    for _ in range(5):
        COACH_ACTIONS["add_neurons"].do(bridge)
    assert bridge.document.network_config is not None
    assert {layer.neurons for layer in bridge.document.network_config.hidden} == {64}
    assert not COACH_ACTIONS["add_neurons"].is_possible(bridge)


def test_a_hidden_card_looks_at_nothing(card: CoachCard, bridge: Bridge) -> None:
    """What nobody sees costs nothing and is caught up with."""
    card.hide()
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    assert card.rule == ""
    card.show()
    assert card.rule == "untrained"
