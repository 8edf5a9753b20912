"""The one question before unsaved work goes: save it, let it go, or stay."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz.translation import translate
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["SaveAnswer", "SaveQuestion"]

SaveAnswer = Literal["save", "discard", "cancel"]


class SaveQuestion(MessageBox):
    """Save is what Enter does, Cancel what Esc does, and D lets the work go.

    Parameters
    ----------
    window : QWidget
        It stands on it.
    title : str
        The question.
    name : str
        What the document is called.
    """

    def __init__(self, window: QWidget, title: str, name: str) -> None:
        more = translate("What has changed in {name} since it was opened or saved last is in no file yet.")
        super().__init__(title, title, more.format(name=name), window, strong=True)
        self.setObjectName("saveQuestion")
        self.save = self.addButton(QMessageBox.StandardButton.Save)
        self.save.setText(translate("Save"))
        self.discard = self.addButton(translate("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        self.discard.setShortcut(QKeySequence("D"))
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.save)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, title: str, name: str) -> SaveAnswer:
        """Return what the user wants."""
        box = cls(window, title, name)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is box.save:
            return "save"
        return "discard" if clicked is box.discard else "cancel"
