"""The document and its file: saved and opened again from the window, and what counts as unsaved."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.engine import LayerConfig
from ann_viz.resources import resource
from ann_viz.session import RunState, Session
from ann_viz.session.headless import open_dataset
from ann_viz.session.open_projects import OpenProject
from ann_viz.session.projectfile import load_project
from ann_viz.session.samples import find_sample
from ann_viz.ui.document import saving
from ann_viz.ui.window import project_opening
from ann_viz.ui.window.keeping import Keeper
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.save_question import SaveQuestion


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """A table of the user's own."""
    path = tmp_path / "flowers.csv"
    path.write_bytes(resource("samples", "iris.csv").read_bytes())
    return path


@pytest.fixture
def mine(window: MainWindow, csv: Path) -> MainWindow:
    """The window with that table, untrained."""
    window.bridge.open_dataset(open_dataset(csv))
    return window


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in boxes about files that can't be opened or saved."""
    said: list[str] = []
    for module in ("keeping", "project_opening"):
        monkeypatch.setattr(f"ann_viz.ui.window.{module}.show_error", lambda _w, _title, error: said.append(str(error)))
    return said


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


def test_a_project_goes_from_window_to_window_and_trains_on_to_the_same_bits(
    mine: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """With runs, names, notes, the row on show and the settings; also behind a half-done batch."""
    train(mine, 2, qtbot)
    bridge, document = mine.bridge, mine.bridge.document
    first = document.runs[0].number
    bridge.rename_run(first, "first")
    bridge.set_hidden((LayerConfig(neurons=3),))
    bridge.set_training(learning_rate=0.1)
    bridge.set_example(7)
    train(mine, 1, qtbot)
    bridge.step("phase")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    trained = params(mine)
    train(mine, 2, qtbot)
    straight = params(mine)
    mine.open_sample(find_sample("iris.csv"))
    with qtbot.waitSignal(bridge.dataset_changed):
        mine.open_file(tmp_path / "work.annviz")
    assert params(mine) == trained
    assert document.example == 7
    assert document.run_name(document.runs[0]) == "first"
    assert document.train_config.learning_rate == 0.1
    assert not bridge.undo_stack.count()
    train(mine, 2, qtbot)
    assert params(mine) == straight


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


def test_data_that_have_moved_are_asked_for(
    mine: MainWindow, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The sentence says which; what is shown to it is opened, and saved with it the next time."""
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    trained = params(mine)
    (tmp_path / "else").mkdir()
    moved = csv.rename(tmp_path / "else" / "renamed.csv")
    asked: list[str] = []

    def answer(_window: MainWindow, problem: Exception, _project: object) -> Path:
        asked.append(str(problem))
        return moved

    monkeypatch.setattr(project_opening.DataQuestion, "ask", answer)
    with qtbot.waitSignal(mine.bridge.dataset_changed):
        mine.open_file(tmp_path / "work.annviz")
    assert len(asked) == 1
    assert "flowers.csv" in asked[0]
    assert params(mine) == trained
    assert mine.bridge.document.dataset.table.path == moved


def test_what_is_no_project_says_so_and_changes_nothing(
    mine: MainWindow, tmp_path: Path, errors: list[str], qtbot: QtBot
) -> None:
    """One sentence; the document stays."""
    mine.bridge.step("batch")
    before = params(mine)
    (tmp_path / "bad.annviz").write_bytes(b"no project")
    mine.open_file(tmp_path / "bad.annviz")
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert "bad.annviz" in errors[0]
    assert (params(mine), mine.opener.keeper.name) == (before, "flowers.csv")
    assert mine.messages.isHidden()


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


# Leaving --------------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What was asked, and in "answers" what is answered, one after the other; there is no other answer."""
    told: dict[str, list[str]] = {"titles": [], "answers": []}

    def answer(_window: MainWindow, title: str, _name: str) -> str:
        told["titles"].append(title)
        return told["answers"].pop(0)

    monkeypatch.setattr(SaveQuestion, "ask", answer)
    return told


LEAVING: dict[str, Callable[[MainWindow, Path], object]] = {
    "closing": lambda window, _: window.close(),
    "a sample": lambda window, _: window.open_sample(find_sample("iris.csv")),
    "a file": lambda window, csv: window.open_file(csv),
    "a project": lambda window, csv: window.open_file(csv.with_name("other.annviz")),
    "reading the file again": lambda window, _: window.opener.reload(),
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


@pytest.mark.parametrize("way", ["closing", "a sample", "a project"])
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


def test_the_question_is_answered_by_key(window: MainWindow, qtbot: QtBot) -> None:
    """Enter saves, Esc stays, D lets go."""
    box = SaveQuestion(window, "Save your work before closing?", "work.annviz")
    qtbot.addWidget(box)
    assert box.defaultButton() is box.save
    assert box.escapeButton() is box.cancel
    assert box.discard.shortcut().toString() == "D"
    assert "work.annviz" in box.informativeText()


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


def test_a_pasted_table_is_inside_its_project(
    window: MainWindow, csv: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no file to be found in again."""
    monkeypatch.setattr(
        "ann_viz.ui.importing.dialog.ImportDialog.ask", lambda _w, path, _remembered: open_dataset(path)
    )
    QGuiApplication.clipboard().setText(csv.read_text())
    window.actions_by_id["paste_table"].trigger()
    window.bridge.step("batch")
    path, before = tmp_path / "work.annviz", params(window)
    save_as(window, path, qtbot)
    assert window.messages.text.endswith("The rows of clipboard.csv are inside.")
    window.open_sample(find_sample("iris.csv"))
    window.actions_by_id["paste_table"].trigger()  # takes the folder of the first one away
    with qtbot.waitSignal(window.bridge.dataset_changed):
        window.open_file(path)
    assert params(window) == before and window.bridge.rows_inside


def test_without_its_data_a_network_still_predicts(
    mine: MainWindow, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The question shows its picture and offers to use it on a file; the document in the window stays."""
    mine.bridge.step("batch")
    save_as(mine, tmp_path / "work.annviz", qtbot)
    csv.unlink()
    used: list[Path] = []
    monkeypatch.setattr("ann_viz.ui.predicting.dialog.choose_rows", lambda _window: tmp_path / "new.csv")
    monkeypatch.setattr(
        "ann_viz.ui.predicting.dialog.PredictDialog.ask", lambda _w, _model, path, _inputs: used.append(path)
    )

    def use(box: project_opening.DataQuestion) -> None:
        assert not box.iconPixmap().isNull()
        box.use.click()

    monkeypatch.setattr(project_opening.DataQuestion, "exec", use)
    mine.open_file(tmp_path / "work.annviz")
    qtbot.waitUntil(lambda: bool(used))
    assert used == [tmp_path / "new.csv"] and mine.bridge.document.dataset is not None


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


def test_a_project_that_is_open_in_another_window_is_a_copy(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Said, under no name of its own; the other may have it again when it is closed there."""
    path, elsewhere = tmp_path / "work.annviz", OpenProject(tmp_path / "own")
    mine.bridge.step("batch")
    save_as(mine, path, qtbot)
    assert elsewhere.take(path)
    keeper = Keeper(mine.bridge, mine, mine.messages, OpenProject(tmp_path / "own"))
    assert not keeper.opened(path)
    assert (keeper.path, keeper.name, keeper.is_changed) == (None, "flowers.csv", True)
    elsewhere.let_go()
    assert keeper.opened(path) and keeper.path == path
    assert not elsewhere.take(path)
    keeper.close()
    assert elsewhere.take(path)
    elsewhere.let_go()
