"""How the import dialog reads a file: options, the first look, another reading, what was remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ann_viz.data import Table, open_table
from ann_viz.session.remembered import Remembered
from ann_viz.ui.importing.dialog import ImportDialog

Write = Callable[..., Path]
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]
Choose = Callable[[ImportDialog, str, str], None]


@pytest.fixture
def may_read_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Whether a file that was glanced at may be read on to its end."""
    allowed = threading.Event()
    allowed.set()

    def open_when_allowed(*arguments: Any, **options: Any) -> Table:
        options["progress"](0.01)  # with the first progress the window hears of the first look
        allowed.wait()
        return open_table(*arguments, **options)

    monkeypatch.setattr("ann_viz.session.importing.reading.open_table", open_when_allowed)
    yield allowed
    allowed.set()


def test_read_options_are_detected_until_changed(
    open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait
) -> None:
    """A change reads again with it; "Detect again" goes back to what the file says."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", delimiter=";"))
    field = dialog.page.options.fields["delimiter"]
    assert field.box.currentData() == ";"
    assert field.detected.isVisible()
    names = dialog.page.options.fields["header"]
    names.box.setCurrentIndex(names.box.findData(False))
    names.box.activated.emit(names.box.currentIndex())
    assert not names.detected.isVisible()
    settle(dialog)
    assert dialog.page.facts.text().endswith("241 rows · 5 columns")
    assert not names.detected.isVisible()
    assert field.detected.isVisible()
    dialog.page.options.again.click()
    settle(dialog)
    assert names.detected.isVisible()
    assert dialog.page.facts.text().endswith("240 rows · 5 columns")


def test_choices_survive_another_reading(
    open_dialog: Open, tmp_path: Path, customers: Write, settle: Wait, choose_role: Choose
) -> None:
    """Editing the words that mean "missing" keeps the roles the user has chosen."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    choose_role(dialog, "Balance", "ignore")
    box = dialog.page.options.fields["missing"].box
    box.setEditText("empty, Spain")
    box.lineEdit().editingFinished.emit()
    settle(dialog)
    assert dialog.page.heading.chips["ignore"].text() == "2 ignored"
    assert dialog.page.missing.aside.text() == "86 cells"
    assert box.currentText() == "empty, Spain"


def test_roles_survive_a_reading_that_failed(
    open_dialog: Open, tmp_path: Path, settle: Wait, choose_role: Choose
) -> None:
    """A wrong encoding shows its sentence; back at the right one the user's roles are still there."""
    path = tmp_path / "towns.csv"
    rows = "".join(f"{'Köln' if n % 3 else 'Bonn'},{n},{n % 2}\n" for n in range(60))
    path.write_bytes(f"town,size,sold\n{rows}".encode("cp1252"))
    dialog = open_dialog(path)
    choose_role(dialog, "size", "ignore")
    box = dialog.page.options.fields["encoding"].box
    box.setCurrentIndex(box.findData("utf-8"))
    box.activated.emit(box.currentIndex())
    settle(dialog)
    assert dialog.page.message.isVisible()
    assert dialog.page.options.isEnabled()
    dialog.page.options.again.click()
    settle(dialog)
    assert dialog.page.table.isVisible()
    assert dialog.page.heading.chips["ignore"].text() == "1 ignored"


def test_the_first_rows_are_seen_before_all_is_read(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, may_read_on: threading.Event
) -> None:
    """A first look fills the preview while the rest is read; roles come with the whole table."""
    may_read_on.clear()
    dialog = open_dialog(customers(tmp_path / "bank.csv"), wait=False)
    qtbot.waitUntil(lambda: dialog.page.table.rows.rowCount() > 0)
    rows = dialog.page.table.rows
    assert rows.row(0).cells[1] == "Spain"
    assert rows.column(1).name == "Country"
    assert rows.role(1) is None
    assert "about" in dialog.page.facts.text()
    assert not dialog.page.footer.accept.isEnabled()
    dialog.reject()


def test_another_option_keeps_known_roles_in_sight(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, settle: Wait, may_read_on: threading.Event
) -> None:
    """While the file is read again the preview already shows the new rows under the roles that are known."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    may_read_on.clear()
    dialog.page.options.changed.emit("decimal", ",")
    qtbot.waitUntil(lambda: "about" in dialog.page.facts.text())
    assert dialog.page.table.rows.role(4) == "target"
    may_read_on.set()
    settle(dialog)
    assert dialog.page.options.fields["decimal"].box.currentData() == ","


def test_decisions_come_back_for_the_same_file(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, settle: Wait, choose_role: Choose
) -> None:
    """What was chosen at the last import of this content is used again, a quiet line says so, and it can be dropped."""
    remembered = Remembered(tmp_path / "memory")
    path = customers(tmp_path / "bank.csv")
    first = open_dialog(path, remembered=remembered)
    choose_role(first, "Balance", "ignore")
    with qtbot.waitSignal(first.accepted):
        first.page.footer.accept.click()
    assert first.dataset is not None
    first.dataset.table.close()
    path.rename(tmp_path / "renamed.csv")
    again = open_dialog(tmp_path / "renamed.csv", remembered=remembered)
    assert again.page.heading.chips["ignore"].text() == "2 ignored"
    assert "last import" in again.page.heading.hint.text()
    again.page.heading.hint.linkActivated.emit("#forget")
    settle(again)
    assert again.page.heading.chips["ignore"].text() == "1 ignored"
    assert "last import" not in again.page.heading.hint.text()


def test_decisions_are_offered_for_the_same_columns(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, choose_role: Choose
) -> None:
    """Another file with these columns asks first; the link takes the choices over."""
    remembered = Remembered(tmp_path / "memory")
    first = open_dialog(customers(tmp_path / "may.csv"), remembered=remembered)
    choose_role(first, "Balance", "ignore")
    with qtbot.waitSignal(first.accepted):
        first.page.footer.accept.click()
    assert first.dataset is not None
    first.dataset.table.close()
    second = open_dialog(customers(tmp_path / "june.csv", n=120), remembered=remembered)
    assert "with these columns before" in second.page.heading.hint.text()
    assert second.page.heading.chips["ignore"].text() == "1 ignored"
    second.page.heading.hint.linkActivated.emit("#use")
    assert second.page.heading.chips["ignore"].text() == "2 ignored"
    assert "before" not in second.page.heading.hint.text()


def test_the_sheet_of_a_spreadsheet_is_asked_for(open_dialog: Open, settle: Wait) -> None:
    """Sheet and first row take the place of the options of a text file; another sheet is read at once."""
    book = Path(__file__).parents[2] / "data" / "files" / "book.xlsx"
    dialog = open_dialog(book)
    fields = dialog.page.options.fields
    shown = [name for name, field in fields.items() if field.isVisibleTo(dialog)]
    assert shown == ["sheet", "skip_lines", "header", "decimal", "missing"]
    box = fields["sheet"].box
    assert [box.itemText(place) for place in range(box.count())] == ["Cover", "Data", "Secret"]
    assert (box.currentData(), fields["skip_lines"].box.currentText()) == ("Data", "Row 3")
    assert dialog.page.facts.text().endswith("60 rows · 4 columns")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    settle(dialog)
    assert dialog.page.facts.text().endswith("1 row · 2 columns")
