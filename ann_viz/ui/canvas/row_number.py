"""The field with the number of the shown row, and what a row is called before it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ann_viz.numerals import format_number
from ann_viz.ui.kit.wheel import SpinBox

__all__ = ["RowNumber"]

LEAST_NAMED: Final = 104  # pixels, with the name
MARGIN: Final = 24


class RowNumber(SpinBox):
    """As wide as the largest number needs, so that nothing moves from row to row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exampleNumber")
        self.setAccessibleName(self.tr("Row shown"))
        self.setGroupSeparatorShown(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(LEAST_NAMED)
        self.setKeyboardTracking(False)

    def width_with(self, name: str) -> int:
        """Return how wide it is with this name before the number."""
        widest = name + format_number(self.maximum()) + self.suffix()
        width = self.fontMetrics().horizontalAdvance(widest) + MARGIN
        return max(LEAST_NAMED, width) if name else width

    def show_name(self, name: str) -> None:
        """Put a name before the number, or nothing."""
        self.setPrefix(name)
        self.setFixedWidth(self.width_with(name))
