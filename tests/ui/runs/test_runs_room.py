"""The enlarged runs: a table that goes to a run by a click, sorts by a heading and makes way again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.session.work import Work
from ann_viz.ui.window.main_window import MainWindow


def test_runs_are_a_table_when_enlarged(window: MainWindow, qtbot: QtBot, tmp_path, monkeypatch) -> None:
    """By the button of the card; a click on a row shows that run everywhere, Esc gives the picture back.

    And the menu of a run trains it on or takes it along.
    """
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    window.resize(1440, 900)
    window.show()
    bridge = window.bridge
    for rate in (0.01, 0.3):
        bridge.set_training(learning_rate=rate)
        bridge.reset()
        for _ in range(bridge.document.snapshot.n_batches):
            bridge.step("batch")
    window.docks.show_runs()
    panel = window.left_side.runs
    QTest.mouseClick(panel.enlarge, Qt.MouseButton.LeftButton)
    room = window.enlarged.page("runs")
    table = room.table
    assert window.stack.currentWidget() is room and not window.watch_dock.isVisible() and panel.isVisible()
    assert room.about.text() == "2 runs · 1 setting differs"
    tabs = window.left_side.tabs
    assert [tabs.tabToolTip(place) for place in range(tabs.count())] == ["", "", "2 runs"]
    first, second = table.runs.runs.numbers
    names = [column.name for column in table.runs.runs.columns]
    assert table.number == second == panel.tree.number
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, table.rowViewportPosition(0) + 8))
    assert bridge.document.run_numbers[0] == first == panel.tree.number and room.isVisible()
    rate = names.index("learning_rate")
    table.sortByColumn(rate, Qt.SortOrder.DescendingOrder)
    assert table.runs.row_of(second) == 0 and table.number == first, "the keys stay on their run"
    index = table.runs.index(0, rate)
    assert index.data() == "0.3" and index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    room.copy.click()
    assert QGuiApplication.clipboard().text().split("\n")[1].split("\t")[rate] == "0.01"
    table.resize(500, 300)
    assert table.isColumnHidden(rate) and not table.isColumnHidden(names.index("loss"))
    path = tmp_path / "runs.csv"
    monkeypatch.setattr("ann_viz.ui.runs.runs_room.ask_where", lambda *_: str(path))
    room.save.click()
    assert path.read_text().splitlines()[1].split(",")[rate] == "0.3"
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.picture and window.watch_dock.isVisible()
    # what the menu of a run asks the window for: to train it on, and to take it along as it is seen then
    taken: list[Work] = []
    monkeypatch.setattr("ann_viz.ui.taking.dialog.TakeDialog.ask", lambda _window, work, *_: taken.append(work))
    panel.export_asked.emit(second)
    assert [work.bare.state.current for work in taken] == [second] == [bridge.document.run_numbers[0]]
    panel.training_asked.emit(first)
    assert bridge.document.run_numbers[0] == first and bridge.document.state is RunState.RUNNING
    bridge.pause()
