"""Tables and charts as text: what a spreadsheet makes a table of, and nothing that it would run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMenu, QTableView
from pytestqt.qtbot import QtBot

from ann_viz.session.samples import samples
from ann_viz.ui.document.copying import copy_numbers, let_copy
from ann_viz.ui.window.main_window import MainWindow


def test_numbers_and_texts_are_cells_and_formulas_are_shown(qtbot: QtBot) -> None:
    copy_numbers([("name", "loss"), ("=HYPERLINK(1)", -0.5), ("two\tcells\n", 3)])
    assert QGuiApplication.clipboard().text() == "name\tloss\n'=HYPERLINK(1)\t-0.5\ntwo cells\t3"


def test_hidden_columns_stay_where_they_are(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    let_copy(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)  # nothing is there yet
    model = QStandardItemModel(view)
    model.setHorizontalHeaderLabels(["a", "b"])
    model.appendRow([QStandardItem("1"), QStandardItem("2")])
    view.setModel(model)
    view.hideColumn(0)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "b\n2"


@pytest.fixture
def iris(window: MainWindow) -> MainWindow:
    """Return the window with a small table, after one batch."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    window.bridge.step("batch")
    return window


def test_a_chart_offers_its_numbers(iris: MainWindow, qtbot: QtBot) -> None:
    """The context menu of the loss has what is drawn, epoch by epoch."""
    page = iris.watch_panel.charts.page("loss")
    qtbot.waitUntil(lambda: len(page.numbers()) > 1)
    place = page.mapToGlobal(QPoint(5, 5))
    QApplication.sendEvent(page, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), place))
    (menu,) = page.findChildren(QMenu)
    (action,) = menu.actions()
    action.trigger()
    menu.close()
    assert QGuiApplication.clipboard().text().split("\n")[0] == "\t".join(map(str, page.numbers()[0]))


def test_weights_and_gradients_are_numbers_as_well(iris: MainWindow, qtbot: QtBot) -> None:
    """The page of the inside gives what its chosen view draws."""
    iris.actions_by_id["chart_inside"].trigger()
    page, snapshot = iris.watch_panel.charts.page("inside"), iris.bridge.document.snapshot
    qtbot.waitUntil(lambda: len(page.numbers()) > 1)
    assert sum(int(row[3]) for row in page.numbers()[1:]) == sum(W.size for W in snapshot.W)
    page.show_view("gradients")
    qtbot.waitUntil(lambda: len(page.numbers()) == 1 + len(snapshot.W))
