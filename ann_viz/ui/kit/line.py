"""The lines, one pixel thick, between the parts of a page; their colour is the style sheet's."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

__all__ = ["horizontal_line", "vertical_line"]


def horizontal_line(parent: QWidget | None = None) -> QFrame:
    """Return a line between what is above and what is below."""
    line = QFrame(parent)
    line.setProperty("line", "h")
    return line


def vertical_line(parent: QWidget | None = None) -> QFrame:
    """Return a line between what is at the left and what is at the right."""
    line = QFrame(parent)
    line.setProperty("line", "v")
    return line
