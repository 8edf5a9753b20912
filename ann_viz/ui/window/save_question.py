"""The one question before unsaved work goes: save it, let it go, or stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz.translation import translate
from ann_viz.ui.document.thumbnail import thumbnail_picture
from ann_viz.ui.kit.message_box import MessageBox

if TYPE_CHECKING:
    from ann_viz.ui.window.unsaved import Unsaved

__all__ = ["SaveAnswer", "SaveQuestion"]

PICTURE: Final = QSize(92, 80)
SaveAnswer = Literal["save", "discard", "cancel"]


class SaveQuestion(MessageBox):
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

        super().__init__(title, title, unsaved.warning, window, strong=True)
        self.setIconPixmap(thumbnail_picture(thumbnail_of(unsaved.network), PICTURE, self.devicePixelRatioF()))
        self.setObjectName("saveQuestion")
        self.save = self.addButton(QMessageBox.StandardButton.Save)
        self.save.setText(translate("Save"))
        self.discard = self.addButton(translate("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        self.discard.setShortcut(QKeySequence("D"))
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.save)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, title: str, unsaved: Unsaved) -> SaveAnswer:
        """Return what the user wants."""
        box = cls(window, title, unsaved)
        clicked = box.wait()
        if clicked is box.save:
            return "save"
        return "discard" if clicked is box.discard else "cancel"
