"""Show rows: the table as read, sorted, filtered, and in step with the canvas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ann_viz.session import Session
from ann_viz.session.answered_rows import answer_rows
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document import saving
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


# Answers ------------------------------------------------------------------------------------------------------------
def answered(rows: RowsWindow, bridge: Bridge, qtbot: QtBot) -> None:
    """Train a little and wait for the answers beside the rows."""
    bridge.step("batch")
    qtbot.waitUntil(lambda: rows.model is not None and rows.model.rows.n_answers == 3 and not rows.model.busy)


def test_what_was_learned_is_answered_beside_the_rows(rows: RowsWindow, bridge: Bridge, qtbot: QtBot) -> None:
    """Answer, chance and right or wrong, as the network says; nothing for rows without a truth, and none before."""
    assert rows.model is not None and rows.model.rows.n_answers == 0 and rows.only.isHidden()
    answered(rows, bridge, qtbot)
    dataset, document = bridge.document.dataset, bridge.document
    assert dataset is not None
    assert [rows.model.headerData(n, Qt.Orientation.Horizontal) for n in range(4)] == [
        *("answer", "chance of yes", "right?", "n"),
    ]
    assert [cell(rows, 0, n) for n in range(3)] == ["", "", ""], "the first row has no truth"
    place = dataset.place_of(1)
    chance = float(document.network.predict(dataset.X[place : place + 1])[0, 0])
    said = "yes" if chance > 0.5 else "no"
    right = "right" if (chance > 0.5) == bool(dataset.Y[place, 0]) else "wrong"
    assert (cell(rows, 1, 0), cell(rows, 1, 2)) == (said, right)
    assert cell(rows, 1, 1) == f"{chance * 100:.1f}\u00a0%"
    bridge.reset()
    wait(rows, qtbot)
    assert rows.model.rows.n_answers == 0 and cell(rows, 0, 0) == "0"


def test_rows_are_sorted_and_chosen_by_their_answers(rows: RowsWindow, bridge: Bridge, qtbot: QtBot) -> None:
    """The largest chance first, those without one last; only wrong ones, also together with a text."""
    answered(rows, bridge, qtbot)
    assert rows.model is not None
    header = rows.view.horizontalHeader()
    for _ in range(2):
        header.sectionClicked.emit(1)
        wait(rows, qtbot)
    chances = [cell(rows, place, 1) for place in range(1000)]
    numbers = [float(text.split("\u00a0")[0]) for text in chances if text]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 900 and chances[900:] == [""] * 100
    rows.only.setCurrentIndex(rows.only.findData("wrong"))
    rows.only.activated.emit(rows.only.currentIndex())
    wait(rows, qtbot)
    n_wrong = rows.model.n_found
    assert {cell(rows, place, 2) for place in range(n_wrong)} == {"wrong"} and 0 < n_wrong < 900
    rows.filter.setText("9")
    qtbot.waitUntil(lambda: rows.model is not None and rows.model.n_found < n_wrong and not rows.model.busy)
    assert all("9" in cell(rows, place, 3) + cell(rows, place, 4) for place in range(rows.model.n_found))


def test_what_is_shown_can_be_saved(
    rows: RowsWindow, bridge: Bridge, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order on show, with the answers, as CSV; and never over the table itself."""
    answered(rows, bridge, qtbot)
    rows.view.horizontalHeader().sectionClicked.emit(4)
    wait(rows, qtbot)
    out = tmp_path / "out.csv"
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(out))
    rows.save.click()
    qtbot.waitUntil(out.exists)
    with out.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == 1000 and [int(row["points"]) for row in found] == sorted(int(row["points"]) for row in found)
    assert {"chance of yes", "right?", "n"} <= found[0].keys()
    said: list[str] = []
    monkeypatch.setattr("ann_viz.ui.tables.rows_window.show_error", lambda _w, _title, error: said.append(str(error)))
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(tmp_path / "rows.csv"))
    rows.save.click()
    qtbot.waitUntil(lambda: bool(said))
    assert "read here" in said[0]


def test_a_number_is_answered_with_how_far_it_is_off(tmp_path: Path) -> None:
    """There is no right or wrong then."""
    path = tmp_path / "numbers.csv"
    path.write_text("\n".join(["a,b", *(f"{n},{n * 2.5}" for n in range(200))]) + "\n")
    dataset = open_dataset(path, target="b")
    session = Session()
    session.open(dataset)
    session.step("batch")
    found = answer_rows(dataset, session.network, 0.5, lambda _share: None, lambda: False)
    assert found.titles == ("answer", "off by")
    np.testing.assert_allclose(found.answer - found.chance, [n * 2.5 for n in range(200)], atol=0.1)
    session.close()


def test_rows_are_copied_as_text(rows: RowsWindow, qtbot: QtBot) -> None:
    """Ctrl+C takes the names and the selected rows, and without a selection all of them, up to a limit."""
    rows.activateWindow()
    rows.view.setFocus()
    rows.view.selectRow(2)
    qtbot.keyClick(rows.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, row = QGuiApplication.clipboard().text().split("\n")
    assert "points" in heads.split("\t") and "74" in row.split("\t")
    rows.view.clearSelection()
    qtbot.keyClick(rows.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 1001
