"""The column *Try* at the left: a form with a field for every column of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["TryPanel"]


class TryPanel(QWidget):
    """What the network is asked about a row that is in no file.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        The voice that is spoken.
    """

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._view = bridge, view
        self.setAccessibleName(self.tr("Try"))
        hint = QFrame(self)
        hint.setProperty("card", "empty")
        words = PlainLabel(
            self.tr("Open data first: every column then gets a field here."), hint, role="body", wrap=True
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(hint)
        inside.setContentsMargins(20, 24, 20, 24)
        inside.addWidget(words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(hint)
        whole.addStretch(1)
