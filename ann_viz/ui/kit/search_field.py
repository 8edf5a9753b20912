"""A field for what is looked for; it can move in the list of what was found while the keyboard stays in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

__all__ = ["SearchField"]

_PAGE: Final = 8
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


class SearchField(QLineEdit):
    """One line to type into, with a button that clears it.

    Parameters
    ----------
    name : str
        What it is for, as it is read out.
    hint : str
        What stands in it as long as it is empty.
    """

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: QAbstractItemView | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)

    def move_in(self, found: QAbstractItemView) -> None:
        """Have arrows and the keys for pages move in this list, which comes after the field when Tab is pressed."""
        self._found = found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self._found is None:
            super().keyPressEvent(event)
            return
        model, row = self._found.model(), self._found.currentIndex().row()
        if model.rowCount():
            self._found.setCurrentIndex(model.index(max(0, min(model.rowCount() - 1, row + step)), 0))
