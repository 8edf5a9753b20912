"""The question when a file with the columns that the network learned from is opened: to answer it, or to learn anew."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz.translation import translate
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["UseAnswer", "UseQuestion"]

UseAnswer = Literal["use", "learn", "cancel"]


class UseQuestion(MessageBox):
    """Using the network is what Enter does: it is there, and nothing is lost by it.

    Parameters
    ----------
    window : QWidget
        It stands on it.
    name : str
        Of the file.
    target : str
        What the network answers.
    """

    def __init__(self, window: QWidget, name: str, target: str) -> None:
        title = translate("Use the trained network?")
        text = translate(
            "{name} has the columns that the network in the window learned from. It can answer {target} for every row, "
            "or you can train another network on this file."
        )
        super().__init__(title, title, text.format(name=name, target=target), window, strong=True)
        self.setObjectName("useQuestion")
        self.use = self.addButton(translate("Use the trained network"), QMessageBox.ButtonRole.AcceptRole)
        self.learn = self.addButton(translate("Learn from it anew"), QMessageBox.ButtonRole.ActionRole)
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.use)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, name: str, target: str) -> UseAnswer:
        """Return what the user wants."""
        box = cls(window, name, target)
        clicked = box.wait()
        if clicked is box.use:
            return "use"
        return "learn" if clicked is box.learn else "cancel"
