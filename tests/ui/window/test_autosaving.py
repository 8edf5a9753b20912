"""Work that nobody saved: kept by itself, offered after a crash, gone once it was saved or let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.app import make_window
from ann_viz.app_folder import app_folder
from ann_viz.session import RunState
from ann_viz.session.autosave import Rescue, find_rescues
from ann_viz.session.samples import find_sample
from ann_viz.ui.document import saving
from ann_viz.ui.window import project_opening
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def mine(mine: MainWindow) -> MainWindow:
    """The window with work that is not saved."""
    mine.bridge.step("batch")
    return mine


@pytest.fixture
def next_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Start again; returns the window once it has looked for what a crash left."""
    made: list[MainWindow] = []

    def start() -> MainWindow:
        window = make_window()
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        with qtbot.waitSignal(window.opener.rescuer.changed):
            window.opener.rescuer.look()
        return window

    yield start
    for window in made:
        window.close()


def kept_files() -> list[Path]:
    """All generations in the program's folder."""
    return sorted((app_folder() / "autosave").rglob("*.annviz"))


def keep(window: MainWindow, qtbot: QtBot) -> None:
    """Let half a minute pass."""
    before = kept_files()
    window.opener.autosaver.keep()
    qtbot.waitUntil(lambda: kept_files() != before)


def params(window: MainWindow) -> bytes:
    newest = window.bridge.document.newest
    assert newest is not None
    return newest.params.tobytes()


def test_what_is_kept_comes_back_to_the_same_bits(
    mine: MainWindow, next_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    """Told to end, the window leaves its work; the next one offers it, opens it as unsaved, and keeps it itself."""
    mine.bridge.set_training(epochs=0)
    mine.bridge.train()
    trained = mine.bridge.document.newest.step
    qtbot.waitUntil(lambda: mine.bridge.document.newest.step > trained)
    left = kept_files()
    mine.end()
    assert not mine.isVisible()
    assert left != kept_files()
    there = next_window()
    card = there.start_card.rescue
    assert card.isVisible()
    assert "flowers.csv, 1 run" in card.facts.words
    assert "more" not in card.facts.words
    (rescue,) = find_rescues(app_folder())
    with qtbot.waitSignal(there.bridge.dataset_changed):
        card.open.click()
    assert there.bridge.document.newest.step > trained
    assert (there.isWindowModified(), there.opener.keeper.path) == (True, None)
    qtbot.waitUntil(lambda: not rescue.path.exists())
    assert len(kept_files()) == 1
    assert not there.opener.rescuer.offers


def test_training_is_kept_while_it_goes_on_and_at_its_end(mine: MainWindow, qtbot: QtBot) -> None:
    """It is not stopped for that; what is as it was kept is not written again."""
    mine.bridge.set_training(epochs=0)
    mine.bridge.train()
    keep(mine, qtbot)
    assert mine.bridge.document.state is RunState.RUNNING
    mine.bridge.pause()
    mine.bridge.set_training(epochs=mine.bridge.document.newest.epoch + 1)
    before = kept_files()
    mine.bridge.train()
    qtbot.waitUntil(lambda: mine.bridge.document.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: kept_files() != before)
    qtbot.waitUntil(lambda: not mine.opener.autosaver.busy)
    last = kept_files()
    mine.opener.autosaver.keep()
    assert not mine.opener.autosaver.busy
    assert kept_files() == last


def test_what_was_saved_or_let_go_is_kept_no_longer(
    mine: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A save, other data, closing; the project file is never touched."""
    project = tmp_path / "work.annviz"
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(project))
    keep(mine, qtbot)
    qtbot.waitUntil(lambda: not mine.opener.autosaver.busy)
    with qtbot.waitSignal(mine.opener.keeper.saved):
        mine.actions_by_id["save"].trigger()
    assert kept_files() == []
    content = project.read_bytes()
    mine.bridge.step("batch")
    keep(mine, qtbot)
    qtbot.waitUntil(lambda: not mine.opener.autosaver.busy)
    mine.open_sample(find_sample("iris.csv"))
    assert kept_files() == []
    mine.bridge.step("batch")
    keep(mine, qtbot)
    mine.close()
    assert kept_files() == []
    assert project.read_bytes() == content


def test_nothing_is_kept_of_what_is_saved_or_amid_a_batch(mine: MainWindow, qtbot: QtBot) -> None:
    """Who goes phase by phase is not pushed on to the end of the batch."""
    mine.bridge.step("phase")
    place = mine.bridge.document.newest.moment
    mine.opener.autosaver.keep()
    assert not mine.opener.autosaver.busy
    assert mine.bridge.document.newest.moment == place
    mine.open_sample(find_sample("iris.csv"))
    mine.opener.autosaver.keep()
    assert not mine.opener.autosaver.busy


def test_no_rows_are_in_what_is_kept(mine: MainWindow, csv: Path, qtbot: QtBot) -> None:
    """Columns and what was learned, but no line of the file."""
    keep(mine, qtbot)
    content = kept_files()[0].read_bytes()
    assert b"flowers.csv" in content
    assert not any(line in content for line in csv.read_bytes().splitlines()[1:])


def left(name: str, saved_at: float, folder: Path) -> Rescue:
    """A rescue as `find_rescues` describes one."""
    return Rescue(path=folder / name / "000001.annviz", saved_at=saved_at, name=name, n_runs=2, epoch=7)


def test_of_several_the_newest_is_offered(
    tmp_path: Path, next_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Discarded, it makes way for the next, and comes back when asked for; removed are they when the window closes."""
    found = [left("new.csv", 2e9, tmp_path), left("old.csv", 1e9, tmp_path)]
    removed: list[str] = []
    monkeypatch.setattr("ann_viz.ui.window.rescuing.find_rescues", lambda _folder: found)
    monkeypatch.setattr(Rescue, "discard", lambda rescue: removed.append(rescue.name))
    window = next_window()
    card = window.start_card.rescue
    assert "new.csv, 2 runs, epoch 7. And 1 more." in card.facts.words
    card.discard.click()
    assert "old.csv, 2 runs, epoch 7." in card.facts.words
    card.discard.click()
    assert card.isHidden()
    buttons = window.messages.findChildren(QPushButton)
    [button for button in buttons if button.text() == "Keep it"][-1].click()
    assert "old.csv" in card.facts.words
    assert removed == []
    window.close()
    assert removed == ["new.csv"]


def test_rescued_work_whose_data_have_gone_stays_until_they_are_found(
    mine: MainWindow, csv: Path, next_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Cancel leaves it where it is; with the file it opens."""
    trained = params(mine)
    mine.end()
    moved = csv.rename(csv.with_name("moved.csv"))
    there = next_window()
    places: list[Path | None] = [None, moved]
    monkeypatch.setattr(project_opening.DataQuestion, "ask", lambda *_: places.pop(0))
    there.start_card.rescue.open.click()
    qtbot.waitUntil(lambda: len(places) == 1)
    assert len(there.opener.rescuer.offers) == 1
    with qtbot.waitSignal(there.bridge.dataset_changed):
        there.start_card.rescue.open.click()
    assert params(there) == trained
