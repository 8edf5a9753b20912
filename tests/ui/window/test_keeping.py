"""The document and its file: how it is saved, what counts as unsaved, and what undo brings back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from saved_work import params, save_as, train

from ann_viz.engine import LayerConfig
from ann_viz.session import RunState, Session
from ann_viz.session.projectfile import load_project
from ann_viz.session.samples import find_sample
from ann_viz.ui.document import saving
from ann_viz.ui.window.main_window import MainWindow


def test_training_goes_on_while_it_is_saved(mine: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    """What is in the file is a moment of that run."""
    mine.bridge.set_training(epochs=0, patience=None)
    mine.bridge.train()
    save_as(mine, tmp_path / "work.annviz", qtbot)
    assert mine.bridge.document.state is RunState.RUNNING
    saved = session.newest.step
    qtbot.waitUntil(lambda: session.newest.step > saved)
    qtbot.waitUntil(mine.isWindowModified)
    mine.bridge.pause()
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.open_file(tmp_path / "work.annviz")
    assert mine.bridge.document.state is RunState.PAUSED
    assert not mine.isWindowModified()


CHANGES: dict[str, Callable[[MainWindow], object]] = {
    "training": lambda window: window.bridge.step("batch"),
    "a setting": lambda window: window.bridge.set_training(learning_rate=0.3),
    "another layer": lambda window: window.bridge.set_hidden((LayerConfig(neurons=2),)),
    "a weight": lambda window: window.bridge.set_parameter(0, 0, 0, 1.5),
    "a lock": lambda window: window.bridge.lock_parameter(0, 0, 0, True),
    "a neuron": lambda window: window.bridge.switch_neuron(1, 0, False),
    "a name": lambda window: window.bridge.rename_run(window.bridge.document.runs[0].number, "mine"),
    "a note": lambda window: window.bridge.set_run_note(window.bridge.document.runs[0].number, "look"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_not_saved_is_marked(mine: MainWindow, tmp_path: Path, qtbot: QtBot, change: str) -> None:
    """A dot in title and menu bar, until it is saved; Ctrl+S then asks nothing."""
    keeper = mine.opener.keeper
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    assert (keeper.is_changed, mine.isWindowModified(), mine.windowTitle()) == (
        False,
        False,
        "[*]work.annviz — ANN Viz",
    )
    CHANGES[change](mine)
    qtbot.waitUntil(mine.isWindowModified)
    assert "not saved" in mine.menu_bar.corner.document.accessibleName()
    with qtbot.waitSignal(keeper.saved):
        mine.actions_by_id["save"].trigger()
    assert not mine.isWindowModified()
    assert mine.messages.text == "Saved as work.annviz."


def test_what_was_only_looked_at_is_not_unsaved(mine: MainWindow) -> None:
    """Neither fresh data, nor another row, nor settings of a network that has learned nothing."""
    mine.bridge.set_example(3)
    mine.bridge.set_training(learning_rate=0.3)
    assert not mine.opener.keeper.is_changed
    mine.bridge.step("batch")
    assert mine.opener.keeper.is_changed
    mine.open_sample(find_sample("iris.csv"))
    assert not mine.opener.keeper.is_changed


def test_other_columns_leave_the_document_its_name(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """They are a change of it; another file is another document."""
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.bridge.undo_stack.clear()
    dataset = mine.bridge.document.dataset
    from ann_viz.data import build_dataset

    mine.bridge.open_dataset(build_dataset(dataset.table, dataset.recipe))
    assert (mine.opener.keeper.name, mine.opener.keeper.is_changed) == ("work.annviz", True)
    mine.open_sample(find_sample("iris.csv"))
    assert mine.opener.keeper.name == "iris.csv"


def test_work_is_saved_although_its_data_have_gone(
    mine: MainWindow, csv: Path, tmp_path: Path, errors: list[str], qtbot: QtBot
) -> None:
    """Once it was known what they were; before that the sentence says what to do."""
    mine.bridge.step("batch")
    hidden = csv.rename(tmp_path / "hidden")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saving, "ask_where", lambda *_: str(tmp_path / "early.annviz"))
        mine.actions_by_id["save"].trigger()
        qtbot.waitUntil(lambda: len(errors) == 1)
    assert "flowers.csv" in errors[0]
    assert not (tmp_path / "early.annviz").exists()
    hidden.rename(csv)
    save_as(mine, tmp_path / "work.annviz", qtbot)
    os.unlink(csv)
    mine.bridge.step("batch")
    with qtbot.waitSignal(mine.opener.keeper.saved):
        mine.actions_by_id["save"].trigger()
    assert not mine.opener.keeper.is_changed


def test_a_lesson_leaves_nothing_to_be_saved(window: MainWindow) -> None:
    """Its data and what is learned on them are its own."""
    window.school.lesson(1)
    if window.bridge.document.dataset is None:
        window.school.lesson(2)
    assert window.bridge.document.dataset is not None
    window.bridge.step("batch")
    assert not window.opener.keeper.is_changed


def test_the_first_save_says_whether_the_rows_are_inside(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """They are not, unless one click puts them there; later saves say nothing of it."""
    mine.bridge.step("batch")
    path = tmp_path / "work.annviz"
    save_as(mine, path, qtbot)
    assert mine.messages.text == "Saved as work.annviz. The rows of flowers.csv are not inside."
    assert load_project(path).rows is None
    with qtbot.waitSignal(mine.opener.keeper.saved):
        mine.messages.findChild(QPushButton).click()
    assert mine.messages.text == "Saved as work.annviz." and load_project(path).rows is not None
    assert not mine.isWindowModified()


def test_undo_brings_back_what_other_data_replaced(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """With its runs, its file and what was unsaved; and in turn what it replaces then, without a question."""
    train(mine, 2, qtbot)
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.bridge.step("batch")
    mine.opener.keeper.let_go()  # the question is answered with "Don't save"
    before = params(mine)
    mine.open_sample(find_sample("circles.csv"))
    mine.bridge.step("batch")
    other = params(mine)
    assert mine.bridge.undo_stack.count() == 1
    for wanted, name, changed in ((before, "work.annviz", True), (other, "circles.csv", True)):
        with qtbot.waitSignal(mine.bridge.dataset_changed):
            mine.actions_by_id["undo"].trigger()
        assert (params(mine), mine.opener.keeper.name, mine.opener.keeper.is_changed) == (wanted, name, changed)


def test_data_nobody_learned_from_are_not_brought_back(mine: MainWindow) -> None:
    mine.open_sample(find_sample("circles.csv"))
    assert not mine.bridge.undo_stack.canUndo()
