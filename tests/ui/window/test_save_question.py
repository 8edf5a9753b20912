"""Nothing that is not saved is lost without a question."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from saved_work import save_as, train

from ann_viz.app_folder import app_folder
from ann_viz.session import RunState, autosave
from ann_viz.session.headless import open_dataset
from ann_viz.session.kept_copies import KeptCopies
from ann_viz.session.projectfile import load_project
from ann_viz.session.samples import find_sample
from ann_viz.ui.document import saving
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.save_question import SaveQuestion
from ann_viz.ui.window.unsaved import Unsaved


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What was asked, and in "answers" what is answered, one after the other; there is no other answer."""
    told: dict[str, list[str]] = {"titles": [], "warnings": [], "answers": []}

    def answer(_window: MainWindow, title: str, unsaved: Unsaved) -> str:
        told["titles"].append(title)
        told["warnings"].append(unsaved.warning)
        return told["answers"].pop(0)

    monkeypatch.setattr(SaveQuestion, "ask", answer)
    return told


LEAVING: dict[str, Callable[[MainWindow, Path], object]] = {
    "closing": lambda window, _: window.close(),
    "a sample": lambda window, _: window.open_sample(find_sample("iris.csv")),
    "a file": lambda window, csv: window.open_file(csv),
    "a project": lambda window, csv: window.open_file(csv.with_name("other.annviz")),
    "new": lambda window, _: window.actions_by_id["new"].trigger(),
    "reading the file again": lambda window, _: window.opener.reloader.reload(),
}


@pytest.fixture
def other_project(mine: MainWindow, csv: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a project of one batch beside it, and another batch that is not saved; imports are agreed to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ann_viz.ui.importing.dialog.ImportDialog.ask", lambda _w, path, _k: open_dataset(path))
        mine.open_file(csv)
        mine.bridge.step("batch")
        save_as(mine, csv.with_name("other.annviz"), qtbot)
        mine.opener.keeper.path = None
        mine.bridge.step("batch")
        yield mine


@pytest.mark.parametrize("way", LEAVING)
def test_nothing_is_lost_without_a_question(
    other_project: MainWindow, csv: Path, asked: dict[str, list[str]], qtbot: QtBot, way: str
) -> None:
    """Cancel leaves everything as it was, training too; the other data are let go."""
    window = other_project
    window.bridge.set_training(epochs=0)
    window.bridge.train()
    before = window.bridge.document.dataset
    asked["answers"] = ["cancel"]
    LEAVING[way](window, csv)
    qtbot.waitUntil(lambda: len(asked["titles"]) == 1)
    assert asked["titles"][0].startswith("Save your work before ")
    assert window.bridge.document.dataset is before
    assert window.bridge.document.state is RunState.RUNNING
    assert window.isVisible()
    asked["answers"] = ["discard"]
    window.close()


@pytest.mark.parametrize("way", ["closing", "a sample", "a project", "new"])
def test_save_saves_first_and_goes_on(
    other_project: MainWindow,
    csv: Path,
    asked: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    way: str,
) -> None:
    """Also amid training, whose last batch is in the file."""
    window, mine = other_project, csv.with_name("mine.annviz")
    window.bridge.set_training(epochs=0)
    window.bridge.train()
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(mine))
    asked["answers"] = ["save"]
    data = window.bridge.document.dataset
    with qtbot.waitSignal(window.opener.keeper.saved):
        LEAVING[way](window, csv)
    qtbot.waitUntil(lambda: not window.isVisible() or window.bridge.document.dataset is not data)
    assert load_project(mine).runs
    assert len(asked["titles"]) == 1


def test_a_save_that_fails_lets_nothing_go(
    other_project: MainWindow,
    csv: Path,
    asked: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    errors: list[str],
    qtbot: QtBot,
) -> None:
    """No place chosen, or one that can't be written: the window stays, with what is in it."""
    asked["answers"] = ["save", "save", "discard"]
    monkeypatch.setattr(saving, "ask_where", lambda *_: "")
    other_project.close()
    assert other_project.isVisible()
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(csv.parent / "nowhere" / "work.annviz"))
    other_project.close()
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert other_project.isVisible()
    assert other_project.opener.keeper.is_changed


def test_what_is_saved_or_untouched_closes_without_a_question(
    mine: MainWindow, tmp_path: Path, asked: dict[str, list[str]], qtbot: QtBot
) -> None:
    """There is nothing to lose."""
    mine.open_sample(find_sample("iris.csv"))
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.open_sample(find_sample("iris.csv"))
    mine.close()
    assert not asked["titles"]


def test_a_lesson_asks_once(mine: MainWindow, asked: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own question says what comes back; after it the lesson's data are opened unasked, and left unasked."""
    mine.bridge.step("batch")
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.begin.click())
    mine.school.lesson(2)
    mine.bridge.step("batch")
    mine.open_sample(find_sample("iris.csv"))
    assert not asked["titles"]


def test_the_question_is_answered_by_key(mine: MainWindow, qtbot: QtBot) -> None:
    """Enter saves, Esc stays, D lets go; it says what would be lost."""
    mine.bridge.set_training(l2=0.25)
    train(mine, 1, qtbot)
    box = SaveQuestion(mine, "Save your work before closing?", mine.opener.keeper.unsaved())
    qtbot.addWidget(box)
    assert box.save.isDefault()
    assert box.discard.shortcut().toString() == "D"
    assert "flowers.csv has 2 changes since" in box.warning.words
    assert "L2 0 → 0.25, 1 epoch" in box.warning.words
    assert "kept copies" not in box.warning.words  # it has no project whose copies they could be
    for key, answer in ((Qt.Key.Key_Return, "save"), (Qt.Key.Key_Escape, "cancel"), (Qt.Key.Key_D, "discard")):
        box.show()
        QTimer.singleShot(0, lambda key=key: qtbot.keyClick(box, key))
        box.answer = "cancel"
        box.exec()
        assert box.answer == answer


def test_what_is_not_saved_stays_in_the_kept_copies(
    mine: MainWindow, tmp_path: Path, asked: dict[str, list[str]], qtbot: QtBot
) -> None:
    """The question says so, and the newest copy of the project is then what was let go, to the last batch."""
    project = tmp_path / "work.annviz"
    mine.bridge.step("batch")
    save_as(mine, project, qtbot)
    mine.bridge.step("batch")
    last = mine.bridge.document.newest.step
    asked["answers"] = ["discard"]
    mine.close()
    assert asked["warnings"][0].endswith("stays in the kept copies for 30 days.")
    newest = KeptCopies(app_folder()).copies_of(project)[0]
    assert newest.load().runs[-1].checkpoint.step == last


def test_a_copy_that_can_not_be_kept_is_said_before_the_work_goes(
    mine: MainWindow, tmp_path: Path, asked: dict[str, list[str]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was promised: the window asks again without the promise, and stays where that is cancelled."""
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.bridge.step("batch")
    with monkeypatch.context() as patch:

        def write_file(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(autosave, "write_file", write_file)
        asked["answers"] = ["discard", "cancel"]
        mine.close()
    assert asked["warnings"][1].endswith("No copy of it could be kept: perhaps the disk is full.")
    assert mine.isVisible() and mine.opener.keeper.is_changed
    asked["answers"] = ["discard"]
    mine.close()
    assert len(asked["titles"]) == 3
