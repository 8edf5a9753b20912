"""The white card of the docks: icon, title, a quiet summary at the right, and a red line for what can't be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["Card"]


class Card(QFrame):
    """A card with a header; its owner adds rows to ``body``.

    Parameters
    ----------
    icon : str
        Name of the icon before the title.
    title : str
        What the card is about.
    """

    def __init__(self, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.heading = PlainLabel(title, role="title")
        self.summary = PlainLabel(role="muted")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = self.header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(Glyph(icon, "text2", 15))
        header.addWidget(self.heading)
        header.addStretch()
        header.addWidget(self.summary)
        self._problem = PlainLabel(role="danger", wrap=True)
        self._problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(8)
        column.addLayout(header)
        column.addLayout(self.body)
        column.addWidget(self._problem)

    @property
    def problem(self) -> str:
        """The red sentence on show, or nothing."""
        return self._problem.text()

    def show_problem(self, sentence: str) -> None:
        """Say what could not be done; an empty sentence takes the line away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
