"""A walk through a window: all that it shows is read as Qt reads it, and what is opened on the way is noted."""

from __future__ import annotations

import re

from bait import Bait
from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QAction, Qt, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QListView,
    QToolTip,
    QWidget,
)

__all__ = ["Walk"]

MOST_ROWS, MOST_COLUMNS = 40, 12  # of a list or table


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
        if not text:
            return
        self._read(text)
        if Qt.mightBeRichText(text):
            self.wrong.append(f"{self._place}: {what} is markup: {text[:60]!r}")
            QToolTip.showText(QPoint(5, 5), text)
            self.note(what)

    def hovered(self, what: str) -> None:
        """Read the tooltip on show."""
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
