"""Work in the window: trained, saved, and compared by its weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ann_viz.session import RunState
from ann_viz.ui.document import saving
from ann_viz.ui.window.main_window import MainWindow


def save_as(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """Choose *Save as…* and that path."""
    with pytest.MonkeyPatch.context() as patch, qtbot.waitSignal(window.opener.keeper.saved):
        patch.setattr(saving, "ask_where", lambda *_: str(path))
        window.actions_by_id["save_as"].trigger()


def train(window: MainWindow, epochs: int, qtbot: QtBot) -> None:
    for _ in range(epochs):
        window.bridge.step("epoch")
        qtbot.waitUntil(lambda: window.bridge.document.state is not RunState.RUNNING)


def params(window: MainWindow) -> bytes:
    newest = window.bridge.document.newest
    assert newest is not None
    return newest.params.tobytes()
