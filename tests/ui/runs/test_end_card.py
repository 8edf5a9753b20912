"""The end of a run is said over the picture, with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session import Moment, RunState, Speed
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.runs.end_card import EndCard
from ann_viz.ui.window.main_window import MainWindow

N_EPOCHS = 8


@pytest.fixture
def ready(bridge: Bridge) -> Bridge:
    """A bridge with iris open."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    return bridge


@pytest.fixture
def card(ready: Bridge, qtbot: QtBot) -> Iterator[EndCard]:
    """A card over a picture, the run still to be trained for a few epochs at a rate that overshoots."""
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(700, 400)
    over.show()
    ready.set_training(epochs=N_EPOCHS, learning_rate=1.0, batch_size=8, patience=None)
    ready.set_speed(Speed(kind="max"))
    yield EndCard(ready, lambda: False, over)


def finish(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)


def params(bridge: Bridge) -> bytes:
    assert bridge.document.newest is not None
    return bridge.document.newest.params.tobytes()


def test_it_comes_at_the_end_and_is_spoken(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    assert card.isHidden()
    with qtbot.waitSignal(card.told) as told:
        finish(ready, qtbot)
    assert card.isVisible()
    assert told.args[0].startswith(f"Finished after {N_EPOCHS} epochs.") and "best" in told.args[0]
    ready.look_at(Moment(ready.document.run_numbers[0], 1))
    assert card.isHidden(), "of a past moment the other strip speaks"
    ready.look_at(None)
    assert card.isVisible()
    card.close_button.click()
    assert card.isHidden()
    ready.refresh()
    assert card.isHidden()


def test_the_last_weights_can_stay_and_that_be_undone(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    finish(ready, qtbot)
    best, snapshot = params(ready), ready.document.newest
    assert snapshot is not None and snapshot.best_epoch < N_EPOCHS, "else there is nothing to test"
    assert card.weights.text() == f"Stay at {N_EPOCHS}"
    card.weights.click()
    last = params(ready)
    assert last != best and card.weights.text() == f"Back to {snapshot.best_epoch}"
    ready.undo_stack.undo()
    assert params(ready) == best
    ready.undo_stack.redo()
    assert params(ready) == last
    card.weights.click()
    assert params(ready) == best
    ready.undo_stack.undo()
    assert params(ready) == last


def test_training_goes_on_for_as_long_again(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    finish(ready, qtbot)
    assert card.more.text() == f"Train {N_EPOCHS} more"
    card.more.click()
    qtbot.waitUntil(lambda: ready.document.state is RunState.FINISHED)
    assert ready.document.newest is not None and ready.document.newest.epoch == 2 * N_EPOCHS
    qtbot.waitUntil(card.isVisible)


def test_the_test_is_run_once_and_counted(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    finish(ready, qtbot)
    card.test.click()
    assert card.test.isHidden() and "test row" in card.result.words and "once" in card.result.words
    card.weights.click()
    assert card.result.isHidden() and card.test.isVisible(), "other weights have not been asked about"
    card.test.click()
    assert "twice" in card.result.words and len(ready.document.looks_at_test) == 2


def test_a_run_that_was_over_when_opened_says_nothing(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    finish(ready, qtbot)
    ready.dataset_changed.emit()
    assert card.isHidden()


def test_a_lesson_speaks_for_itself(ready: Bridge, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    ready.set_training(epochs=1)
    silent = EndCard(ready, lambda: True, over)
    finish(ready, qtbot)
    assert silent.isHidden()


def test_the_picture_is_the_last_epoch_where_it_was_the_best(card: EndCard, ready: Bridge, qtbot: QtBot) -> None:
    ready.set_training(learning_rate=0.001, epochs=2)
    finish(ready, qtbot)
    assert "last epoch was the best" in card.words.words and card.weights.isHidden()


def test_it_covers_nothing_of_the_picture(window: MainWindow, qtbot: QtBot) -> None:
    """Names of layers and their buttons stay in sight in the smallest window, also when the card has two lines."""
    window.resize(1100, 700)
    window.bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    window.bridge.set_training(epochs=1, patience=None)
    finish(window.bridge, qtbot)
    window.bridge.ask_test_rows()
    card, canvas = window.canvas_card.end_card, window.canvas
    qtbot.waitUntil(lambda: card.isVisible() and card.result.isVisible())
    qtbot.waitUntil(lambda: card.geometry().bottom() < canvas.geometry().top())
    assert card.height() >= card.heightForWidth(card.width()) and canvas.height() > 200
