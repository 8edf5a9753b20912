"""A project whose table is gone or has changed: it opens without, can be tried and saved, and takes its rows later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot
from saved_work import params, save_as, train

from ann_viz.session import RunState
from ann_viz.session.projectfile import load_project
from ann_viz.session.samples import find_sample
from ann_viz.ui.document.missing_table import MissingTableNote
from ann_viz.ui.window import missing_rows, project_opening
from ann_viz.ui.window.main_window import MainWindow

MISSING = "The table of this project is missing."
Press = Callable[[project_opening.DataQuestion], None]


@pytest.fixture
def project(mine: MainWindow, tmp_path: Path, qtbot: QtBot) -> Path:
    """The window's work, saved, and something else open in its place."""
    train(mine, 2, qtbot)
    mine.bridge.set_example(7)
    save_as(mine, tmp_path / "work.annviz", qtbot)
    mine.open_sample(find_sample("two_spirals.csv"))
    return tmp_path / "work.annviz"


def answer(monkeypatch: pytest.MonkeyPatch, press: Press) -> None:
    """Answer the question about the data by pressing a button."""
    monkeypatch.setattr(project_opening.DataQuestion, "exec", press)


def open_without(window: MainWindow, project: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Open a project without its table, which somebody has moved."""
    answer(monkeypatch, lambda box: box.without.click())
    with qtbot.waitSignal(window.bridge.dataset_changed):
        window.open_file(project)


def test_it_opens_is_tried_saved_and_comes_alive(
    mine: MainWindow, project: Path, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """All in one window: what stands, what is off and says why, and that nothing is lost on the way."""
    bridge, document, actions = mine.bridge, mine.bridge.document, mine.actions_by_id
    trained = load_project(project).runs[0].checkpoint.params.tobytes()
    moved = csv.rename(tmp_path / "moved.csv")
    open_without(mine, project, monkeypatch, qtbot)
    # the network stands, under its file's name, and nothing is unsaved
    assert document.state is RunState.WITHOUT_ROWS and params(mine) == trained
    assert mine.stack.currentWidget() is mine.picture
    qtbot.waitUntil(lambda: mine.canvas.stage.frame is not None)
    assert (mine.opener.keeper.name, mine.opener.keeper.is_changed) == ("work.annviz", False)
    assert mine.messages.text.startswith("work.annviz is open without its table")
    assert mine.toolbar.chip.accessibleName().startswith("flowers.csv, missing")
    assert mine.toolbar.metrics.train_loss.text != "–"
    # what needs rows is off, and says why
    for name in ("toggle_training", "step", "run_test", "show_rows", "chart_answers", "sweep", "add_layer"):
        assert not actions[name].isEnabled() and actions[name].toolTip() == MISSING, name
    for name in ("save", "predict_file", "take", "show_try", "show_why", "chart_loss", "network_text"):
        assert actions[name].isEnabled(), name
    assert not mine.toolbar.train_button.isEnabled() and mine.toolbar.train_button.toolTip() == MISSING
    charts = mine.watch_panel.charts.tabs
    assert [charts.isTabEnabled(k) for k in range(charts.count())] == [True, *[False] * (charts.count() - 1)]
    assert charts.tabToolTip(2) == MISSING
    assert not mine.left_side.build.network.isEnabled() and not mine.watch_panel.coach.isVisible()
    notes = [note for note in mine.findChildren(MissingTableNote) if note.isVisible()]
    assert len(notes) == 2  # beneath the chart, and in the card of the data
    # a row is tried
    actions["show_try"].trigger()
    panel = mine.left_side.trying
    qtbot.waitUntil(lambda: bool(panel.fields))
    model = panel.start.model()
    assert isinstance(model, QStandardItemModel)
    assert [model.item(k).isEnabled() for k in range(4)] == [True, False, False, True]
    assert model.item(1).toolTip() == MISSING and not panel.dice.isEnabled()
    said = mine.canvas_card.example_bar.tried.says.text()
    panel.fields[2].changed.emit(1.0)
    assert document.tried is not None and document.tried.values[2] == 1.0
    assert mine.canvas_card.example_bar.tried.says.text() != said
    actions["show_why"].trigger()
    qtbot.waitUntil(lambda: mine.right_panel.why.shown is not None)
    assert "made up" in mine.right_panel.why.reasons.sentence.words
    # it is saved without its rows
    bridge.rename_run(document.run_numbers[0], "kept")
    save_as(mine, tmp_path / "again.annviz", qtbot)
    again = load_project(tmp_path / "again.annviz")
    assert again.runs[0].checkpoint.params.tobytes() == trained and again.runs[0].record.title == "kept"
    assert (again.state.example, again.source) == (7, load_project(project).source)
    # a file that is another one is refused, and the right one brings everything back
    said_of_files: list[str] = []
    monkeypatch.setattr(missing_rows, "show_error", lambda _w, _title, error: said_of_files.append(str(error)))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    monkeypatch.setattr(missing_rows, "ask_for_table", lambda _window: tmp_path / "other.csv")
    notes[0].search.click()
    qtbot.waitUntil(lambda: bool(said_of_files))
    assert "'other.csv' is another file" in said_of_files[0] and document.is_without_rows
    tried = document.tried
    monkeypatch.setattr(missing_rows, "ask_for_table", lambda _window: moved)
    with qtbot.waitSignal(bridge.dataset_changed):
        notes[0].search.click()
    assert document.state is RunState.PAUSED and params(mine) == trained and document.tried == tried
    assert (mine.opener.keeper.name, mine.opener.keeper.is_changed) == ("again.annviz", False)
    assert document.example == 7 and document.run_name(document.runs[0]) == "kept"
    assert actions["step"].isEnabled() and "Repeat the step" in actions["step"].toolTip()
    assert charts.isTabEnabled(2) and not charts.tabToolTip(2) and not notes[0].isVisible()
    assert mine.left_side.build.network.isEnabled() and mine.toolbar.train_button.toolTip() == ""
    train(mine, 1, qtbot)
    assert params(mine) != trained


def test_a_table_that_has_changed_is_said_and_can_be_learned_from_anew(
    mine: MainWindow, project: Path, csv: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Its question names the file and what can be done; the changed one is imported like any other."""
    csv.write_text(csv.read_text() + "1,1,1,1,setosa\n")
    said: list[str] = []

    def anew(box: project_opening.DataQuestion) -> None:
        said.extend((box.text(), box.informativeText()))
        assert box.anew is not None and not box.iconPixmap().isNull()
        box.anew.click()

    answer(monkeypatch, anew)
    imported: list[Path] = []
    monkeypatch.setattr(
        "ann_viz.ui.importing.dialog.ImportDialog.ask", lambda _w, path, _remembered: imported.append(path)
    )
    mine.open_file(project)
    qtbot.waitUntil(lambda: bool(imported))
    assert imported == [csv] and mine.opener.keeper.name == "two_spirals.csv"
    assert "has changed" in said[0] and "flowers.csv" in said[1] and "Without its table" in said[1]


def test_its_network_is_used_on_a_file(
    mine: MainWindow, project: Path, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """From the menu, and when a file with its columns is opened."""
    rows = tmp_path / "new.csv"
    rows.write_text("\n".join(csv.read_text().splitlines()[:20]) + "\n")
    csv.unlink()
    used: list[Path] = []
    monkeypatch.setattr("ann_viz.ui.predicting.dialog.choose_rows", lambda _window: rows)
    monkeypatch.setattr(
        "ann_viz.ui.predicting.dialog.PredictDialog.ask", lambda _w, _model, path, _inputs, **_: used.append(path)
    )
    monkeypatch.setattr("ann_viz.ui.window.network_use.UseQuestion.ask", lambda *_: "use")
    open_without(mine, project, monkeypatch, qtbot)
    mine.actions_by_id["predict_file"].trigger()
    mine.open_file(rows)
    assert used == [rows, rows] and mine.bridge.document.is_without_rows
