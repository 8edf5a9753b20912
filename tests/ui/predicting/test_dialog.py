"""A file is answered in the window: first rows, all rows into a file, the receipt; stopped, lacking columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.data import Task
from ann_viz.resources import resource
from ann_viz.session import Model, Session
from ann_viz.session.headless import open_dataset
from ann_viz.ui.document import saving
from ann_viz.ui.predicting.dialog import PredictDialog
from ann_viz.ui.predicting.page import PredictPage
from ann_viz.ui.predicting.use_question import UseQuestion
from ann_viz.ui.window.main_window import MainWindow

IRIS = resource("samples", "iris.csv")


@pytest.fixture
def model() -> Model:
    session = Session()
    session.open(open_dataset(IRIS))
    session.step("epoch")
    session.wait(60)
    model = session.model()
    session.close()
    return model


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Flowers without a name, one of them unreadable."""
    lines = IRIS.read_text().splitlines()
    path = tmp_path / "new.csv"
    cut = [line.rpartition(",")[0] for line in lines]
    cut[3] = "long," + cut[3].partition(",")[2]
    path.write_text("\n".join(cut) + "\n")
    return path


@pytest.fixture
def dialog(model: Model, rows: Path, qtbot: QtBot) -> Iterator[PredictDialog]:
    made = PredictDialog(model, rows, answering=("avg", "What the average of its weights answers"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.busy)
    yield made
    made.close()


def test_the_first_rows_are_shown_with_their_answers(dialog: PredictDialog) -> None:
    table = dialog.page.rows.model()
    names = [table.headerData(column, Qt.Orientation.Horizontal) for column in range(table.columnCount())]
    assert names[:2] == ["row", "prediction"] and table.rowCount() == 12
    assert table.index(0, 1).data() in {"setosa", "versicolor", "virginica"}
    assert "the first 12 of 150 rows" in dialog.page.facts.text() and dialog.page.save.isEnabled()
    assert dialog.page.facts.text().endswith("(avg)") and "average" in dialog.page.facts.toolTip()


def test_of_many_classes_the_chance_of_the_answer_is_shown(tmp_path: Path, qtbot: QtBot) -> None:
    """The columns of the file stand beside it, not behind a hundred others; few classes have all of theirs."""
    path = tmp_path / "colonies.csv"
    rows = [f"{n % 100 + 0.2 * (n // 100):.1f},colony_{n % 100:03}" for n in range(400)]
    path.write_text("\n".join(["size,colony", *rows]) + "\n", encoding="utf-8")
    session = Session()
    session.open(open_dataset(path))
    session.step("epoch")
    session.wait(60)
    model, chances = session.model(), session.model().network.predict(np.array(session.dataset.X[:12])).max(axis=1)
    session.close()
    dialog = PredictDialog(model, path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.busy)
    table = dialog.page.rows.model()
    names = [table.headerData(column, Qt.Orientation.Horizontal) for column in range(table.columnCount())]
    assert names == ["row", "prediction", "its chance (+99 more)", "size", "colony"]
    assert "100 classes" in table.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    shown = [float(table.index(row, 2).data()) for row in range(12)]
    assert shown == pytest.approx(chances.tolist(), rel=1e-5)
    dialog.close()


def test_all_rows_are_written_and_the_receipt_is_shown(
    dialog: PredictDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "answers.csv"
    monkeypatch.setattr(saving, "ask_where", lambda *_: str(out))
    dialog.page.order.setCurrentIndex(dialog.page.order.findData("chance"))
    dialog.page.save.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    with out.open(newline="") as file:
        found = list(csv.DictReader(file))
    surest = [max(float(value) for name, value in row.items() if name.startswith("prob")) for row in found]
    assert len(found) == 150 and surest == sorted(surest, reverse=True)
    told = [label.text() for label in dialog.page.sentences]
    assert dialog.page.receipt_title.text() == "150 rows written to answers.csv"
    assert "first" not in dialog.page.facts.text()
    assert any("'long' (line 4)" in text for text in told)
    assert dialog.page.folder.isVisible() and dialog.page.cancel.text() == "Done"


@pytest.mark.parametrize(
    ("task", "words"),
    [("binary", "Likeliest yes first"), ("multiclass", "Surest first"), ("regression", "Largest first")],
)
def test_the_order_says_what_stands_first(task: Task, words: str, qtbot: QtBot) -> None:
    """A sure no is the last of all where the chance of a yes decides."""
    over = QWidget()
    qtbot.addWidget(over)
    page = PredictPage(task, over)
    assert page.order.itemText(page.order.findData("chance")) == words


def test_the_source_is_refused(
    dialog: PredictDialog, rows: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("ann_viz.ui.predicting.dialog.show_error", lambda _w, _title, error: said.append(str(error)))
    before = rows.read_bytes()
    dialog.write_to(rows)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert len(said) == 1 and "read here" in said[0] and rows.read_bytes() == before
    assert dialog.page.save.isEnabled(), "another name can be tried"


def test_stopped_it_writes_nothing(dialog: PredictDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.write_to(tmp_path / "out.parquet")
    dialog.page.cancel.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.isVisible() and "nothing was written" in dialog.page.status.text()
    dialog.page.cancel.click()
    assert not dialog.isVisible()


def test_a_column_that_is_missing_can_be_filled(dialog: PredictDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "narrow.csv"
    path.write_text("\n".join(line.partition(",")[2].rpartition(",")[0] for line in IRIS.read_text().splitlines()))
    dialog.open_file(path)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert "lacks the column" in dialog.page.message.text() and not dialog.page.save.isEnabled()
    dialog.page.fill.click()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.page.save.isEnabled()


def test_what_is_no_table_is_told_and_cannot_be_filled(dialog: PredictDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    dialog.open_file(path)
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.page.message.text().startswith("picture.csv:") and dialog.page.fill.isHidden()


@pytest.mark.parametrize("answer", ["use", "learn", "cancel"])
def test_opening_a_file_with_the_same_columns_asks(
    window: MainWindow, rows: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Once something was learned, and never about the file that is open or one with other columns."""
    predicted, imported, asked = [], [], []
    monkeypatch.setattr(PredictDialog, "ask", lambda _w, model, path, *_, **_average: predicted.append((model, path)))
    monkeypatch.setattr(
        "ann_viz.ui.importing.dialog.ImportDialog.ask", lambda _w, path, _remembered: imported.append(path)
    )
    monkeypatch.setattr(UseQuestion, "ask", lambda _w, name, target: asked.append((name, target)) or answer)
    window.bridge.open_dataset(open_dataset(IRIS))
    window.open_file(rows)
    assert (len(asked), imported) == (0, [rows]), "nothing was learned yet"
    window.bridge.step("batch")
    window.open_file(rows)
    assert asked == [("new.csv", "species")]
    assert (len(predicted), len(imported)) == {"use": (1, 1), "learn": (0, 2), "cancel": (0, 1)}[answer]
    window.open_file(IRIS)
    window.open_file(resource("samples", "house_prices.csv"))
    assert len(asked) == 1
    window.opener.keeper.let_go()


def test_the_question_uses_the_network_on_enter(qtbot: QtBot) -> None:
    box = UseQuestion(None, "new.csv", "species")
    qtbot.addWidget(box)
    assert box.defaultButton() is box.use and box.escapeButton() is box.cancel
