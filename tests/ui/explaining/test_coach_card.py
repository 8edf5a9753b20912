"""The coach's card: says what the table says, unfolds its reasons; buttons do what they say and can be undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.engine import TrainConfig
from ann_viz.resources import resource
from ann_viz.rich import Rich, words_of
from ann_viz.session import RunState, Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.rich_text import LinkLabel
from ann_viz.ui.document.view import View
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


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    """A file with a column that gives the answer away; its name tries to be markup."""
    rng = np.random.default_rng(0)
    answer = rng.random(300) < 0.5
    rows = zip(rng.normal(size=300), answer + rng.normal(0, 0.02, 300), np.where(answer, "yes", "no"), strict=True)
    path = tmp_path / "leak.csv"
    path.write_text("\n".join(["x,<b>paid</b>,left", *(f"{a:.4f},{b:.4f},{c}" for a, b, c in rows)]) + "\n")
    return path


def shown(card: CoachCard) -> list[QPushButton]:
    """The buttons that can be seen."""
    return [button for button in card.findChildren(QPushButton) if button.isVisible()]


def press(card: CoachCard, text: str, qtbot: QtBot) -> None:
    """Click the button with this text."""
    button = next(button for button in shown(card) if button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_welcomes_then_offers_to_train(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """Without data it says how to get some; with data its button trains."""
    assert card.rule == ""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=0)  # without end, or it could be over before one looks
    assert card.rule == "untrained"
    press(card, "Train", qtbot)
    assert bridge.document.state is RunState.RUNNING
    bridge.pause()
    assert card.rule != "untrained"
    card.stop()


def test_nothing_is_said_of_a_run_before_its_rows_were_looked_at(bridge: Bridge, view: View, qtbot: QtBot) -> None:
    """A run that stands when its project is opened is not said to be getting better while nobody knows."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.step("epoch")
    qtbot.waitUntil(lambda: bridge.document.state is RunState.PAUSED)
    card = CoachCard(bridge, view)
    qtbot.addWidget(card)
    card.show()
    assert card.rule == "" and "looked at" in card.text and not shown(card)
    qtbot.waitUntil(lambda: card.rule != "")
    card.stop()


def test_a_diverged_run_is_restarted_with_a_lower_rate(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """One click after an explosion trains again with a tenth of the rate; one step of undo takes both back."""
    bridge.open_dataset(open_dataset(resource("samples", "house_prices.csv")))
    bridge.set_training(optimizer="sgd", learning_rate=90.0, epochs=5)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FAILED)
    assert card.rule == "diverged"
    press(card, "Learning rate 9", qtbot)
    assert bridge.document.train_config.learning_rate == 9.0
    assert bridge.document.state is not RunState.READY  # training again, or failed again: 9 is still a lot
    bridge.pause()
    bridge.undo_stack.undo()
    assert bridge.document.train_config.learning_rate == 90.0
    card.stop()


def test_technical_terms(card: CoachCard, bridge: Bridge, view: View) -> None:
    """The other voice says the same with other words."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    plain = card.text
    view.speak("technical")
    assert card.text != plain
    assert "random initial values" in card.text
    card.stop()


def test_reasons_unfold(card: CoachCard, bridge: Bridge, view: View, qtbot: QtBot) -> None:
    """The numbers behind what is said, in both voices, once the rows have been looked at; and a word to read on at."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    qtbot.waitUntil(lambda: bridge.document.coach_memory.data is not None)
    press(card, "Why do I say so?", qtbot)
    lines = card.evidence
    assert "of 100" in lines[0]
    assert any('href="weight"' in label.text() for label in card.findChildren(LinkLabel))
    view.speak("technical")
    assert card.evidence != lines
    press(card, "Hide the reasons", qtbot)
    assert {button.text() for button in shown(card)} == {"Train", "Why do I say so?"}


def test_a_column_that_gives_the_answer_away(card: CoachCard, bridge: Bridge, leaking: Path, qtbot: QtBot) -> None:
    """It is named before training, letter by letter; the button ignores it, and undo brings it back."""
    bridge.open_dataset(open_dataset(leaking))
    qtbot.waitUntil(lambda: card.rule == "leak")
    assert "'<b>paid</b>'" in card.text
    assert not any("<b>paid" in label.text() for label in card.findChildren(LinkLabel))
    press(card, "Ignore <b>paid</b>", qtbot)
    qtbot.waitUntil(lambda: bridge.document.dataset.recipe.inputs == ("x",))
    bridge.undo_stack.undo()
    assert bridge.document.dataset.recipe.inputs == ("x", "<b>paid</b>")
    qtbot.waitUntil(lambda: card.rule == "leak")


def test_afterwards_it_says_whether_it_helped(card: CoachCard, bridge: Bridge, qtbot: QtBot) -> None:
    """Compared with the run before, and what was pressed is named."""
    bridge.open_dataset(open_dataset(resource("samples", "circles.csv")))
    bridge.set_training(optimizer="sgd", learning_rate=1e-4, epochs=12)
    qtbot.waitUntil(lambda: bridge.document.coach_memory.data is not None)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    for _ in range(3):  # looks
        bridge.set_training(epochs=bridge.document.snapshot.epoch + 1)
        bridge.step("epoch") if bridge.document.state is RunState.PAUSED else bridge.train()
        qtbot.waitUntil(lambda: bridge.document.state in (RunState.PAUSED, RunState.FINISHED))
        card.refresh()
    assert card.rule == "rate_too_low"
    press(card, "Learning rate 0.001", qtbot)
    told = [words_of(Rich(label.text())) for label in card.findChildren(LinkLabel) if label.isVisible()]
    assert any(words.startswith("You tried Learning rate 0.001") for words in told)


def test_a_hidden_card_looks_at_nothing(card: CoachCard, bridge: Bridge) -> None:
    """What nobody sees costs nothing and is caught up with."""
    card.hide()
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    assert card.rule == ""
    card.show()
    assert card.rule == "untrained"
    card.stop()
