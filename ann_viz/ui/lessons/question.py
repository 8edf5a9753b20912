"""Asks, once, before a lesson puts sample data in the place of the reader's own work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from ann_viz.translation import translate
from ann_viz.ui.document.saving import save_model_as
from ann_viz.ui.kit.message_box import MessageBox

if TYPE_CHECKING:
    from ann_viz.session import Session
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["LessonQuestion"]


class LessonQuestion(MessageBox):
    """Says what the lesson changes, what comes back, and offers to save the rest.

    Parameters
    ----------
    window : QWidget
        It stands on it.
    file : str
        Name of what is open.
    trained : bool
        Whether its network has learned something.
    closes : bool
        Whether the lesson opens data of its own; otherwise it only changes the network.
    """

    def __init__(self, window: MainWindow, file: str, *, trained: bool, closes: bool) -> None:
        text, more = _closing(file, trained=trained) if closes else _changing()
        super().__init__(translate("Start the lesson?"), text, more, window)
        self.setObjectName("lessonQuestion")
        self.begin = self.addButton(translate("Start the lesson"), QMessageBox.ButtonRole.AcceptRole)
        self.save = self.addButton(translate("Save model…"), QMessageBox.ButtonRole.ActionRole) if trained else None
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.begin)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: MainWindow, session: Session, *, closes: bool) -> bool:
        """Return whether the lesson may begin."""
        while session.dataset is not None:
            trained = session.snapshot is not None and session.snapshot.step > 0
            box = cls(window, session.dataset.name, trained=trained, closes=closes)
            box.exec()
            clicked = box.clickedButton()
            box.deleteLater()
            if clicked is not box.save or box.save is None:
                return clicked is box.begin
            save_model_as(window, session)
        return True


def _changing() -> tuple[str, str]:
    """Say what a lesson changes that stays with the reader's data, and how it comes back."""
    text = translate("The lesson changes the network that is open: its layers, settings or weights.")
    return text, translate("Undo (Ctrl+Z) takes its changes back, one after the other.")


def _closing(file: str, *, trained: bool) -> tuple[str, str]:
    """Say what a lesson closes, and what of it comes back."""
    back = translate("It closes {file}; when the lesson ends you are asked whether to open it again.").format(file=file)
    kept = translate("Your settings come back with your data.")
    lost = translate("The weights your network has learned do not: save the model if you want to keep them.")
    text = translate("The lesson works with sample data and a small network of its own.")
    return text, " ".join((back, kept, lost) if trained else (back, kept))
