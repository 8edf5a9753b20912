"""Show rows: the table as read, sorted, filtered, and in step with the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.tables.rows_window import RowsWindow


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[Bridge]:
    """1,000 rows; every tenth has no answer and is not learned from."""
    path = tmp_path / "rows.csv"
    rows = [f"{n},{(n * 37) % 101},{'' if n % 10 == 0 else 'yes' if n % 3 else 'no'}" for n in range(1000)]
    path.write_text("\n".join(["n,points,answer", *rows]) + "\n")
    bridge = Bridge(Session())
    bridge.open_dataset(open_dataset(path, target="answer"))
    yield bridge
    bridge.close()


@pytest.fixture
def rows(bridge: Bridge, qtbot: QtBot) -> Iterator[RowsWindow]:
    window = RowsWindow(bridge)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def cell(rows: RowsWindow, row: int, column: int) -> str:
    """Text of a cell on show."""
    assert rows.model is not None
    return str(rows.model.index(row, column).data())


def wait(rows: RowsWindow, qtbot: QtBot) -> None:
    """Until the worker has arranged the rows."""
    qtbot.waitUntil(lambda: rows.model is not None and not rows.model.busy)


def test_every_row_says_which_part_it_belongs_to(rows: RowsWindow, bridge: Bridge) -> None:
    """Beside its number; a row that is not used has no part."""
    dataset = bridge.document.dataset
    assert rows.model is not None and dataset is not None
    for name, words in (("train", "training"), ("validation", "validation"), ("test", "test")):
        table_row = int(dataset.source_rows[int(dataset.rows(name)[0])])
        shown = rows.model.headerData(table_row, Qt.Orientation.Vertical)
        assert shown == f"{table_row + 1:,} · {words}"


def test_it_shows_the_file_as_read(rows: RowsWindow) -> None:
    """Rows in file order with their numbers; missing cells say so; pages are fetched as needed."""
    assert rows.model is not None
    assert (rows.model.rowCount(), rows.model.columnCount()) == (1000, 3)
    assert cell(rows, 0, 2) == "empty"
    assert cell(rows, 777, 0) == "777"
    assert rows.model.headerData(777, Qt.Orientation.Vertical).startswith("778")
    assert rows.model.headerData(1, Qt.Orientation.Horizontal) == "points"


def test_a_click_on_a_column_sorts_by_size(rows: RowsWindow, qtbot: QtBot) -> None:
    """Up, down, and back to the order of the file; numbers as numbers."""
    seen = []
    for _ in range(3):
        rows.view.horizontalHeader().sectionClicked.emit(1)
        wait(rows, qtbot)
        seen.append([int(cell(rows, row, 1)) for row in range(0, 1000, 111)])
    assert seen[0] == sorted(seen[0])
    assert seen[1] == sorted(seen[1], reverse=True)
    assert seen[2] == [(n * 37) % 101 for n in range(0, 1000, 111)]


def test_only_rows_that_hold_the_text_are_shown(rows: RowsWindow, qtbot: QtBot) -> None:
    """In any column or in one."""
    qtbot.keyClicks(rows.filter, "99")
    qtbot.waitUntil(lambda: rows.model is not None and rows.model.rowCount() < 1000)
    anywhere = rows.model.rowCount() if rows.model is not None else 0
    rows.where.setCurrentIndex(2)
    rows.where.activated.emit(2)
    wait(rows, qtbot)
    assert rows.model is not None
    assert rows.model.rowCount() == sum((n * 37) % 101 == 99 for n in range(1000)) < anywhere
    assert all(cell(rows, row, 1) == "99" for row in range(rows.model.rowCount()))
    rows.filter.clear()
    qtbot.waitUntil(lambda: rows.model is not None and rows.model.rowCount() == 1000)


def test_it_opens_at_the_row_on_the_canvas_and_follows(rows: RowsWindow, bridge: Bridge) -> None:
    """The dataset's rows are not the table's: those without an answer are left out."""
    assert rows.view.currentIndex().row() == 1  # row 0 has no answer
    bridge.set_example(9)
    assert cell(rows, rows.view.currentIndex().row(), 0) == "11"


def test_a_chosen_row_is_shown_on_the_canvas(rows: RowsWindow, bridge: Bridge) -> None:
    """One that is not learned from changes nothing."""
    assert rows.model is not None
    rows.view.setCurrentIndex(rows.model.index(23, 0))
    assert bridge.document.dataset is not None
    assert bridge.document.dataset.raw(bridge.document.example)[0] == "23"
    before = bridge.document.example
    rows.view.setCurrentIndex(rows.model.index(20, 0))
    assert bridge.document.example == before


def test_other_data_are_followed_and_none_closes_it(rows: RowsWindow, bridge: Bridge, tmp_path: Path) -> None:
    """Opening another file shows its rows."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n" + "".join(f"{n},{n % 2}\n" for n in range(40)))
    bridge.open_dataset(open_dataset(path))
    assert rows.windowTitle() == "Rows of other.csv"
    assert rows.model is not None
    assert rows.model.rowCount() == 40


def test_closing_while_it_sorts_leaves_no_thread(rows: RowsWindow) -> None:
    """The worker is stopped with the window."""
    rows.view.horizontalHeader().sectionClicked.emit(0)
    rows.close()
    assert rows.model is None
