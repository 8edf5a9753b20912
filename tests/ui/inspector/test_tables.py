"""The tables of the Inspector: rows that are chosen, many terms, and names that are cut."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from ann_viz.numerals import compact, compact_signed
from ann_viz.scene import Connection, Neuron
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector.panel import InspectorPanel
from ann_viz.ui.inspector.tables import HEADING, ROW
from ann_viz.ui.kit.painted import fitted


def test_rows_are_walked_and_chosen_by_keyboard(
    panel: InspectorPanel, learn: Callable, view: View, qtbot: QtBot
) -> None:
    """Down, End and Enter: the last input's connection is selected, and what a row says is read out."""
    learn()
    view.select(Neuron(1, 0))
    table = panel.adds_up.table
    table.setFocus()
    assert table.rows[0].name in table.accessibleDescription()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.rows[1].name in table.accessibleDescription()
    choosable = [row for row in table.rows if row.key >= 0]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert view.selection == Connection(0, choosable[1].key, 0)


def test_a_row_of_a_table_is_a_connection(panel: InspectorPanel, learn: Callable, view: View, qtbot: QtBot) -> None:
    """A click on a term selects where it comes from; on a target, where it goes."""
    learn()
    view.select(Neuron(1, 2))
    table = panel.adds_up.table
    qtbot.mouseMove(table, QPoint(20, HEADING + ROW // 2))
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(20, HEADING + ROW // 2))
    assert view.selection == Connection(0, table.rows[0].key, 2)
    view.select(Neuron(1, 2))
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))
    assert view.selection == Neuron(1, 2)
    place = QPoint(20, HEADING + ROW // 2)
    qtbot.mouseClick(panel.goes_to.table, Qt.MouseButton.LeftButton, pos=place)
    assert view.selection == Connection(1, 2, panel.goes_to.table.rows[0].key)


def test_many_terms_scroll(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """Of 61 terms the 40 largest are shown, and the others as their sum, in a card that does not grow."""
    learn("digits.csv")
    view.select(Neuron(1, 0))
    rows = panel.adds_up.table.rows
    assert len(rows) == 41 and rows[-1].name == "and 21 more: sum" and rows[-1].key == -1
    assert panel.adds_up.height() < 350


def test_names_are_cut_where_they_matter_least(panel: InspectorPanel) -> None:
    """Of a category its column goes first."""
    metrics = QFontMetricsF(panel.font())
    for text in ("Geography: Spain", "EstimatedSalary"):
        assert fitted(text, metrics, 1000) == text
    wide = metrics.horizontalAdvance("Geograp: Spain")
    cut = fitted("Geography: Spain", metrics, wide)
    assert cut.startswith("Geo") and cut.endswith("…: Spain")
    assert fitted("Geography: Spain", metrics, metrics.horizontalAdvance("…Spain") + 1) == "…Spain"
    cut = fitted("EstimatedSalary", metrics, wide)  # both ends: the last letters may tell it from another
    assert "…" in cut and cut.startswith("Est") and cut.endswith("ary")


def test_numbers() -> None:
    """Two decimals with a true minus; fewer where they would take the room of the name."""
    assert [compact(value) for value in (1.375, -0.5, -0.001, 123.4, -2e6, np.nan)] == [
        "1.38", "−0.50", "0.00", "123", "−2e6", "–"
    ]  # fmt: skip
    assert [compact_signed(value) for value in (1.0, -1.0, 0.0, 0.001)] == ["+1.00", "−1.00", "0.00", "0.00"]
