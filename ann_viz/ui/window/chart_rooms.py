"""Charts where they are: in the panel at the right, or enlarged in the place of picture and panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ann_viz.ui.window.docks import Docks
from ann_viz.ui.window.enlarged import Enlarged
from ann_viz.ui.window.watch_dock import WatchPanel

if TYPE_CHECKING:
    from ann_viz.ui.charts.chart_room import ChartRoom

__all__ = ["ChartRooms"]

NAME: Final = "charts"


class ChartRooms:
    """Hangs the enlarged charts where the picture is, and brings charts to the front.

    Parameters
    ----------
    watch : WatchPanel
        Has the charts at the right.
    docks : Docks
        Show that panel.
    enlarged : Enlarged
        Gets the page.
    """

    def __init__(self, watch: WatchPanel, docks: Docks, enlarged: Enlarged) -> None:
        self._watch, self._docks, self._enlarged = watch, docks, enlarged
        enlarged.add(NAME, self._make, origin=watch.charts)
        watch.desk.enlarge_asked.connect(self.toggle)
        watch.desk.rows_asked.connect(lambda _kind: self.show("rows"))

    def _make(self) -> ChartRoom:
        """Make the enlarged charts; the panel at the right turns to the same one, and shows it when they shrink."""
        from ann_viz.ui.charts.chart_room import ChartRoom

        room = ChartRoom(self._watch.desk, self._watch.window())
        room.turned.connect(self._watch.charts.show_chart)
        return room

    def show(self, chart: str) -> None:
        """Bring a chart to the front, by its id in the table."""
        if self._enlarged.name == NAME:
            self._room().show_chart(chart)
        else:
            self._docks.show_chart(chart)

    def toggle(self) -> None:
        """Give the chart in front the room of the picture and the panels, or shrink it again."""
        if self._enlarged.name == NAME:
            self._enlarged.leave()
        else:
            self._enlarged.show(NAME)
            self._room().show_chart(self._docks.chart)

    def _room(self) -> ChartRoom:
        from ann_viz.ui.charts.chart_room import ChartRoom

        page = self._enlarged.page(NAME)
        assert isinstance(page, ChartRoom)
        return page
