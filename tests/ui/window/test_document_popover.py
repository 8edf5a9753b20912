"""What opens at the document's name: what is unsaved, the way back to the file, and the copies kept by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from saved_work import params, save_as, train

from ann_viz.app_folder import app_folder
from ann_viz.session.kept_copies import KeptCopies
from ann_viz.session.work_mark import WorkMark
from ann_viz.ui.document import saving
from ann_viz.ui.window.document_popover import DocumentPopover
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.unsaved import MOST_NAMED, Unsaved


def open_popover(window: MainWindow) -> DocumentPopover:
    """Click the document's name."""
    window.menu_bar.corner.document.click()
    return window.findChildren(DocumentPopover)[-1]


def test_it_tells_what_is_unsaved_and_brings_the_file_back(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Untouched, learned, saved, changed while it is open; then back to the file, and Undo to what was there."""
    popover = open_popover(mine)
    assert (popover.title.text(), popover.words.text()) == (
        "Nothing to save yet",
        "It is in no file, and nothing has been learned.",
    )
    popover.close()
    train(mine, 2, qtbot)
    popover = open_popover(mine)
    assert popover.title.text().startswith("1 change since ") and popover.words.text() == "2 epochs\nIn no file yet."
    back = popover.rows[-1]
    assert not back.isEnabled()
    popover.close()
    save_as(mine, tmp_path / "work.annviz", qtbot)
    saved = params(mine)
    popover = open_popover(mine)
    assert popover.title.text() == "Everything is saved" and popover.words.text().startswith("Saved at ")
    mine.bridge.set_training(l2=0.25)
    assert popover.words.text() == "L2 0 → 0.25"
    train(mine, 1, qtbot)
    assert popover.title.text().startswith("2 changes since ") and popover.words.text() == "L2 0 → 0.25 · 1 epoch"
    popover.close()
    changed = params(mine)
    qtbot.waitUntil(mine.actions_by_id["back_to_saved"].isEnabled)
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        open_popover(mine).rows[-1].click()
    assert (params(mine), mine.isWindowModified()) == (saved, False)
    assert mine.bridge.document.train_config.l2 == 0
    assert mine.messages.text.startswith("work.annviz is as it was saved at ")
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.messages.findChildren(QPushButton)[-1].click()
    assert (params(mine), mine.isWindowModified()) == (changed, True)
    assert open_popover(mine).words.text() == "L2 0 → 0.25 · 1 epoch"


def test_settings_of_an_untrained_project_come_back_too(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Nothing was learned, and yet there is something to take back and to bring back."""
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.bridge.set_training(l2=0.25)
    for wanted, action in ((0.0, "back_to_saved"), (0.25, "undo")):
        qtbot.waitUntil(mine.actions_by_id[action].isEnabled)
        with qtbot.waitSignal(mine.bridge.dataset_changed):
            mine.actions_by_id[action].trigger()
        assert mine.bridge.document.train_config.l2 == wanted


def test_a_copy_that_was_kept_is_opened(mine: MainWindow, qtbot: QtBot) -> None:
    """As unsaved work, without a question; Undo brings back what is newer."""
    train(mine, 1, qtbot)
    earlier = params(mine)
    with qtbot.waitSignal(mine.opener.autosaver.kept):
        mine.opener.autosaver.keep()
    train(mine, 1, qtbot)
    newer = params(mine)
    popover = open_popover(mine)
    qtbot.waitUntil(lambda: len(popover.copies) == 1)
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        popover.copies[0].open.click()
    assert (params(mine), mine.isWindowModified(), mine.opener.keeper.path) == (earlier, True, None)
    assert mine.messages.text.startswith("This is your work of ")
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.actions_by_id["undo"].trigger()
    assert params(mine) == newer


def test_copies_of_a_project_stay_when_it_is_saved(
    mine: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Also in another window, later, and the question says so; what was never a project leaves nothing behind."""
    project = tmp_path / "work.annviz"
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(project))
    keeper, autosaver = mine.opener.keeper, mine.opener.autosaver
    for is_project in (False, True):
        train(mine, 1, qtbot)
        with qtbot.waitSignal(autosaver.kept):
            autosaver.keep()
        assert keeper.unsaved().warning.endswith(" stays in the kept copies for 30 days.") is is_project
        with qtbot.waitSignal(keeper.saved):
            mine.actions_by_id["save"].trigger()
        assert not mine.isWindowModified()
    assert len(autosaver.copies()) == 2
    assert list((app_folder() / "autosave").iterdir()) == []
    mine.actions_by_id["new"].trigger()
    assert autosaver.copies() == []
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.open_file(project)
    popover = open_popover(mine)
    qtbot.waitUntil(lambda: len(popover.copies) == 2)
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        popover.copies[-1].open.click()
    assert (mine.isWindowModified(), keeper.path) == (True, None)
    assert len(KeptCopies(app_folder()).copies_of(project)) == 2


def mark(*, rows_inside: bool = False, n_looks: int = 0) -> WorkMark:
    """A document without runs."""
    return WorkMark(
        data=1, current=None, runs=(), threshold=0.5, costs=None, locked_columns=None, n_looks_at_test=n_looks,
        sweeps=(), rows_inside=rows_inside, at=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("is_in_file", "is_lent", "before", "title", "words"),
    [
        (True, False, None, "Not saved", "Not all of it is in its file."),
        (False, False, None, "Not saved", "In no file yet."),
        (False, True, mark(), "", "It belongs to a lesson."),
    ],
)
def test_where_nobody_knows_what_it_was_like(
    is_in_file: bool, is_lent: bool, before: WorkMark | None, title: str, words: str
) -> None:
    """Rescued work, and a lesson's."""
    unsaved = Unsaved(
        name="a.csv", network=None, is_in_file=is_in_file, is_lent=is_lent, is_changed=True, before=before, now=mark()
    )
    assert unsaved.words == words and unsaved.title.startswith(title)
    assert before is not None or unsaved.warning == (
        "What has changed in a.csv since it was opened or saved last is in no file yet."
    )


def test_the_question_names_the_first_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counts the rest."""
    told = tuple(f"change {number}" for number in range(MOST_NAMED + 3))
    monkeypatch.setattr("ann_viz.ui.window.unsaved.changes_since", lambda _before, _now: told)
    unsaved = Unsaved(name="a.annviz", network=None, is_in_file=True, is_changed=True, before=mark(), now=mark())
    assert unsaved.warning.startswith("a.annviz has 8 changes since ")
    assert unsaved.warning.endswith(": change 0, change 1, change 2, change 3, change 4, and 3 more.")
