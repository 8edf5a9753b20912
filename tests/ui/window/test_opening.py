"""Ways into the window: recent files, drops, the clipboard, a file that changes on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ann_viz.app import make_window
from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.errors import DataError
from ann_viz.session.clipboard_table import ClipboardTable
from ann_viz.session.headless import open_dataset
from ann_viz.ui.window.data_menu import RecentFiles, RecentMenu
from ann_viz.ui.window.drop_overlay import dropped_problem
from ann_viz.ui.window.file_watch import FileWatch
from ann_viz.ui.window.main_window import MainWindow

ROWS = "".join(f"{n},{n % 7},{'yes' if n % 7 > 3 else 'no'}\n" for n in range(1, 81))


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text("row,years,left\n" + ROWS)
    return path


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window whose import dialog agrees to everything."""
    monkeypatch.setattr(
        "ann_viz.ui.importing.dialog.ImportDialog.ask", lambda _parent, path, _known: open_dataset(path)
    )
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


@pytest.fixture(autouse=True)
def _files_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program writes a test's file in several goes."""
    monkeypatch.setattr("ann_viz.ui.window.file_watch.SETTLE_MS", 10)


def files(*paths: Path | str) -> QMimeData:
    """What is dragged when these files are."""
    mime = QMimeData()
    mime.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def press(window: MainWindow, text: str, qtbot: QtBot) -> None:
    """Click a button of the message bar."""
    button = next(button for button in window.messages.findChildren(QPushButton) if button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# Recent files ---------------------------------------------------------------------------------------------------------
def test_opened_files_are_listed_newest_first(window: MainWindow, csv: Path, tmp_path: Path) -> None:
    """A file opened again moves to the top; one that vanished is grey."""
    other = tmp_path / "other.csv"
    other.write_bytes(csv.read_bytes())
    for path in (csv, other, csv):
        window.open_file(path)
    menu = window.data_menu.recent
    menu.refresh()
    assert [action.text() for action in menu.actions()][:2] == ["bank.csv", "other.csv"]
    other.unlink()
    menu.refresh()
    assert [action.isEnabled() for action in menu.actions()][:2] == [True, False]


def test_without_a_home_files_are_opened_and_none_is_remembered(
    qtbot: QtBot, csv: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The lists are a convenience; the window opens all the same."""

    def lost() -> Path:
        raise OSError("this user has no home folder")

    monkeypatch.setattr("ann_viz.app_folder.app_folder", lost)
    window: MainWindow = request.getfixturevalue("window")
    window.open_file(csv)
    assert window.bridge.document.dataset is not None
    assert window.opener.recent.paths() == []


def test_the_list_is_short_and_can_be_cleared(qtbot: QtBot, tmp_path: Path) -> None:
    """Ten files at most; choosing one opens it; an empty list says so."""
    recent = RecentFiles(tmp_path / "kept")
    for n in range(13):
        recent.add(tmp_path / f"{n}.csv")
    assert [path.name for path in recent.paths()] == [f"{n}.csv" for n in range(12, 2, -1)]
    (tmp_path / "12.csv").write_text("a,b\n")
    recent.add(tmp_path / ("x" * 300))  # the system does not even look for it
    recent.add(tmp_path / "12.csv")
    opened: list[Path] = []
    menu = RecentMenu(recent, opened.append)
    qtbot.addWidget(menu)
    menu.actions()[0].trigger()
    assert opened == [tmp_path / "12.csv"]
    menu.actions()[-1].trigger()
    menu.refresh()
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_two_windows_forget_nothing(tmp_path: Path) -> None:
    """What one program adds, another that has listed the files before keeps; a damaged list is as good as none."""
    first, second = RecentFiles(tmp_path / "kept"), RecentFiles(tmp_path / "kept")
    first.add(tmp_path / "a.csv")
    second.add(tmp_path / "b.csv")
    first.add(tmp_path / "c.csv")
    assert [path.name for path in second.paths()] == ["c.csv", "b.csv", "a.csv"]
    for damage in ("", "{", "{}", '[3, null, "", ["a"]]', "[" * 100_000):
        (tmp_path / "kept" / "recent.json").write_text(damage)
        assert first.paths() == []
    second.add(tmp_path / "d.csv")
    assert [path.name for path in first.paths()] == ["d.csv"]


# Dropping -------------------------------------------------------------------------------------------------------------
def test_what_can_not_be_dropped_is_said(tmp_path: Path) -> None:
    """Several files, an address and plain text each have their sentence."""
    assert dropped_problem(files(tmp_path / "a.csv")) is None
    assert "2 files" in str(dropped_problem(files(tmp_path / "a.csv", tmp_path / "b.csv")))
    assert "address" in str(dropped_problem(files("https://example.org/a.csv")))
    assert "folder" in str(dropped_problem(files(tmp_path)))
    assert dropped_problem(files(tmp_path / ("x" * 300))) is None  # opening it says what the system says
    text = QMimeData()
    text.setText("a\tb")
    assert "not a file" in str(dropped_problem(text))


def test_the_overlay_covers_the_window_while_dragging(window: MainWindow, csv: Path) -> None:
    """It names the file, and goes when the file is dropped elsewhere."""
    mime = files(csv)
    # Version 6.12 knows fractions of a pixel, and warns of what it knew before.
    place = QPointF(9, 9) if PySide6.__version_info__ >= (6, 12) else QPoint(9, 9)
    enter = QDragEnterEvent(
        place, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dragEnterEvent(enter)
    overlay = window.drop_overlay
    assert enter.isAccepted()
    assert overlay.isVisible()
    assert overlay.size() == window.size()
    assert overlay.accessibleName() == "Drop to open bank.csv"
    window.opener.open_dropped(files(csv, csv))
    assert "2 files" in window.messages.text


# Clipboard ------------------------------------------------------------------------------------------------------------
def test_cells_are_pasted(window: MainWindow) -> None:
    """Tab-separated text becomes the data; it is no recent file."""
    QGuiApplication.clipboard().setText(("row,years,left\n" + ROWS).replace(",", "\t"))
    window.actions_by_id["paste_table"].trigger()
    dataset = window.bridge.document.dataset
    assert dataset is not None
    assert (dataset.name, dataset.table.dialect.delimiter, dataset.table.n_rows) == ("clipboard.tsv", "\t", 80)
    assert window.opener.recent.paths() == []


@pytest.mark.parametrize("text", ["", "  \n ", "just a word"])
def test_what_is_no_table_is_not_pasted(window: MainWindow, text: str) -> None:
    """One sentence says so, and nothing changes."""
    QGuiApplication.clipboard().setText(text)
    window.actions_by_id["paste_table"].trigger()
    assert "clipboard" in window.messages.text
    assert window.bridge.document.dataset is None


def test_pasted_files_are_removed() -> None:
    """Nothing stays on disk, also not of the paste before."""
    table = ClipboardTable()
    first = table.save("a\tb\n1\t2\n")
    second = table.save("a,b\n1,2\n")
    assert (first.name, first.exists(), second.name, second.exists()) == (
        "clipboard.tsv",
        False,
        "clipboard.csv",
        True,
    )
    table.close()
    table.close()
    assert not second.exists()
    with pytest.raises(DataError, match="single line"):
        table.save("one line")


# Changes on disk ------------------------------------------------------------------------------------------------------
def test_a_changed_file_is_offered_and_read_again(window: MainWindow, csv: Path, qtbot: QtBot) -> None:
    """Reload keeps target, roles and hidden layers, and shows the new rows."""
    window.open_file(csv)
    before = window.bridge.document.network_config
    csv.write_text("row,years,left\n" + ROWS + ROWS)
    qtbot.waitUntil(lambda: "changed on disk" in window.messages.text)
    press(window, "Reload", qtbot)
    qtbot.waitUntil(lambda: "read again" in window.messages.text)
    document = window.bridge.document
    assert document.dataset is not None
    assert document.dataset.table.n_rows == 160
    assert document.network_config == before


def test_a_file_that_is_replaced_is_noticed(qtbot: QtBot, csv: Path, tmp_path: Path) -> None:
    """Many programs write a new file and move it over the old one; twice is noticed twice."""
    watch = FileWatch()
    watch.watch(csv)
    for rows in (ROWS * 2, ROWS * 3):
        new = tmp_path / "bank.csv.new"
        new.write_text("row,years,left\n" + rows)
        with qtbot.waitSignal(watch.changed) as signal:
            os.replace(new, csv)
        assert signal.args == [csv]


def test_another_file_beside_it_is_nothing(qtbot: QtBot, csv: Path, tmp_path: Path) -> None:
    """The folder is watched too, but only this file counts."""
    watch, told = FileWatch(), []
    watch.changed.connect(told.append)
    watch.watch(csv)
    (tmp_path / "neighbour.csv").write_text("x")
    settle = watch.findChild(QTimer)
    with qtbot.waitSignal(settle.timeout):
        pass
    assert told == []


def test_corrected_rows_are_not_dropped_silently(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """A correction belongs to a line of the old file: after a reload the bar says that it is gone."""
    path = tmp_path / "bank.csv"
    path.write_text("row,years,left\n" + ROWS + "81,5\n")
    table = open_table(path, edits={82: "81,5,yes"})
    window.bridge.open_dataset(build_dataset(table, suggest_recipe(table)))
    assert table.n_edited == 1
    window.opener.reloader.reload()
    qtbot.waitUntil(lambda: "read again" in window.messages.text)
    assert "1 corrected row" in window.messages.text


def test_a_target_that_is_gone_is_said(window: MainWindow, csv: Path, qtbot: QtBot) -> None:
    """What was open stays open when the changed file can't be learned any more."""
    window.open_file(csv)
    before = window.bridge.document.dataset
    csv.write_text("row,years\n" + "".join(f"{n},{n % 7}\n" for n in range(50)))
    window.opener.reloader.reload()
    qtbot.waitUntil(lambda: "is gone" in window.messages.text)
    assert window.bridge.document.dataset is before


def test_closing_while_it_reads_leaves_nothing(window: MainWindow, csv: Path) -> None:
    """The thread ends with the window, and nobody hears of its rows any more."""
    window.open_file(csv)
    window.opener.reloader.reload()
    window.close()
    assert window.bridge.document.dataset is None
    assert "read again" not in window.messages.text


def test_a_message_is_replaced_by_the_next(window: MainWindow, qtbot: QtBot) -> None:
    """Buttons belong to their message."""
    done: list[Any] = []
    window.messages.show_message("first", [("Do it", lambda: done.append(1))])
    window.messages.show_message("second", [("Really", lambda: done.append(2))])
    press(window, "Really", qtbot)
    assert done == [2]
    assert window.messages.text == ""
