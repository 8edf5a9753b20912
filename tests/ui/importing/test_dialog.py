"""The import dialog from opening a file to its dataset, with real widgets and real files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ann_viz.data import Dataset
from ann_viz.data.advice.findings import Finding, Offer
from ann_viz.errors import DataError
from ann_viz.session.importing import building
from ann_viz.session.importing.notice import Notice
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.kit import file_dialogs, theme

Write = Callable[..., Path]
Open = Callable[..., ImportDialog]
Wait = Callable[[ImportDialog], None]
Choose = Callable[[ImportDialog, str, str], None]


def test_a_file_opens_with_everything_guessed(open_dialog: Open, tmp_path: Path, customers: Write) -> None:
    """Roles, chips and the sentence of the footer follow from the file alone."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    page = dialog.page
    assert page.facts.text().startswith("bank.csv · ")
    assert page.facts.text().endswith(" · 240 rows · 5 columns")
    assert [chip.text() for chip in page.heading.chips.values()] == ["3 inputs", "1 target", "1 ignored"]
    assert page.footer.accept.text() == "Import 240 rows"
    assert page.footer.accept.isEnabled()
    assert "<b>3 columns → 5 inputs</b>" in page.footer.summary.text()
    assert "predicts <b>Exited</b>" in page.footer.summary.text()
    assert page.footer.facts.text() == "20\u00a0% yes, 80\u00a0% no"
    assert not page.broken.isVisible()


def test_import_returns_the_dataset_with_its_table_open(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write, choose_role: Choose
) -> None:
    """What is on screen is what comes out."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.page.split.bar.move_knob(0, 60)
    dialog.page.split.seed.setValue(11)
    dialog.page.footer.phrase.setText("leaves the bank")
    dialog.page.footer.phrase.textEdited.emit("leaves the bank")
    choose_role(dialog, "Balance", "ignore")
    with qtbot.waitSignal(dialog.accepted):
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


def test_ask_runs_the_dialog_to_its_end(tmp_path: Path, customers: Write, settle: Wait) -> None:
    """Cancelled, `ask` gives None; accepted, the dataset."""

    def press(name: str) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ImportDialog)
        settle(dialog)
        getattr(dialog.page.footer, name).click()

    path = customers(tmp_path / "bank.csv")
    QTimer.singleShot(0, lambda: press("cancel"))
    assert ImportDialog.ask(None, path) is None
    QTimer.singleShot(0, lambda: press("accept"))
    dataset = ImportDialog.ask(None, path)
    assert isinstance(dataset, Dataset)
    dataset.table.close()


def test_without_a_target_import_waits_and_says_why(
    open_dialog: Open, tmp_path: Path, customers: Write, choose_role: Choose
) -> None:
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


def test_a_target_that_cant_be_learned_is_refused(open_dialog: Open, tmp_path: Path, choose_role: Choose) -> None:
    """A column with one value for all rows can't be a target."""
    path = tmp_path / "same.csv"
    path.write_text("a,b,same\n" + "".join(f"{n},{n * n % 7},yes\n" for n in range(40)), encoding="utf-8")
    dialog = open_dialog(path)
    choose_role(dialog, "same", "target")
    assert not dialog.page.footer.accept.isEnabled()
    assert dialog.page.footer.problem.text()


def test_a_new_target_frees_the_old_one(
    open_dialog: Open, tmp_path: Path, customers: Write, choose_role: Choose
) -> None:
    """There is one target at most; the column that was it becomes an input again."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    choose_role(dialog, "Age", "target")
    boxes = [dialog.page.table.roles.box(place).currentData() for place in range(5)]
    assert boxes == ["ignore", "input", "target", "input", "input"]
    assert "6 left out" in dialog.page.footer.summary.text()
    assert dialog.page.footer.accept.text() == "Import 234 rows"


def test_a_constant_column_is_refused_as_an_input(open_dialog: Open, tmp_path: Path, choose_role: Choose) -> None:
    """The footer says why, the box jumps back, and importing is still possible."""
    path = tmp_path / "same.csv"
    path.write_text("a,same,b\n" + "".join(f"{n % 7},yes,{n % 2}\n" for n in range(40)), encoding="utf-8")
    dialog = open_dialog(path)
    choose_role(dialog, "same", "input")
    assert "'same'" in dialog.page.footer.problem.text()
    assert dialog.page.footer.accept.isEnabled()
    assert dialog.page.table.roles.box(1).currentData() == "ignore"


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
    with qtbot.waitSignal(dialog.accepted):
        dialog.page.footer.accept.click()
    dataset = dialog.dataset
    assert dataset is not None
    assert dataset.recipe.task == "multiclass"
    assert dataset.encoder.n_outputs == 6
    dataset.table.close()


def test_what_fills_empty_cells_reaches_the_recipe(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write
) -> None:
    """The two boxes of the missing-values card are the recipe's."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    card = dialog.page.missing
    assert card.aside.text() == "6 cells"
    card.numbers.setCurrentIndex(card.numbers.findData("mean"))
    card.numbers.activated.emit(card.numbers.currentIndex())
    with qtbot.waitSignal(dialog.accepted):
        dialog.page.footer.accept.click()
    dataset = dialog.dataset
    assert dataset is not None
    assert (dataset.recipe.number_fill, dataset.recipe.category_fill) == ("mean", "most frequent")
    dataset.table.close()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"a,b,c\n"),
        ("page.csv", b"<!DOCTYPE html><html><body>no</body></html>"),
        ("sheet.csv", b"PK\x03\x04" + bytes(200)),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
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
    open_dialog: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, customers: Write, settle: Wait
) -> None:
    """After an error a good file is read in the same dialog."""
    bad = tmp_path / "empty.csv"
    bad.write_bytes(b"")
    good = customers(tmp_path / "bank.csv")
    dialog = open_dialog(bad)
    monkeypatch.setattr(file_dialogs, "ask_file", lambda *_: good)
    dialog.page.message_another.click()
    settle(dialog)
    assert dialog.page.table.isVisible()
    assert dialog.page.footer.accept.isEnabled()
    monkeypatch.setattr(file_dialogs, "ask_file", lambda *_: None)
    dialog.page.another.click()
    assert dialog.page.footer.accept.isEnabled()


