"""Controls that leave the wheel to the page they stand on, unless they have the focus.

Qt's own take the wheel wherever the pointer happens to be: scrolling a column of settings would change them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSlider, QSpinBox, QTabBar, QWidget

__all__ = ["ComboBox", "DoubleSpinBox", "Slider", "SpinBox", "TabBar"]


def _may_turn(control: QWidget, event: QWheelEvent) -> bool:
    """Return whether a control may take the wheel; otherwise what it stands on gets it."""
    if not control.hasFocus():
        event.ignore()
    return control.hasFocus()


class ComboBox(QComboBox):
    """A choice from a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Choose another one only with the focus."""
        if _may_turn(self, event):
            super().wheelEvent(event)


class SpinBox(QSpinBox):
    """A whole number with arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Count only with the focus."""
        if _may_turn(self, event):
            super().wheelEvent(event)


class DoubleSpinBox(QDoubleSpinBox):
    """A number with arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Count only with the focus."""
        if _may_turn(self, event):
            super().wheelEvent(event)


class Slider(QSlider):
    """A horizontal slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Slide only with the focus."""
        if _may_turn(self, event):
            super().wheelEvent(event)


class TabBar(QTabBar):
    """Tabs; to be given to a tab widget before its pages."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn to another page only with the focus."""
        if _may_turn(self, event):
            super().wheelEvent(event)
