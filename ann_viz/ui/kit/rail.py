"""The column of icons that a side of a narrow window is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from ann_viz.ui.kit import icons
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["RAIL_WIDTH", "Rail"]

RAIL_WIDTH: Final = 44


class Rail(QFrame):
    """A column of icons."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(name)
        self.buttons: list[QToolButton] = []
        self._icons: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 8, 4, 8)
        self._column.setSpacing(6)
        self._column.addStretch()

    def add(self, icon: str, tip: str) -> QToolButton:
        """Add an icon below the others."""
        button = QToolButton(self)
        button.setProperty("kind", "quiet")
        button.setCheckable(True)
        button.setFixedSize(34, 34)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        self._column.insertWidget(len(self.buttons), button)
        self.buttons.append(button)
        self._icons.append(icon)
        self._tint()
        return button

    def show_open(self, place: int | None) -> None:
        """Mark the icon whose part is open."""
        for each, button in enumerate(self.buttons):
            button.setChecked(each == place)

    def _tint(self) -> None:
        for button, icon in zip(self.buttons, self._icons, strict=True):
            button.setIcon(icons.icon(icon, size=18))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
