"""What hostile tests share: files and a port that notice when they are opened, texts that ask for it, and a walk.

Python's own audit hook does not see what Qt opens, so the files lie in a folder that the kernel watches (inotify).
"""

from __future__ import annotations

import csv
import ctypes
import os
import re
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
    from pytestqt.qtbot import QtBot

    from ann_viz.data import Dataset
    from ann_viz.ui.importing.dialog import ImportDialog
    from ann_viz.ui.window.main_window import MainWindow

TEXTS = {
    "number": '<img src="{bait}">Age & co',
    "hole": '<table background="{bait}"><tr><td>Balance</td></tr></table>',
    "column": "<style>@import url({bait});</style>Country {{0}} %1",
    "code": '<a href="{bait}">Id</a>',
    "notes": '<p style="background-image:url({bait})">Notes',
    "target": '<body background="{bait}">Exited',
    "category": '<p>x<link rel="stylesheet" href="{bait}" type="text/css">France',
    "bidi": '<img src="{bait}">\u202eGermany\u202c &lt;b&gt; AT&amp;T **bold',
    "truth": '<img src="{bait}">yes',
    "other": "<img src={bait}>no",
    "cell": '<img src="{bait}">words in a cell that is long enough',
    "broken": "<img src={bait}>one cell too many",
    "missing": "<img src={bait}>",
    "phrase": '<img src="{bait}">leaves',
    "row": "<img src={bait}>Customer",
    "file": "<img src={bait}> & co[*].csv",
    "lesson": '<img src="{bait}">lesson',
    "error": '<img src="{bait}">error',
    "sample": '<img src="{bait}">sample',
    "fetched": '<img src="{bait}">fetched',
}
"""One text for every place that data come from; each asks for a picture of its own."""

IN_OPEN = 0x20
EVENT = struct.Struct("iIII")
MOST_ROWS, MOST_COLUMNS = 40, 12  # of a list or table


class Bait:
    """Pictures in a folder, and a port of this machine, that remember being opened."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtGui import QImage

        folder.mkdir()
        for name in TEXTS:
            QImage(2, 2, QImage.Format.Format_RGB32).save(str(folder / f"{name}.png"))
        libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert libc.inotify_add_watch(self._inotify, os.fsencode(folder), IN_OPEN) > 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)

    @property
    def address(self) -> str:
        """Where a picture would be, were it fetched."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/fetched.png"

    def taken(self) -> list[str]:
        """Return what was opened since this was asked last."""
        names = []
        try:
            events = os.read(self._inotify, 1 << 16)
        except BlockingIOError:
            events = b""
        while events:
            length = EVENT.unpack_from(events)[3]
            names.append(os.fsdecode(events[EVENT.size : EVENT.size + length].rstrip(b"\0")))
            events = events[EVENT.size + length :]
        try:
            self._server.accept()[0].close()
        except BlockingIOError:
            return names
        return [*names, self.address]

    def close(self) -> None:
        """Watch no longer."""
        os.close(self._inotify)
        self._server.close()


