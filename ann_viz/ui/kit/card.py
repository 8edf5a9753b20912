"""The cards of the docks: white ones with a title, and the one that stands there while there is nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["Card", "HintCard"]


class Card(QFrame):
    """Icon, title, a quiet summary, and a red line for what can't be done; its owner adds rows to ``body``.

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
        self.summary.setMinimumWidth(1)  # gives way to the title in a narrow dock
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


class HintCard(QFrame):
    """What to do so that something stands here.

    Parameters
    ----------
    sentence : str
        May come later, by ``words.setText``.
    """

    def __init__(self, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "empty")
        self.words = PlainLabel(sentence, self, role="body", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 24, 20, 24)
        column.addWidget(self.words)
