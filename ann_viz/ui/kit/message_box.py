"""A box with a message or a question; like every label it shows text as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from ann_viz.rich import bold
from ann_viz.ui.kit.plain_text import literal

__all__ = ["MessageBox"]


class MessageBox(QMessageBox):
    """Says something, and perhaps more about it.

    Parameters
    ----------
    title : str
        Of the box.
    text : str
        What is said first.
    more : str
        What follows in smaller letters.
    strong : bool
        Whether the first text is bold.
    parent : QWidget or None
        It stands on it.
    """

    def __init__(
        self, title: str, text: str, more: str = "", parent: QWidget | None = None, *, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        # Not `setTextFormat`: depending on its version, Qt means one of the two texts by it, or both.
        self.setText(bold(text) if strong else literal(text))
        self.setInformativeText(literal(more))

    def wait(self) -> QAbstractButton:
        """Stand there until a button is pressed, and return that button; the box goes."""
        self.exec()
        clicked = self.clickedButton()
        self.deleteLater()
        return clicked
