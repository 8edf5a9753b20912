"""The page of a sweep: lines, table and words are of the same runs, and mouse and keys reach all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.session.sweeping.axes import SCORE as SCORE_AXIS
from ann_viz.ui.sweeping.sweep_model import OPEN, PARAMETERS, RANK, SCORE, SEEDS
from ann_viz.ui.sweeping.sweep_page import SweepPage
from ann_viz.ui.sweeping.sweeping import Sweeping


@pytest.fixture
def page(swept: Sweeping, qtbot: QtBot) -> Iterator[SweepPage]:
    made = SweepPage(swept)
    made.resize(1100, 760)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def text(page: SweepPage, row: int, column: str) -> str:
    runs = page.table.runs
    return str(runs.index(row, runs.columns.index(column)).data())


def on_axis(page: SweepPage, name: str, place: float) -> QPoint:
    number = [axis.name for axis in page.plot.axes].index(name)
    return QPoint(round(page.plot.axis_at(number)), round(page.plot.height_of(place)))


def drag(page: SweepPage, start: QPoint, end: QPoint) -> None:
    plot = page.plot
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(plot, (start + end) / 2)
    QTest.mouseMove(plot, end)
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=end)


def test_the_table_has_the_runs_best_first(page: SweepPage, swept: Sweeping) -> None:
    """Then those that exploded, then what they are compared with."""
    assert swept.study is not None
    runs = page.table.runs
    assert runs.rowCount() == 9 + 1 and text(page, 0, RANK) == "1" and " ± " in text(page, 0, SCORE)
    assert text(page, 0, OPEN) == "Open this run" and text(page, 8, SCORE) == "exploded" and text(page, 8, OPEN) == ""
    assert text(page, 9, "learning_rate") == "Guessing"
    titles = [runs.headerData(place, Qt.Orientation.Horizontal) for place in range(runs.columnCount())]
    assert ("Validation loss ↑" in titles and "3 seeds" in titles and "Accuracy" in titles) or "ROC AUC" in titles
    seeds = runs.index(0, runs.columns.index(SEEDS)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert seeds.count(", ") == 2


def test_words_and_numbers_of_the_head(page: SweepPage) -> None:
    """How many are done; nothing to pause any more; the first two rows are judged."""
    assert page.header.words.words == "9 of 9" and not page.header.pause.isVisible()
    assert page.findings.verdict.words.startswith("Row 1 is ahead of row 2 with ")
    assert not page.empty.isVisible() and page.filters.count.text() == ""


def test_a_drag_along_an_axis_filters_lines_and_rows(page: SweepPage) -> None:
    """The chip says what is let through; a click on it, or on the axis twice, lets all through again."""
    drag(page, on_axis(page, "hidden", 0.02), on_axis(page, "hidden", 0.3))
    assert page.table.runs.rowCount() == 3 + 1 and page.filters.count.text() == "3 of 9 runs"
    assert {text(page, row, "hidden") for row in range(3)} == {"2"}
    assert set(page.plot.filters) == {"hidden"}
    middle = on_axis(page, "hidden", 0.16)
    drag(page, middle, on_axis(page, "hidden", 0.5))
    assert {text(page, row, "hidden") for row in range(3)} == {"4"}, "taken by its middle it moves"
    QTest.mouseDClick(page.plot, Qt.MouseButton.LeftButton, pos=on_axis(page, "hidden", 0.5))
    assert page.plot.filters == {} and page.table.runs.rowCount() == 10
    drag(page, on_axis(page, "hidden", 0.02), on_axis(page, "hidden", 0.3))
    page.filters.cleared.emit("hidden")
    assert page.plot.filters == {} and page.filters.count.text() == ""


def test_a_filter_is_taken_by_its_ends(page: SweepPage) -> None:
    """Its upper end up, its lower end down; a click alone filters nothing."""
    drag(page, on_axis(page, "hidden", 0.4), on_axis(page, "hidden", 0.6))
    drag(page, on_axis(page, "hidden", 0.6), on_axis(page, "hidden", 0.99))
    drag(page, on_axis(page, "hidden", 0.4), on_axis(page, "hidden", 0.2))
    low, high = page.plot.filters["hidden"]
    assert low == pytest.approx(0.2, abs=0.02) and high == pytest.approx(0.99, abs=0.02)
    page.plot.clear_filter("hidden")
    QTest.mouseClick(page.plot, Qt.MouseButton.LeftButton, pos=on_axis(page, "hidden", 0.5))
    assert page.plot.filters == {}


def test_a_filter_on_the_score_leaves_out_what_exploded(page: SweepPage) -> None:
    """Those have no score; they lie at the bottom."""
    drag(page, on_axis(page, SCORE_AXIS, 0.99), on_axis(page, SCORE_AXIS, 0.6))
    shown = page.table.runs.shown
    assert shown and all(text(page, row, SCORE) != "exploded" for row in range(len(shown)))


def test_axes_are_put_in_another_order_by_their_titles(page: SweepPage) -> None:
    """The score stays last, whatever is dragged."""
    title = QPoint(round(page.plot.axis_at(0)), 14)
    drag(page, title, QPoint(round(page.plot.axis_at(1)), 14))
    assert [axis.name for axis in page.plot.axes] == ["hidden", "learning_rate", SCORE_AXIS]
    drag(page, QPoint(round(page.plot.axis_at(2)), 14), QPoint(round(page.plot.axis_at(0)), 14))
    assert page.plot.axes[-1].name == SCORE_AXIS


def test_line_and_row_are_stressed_together(page: SweepPage) -> None:
    """Whichever the mouse is over."""
    QTest.mouseMove(page.plot, on_axis(page, SCORE_AXIS, float(page.plot.axes[-1].places[0])) - QPoint(3, 0))
    assert page.table.marked == 0
    QTest.mouseMove(page.plot, QPoint(5, 5))
    assert page.table.marked == -1
    page.table.hovered.emit(2)
    assert page.table.marked == 2


def test_runs_are_opened_by_click_key_and_line(page: SweepPage, swept: Sweeping, qtbot: QtBot) -> None:
    """Enter opens what is selected."""
    with qtbot.waitSignal(swept.opened):
        runs = page.table.runs
        box = page.table.visualRect(runs.index(0, runs.columns.index(OPEN)))
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    with qtbot.waitSignal(swept.opened):
        page.table.selectRow(1)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(swept.opened):
        page.plot.opened.emit(2)


def test_all_that_is_shown_is_chosen_by_a_key(page: SweepPage) -> None:
    """Ctrl+A, then Enter opens all."""
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.selected_rows() == list(range(10))


def test_what_is_selected_stays_so(page: SweepPage) -> None:
    """When runs are filtered out, or others come in before it."""
    page.table.selectRow(3)
    hidden = text(page, 3, "hidden")
    band = page.plot.axes[1].bands.index(hidden)
    drag(page, on_axis(page, "hidden", band / 3 + 0.02), on_axis(page, "hidden", band / 3 + 0.32))
    assert [text(page, row, RANK) for row in page.table.selected_rows()] == ["4"]
    page.plot.clear_filter("hidden")
    assert page.table.selected_rows() == [3]


def test_all_runs_are_saved_as_a_table(page: SweepPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filtered out or not; never over the data, and nothing where nobody says where."""
    path = tmp_path / "runs.csv"
    monkeypatch.setattr("ann_viz.ui.sweeping.sweep_page.ask_where", lambda *_: "")
    page.header.save.click()
    monkeypatch.setattr("ann_viz.ui.sweeping.sweep_page.ask_where", lambda *_: str(path))
    page.header.save.click()
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 9 + 1 and lines[0]["rank"] == "1" and lines[-1]["model"] == "guessing"
    assert float(lines[0]["loss"]) <= float(lines[1]["loss"]) and float(lines[0]["loss_spread"]) >= 0
    assert {line["hidden"] for line in lines} == {"2", "4", "3x3", ""} and lines[8]["failed"] and not lines[8]["loss"]


def test_in_a_narrow_room_parameters_go_first(page: SweepPage) -> None:
    """And what mattered goes below the table."""
    columns = page.table.runs.columns
    assert not page.table.isColumnHidden(columns.index(PARAMETERS))
    page.resize(640, 760)
    assert page.table.isColumnHidden(columns.index(PARAMETERS))
    assert page.table.isColumnHidden(columns.index("second"))


def test_before_a_sweep_there_is_a_sentence(sweeping: Sweeping, qtbot: QtBot) -> None:
    """It says what to do."""
    page = SweepPage(sweeping)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.isVisible() and "press Start" in page.empty.text() and not page.plot.isVisible()
