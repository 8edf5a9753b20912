"""A project is opened again: with its data, without them, with the rows inside, and where another window has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from saved_work import params, save_as, train

from ann_viz.engine import LayerConfig
from ann_viz.scene import Neuron
from ann_viz.session.headless import open_dataset
from ann_viz.session.open_projects import OpenProject
from ann_viz.session.samples import find_sample
from ann_viz.ui.window import project_opening
from ann_viz.ui.window.keeping import Keeper
from ann_viz.ui.window.main_window import MainWindow


def test_a_project_goes_from_window_to_window_and_trains_on_to_the_same_bits(
    mine: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """With runs, names, notes, the row on show, the settings and the view; also behind a half-done batch."""
    train(mine, 2, qtbot)
    bridge, document = mine.bridge, mine.bridge.document
    first = document.runs[0].number
    bridge.rename_run(first, "first")
    bridge.set_hidden((LayerConfig(neurons=3),))
    bridge.set_training(learning_rate=0.1)
    bridge.set_example(7)
    train(mine, 1, qtbot)
    bridge.step("phase")
    mine.view.show_lines("signals")
    mine.view.toggle_looks_for()
    mine.view.select(Neuron(1, 2))
    save_as(mine, tmp_path / "work.annviz", qtbot)
    trained = params(mine)
    train(mine, 2, qtbot)
    straight = params(mine)
    mine.open_sample(find_sample("iris.csv"))
    mine.view.show_lines("weights")
    mine.view.toggle_looks_for()
    with qtbot.waitSignal(bridge.dataset_changed):
        mine.open_file(tmp_path / "work.annviz")
    assert params(mine) == trained
    assert (mine.view.mode, mine.view.looks_for, mine.view.selection) == ("signals", True, Neuron(1, 2))
    assert not mine.opener.keeper.is_changed
    assert document.example == 7
    assert document.run_name(document.runs[0]) == "first"
    assert document.train_config.learning_rate == 0.1
    assert not bridge.undo_stack.count()
    train(mine, 2, qtbot)
    assert params(mine) == straight


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

    def answer(_window: MainWindow, problem: Exception, _project: object, changed: Path | None) -> Path:
        assert changed is None
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