def test_closing_while_reading_leaves_no_thread(open_dialog: Open, tmp_path: Path, customers: Write) -> None:
    """Esc in the middle of a reading stops it; the fixture of all tests looks for threads."""
    for _ in range(5):
        dialog = open_dialog(customers(tmp_path / "bank.csv", n=4000), wait=False)
        dialog.reject()
        assert dialog.result() == QDialog.DialogCode.Rejected
        assert dialog.dataset is None


def test_closing_closes_the_table(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, customers: Write
) -> None:
    """Cancel, Esc and the window's own button all close the table that was read."""
    closed: list[str] = []
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    assert dialog.choices is not None
    table = dialog.choices.table
    monkeypatch.setattr(type(table), "close", lambda self: closed.append(self.name))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert closed == ["bank.csv"]
    monkeypatch.undo()
    table.close()


def test_what_goes_wrong_while_building_is_told(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, customers: Write
) -> None:
    """The dialog stays open with the sentence and lets the user try again."""

    def fail(*_: object) -> Dataset:
        raise DataError("The training part would be empty.")

    monkeypatch.setattr(building, "build_dataset", fail)
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    dialog.page.footer.accept.click()
    qtbot.waitUntil(dialog.page.footer.problem.isVisible)
    assert dialog.page.footer.problem.text() == "The training part would be empty."
    assert dialog.page.table.isEnabled()
    assert dialog.dataset is None


def test_a_theme_switch_repaints_the_open_dialog(
    open_dialog: Open, qtbot: QtBot, qapp: QApplication, tmp_path: Path, customers: Write
) -> None:
    """Light and dark give different pictures of the same dialog, and both paint without an error."""
    dialog = open_dialog(customers(tmp_path / "bank.csv", broken=(20,)))

    def ground() -> str:
        return dialog.grab().toImage().pixelColor(8, 60).name().upper()

    for name in ("light", "dark"):
        theme.apply(qapp, name)
        qtbot.waitUntil(lambda name=name: ground() == theme.THEMES[name].surface)
    theme.apply(qapp, "light")


def test_a_sample_is_counted_everywhere(open_dialog: Open, qtbot: QtBot, tmp_path: Path, customers: Write) -> None:
    """Learning from a sample shows its size in the sentence and on the button; undone, all rows are back."""
    dialog = open_dialog(customers(tmp_path / "bank.csv"))
    finding = Finding(
        kind="many rows",
        columns=(),
        sentence="240 rows take long to learn from",
        severity="info",
        offer=Offer(label="Learn from 100 rows", sample_rows=100),
    )
    dialog.page.notices.action_taken.emit(
        Notice(sentence=finding.sentence, finding=finding, actions=("Learn from 100 rows",))
    )
    assert dialog.page.footer.accept.text() == "Import 100 rows"
    assert "<b>100 rows</b> of 240 will be used" in dialog.page.footer.summary.text()
    (line,) = [line for line in dialog.page.notices.list.notices if line.actions == ("Undo",)]
    dialog.page.notices.action_taken.emit(line)
    assert dialog.page.footer.accept.text() == "Import 240 rows"


def test_a_split_by_time_replaces_the_shuffle(open_dialog: Open, tmp_path: Path) -> None:
    """Rows in order of a date are neither shuffled nor stratified, and the card says so."""
    path = tmp_path / "days.csv"
    rows = "".join(f"2024-0{1 + n // 28 % 9}-{1 + n % 28:02d},{n * 7 % 13},{n % 2}\n" for n in range(200))
    path.write_text(f"day,size,y\n{rows}", encoding="utf-8")
    dialog = open_dialog(path)
    assert dialog.choices is not None
    split = replace(dialog.choices.split, by_time="day")
    dialog.page.split.split_changed.emit(split)
    card = dialog.page.split
    assert not card.shuffle.isChecked()
    assert not card.stratify.isEnabled()
    assert card.order.text() == "in order of day"
