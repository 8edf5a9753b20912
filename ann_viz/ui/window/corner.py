"""The buttons at the right end of the menu bar: panels on and off, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["Corner"]


class Corner(QWidget):
    """Icon buttons, tinted for the theme in use.

    Parameters
    ----------
    docks : sequence of (QDockWidget, str, str)
        Panel, icon and tip of each.
    choose_theme : callable
        Called with a theme's name.
    """

    def __init__(
        self,
        docks: Sequence[tuple[QDockWidget, str, str]],
        choose_theme: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 10, 2)
        self._row.setSpacing(4)
        self._tinted: list[tuple[QToolButton, str]] = []
        for dock, icon, tip in docks:
            button = self._button(icon, tip)
            button.clicked.connect(lambda _checked=False, dock=dock: dock.setVisible(not dock.isVisible()))
        self.theme_button = self._button("moon", self.tr("Switch between light and dark theme"))
        self.theme_button.clicked.connect(lambda: choose_theme(theme.other_theme()))
        self.tint()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "quiet")
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedSize(30, 28)
        self._row.addWidget(button)
        self._tinted.append((button, icon))
        return button

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        for button, icon in self._tinted:
            button.setIcon(icons.icon(icon))
        self.theme_button.setIcon(icons.icon("sun" if theme.current().dark else "moon"))
