"""The one question before unsaved work goes: save it, let it go, or stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.translation import translate
from ann_viz.ui.document.thumbnail import ThumbnailView
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.sheet import Sheet

if TYPE_CHECKING:
    from ann_viz.ui.window.unsaved import Unsaved

__all__ = ["SaveAnswer", "SaveQuestion"]

PICTURE: Final = QSize(92, 60)
WORDS_WIDTH: Final = 312
SaveAnswer = Literal["save", "discard", "cancel"]


class SaveQuestion(Sheet):
    """Save is what Enter does, Cancel what Esc does, and D lets the work go.

    Parameters
    ----------
    window : QWidget
        It stands on it.
    title : str
        The question.
    unsaved : Unsaved
        What would be lost.
    """

    def __init__(self, window: QWidget, title: str, unsaved: Unsaved) -> None:
        from ann_viz.scene.thumbnail import thumbnail_of

        super().__init__(window)
        self.setObjectName("saveQuestion")
        self.setWindowTitle(title)
        self.setAccessibleDescription(unsaved.warning)
        self.answer: SaveAnswer = "cancel"
        picture = ThumbnailView(PICTURE, self)
        picture.show_network(thumbnail_of(unsaved.network))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(PlainLabel(title, self, role="dialogTitle", wrap=True))
        self.warning = PlainLabel(unsaved.warning, self, role="body", wrap=True)
        words.addWidget(self.warning)
        for label in self.findChildren(PlainLabel):
            label.setFixedWidth(WORDS_WIDTH)
        about = QHBoxLayout()
        about.setSpacing(14)
        about.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        about.addLayout(words)
        column = self.white_column()
        column.setContentsMargins(20, 20, 20, 18)
        column.setSpacing(18)
        column.addLayout(about)
        column.addLayout(self._answers())

    def _answers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.discard = QPushButton(translate("Don't save"), self)
        self.discard.setProperty("kind", "tool")
        self.discard.setShortcut(QKeySequence("D"))
        self.discard.setAutoDefault(False)
        self.discard.clicked.connect(self._on_discard)
        row.addWidget(self.discard)
        row.addStretch()
        self.save = self.add_answers(row, translate("Save"))
        self.save.setFocus()
        return row

    def accept(self) -> None:
        """Save it."""
        self.answer = "save"
        super().accept()

    def _on_discard(self) -> None:
        self.answer = "discard"
        super().accept()

    @classmethod
    def ask(cls, window: QWidget, title: str, unsaved: Unsaved) -> SaveAnswer:
        """Return what the user wants."""
        box = cls(window, title, unsaved)
        box.exec()
        box.deleteLater()
        return box.answer
