"""Beginning anew: the start card with nothing left of what was open, and the settings as they were suggested."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from saved_work import params, train

from ann_viz.engine import TrainConfig
from ann_viz.session import RunState
from ann_viz.session.samples import find_sample
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.save_question import SaveQuestion


def test_nothing_is_left_of_what_was_open(window: MainWindow, qtbot: QtBot) -> None:
    """Pixel for pixel the window is as at the first start, also from another page; settings are the usual ones."""
    seen: list[QImage] = []

    def is_still() -> bool:
        seen.append(window.grab().toImage())
        return len(seen) > 5 and all(picture == seen[-1] for picture in seen[-5:])

    window.actions_by_id["less_motion"].trigger()
    window.start_card.open.setFocus()
    qtbot.waitUntil(is_still)
    fresh = seen[-1]
    window.open_sample(find_sample("circles.csv"))
    window.bridge.set_training(learning_rate=1.5, l2=0.5)
    train(window, 2, qtbot)
    window.actions_by_id["chart_answers"].trigger()
    window.actions_by_id["enlarge"].trigger()
    window.opener.keeper.let_go()
    window.actions_by_id["new"].trigger()
    assert (window.bridge.document.state, window.windowTitle()) == (RunState.EMPTY, "ANN Viz")
    assert window.bridge.document.train_config == TrainConfig()
    assert window.focusWidget() is window.start_card.open
    window.docks.show_chart("loss")
    qtbot.waitUntil(lambda: window.grab().toImage() == fresh)


def test_it_asks_first_and_can_be_undone(mine: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Cancel leaves training on; *Don't save* ends it, and Undo brings its last batch back."""
    answers, titles = ["cancel", "discard", "discard"], []
    monkeypatch.setattr(SaveQuestion, "ask", lambda _w, title, _unsaved: titles.append(title) or answers.pop(0))
    mine.bridge.set_training(epochs=0, patience=None)
    mine.bridge.train()
    qtbot.waitUntil(lambda: mine.opener.keeper.is_changed)
    mine.actions_by_id["new"].trigger()
    assert mine.bridge.document.state is RunState.RUNNING
    mine.bridge.pause()
    learned = params(mine)
    mine.actions_by_id["new"].trigger()
    assert titles == ["Save your work before starting anew?"] * 2
    assert mine.bridge.document.dataset is None and not mine.actions_by_id["new"].isEnabled()
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.actions_by_id["undo"].trigger()
    assert params(mine) == learned


def test_back_to_defaults(mine: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command does what the link below the settings does, is there only with it, and Undo takes it back.

    A lesson needs none: yesterday's settings end with yesterday's data.
    """
    command, link = mine.actions_by_id["defaults"], mine.left_side.build.hyper.suggest
    command.trigger()
    usual = mine.bridge.document.train_config
    assert not command.isEnabled() and link.isHidden()
    mine.bridge.set_training(learning_rate=30.0, momentum=0.1)
    mine.bridge.set_network(dtype="float64")
    assert command.isEnabled() and not link.isHidden()
    command.trigger()
    document = mine.bridge.document
    assert (document.train_config, document.network_config.dtype) == (usual, "float32")
    mine.actions_by_id["undo"].trigger()
    assert (document.train_config.learning_rate, document.network_config.dtype) == (30.0, "float64")
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.begin.click())
    mine.school.lesson(2)
    assert (document.train_config.momentum, document.network_config.dtype) == (0.9, "float32")
