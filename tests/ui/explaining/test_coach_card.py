"""The coach's card: says what the rules say, and its buttons do what is written on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.resources import resource
from ann_viz.session import RunState, Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.coach_card import CoachCard


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    bridge = Bridge(Session(TrainConfig(epochs=30)))
    yield bridge
    bridge.close()


@pytest.fixture
def view(bridge: Bridge) -> View:
    return View(bridge)


@pytest.fixture
def card(bridge: Bridge, view: View, qtbot: QtBot) -> CoachCard:
    card = CoachCard(bridge, view)
    qtbot.addWidget(card)
    card.resize(300, 160)
    card.show()
    qtbot.waitExposed(card)
    return card


def press(card: CoachCard, text: str, qtbot: QtBot) -> None:
    """Click the button with this text."""
    button = next(button for button in card.findChildren(QPushButton) if button.isVisible() and button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_welcomes_then_offers_to_train(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """Without data it says how to get some; with data its button trains."""
    assert card.rule == ""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    assert card.rule == "untrained"
    press(card, "Train", qtbot)
    assert bridge.session.state is RunState.RUNNING
    bridge.pause()
    assert card.rule != "untrained"


def test_a_diverged_run_is_restarted_with_a_lower_rate(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """One click after an explosion trains again, slower."""
    bridge.open_dataset(open_dataset(resource("samples", "house_prices.csv")))
    bridge.set_training(optimizer="sgd", learning_rate=90.0, epochs=5)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.session.state is RunState.FAILED)
    assert card.rule == "diverged"
    press(card, "Use 30 and restart", qtbot)
    assert bridge.session.train_config.learning_rate == 30.0
    assert bridge.session.state is not RunState.READY  # training again, or failed again: 30 is still a lot


def test_technical_terms(card: CoachCard, bridge: Bridge, view: View) -> None:
    """The other voice says the same with other words."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    plain = card.text
    view.speak("technical")
    assert card.text != plain
    assert "random initial values" in card.text


def test_a_hidden_card_looks_at_nothing(card: CoachCard, bridge: Bridge) -> None:
    """What nobody sees costs nothing and is caught up with."""
    card.hide()
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    assert card.rule == ""
    card.show()
    assert card.rule == "untrained"
