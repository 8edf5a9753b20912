"""What the window says, and lets be done about it, while the table of the project is missing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["MissingTableNote", "need_rows"]


class MissingTableNote(QFrame):
    """Stands in the place of what needs rows, as long as these are missing, and leads to their file.

    Parameters
    ----------
    bridge : Bridge
        Tells that the file is to be found.
    sentence : str
        What would stand here.
    """

    def __init__(self, bridge: Bridge, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setObjectName("missingTable")
        self.setProperty("card", "empty")
        self.setAccessibleName(translate(TABLE_IS_MISSING))
        title = PlainLabel(translate(TABLE_IS_MISSING), self, role="strong", wrap=True)
        words = PlainLabel(sentence, self, role="muted", wrap=True)
        for label in (title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.search = QPushButton(self.tr("Find the file…"), self)
        self.search.setProperty("kind", "soft")
        self.search.clicked.connect(bridge.rows_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(8)
        column.addWidget(Glyph("table", "faint", 20), 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (title, words):
            column.addWidget(widget)
        column.addWidget(self.search, 0, Qt.AlignmentFlag.AlignHCenter)
        bridge.dataset_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setVisible(self._bridge.document.is_without_rows)


def need_rows(bridge: Bridge, *widgets: QWidget) -> None:
    """Have widgets that are of use with rows only disabled, with the reason, while these are missing."""
    for widget in widgets:
        _Hold(bridge, widget)


class _Hold(QObject):
    """Holds one widget, and remembers what it said."""

    def __init__(self, bridge: Bridge, widget: QWidget) -> None:
        super().__init__(widget)
        self._bridge, self._widget = bridge, widget
        self._former_tip: str | None = None  # while it is held
        bridge.dataset_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        if self._bridge.document.is_without_rows == (self._former_tip is not None):
            return
        if self._former_tip is None:
            self._former_tip = self._widget.toolTip()
            self._widget.setToolTip(plain_tip(translate(TABLE_IS_MISSING)))
            self._widget.setEnabled(False)
        else:
            self._widget.setToolTip(self._former_tip)
            self._widget.setEnabled(True)
            self._former_tip = None
