"""The import dialog by keyboard alone, and what it tells a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ann_viz.data import Column
from ann_viz.session.importing.preview_rows import PreviewRow
from ann_viz.ui.importing.column_settings import ColumnSettings
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.importing.preview_table import PreviewTable
from ann_viz.ui.importing.role_box import RoleBox

Write = Callable[..., Path]
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]
Choose = Callable[[ImportDialog, str, str], None]


def test_tab_visits_everything_from_top_to_bottom(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write
) -> None:
    """Options, table, roles, notices, cards, footer: the order in which they are read."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.activateWindow()
    dialog.page.another.setFocus()
    seen: list[str] = []
    for _ in range(24):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.accessibleName() or getattr(widget, "text", str)())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert seen == [
        "Choose another…", "Delimiter", "Encoding", "Column names", "Decimal mark", "Text quotes", "Means “missing”",
        "Detect again", "Preview of the file", "Role of CustomerId", "Notices", "Empty numbers", "Empty categories",
        "Words that mean missing …", "Split of the rows", "Split of the rows", "Shuffle first", "Seed of the shuffle",
        "Keep class shares equal", "A yes, said in plain words", "Cancel", "Import 240 rows", "Close",
        "Choose another…",
    ]  # fmt: skip


def test_the_preview_tells_its_cells_and_columns(open_dialog: Open, tmp_path: Path, customers: Write) -> None:
    """Texts and tooltips are there for screen readers and for cells cut short."""
    path = customers(tmp_path / "bank.csv", broken=(57,))
    model = open_dialog(path).page.table.rows
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    tip = Qt.ItemDataRole.ToolTipRole
    assert model.index(0, 1).data() == "Spain"
    assert model.index(8, 0).data() == "47 more rows"
    assert model.index(11, 0).data().startswith("Row 57 (line 58): expected 5 columns, found 4.")
    assert model.index(0, 1).data(tip) is None
    assert model.headerData(1, across) == "Country"
    assert model.headerData(2, across, tip).splitlines() == [
        "Age", "Number · 50 different values · 20 to 69 · 6 cells without a value",
    ]  # fmt: skip
    assert "Starts as ignored" in model.headerData(0, across, tip)
    assert [model.headerData(place, down) for place in (0, 8, 10, 11)] == ["1", None, "57", None]


def test_every_kind_of_column_finds_its_place(open_dialog: Open, tmp_path: Path) -> None:
    """Dates, codes, free text, an empty and a constant column open without an error and start with a role."""
    rows = "".join(
        f"2024-0{1 + n % 9}-1{n % 9},{n:05d},some words about row {n} of this file,,x,{n % 2}\n" for n in range(60)
    )
    path = tmp_path / "kinds.csv"
    path.write_text(f"day,code,note,nothing,always,y\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    kinds = {column.name: column.kind for column in dialog.choices.table.columns} if dialog.choices else {}
    assert kinds["nothing"] == "empty"
    assert kinds["always"] == "constant"
    assert not any("always" in line.names and line.actions for line in dialog.page.notices.list.notices)
    assert not dialog.grab().isNull()


def test_arrow_keys_walk_the_header(open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write) -> None:
    """Left and Right go from column to column, Up and Down change the role, Enter opens the settings."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.activateWindow()
    header = dialog.page.table.roles
    header.focus_column(0)
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    box = QApplication.focusWidget()
    assert isinstance(box, RoleBox)
    assert box.accessibleName() == "Role of Balance"
    for _ in range(box.count()):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert dialog.page.heading.chips["ignore"].text() == "2 ignored"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    (popover,) = dialog.findChildren(ColumnSettings)
    assert popover.isVisible()
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_a_wide_table_has_few_role_boxes(qtbot: QtBot) -> None:
    """Of 5,000 columns only those in sight have a box, wherever one scrolls."""
    n_columns = 5000
    columns = [
        Column(index=place, name=f"column_{place}", kind="number", n_missing=0, n_distinct=9)
        for place in range(n_columns)
    ]
    cells = tuple(str(place % 17) for place in range(n_columns))
    rows = [PreviewRow(kind="data", number=number, cells=cells) for number in range(1, 30)]
    table = PreviewTable()
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    table.show_rows(rows, columns, {column.name: "input" for column in columns})
    chosen: list[tuple[str, str]] = []
    table.role_chosen.connect(lambda name, role: chosen.append((name, role)))
    for place in (40, 2500, 4999, 3):
        table.roles.focus_column(place)
        assert 0 <= table.columnViewportPosition(place) < table.viewport().width()
        assert table.roles.box(place).isVisible()
        assert table.roles.box(place).accessibleName() == f"Role of column_{place}"
        for _ in range(2):
            qtbot.keyClick(table.roles.box(place), Qt.Key.Key_Down)
    assert chosen[1::2] == [(f"column_{place}", "ignore") for place in (40, 2500, 4999, 3)]
    assert len(table.roles.findChildren(RoleBox)) < 40


def test_enter_in_the_table_opens_what_the_cursor_is_on(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write
) -> None:
    """On a cell Enter opens the settings of its column."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    table = dialog.page.table
    table.setCurrentIndex(table.rows.index(2, 3))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    (popover,) = dialog.findChildren(ColumnSettings)
    assert popover.accessibleName() == "Settings of Balance"
    popover.close()


def test_alt_and_a_letter_jump(open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write) -> None:
    """Alt+E goes to the encoding, Alt+R to the roles, Alt+N to the notices."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.activateWindow()
    seen = []
    for key in (Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_P):
        qtbot.keyClick(dialog, key, Qt.KeyboardModifier.AltModifier)
        focus = QApplication.focusWidget()
        seen.append("" if focus is None else focus.accessibleName())
    assert seen == ["Encoding", "Role of CustomerId", "Notices", "Preview of the file"]
