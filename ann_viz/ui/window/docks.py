"""The panels around the picture: where they are, how wide, and which of them a small window has room for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLayout, QMainWindow, QVBoxLayout, QWidget

from ann_viz.ui.explaining.panel import ExplainPanel
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.late import make_seen_pages
from ann_viz.ui.kit.side import focus_first
from ann_viz.ui.runs.time_bar import TimeBar
from ann_viz.ui.window.left_side import LeftSide
from ann_viz.ui.window.toolbar import COMPACT_WIDTH, Toolbar
from ann_viz.ui.window.watch_dock import RightPanel

__all__ = ["Docks"]

LARGE_WIDTH: Final = 1800
NARROWEST: Final = 1100
SHORT_HEIGHT: Final = 780
WIDTHS: Final = {"compact": (44, 290), "usual": (264, 320), "large": (300, 380)}
"""Of the panels at the left and right; in the compact one the scroll bar takes ten pixels of the right."""

MOST_OF_WINDOW: Final = 0.33
"""For the panel at the right, when words are large."""

GUTTER: Final = 8


class Docks(QObject):
    """Build at the left, Watch at the right, Explain below.

    Parameters
    ----------
    window : QMainWindow
        Gets the docks.
    centre : QVBoxLayout
        Of what stands in the middle.
    left_side, right_panel, explain_panel, time_bar : QWidget
        The panels.
    toolbar : Toolbar
        Takes less room where the panels do.

    Attributes
    ----------
    build, watch, explain, time : QDockWidget
    """

    def __init__(
        self,
        window: QMainWindow,
        centre: QVBoxLayout,
        left_side: LeftSide,
        right_panel: RightPanel,
        explain_panel: ExplainPanel,
        time_bar: TimeBar,
        toolbar: Toolbar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._centre = centre
        self._left_side, self._right_panel, self._explain_panel = left_side, right_panel, explain_panel
        self._time_bar, self._toolbar = time_bar, toolbar
        self._layout, self._short, self._narrow = "", False, False
        self._soon = QTimer(self, singleShot=True, interval=0)  # when the window has its size
        self._soon.timeout.connect(self.settle)
        self._explain_is_away = False
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        areas = Qt.DockWidgetArea
        self.build = self._dock("buildDock", self.tr("Build"), left_side, areas.LeftDockWidgetArea, (8, 8, 0, 8))
        self.watch = self._dock("watchDock", self.tr("Watch"), right_panel, areas.RightDockWidgetArea, (0, 8, 8, 8))
        self.explain = self._dock(
            "explainDock", self.tr("Explain"), explain_panel, areas.BottomDockWidgetArea, (0, 0, 8, 8)
        )
        self.time = self._dock("timeDock", self.tr("Time"), time_bar, areas.BottomDockWidgetArea, (0, 0, 8, 8))
        window.splitDockWidget(self.explain, self.time, Qt.Orientation.Vertical)
        self._below = [self.explain, self.time]
        self._put_away: list[QDockWidget] = []
        for dock in (self.build, self.watch, self.explain, self.time):
            dock.visibilityChanged.connect(self._on_shown)
        left_side.tabs.put_away.clicked.connect(self._put_left_away)
        right_panel.put_away.clicked.connect(self.watch.hide)

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
        # A dock is never larger than its panel may be: what another gives up goes to the middle.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        dock.setWidget(host)
        self._window.addDockWidget(area, dock)
        return dock

    def toggles(self) -> list[QAction]:
        """Return what shows and hides each panel."""
        return [dock.toggleViewAction() for dock in (self.build, self.watch, self.explain, self.time)]

    def tell(self, step: int) -> None:
        """Show the Explain panel, and have it tell one of the five steps."""
        self.explain.show()
        self._explain_panel.show_step(step)

    def show_build(self) -> None:
        """Show data, network and hyperparameters at the left."""
        self._show_left(self._left_side.build)

    def show_try(self) -> None:
        """Show the form for a row of one's own at the left, and let keys fill it in."""
        self._show_left(self._left_side.trying)
        focus_first(self._left_side.trying)

    def show_runs(self) -> None:
        """Show all runs at the left."""
        self._left_side.sweep.show_runs()
        self._show_left(self._left_side.sweep)

    def show_sweep_form(self) -> None:
        """Let a sweep be put together at the left."""
        self._left_side.sweep.show_form()
        self._show_left(self._left_side.sweep)

    def _show_left(self, page: QWidget) -> None:
        self.build.show()
        self._left_side.show_page(page)

    def _put_left_away(self) -> None:
        """Close what is open over the picture, or else the dock."""
        if self._left_side.flyover is None:
            self.build.hide()
        self._left_side.close_flyover()

    def show_watch(self) -> None:
        """Show the charts, scores and the coach at the right."""
        self.watch.show()
        self._right_panel.show_watch()

    def show_inspector(self) -> None:
        """Show what is selected at the right."""
        self.watch.show()
        self._right_panel.show_inspector()

    def show_why(self) -> None:
        """Show at the right why the network answers as it does."""
        self.watch.show()
        self._right_panel.show_why()

    @property
    def chart(self) -> str:
        """Id of the chart in front at the right."""
        return self._right_panel.watch.charts.front

    def make_room(self, room: bool, *, also_time: bool = False) -> None:
        """Put the right panel and Explain away for a page that takes their place, or show them again if they were.

        Parameters
        ----------
        room : bool
        also_time : bool
            Whether the page takes the place of the time bar too.
        """
        docks = ((self.watch, self.explain, self.time) if also_time else (self.watch, self.explain)) if room else ()
        for dock in [each for each in self._put_away if each not in docks]:
            self._put_away.remove(dock)
            dock.show()
        for dock in docks:
            if not dock.isHidden():
                self._put_away.append(dock)
                dock.hide()

    def put_explain_away(self, away: bool) -> None:
        """Put Explain away for a page that needs its room, or show it again if it was."""
        if away and not self._explain_is_away:
            self._explain_is_away = not self.explain.isHidden()
            self.explain.hide()
        elif not away and self._explain_is_away:
            self._explain_is_away = False
            self.explain.show()

    def show_chart(self, name: str) -> None:
        """Show a chart, by its id in the table of charts, at the right."""
        self.show_watch()
        self._right_panel.show_chart(name)

    def add_below(self, dock: QDockWidget) -> None:
        """Put a panel that was made later beneath the Explain panel, and show it."""
        self._below.insert(-1, dock)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        self._window.splitDockWidget(self.explain, dock, Qt.Orientation.Vertical)  # time stays the lowest
        dock.visibilityChanged.connect(self._on_lowest_shown)
        dock.show()
        self._window.resizeDocks([dock], [dock.sizeHint().height()], Qt.Orientation.Vertical)
        self._on_shown()

    def make_seen_pages(self, width: int) -> None:
        """Make what a window of some width shows at once: before it is shown, where it has no stylesheet."""
        if width >= COMPACT_WIDTH:
            make_seen_pages(self._left_side)

    def follow(self, width: int, height: int) -> None:
        """Follow the window: compact below 1280 × 780 pixels, larger above 1800; the right panel goes below 1100."""
        self._left_side.close_flyover()
        layout = "compact" if width < COMPACT_WIDTH else "large" if width > LARGE_WIDTH else "usual"
        if layout != self._layout:
            self._layout = layout
            self._right_panel.set_compact(layout == "compact")
            self._time_bar.set_compact(layout == "compact")
            self.fit_panels()
            self._soon.start()
        self._toolbar.set_room(width / theme.magnified())
        narrow = width < NARROWEST
        if narrow != self._narrow:
            self._narrow = narrow
            self.watch.setVisible(not narrow)
        short = height < SHORT_HEIGHT
        if short != self._short:
            self._short = short
            self._explain_panel.set_short(short)
            self._right_panel.set_low(short)
            self._soon.start()

    def fit_panels(self) -> None:
        """Give the panels at the sides the width that the window and the size of words ask for."""
        left, right = WIDTHS[self._layout]
        width = self._window.width()
        self._toolbar.set_room(width / theme.magnified())  # words may be of another size now
        self._left_side.set_compact(self._layout == "compact", left)
        self._right_panel.setFixedWidth(min(round(right * theme.magnified()), round(MOST_OF_WINDOW * width)))

    def settle(self) -> None:
        """Give every dock what its panel asks for, and all else to the picture.

        Once one dock was given a size, Qt keeps the sizes of all, also when what needed the room is gone.
        """
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        sides = [self.build, self.watch]
        self._window.resizeDocks(sides, [dock.sizeHint().width() for dock in sides], across)
        low = [self.explain, self.time]
        self._window.resizeDocks(low, [dock.sizeHint().height() for dock in low], down)

    def _on_lowest_shown(self, shown: bool) -> None:
        self._on_shown()
        if not shown:
            self.settle()

    def _on_shown(self) -> None:
        """Keep the gutter at a side without its dock."""
        left, right = (0 if dock.isVisible() else GUTTER for dock in (self.build, self.watch))
        below = [dock for dock in self._below if dock.isVisible()]
        for dock in below:
            host = dock.widget().layout()
            if host is not None:  # between two of them stands the separator; Qt gives a dock one pixel too little
                host.setContentsMargins(left, 0, GUTTER, GUTTER if dock is below[-1] else 1)
        bottom = 0 if below else GUTTER
        self._centre.setContentsMargins(left, GUTTER, right, bottom)
        beside = self.watch.widget().layout()
        if beside is not None:  # ends where the picture does
            beside.setContentsMargins(0, GUTTER, GUTTER, bottom)