@pytest.fixture
def bait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bait]:
    """Return the bait; relative addresses lead to it."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file without asking for more rights")
    made = Bait(tmp_path / "bait")
    monkeypatch.chdir(tmp_path / "bait")
    yield made
    made.close()


@pytest.fixture
def texts(bait: Bait) -> dict[str, str]:
    """Return the hostile texts."""
    return {
        name: text.format(bait=bait.address if name == "fetched" else f"{name}.png") for name, text in TEXTS.items()
    }


class Walk:
    """Looks at everything a window shows, and notes what Qt takes for markup and what is opened.

    Attributes
    ----------
    wrong : list of str
        What was found.
    seen : set of str
        Names of the texts that were shown letter by letter.
    """

    def __init__(self, bait: Bait, texts: dict[str, str]) -> None:
        self._bait = bait
        self._texts = {name: _squeezed(text) for name, text in texts.items()}
        self._place = ""
        self.wrong: list[str] = []
        self.seen: set[str] = set()

    def look(self, place: str, window: QWidget) -> None:
        """Paint a window, and read its labels, buttons, menus, tooltips and lists."""
        from PySide6.QtGui import QAction
        from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QHeaderView, QLabel, QWidget

        self._place = place
        QApplication.processEvents()
        window.grab()
        self.note("painting")
        self._read(window.windowHandle().title() if window.windowHandle() else "")
        for widget in (window, *window.findChildren(QWidget)):
            name = f"{type(widget).__name__} {widget.objectName()}".strip()
            self.tip(f"tooltip of {name}", widget.toolTip())
            if isinstance(widget, QLabel):
                self._read_label(f"label in {type(widget.parentWidget()).__name__} ({name})", widget)
            elif isinstance(widget, QAbstractButton):
                self._read_caption(widget.text())
            elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
                self._read_view(name, widget)
        for action in window.findChildren(QAction):
            self._read_caption(action.text())
            self.tip(f"tooltip of action {action.text()[:30]!r}", action.toolTip())

    def note(self, what: str) -> None:
        """Put down what was opened."""
        taken = self._bait.taken()
        if taken:
            self.wrong.append(f"{self._place}: {what} opens {', '.join(sorted(set(taken)))}")

    def tip(self, what: str, text: str) -> None:
        """Show a tooltip."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import Qt
        from PySide6.QtWidgets import QToolTip

        if not text:
            return
        self._read(text)
        if Qt.mightBeRichText(text):
            self.wrong.append(f"{self._place}: {what} is markup: {text[:60]!r}")
            QToolTip.showText(QPoint(5, 5), text)
            self.note(what)

    def hovered(self, what: str) -> None:
        """Read the tooltip on show."""
        from PySide6.QtWidgets import QToolTip

        self.tip(what, QToolTip.text())
        self.note(what)

    def _read(self, text: str) -> None:
        letters = _squeezed(text)
        self.seen |= {name for name, hostile in self._texts.items() if hostile in letters}

    def _read_caption(self, text: str) -> None:
        """Read a button or an entry of a menu, in which Qt takes one ``&`` away."""
        self._read(re.sub(r"&(.)", r"\1", text))

    def _read_label(self, what: str, label: QLabel) -> None:
        """Read a label as Qt would."""
        from PySide6.QtGui import Qt, QTextDocumentFragment

        text = label.text()
        guessed = label.textFormat() == Qt.TextFormat.AutoText and Qt.mightBeRichText(text)
        rich = guessed or label.textFormat() == Qt.TextFormat.RichText
        if guessed and label.objectName() != "qt_msgbox_label":  # a message box can be bold in no other way
            self.wrong.append(f"{self._place}: {what} may be markup: {text[:60]!r}")
        elif rich and any(hostile in _squeezed(text) for hostile in self._texts.values()):
            self.wrong.append(f"{self._place}: {what} has data in its markup: {text[:60]!r}")
        else:
            self._read(QTextDocumentFragment.fromHtml(text).toPlainText() if rich else text)

    def _read_view(self, what: str, view: QAbstractItemView) -> None:
        """Read the cells and heads of a list or table, and their tooltips."""
        from PySide6.QtCore import QModelIndex, Qt
        from PySide6.QtWidgets import QListView

        model = view.model()
        if model is None:
            return
        n_rows = min(model.rowCount(QModelIndex()), MOST_ROWS)
        n_columns = 1 if isinstance(view, QListView) else min(model.columnCount(QModelIndex()), MOST_COLUMNS)
        asked = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        answers = [[model.index(row, column).data(role) for role in asked]
                   for row in range(n_rows) for column in range(n_columns)]  # fmt: skip
        answers += [[model.headerData(place, way, role) for role in asked]
                    for way, n in ((across, n_columns), (down, n_rows)) for place in range(n)]  # fmt: skip
        for text, tip in answers:
            self._read(str(text or ""))
            self.tip(f"tooltip in {what}", str(tip or ""))


def _squeezed(text: str) -> str:
    """Return what remains of a text where it is broken into lines, or a joiner stands in it."""
    return re.sub(r"[\s\u2060]", "", text)


@pytest.fixture
def walk(bait: Bait, texts: dict[str, str]) -> Iterator[Walk]:
    """Return a walk; what it found wrong fails the test."""
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
        qtbot.waitUntil(lambda: not dialog.page.progress.isVisible() and not dialog._search.busy, timeout=20_000)

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
