"""The window as its commands see it: which of its parts they act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ann_viz.ui.canvas.canvas import NetworkCanvas
    from ann_viz.ui.canvas.canvas_card import CanvasCard
    from ann_viz.ui.document.view import View
    from ann_viz.ui.kit.appearance import Appearance
    from ann_viz.ui.kit.message_bar import MessageBar
    from ann_viz.ui.lessons.pages import Pages
    from ann_viz.ui.lessons.school import School
    from ann_viz.ui.runs.time_bar import TimeBar
    from ann_viz.ui.window.chart_rooms import ChartRooms
    from ann_viz.ui.window.comparing import Comparing
    from ann_viz.ui.window.data_menu import DataMenu
    from ann_viz.ui.window.docks import Docks
    from ann_viz.ui.window.enlarged import Enlarged
    from ann_viz.ui.window.left_side import LeftSide
    from ann_viz.ui.window.opening import Opener
    from ann_viz.ui.window.presentation import Presentation
    from ann_viz.ui.window.side_windows import SideWindows
    from ann_viz.ui.window.taking_along import TakingAlong

__all__ = ["CommandedWindow"]


class CommandedWindow(Protocol):
    """What commands need of the window: its parts. Each is looked up when it is needed.

    Attributes
    ----------
    actions_by_id : dict of str to QAction
        The commands themselves, for those that show or trigger others.
    """

    actions_by_id: dict[str, QAction]
    appearance: Appearance
    chart_rooms: ChartRooms
    data_menu: DataMenu
    docks: Docks
    enlarged: Enlarged
    comparing: Comparing
    left_side: LeftSide
    messages: MessageBar
    opener: Opener
    pages: Pages
    presentation: Presentation
    school: School
    side_windows: SideWindows
    taking: TakingAlong
    time_bar: TimeBar
    view: View

    @property
    def canvas(self) -> NetworkCanvas:
        """The picture of the network."""

    @property
    def canvas_card(self) -> CanvasCard:
        """The picture with what stands around it."""

    def window(self) -> QWidget:
        """Return it as a widget, which dialogs stand on."""

    def close(self) -> bool:
        """Close it."""
