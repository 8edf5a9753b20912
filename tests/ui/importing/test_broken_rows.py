"""Rows with trouble in the import dialog: the strips in the preview, the list of all of them, and the editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ann_viz.session.importing.repair import Repairs
from ann_viz.ui.importing.broken_rows import BrokenRows, RowEditor
from ann_viz.ui.importing.dialog import ImportDialog

Write = Callable[..., Path]
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]


def strip_place(dialog: ImportDialog, number: int) -> int:
    """Return where the strip below a row is."""
    rows = dialog.page.table.rows
    return next(
        place
        for place in range(rows.rowCount())
        if rows.row(place).kind == "reason" and rows.row(place).number == number
    )


def test_broken_rows_are_named_and_skipped(open_dialog: Open, tmp_path: Path, customers: Write) -> None:
    """The chip counts them, the preview shows them with the reason, the footer says they are skipped."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57, 120)))
    page = dialog.page
    assert page.broken.isVisible()
    assert ">2 broken rows<" in page.broken.text()
    assert "Line 58: expected 5 columns, found 4" in page.broken.toolTip()
    assert "2 skipped" in page.footer.summary.text()
    assert page.footer.accept.text() == "Import 238 rows"
    rows = [page.table.rows.row(place) for place in range(page.table.rows.rowCount())]
    assert [(row.kind, row.number) for row in rows[8:14]] == [
        ("gap", 47), ("data", 56), ("broken", 57), ("reason", 57), ("data", 58), ("gap", 60),
    ]  # fmt: skip
    assert rows[9].cells[0] == str(9_000_000 + 56 * 7919)


def test_a_row_is_filled_up_and_skipped_again(
    open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait
) -> None:
    """The strip's buttons act at once, the row stays in sight as mended, and the counts follow."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57, 120)))
    page = dialog.page
    page.table.strips.strip(strip_place(dialog, 57))["pad"].click()
    settle(dialog)
    assert "1 skipped" in page.footer.summary.text()
    assert "1 filled up" in page.footer.summary.text()
    assert ">1 broken row<" in page.broken.text()
    place = strip_place(dialog, 57)
    assert page.table.rows.row(place - 1).kind == "mended"
    assert page.table.rows.row(place - 1).cells[4] is None
    page.table.strips.strip(place)["skip"].click()
    settle(dialog)
    assert "2 skipped" in page.footer.summary.text()
    assert "filled" not in page.footer.summary.text()


def test_a_row_is_edited(
    open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The corrected text is read in place of the row, and cancelling changes nothing."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57,)))
    page = dialog.page
    monkeypatch.setattr(RowEditor, "ask", lambda *_: None)
    page.table.strips.strip(strip_place(dialog, 57))["edit"].click()
    assert not dialog.busy
    monkeypatch.setattr(RowEditor, "ask", lambda parent, bad, dialect, text: f"{text},1")
    page.table.strips.strip(strip_place(dialog, 57))["edit"].click()
    settle(dialog)
    assert "1 edited" in page.footer.summary.text()
    assert page.footer.accept.text() == "Import 240 rows"
    assert not page.broken.isVisible()
    assert ">1 mended row<" in page.heading.mended.text()
    row = page.table.rows.row(strip_place(dialog, 57) - 1)
    assert (row.kind, row.cells[4]) == ("mended", "1")


def test_another_delimiter_makes_other_rows(open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait) -> None:
    """Decisions about rows are void when the rows are not the same any more."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57,)))
    dialog.page.table.strips.strip(strip_place(dialog, 57))["pad"].click()
    settle(dialog)
    dialog.page.options.changed.emit("header", False)
    settle(dialog)
    assert "filled" not in dialog.page.footer.summary.text()
    assert "1 skipped" in dialog.page.footer.summary.text()


def test_the_chip_opens_the_list_of_all(open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait) -> None:
    """Accepted, what was decided there is read; cancelled, nothing happens."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57, 120, 200)))

    def decide(*, accept: bool) -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, BrokenRows)
        sheet.pad_all.click()
        (sheet.accept if accept else sheet.reject)()

    QTimer.singleShot(0, lambda: decide(accept=False))
    dialog.page.broken.linkActivated.emit("#broken")
    assert not dialog.busy
    QTimer.singleShot(0, lambda: decide(accept=True))
    dialog.page.broken.linkActivated.emit("#broken")
    settle(dialog)
    assert "3 filled up" in dialog.page.footer.summary.text()
    assert dialog.page.footer.accept.text() == "Import 237 rows"
    assert "3 left out" in dialog.page.footer.summary.text()


def test_the_list_decides_for_the_selected_rows(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fill up, skip and edit act on the selection; a screen reader hears line, reason and decision."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57, 120, 200)))
    table = dialog.choices.table if dialog.choices is not None else None
    assert table is not None
    sheet = BrokenRows(table.bad_lines, table.n_bad, Repairs(), table.dialect, dialog)
    sheet.show()
    sheet.list.setCurrentIndex(sheet.list.model().index(1, 0))
    sheet.pad.click()
    assert [sheet.repairs.decision(bad.line) for bad in table.bad_lines] == ["skip", "pad", "skip"]
    monkeypatch.setattr(RowEditor, "ask", lambda parent, bad, dialect, text: f"{text},1")
    sheet.list.setCurrentIndex(sheet.list.model().index(2, 0))
    sheet.edit.click()
    assert sheet.repairs.decision(table.bad_lines[2].line) == "edit"
    said = sheet.list.model().index(1, 0).data()
    assert said.startswith("Line 121: expected 5 columns, found 4; filled up.")
    assert not sheet.grab().isNull()
    sheet.skip_all.click()
    assert [sheet.repairs.decision(bad.line) for bad in table.bad_lines] == ["skip", "skip", "edit"]
    sheet.reject()
    sheet.deleteLater()


def test_the_editor_takes_only_a_text_that_fits(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write
) -> None:
    """Its button waits for the right number of columns."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(57,)))
    table = dialog.choices.table if dialog.choices is not None else None
    assert table is not None

    def type_in() -> None:
        editor = QApplication.activeModalWidget()
        assert isinstance(editor, RowEditor)
        assert not editor.ok.isEnabled()
        assert "expected 5" in editor.verdict.text()
        editor.field.setPlainText(editor.field.toPlainText() + ",0")
        assert editor.verdict.text() == "5 columns ✓"
        assert not editor.grab().isNull()
        editor.ok.click()

    QTimer.singleShot(0, type_in)
    text = RowEditor.ask(dialog, table.bad_lines[0], table.dialect, table.bad_lines[0].text)
    assert text is not None
    assert text.endswith(",0")
