"""The panels around the picture: where they are, how wide, and which of them a small window has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from ann_viz.ui.kit import theme

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["Docks"]

COMPACT_WIDTH: Final = 1280
LARGE_WIDTH: Final = 1800
NARROWEST: Final = 1100
SHORT_HEIGHT: Final = 780
WIDTHS: Final = {"compact": (44, 290), "usual": (264, 320), "large": (300, 380)}
"""Of the panels at the left and right; in the compact one the scroll bar takes ten pixels of the right."""

GUTTER: Final = 8


class Docks(QObject):
    """Build at the left, Watch at the right, Explain below.

    Parameters
    ----------
    window : MainWindow
        With its panels made.
    centre : QVBoxLayout
        Of what stands in the middle.

    Attributes
    ----------
    all : tuple of QDockWidget
        Build, Watch, Explain.
    """

    def __init__(self, window: MainWindow, centre: QVBoxLayout) -> None:
        super().__init__(window)
        self._window = window
        self._centre = centre
        self._layout, self._short, self._narrow = "", False, False
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        areas = Qt.DockWidgetArea
        self._build = self._dock(
            "buildDock", self.tr("Build"), window.build_side, areas.LeftDockWidgetArea, (8, 8, 0, 8)
        )
        self._watch = self._dock(
            "watchDock", self.tr("Watch"), window.right_panel, areas.RightDockWidgetArea, (0, 8, 8, 8)
        )
        self._explain = self._dock(
            "explainDock", self.tr("Explain"), window.explain_panel, areas.BottomDockWidgetArea, (0, 0, 8, 8)
        )
        self.all = (self._build, self._watch, self._explain)
        for dock in self.all:
            dock.visibilityChanged.connect(self._on_shown)

    def _dock(
        self,
        name: str,
        title: str,
        panel: QWidget,
        area: Qt.DockWidgetArea,
        margins: tuple[int, int, int, int],
    ) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setTitleBarWidget(QWidget(dock))
        host = QWidget(dock)
        layout = QVBoxLayout(host)
        layout.setContentsMargins(*margins)
        layout.addWidget(panel)
        dock.setWidget(host)
        self._window.addDockWidget(area, dock)
        return dock

    def add_below(self, dock: QDockWidget) -> None:
        """Put a panel that was made later beneath the Explain panel, and show it."""
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        self._window.splitDockWidget(self._explain, dock, Qt.Orientation.Vertical)
        dock.visibilityChanged.connect(self._on_lowest_shown)
        dock.show()
        self._window.resizeDocks([dock], [dock.sizeHint().height()], Qt.Orientation.Vertical)
        self._on_shown()

    def follow(self, width: int, height: int) -> None:
        """Follow the window: compact below 1280 × 780 pixels, larger above 1800; the right panel goes below 1100."""
        window = self._window
        window.build_side.close_flyover()
        layout = "compact" if width < COMPACT_WIDTH else "large" if width > LARGE_WIDTH else "usual"
        if layout != self._layout:
            self._layout = layout
            window.watch_panel.set_compact(layout == "compact")
            self.fit_panels()
        narrow = width < NARROWEST
        if narrow != self._narrow:
            self._narrow = narrow
            self._watch.setVisible(not narrow)
        short = height < SHORT_HEIGHT
        if short != self._short:
            self._short = short
            window.explain_panel.set_short(short)

    def fit_panels(self) -> None:
        """Give the panels at the sides the width that the window and the size of words ask for."""
        left, right = WIDTHS[self._layout]
        self._window.toolbar.set_compact(self._window.width() / theme.magnified() < COMPACT_WIDTH)
        self._window.build_side.set_compact(self._layout == "compact", left)
        self._window.right_panel.setFixedWidth(round(right * theme.magnified()))

    def settle(self) -> None:
        """Give every dock what its panel asks for, and all else to the picture.

        Once one dock was given a size, Qt keeps the sizes of all, also when what needed the room is gone.
        """
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        sides = [self._build, self._watch]
        self._window.resizeDocks(sides, [dock.sizeHint().width() for dock in sides], across)
        self._window.resizeDocks([self._explain], [self._explain.sizeHint().height()], down)

    def _on_lowest_shown(self, shown: bool) -> None:
        self._on_shown()
        if not shown:
            self.settle()

    def _on_shown(self) -> None:
        """Keep the gutter at a side without its dock."""
        left, right = (0 if dock.isVisible() else GUTTER for dock in (self._build, self._watch))
        panels = (self._explain, self._window.side_windows.network_text)
        below = [dock for dock in panels if dock is not None and dock.isVisible()]
        for dock in below:
            host = dock.widget().layout()
            if host is not None:  # between two of them stands the separator; Qt gives a dock one pixel too little
                host.setContentsMargins(left, 0, GUTTER, GUTTER if dock is below[-1] else 1)
        bottom = 0 if below else GUTTER
        self._centre.setContentsMargins(left, GUTTER, right, bottom)
        beside = self._watch.widget().layout()
        if beside is not None:  # ends where the picture does
            beside.setContentsMargins(0, GUTTER, GUTTER, bottom)
