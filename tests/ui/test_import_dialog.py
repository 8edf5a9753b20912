"""The import dialog with real widgets and real files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.data import Dataset
from ann_viz.errors import Cancelled, DataError
from ann_viz.ui import import_dialog, theme
from ann_viz.ui.import_dialog import ImportDialog
from ann_viz.ui.import_header import RoleBox
from ann_viz.ui.import_options import missing_text, missing_words
from ann_viz.ui.import_work import Work
from ann_viz.ui.sheet import Sheet
from ann_viz.ui.split_bar import SplitBar

Open = Callable[..., ImportDialog]


def customers(path: Path, *, delimiter: str = ",", n: int = 240, broken: tuple[int, ...] = ()) -> Path:
    """Write a small file like the bank's; rows in `broken` lack their last cell."""
    lines = [delimiter.join(("CustomerId", "Country", "Age", "Balance", "Exited"))]
    for row in range(1, n + 1):
        age = "" if row % 40 == 0 else str(20 + row * 7 % 50)
        cells = (
            str(9_000_000 + row * 7919),
            ("France", "Spain", "Germany")[row % 3],
            age,
            f"{row * 13.25:.2f}",
            str(int(row % 5 == 0)),
        )
        lines.append(delimiter.join(cells[:-1] if row in broken else cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Iterator[Open]:
    """Open dialogs, wait until their file is read, and take them away afterwards."""
    dialogs: list[ImportDialog] = []

    def open_one(path: Path, *, wait: bool = True) -> ImportDialog:
        dialog = ImportDialog(path)
        dialogs.append(dialog)
        dialog.show()
        if wait:
            settle(qtbot, dialog)
        return dialog

    yield open_one
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()
    dialogs.clear()


def settle(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Wait until nothing is being read."""
    qtbot.waitUntil(lambda: not dialog.page.progress.isVisible(), timeout=20_000)


def choose_role(dialog: ImportDialog, column: str, role: str) -> None:
    """Choose a role in a column's box as a user does."""
    names = [dialog.page.table.rows.column(place).name for place in range(dialog.page.table.rows.columnCount())]
    box = dialog.page.table.roles.box(names.index(column))
    box.setCurrentIndex(box.findData(role))
    box.activated.emit(box.currentIndex())


def test_a_file_opens_with_everything_guessed(open_dialog: Open, tmp_path: Path) -> None:
    """Roles, chips and the sentence of the footer follow from the file alone."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    page = dialog.page
    assert page.facts.text().startswith("bank.csv · ")
    assert page.facts.text().endswith(" · 240 rows · 5 columns")
    assert [chip.text() for chip in page._chips.values()] == ["3 inputs", "1 target", "1 ignored"]
    assert page.footer.accept.text() == "Import 240 rows"
    assert page.footer.accept.isEnabled()
    assert "<b>3 columns → 5 inputs</b>" in page.footer.summary.text()
    assert "predicts <b>Exited</b>" in page.footer.summary.text()
    assert page.footer.facts.text() == "20\u00a0% yes, 80\u00a0% no"
    assert not page.broken.isVisible()


def test_import_returns_the_dataset_with_its_table_open(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """What is on screen is what comes out."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.page.split.bar.move_knob(0, 60)
    dialog.page.split.seed.setValue(11)
    dialog.page.footer.phrase.setText("leaves the bank")
    dialog.page.footer.phrase.textEdited.emit("leaves the bank")
    choose_role(dialog, "Balance", "ignore")
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.page.footer.accept.click()
    dataset = dialog.dataset
    assert dataset is not None
    assert dataset.recipe.target == "Exited"
    assert dataset.recipe.inputs == ("Country", "Age")
    assert dataset.recipe.phrase == "leaves the bank"
    assert (dataset.recipe.split.train, dataset.recipe.split.seed) == (0.60, 11)
    assert dataset.X.shape == (240, 4)
    assert len(dataset.train) == pytest.approx(144, abs=2)
    assert dataset.table.rows(0, 1)[0][1] == "Spain"
    dataset.table.close()


def test_ask_runs_the_dialog_to_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    """Cancelled, `ask` gives None; accepted, the dataset."""

    def press(name: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ImportDialog)
        settle(qtbot, dialog)
        getattr(dialog.page.footer, name).click()

    path = customers(tmp_path / "bank.csv")
    QTimer.singleShot(0, lambda: press("cancel"))
    assert ImportDialog.ask(None, path) is None
    QTimer.singleShot(0, lambda: press("accept"))
    dataset = ImportDialog.ask(None, path)
    assert isinstance(dataset, Dataset)
    dataset.table.close()


def test_without_a_target_import_waits_and_says_why(open_dialog: Open, tmp_path: Path) -> None:
    """The reason stands in red where the sentence was, and goes when it is mended."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    footer = dialog.page.footer
    choose_role(dialog, "Exited", "ignore")
    assert not footer.accept.isEnabled()
    assert footer.problem.isVisible()
    assert "Target" in footer.problem.text()
    choose_role(dialog, "Country", "target")
    assert footer.accept.isEnabled()
    assert not footer.problem.isVisible()
    assert footer.facts.text() == "3 classes"


def test_a_target_that_cant_be_learned_is_refused(open_dialog: Open, tmp_path: Path) -> None:
    """A column with one value for all rows can't be a target."""
    path = tmp_path / "same.csv"
    path.write_text("a,b,same\n" + "".join(f"{n},{n * n % 7},yes\n" for n in range(40)), encoding="utf-8")
    dialog = open_dialog(path)
    choose_role(dialog, "same", "target")
    assert not dialog.page.footer.accept.isEnabled()
    assert dialog.page.footer.problem.text()


def test_a_new_target_frees_the_old_one(open_dialog: Open, tmp_path: Path) -> None:
    """There is one target at most; the column that was it becomes an input again."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    choose_role(dialog, "Age", "target")
    boxes = [dialog.page.table.roles.box(place).currentData() for place in range(5)]
    assert boxes == ["ignore", "input", "target", "input", "input"]
    assert "6 left out" in dialog.page.footer.summary.text()
    assert dialog.page.footer.accept.text() == "Import 234 rows"


def test_an_ignored_column_can_be_used_anyway(open_dialog: Open, tmp_path: Path) -> None:
    """The notice names the reason, and its button makes the column an input."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    (button,) = [b for b in dialog.page.notices.findChildren(QPushButton) if b.text() == "Use anyway"]
    assert "CustomerId" in button.accessibleName()
    button.click()
    assert dialog.page._chips["input"].text() == "4 inputs"


def test_a_whole_number_can_be_learned_as_classes(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """Where the target leaves a choice, the footer offers it and the recipe follows."""
    path = tmp_path / "wine.csv"
    path.write_text("a,b,quality\n" + "".join(f"{n % 9},{n % 4}.5,{3 + n % 6}\n" for n in range(120)), encoding="utf-8")
    dialog = open_dialog(path)
    task = dialog.page.footer.task
    assert task.isVisible()
    assert task.currentData() == "regression"
    task.setCurrentIndex(task.findData("multiclass"))
    task.activated.emit(task.currentIndex())
    assert dialog.page.footer.facts.text() == "6 classes"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.page.footer.accept.click()
    dataset = dialog.dataset
    assert dataset is not None
    assert dataset.recipe.task == "multiclass"
    assert dataset.encoder.n_outputs == 6
    dataset.table.close()


def test_read_options_are_detected_until_changed(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """A change reads again with it; "Detect again" goes back to what the file says."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", delimiter=";"))
    field = dialog.page.options.fields["delimiter"]
    assert field.box.currentData() == ";"
    assert field.detected.isVisible()
    names = dialog.page.options.fields["header"]
    names.box.setCurrentIndex(names.box.findData(False))
    names.box.activated.emit(names.box.currentIndex())
    assert not names.detected.isVisible()
    settle(qtbot, dialog)
    assert dialog.page.facts.text().endswith("241 rows · 5 columns")
    assert not names.detected.isVisible()
    assert field.detected.isVisible()
    dialog.page.options.again.click()
    settle(qtbot, dialog)
    assert names.detected.isVisible()
    assert dialog.page.facts.text().endswith("240 rows · 5 columns")


def test_choices_survive_another_reading(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """Editing the words that mean "missing" keeps the roles the user has chosen."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    choose_role(dialog, "Balance", "ignore")
    box = dialog.page.options.fields["missing"].box
    box.setEditText("empty, Spain")
    box.lineEdit().editingFinished.emit()
    settle(qtbot, dialog)
    assert dialog.page._chips["ignore"].text() == "2 ignored"
    assert dialog.page.missing.aside.text() == "86 cells"
    assert box.currentText() == "empty, Spain"


def test_broken_rows_are_named_and_skipped(open_dialog: Open, tmp_path: Path) -> None:
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
    page.broken.linkActivated.emit("#broken")
    assert page.table.currentIndex().row() == 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"a,b,c\n"),
        ("page.csv", b"<!DOCTYPE html><html><body>no</body></html>"),
        ("sheet.csv", b"PK\x03\x04" + bytes(200)),
        ("open.csv", b'"a","b"\n' + 30 * b'"1","x"\n' + b'"2","never closed\n'),
    ],
)
def test_a_file_that_cant_be_read_is_a_sentence(open_dialog: Open, tmp_path: Path, name: str, content: bytes) -> None:
    """The dialog stays, says what is wrong, and offers another file."""
    path = tmp_path / name
    path.write_bytes(content)
    dialog = open_dialog(path)
    page = dialog.page
    assert page.message.isVisible()
    assert page.message.text().endswith(".")
    assert page.message_another.isVisible()
    assert not page.footer.accept.isEnabled()


def test_a_missing_file_is_a_sentence_too(open_dialog: Open, tmp_path: Path) -> None:
    """A file that went away meanwhile is no crash."""
    dialog = open_dialog(tmp_path / "gone.csv")
    assert dialog.page.message.isVisible()


def test_another_file_can_be_chosen(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error a good file is read in the same dialog."""
    bad = tmp_path / "empty.csv"
    bad.write_bytes(b"")
    good = customers(tmp_path / "bank.csv")
    dialog = open_dialog(bad)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(good), ""))
    dialog.page.message_another.click()
    settle(qtbot, dialog)
    assert dialog.page.table.isVisible()
    assert dialog.page.footer.accept.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    dialog.page.another.click()
    assert dialog.page.footer.accept.isEnabled()


def test_closing_while_reading_leaves_no_thread(open_dialog: Open, tmp_path: Path) -> None:
    """Esc in the middle of a reading stops it; the fixture of all tests looks for threads."""
    for _ in range(5):
        dialog = open_dialog(customers(tmp_path / "bank.csv", n=4000), wait=False)
        dialog.reject()
        assert dialog.result() == QDialog.DialogCode.Rejected
        assert dialog.dataset is None


def test_closing_closes_the_table(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancel, Esc and the window's own button all close the table that was read."""
    closed: list[str] = []
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    assert dialog._choices is not None
    table = dialog._choices.table
    monkeypatch.setattr(type(table), "close", lambda self: closed.append(self.name))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert closed == ["bank.csv"]
    monkeypatch.undo()
    table.close()


def test_roles_survive_a_reading_that_failed(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """A wrong encoding shows its sentence; back at the right one the user's roles are still there."""
    path = tmp_path / "towns.csv"
    rows = "".join(f"{'Köln' if n % 3 else 'Bonn'},{n},{n % 2}\n" for n in range(60))
    path.write_bytes(f"town,size,sold\n{rows}".encode("cp1252"))
    dialog = open_dialog(path)
    choose_role(dialog, "size", "ignore")
    box = dialog.page.options.fields["encoding"].box
    box.setCurrentIndex(box.findData("utf-8"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, dialog)
    assert dialog.page.message.isVisible()
    assert dialog.page.options.isEnabled()
    dialog.page.options.again.click()
    settle(qtbot, dialog)
    assert dialog.page.table.isVisible()
    assert dialog.page._chips["ignore"].text() == "1 ignored"


def test_a_constant_column_is_refused_as_an_input(open_dialog: Open, tmp_path: Path) -> None:
    """The footer says why, the box jumps back, and importing is still possible."""
    path = tmp_path / "same.csv"
    path.write_text("a,same,b\n" + "".join(f"{n % 7},yes,{n % 2}\n" for n in range(40)), encoding="utf-8")
    dialog = open_dialog(path)
    choose_role(dialog, "same", "input")
    assert "'same'" in dialog.page.footer.problem.text()
    assert dialog.page.footer.accept.isEnabled()
    assert dialog.page.table.roles.box(1).currentData() == "ignore"


def test_what_fills_empty_cells_reaches_the_recipe(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """The two boxes of the missing-values card are the recipe's."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    card = dialog.page.missing
    assert card.aside.text() == "6 cells"
    card.numbers.setCurrentIndex(card.numbers.findData("mean"))
    card.numbers.activated.emit(card.numbers.currentIndex())
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.page.footer.accept.click()
    dataset = dialog.dataset
    assert dataset is not None
    assert (dataset.recipe.number_fill, dataset.recipe.category_fill) == ("mean", "most frequent")
    dataset.table.close()


def test_the_window_behind_is_dimmed_while_the_sheet_is_up(qtbot: QtBot) -> None:
    """The scrim comes with the sheet and goes with it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    before = window.grab().toImage().pixelColor(5, 5)
    sheet = Sheet(window)
    sheet.show()
    assert window.grab().toImage().pixelColor(5, 5).lightness() < before.lightness()
    sheet.reject()
    assert window.grab().toImage().pixelColor(5, 5) == before
    sheet.deleteLater()


def test_what_goes_wrong_while_building_is_told(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog stays open with the sentence and lets the user try again."""

    def fail(*_: object) -> Dataset:
        raise DataError("The training part would be empty.")

    monkeypatch.setattr(import_dialog, "build_dataset", fail)
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.page.footer.accept.click()
    qtbot.waitUntil(dialog.page.footer.problem.isVisible, timeout=20_000)
    assert dialog.page.footer.problem.text() == "The training part would be empty."
    assert dialog.page.table.isEnabled()
    assert dialog.dataset is None


def test_a_theme_switch_repaints_the_open_dialog(
    open_dialog: Open, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    """Light and dark give different pictures of the same dialog, and both paint without an error."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(20,)))
    grounds = []
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        qtbot.waitUntil(lambda: not dialog._retint.isActive())
        picture = dialog.grab().toImage()
        grounds.append(picture.pixelColor(8, 60).name())
    theme.apply(qapp, "light")
    assert grounds == [theme.THEMES["light"].surface.lower(), theme.THEMES["dark"].surface.lower()]


def test_role_boxes_are_reached_by_keyboard_and_ignore_the_wheel(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """Arrow keys in a box change the role; the box of a column out of sight scrolls into view with the focus."""
    path = tmp_path / "wide.csv"
    names = ",".join(f"column_{n}" for n in range(60))
    rows = "".join(",".join(str((n * k) % 17) for n in range(60)) + "\n" for k in range(50))
    path.write_text(f"{names}\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    table = dialog.page.table
    assert len(table.roles.findChildren(RoleBox)) < 30
    table.roles.column_focused.emit(40)
    assert 0 <= table.columnViewportPosition(40) < table.viewport().width()
    box = table.roles.box(40)
    assert box.isVisible()
    before = dialog.page._chips["input"].text()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert dialog.page._chips["input"].text() != before


def test_tab_visits_everything_from_top_to_bottom(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    """Options, table, roles, notices, cards, footer: the order in which they are read."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.activateWindow()
    dialog.page.another.setFocus()
    seen: list[str] = []
    for _ in range(28):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.accessibleName() or getattr(widget, "text", str)())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert seen == [
        "Choose another…", "Delimiter", "Encoding", "Column names", "Decimal mark", "Text quotes", "Means “missing”",
        "Detect again", "Preview of the file", "Role of CustomerId", "Role of Country", "Role of Age",
        "Role of Balance", "Role of Exited", "Notices", "Use CustomerId anyway", "Empty numbers",
        "Empty categories", "Split of the rows",
        "Split of the rows", "Shuffle first", "Seed of the shuffle", "Keep class shares equal",
        "A yes, said in plain words", "Cancel", "Import 240 rows", "Close", "Choose another…",
    ]  # fmt: skip


def test_the_preview_tells_its_cells_and_columns(open_dialog: Open, tmp_path: Path) -> None:
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
    assert model.headerData(2, across, tip).splitlines()[1:] == ["from 20 to 69", "6 empty cells"]
    assert "starts as ignored" in model.headerData(0, across, tip)
    assert [model.headerData(place, down) for place in (0, 8, 10, 11)] == ["1", None, "57", None]


def test_every_kind_of_column_finds_its_place(open_dialog: Open, tmp_path: Path) -> None:
    """Dates, codes, free text, an empty and a constant column open without an error and start with a role."""
    rows = "".join(
        f"2024-0{1 + n % 9}-1{n % 9},{n:05d},some words about row {n} of this file,,x,{n % 2}\n" for n in range(60)
    )
    path = tmp_path / "kinds.csv"
    path.write_text(f"day,code,note,nothing,always,y\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    kinds = {column.name: column.kind for column in dialog._choices.table.columns} if dialog._choices else {}
    assert kinds["nothing"] == "empty"
    assert kinds["always"] == "constant"
    buttons = dialog.page.notices.findChildren(QPushButton)
    assert not any("always" in button.accessibleName() for button in buttons)
    assert not dialog.grab().isNull()


def test_the_split_bar_by_mouse_and_keys(qtbot: QtBot) -> None:
    """Knobs move by drag and arrow keys, never pass each other, and shares always make 1."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = SplitBar(window)
    bar.resize(408, 24)
    window.resize(420, 40)
    window.show()
    seen: list[tuple[float, ...]] = []
    bar.shares_changed.connect(lambda *shares: seen.append(shares))
    bar.show_shares(0.7, 0.15)
    assert seen == []
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar._x_of(70)), 12))
    qtbot.mouseMove(bar, QPoint(round(bar._x_of(50)), 12))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(round(bar._x_of(50)), 12))
    assert bar.shares == (0.5, 0.35, 0.15)
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert bar.shares == (0.51, 0.34, 0.15)
    bar.move_knob(0, 100)
    assert bar.shares == (0.9, 0.05, 0.05)
    bar.move_knob(1, 0)
    assert bar.shares == (0.9, 0.05, 0.05)
    assert all(sum(shares) == pytest.approx(1.0) for shares in seen)


def test_tab_visits_both_knobs_of_the_split_bar(qtbot: QtBot) -> None:
    """Tab goes to the second knob, Shift+Tab back to the first; Page keys take bigger steps."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = SplitBar(window)
    bar.resize(300, 24)
    window.show()
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar, Qt.Key.Key_PageUp)
    assert bar.shares == (0.75, 0.10, 0.15)
    qtbot.keyClick(bar, Qt.Key.Key_Tab)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.shares == (0.75, 0.09, 0.16)
    qtbot.keyClick(bar, Qt.Key.Key_Backtab)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert bar.shares == (0.74, 0.10, 0.16)
    bar.setEnabled(False)
    assert not bar.grab().isNull()
    assert bar.accessibleDescription() == "74\u00a0% train, 10\u00a0% validate, 16\u00a0% test"


def test_words_that_mean_missing_read_back_as_written() -> None:
    """The list on screen and the words of the dialect are the same thing."""
    words = ("", "NA", "?", "none given")
    assert missing_text(words) == "empty, NA, ?, none given"
    assert missing_words(missing_text(words)) == words


def test_stopped_work_discards_its_result() -> None:
    """A result that comes too late is handed back to be closed, and taking it says "cancelled"."""
    go, dropped = threading.Event(), list[str]()

    def job(_: object, __: object) -> str:
        go.wait(10)
        return "table"

    work = Work(job, discard=dropped.append)
    work.stop()
    go.set()
    work.join()
    assert dropped == ["table"]
    with pytest.raises(Cancelled):
        work.take()
