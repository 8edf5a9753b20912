"""What the hostile tests of the window share: bait, a walk, hostile data, and the windows that show them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bait import Bait
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot
    from walking import Walk

    from ann_viz.data import Dataset
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def bait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bait]:
    """Return the bait; relative addresses lead to it."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file without asking for more rights")
    from bait import Bait

    made = Bait(tmp_path / "bait")
    monkeypatch.chdir(tmp_path / "bait")
    yield made
    made.close()


@pytest.fixture
def texts(bait: Bait) -> dict[str, str]:
    """Return the hostile texts."""
    from bait import TEXTS

    return {
        name: text.format(bait=bait.address if name == "fetched" else f"{name}.png") for name, text in TEXTS.items()
    }


@pytest.fixture
def walk(bait: Bait, texts: dict[str, str]) -> Iterator[Walk]:
    """Return a walk; what it found wrong fails the test."""
    from walking import Walk

    made = Walk(bait, texts)
    yield made
    assert not made.wrong, "\n".join(dict.fromkeys(made.wrong))


@pytest.fixture
def hostile_file(tmp_path: Path, texts: dict[str, str]) -> Path:
    """Write a table in which every name and every text is hostile, with one broken row."""
    path = tmp_path / texts["file"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([texts[name] for name in ("code", "number", "hole", "column", "notes", "target")])
        for row in range(120):
            cells = [
                9_000_000 + row * 7919,
                20 + row * 7 % 50,
                texts["missing"] if row % 9 == 0 else f"{row * 13.25:.2f}",
                (texts["category"], texts["bidi"], "Spain", texts["fetched"])[row % 4],
                " ".join((texts["cell"], *(str(row * k) for k in range(2, 9)))),
                texts["truth"] if row % 5 == 0 else texts["other"],
            ]
            writer.writerow([*cells, texts["broken"]] if row == 50 else cells)
    return path


@pytest.fixture
def hostile_data(hostile_file: Path, texts: dict[str, str]) -> Callable[[str], Dataset]:
    """Return a function that reads that table and learns one of its columns."""
    from dataclasses import replace

    from ann_viz.data import build_dataset, open_table, suggest_recipe

    def read(target: str) -> Dataset:
        table = open_table(hostile_file, overrides={"missing": ("", texts["missing"])})
        recipe = suggest_recipe(table, texts[target])
        return build_dataset(table, replace(recipe, phrase=texts["phrase"], row_name=texts["row"]))

    return read


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[ImportDialog], None]:
    """Return a function that waits until nothing is being read or looked for."""

    def wait(dialog: ImportDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.busy)

    return wait


@pytest.fixture
def import_dialog(hostile_file: Path, texts: dict[str, str], settle: Callable[..., None]) -> Iterator[ImportDialog]:
    """Open the import dialog with that table, whose word for "missing" it knows."""
    from ann_viz.ui.importing.dialog import ImportDialog

    dialog = ImportDialog(hostile_file)
    dialog.show()
    settle(dialog)
    dialog.page.options.changed.emit("missing", ("", texts["missing"]))
    settle(dialog)
    yield dialog
    dialog.close()
    dialog.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the whole window, empty."""
    from ann_viz.app import first_window

    made = first_window()
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def hover() -> Callable[[QWidget, int, Callable[[], None]], None]:
    """Return a function that moves the mouse over a widget, so many pixels at a time."""

    def move(widget: QWidget, step: int, then: Callable[[], None]) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        nothing, still = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        for y in range(step // 2, widget.height(), step):
            for x in range(step // 2, widget.width(), step):
                place = QPointF(x, y)
                event = QMouseEvent(QEvent.Type.MouseMove, place, widget.mapToGlobal(place), nothing, nothing, still)
                QApplication.sendEvent(widget, event)
                then()

    return move
