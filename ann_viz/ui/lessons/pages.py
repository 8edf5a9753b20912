"""What stands in the middle of the window: the start page, the network, a page that a lesson brings or another room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ann_viz.ui.lessons.compared import LessonPair

if TYPE_CHECKING:
    from ann_viz.ui.comparing.compare_page import ComparePage
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.lessons.slope_page import SlopePage

__all__ = ["TOUR_SEEN", "Pages"]

TOUR_SEEN: Final = "learn/tour_seen"
"""In the settings: whether the tour was begun once."""

START, NETWORK = 0, 1


class Pages(QObject):
    """Chooses the page of the stack; those of lessons are made when first asked for.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    stack : QStackedWidget
        With the start page and the network in it.
    """

    changed = Signal()
    """Something a lesson may ask about has changed on a page."""

    turned = Signal(str)
    """Another page stands in the middle; carries its name."""

    uncovered = Signal()
    """The page that covers the others has to go: the data are closed, or a lesson shows one of its own."""

    def __init__(self, bridge: Bridge, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._bridge = bridge
        self._stack = stack
        self._name = "network"
        self._cover: QWidget | None = None
        self._lesson = LessonPair(bridge.document)
        self.slope: SlopePage | None = None
        self.compare: ComparePage | None = None

    def show(self, name: str) -> None:
        """Show "network", "slope" or "compare"; without data it is the start page all the same."""
        self._name = name
        self.uncovered.emit()
        if name == "slope" and self.slope is None:
            from ann_viz.ui.lessons.slope_page import SlopePage

            self.slope = SlopePage(self._bridge, self._stack)
            self._add(self.slope)
        if name == "compare":
            self._lesson.begin(self.comparison())
        self.refresh()

    def comparison(self) -> ComparePage:
        """Return the page that shows two runs side by side."""
        if self.compare is None:
            from ann_viz.ui.comparing.compare_page import ComparePage

            self.compare = ComparePage(self._bridge, self._stack)
            self._add(self.compare)
        return self.compare

    def show_comparison(self) -> ComparePage:
        """Show two runs side by side, those that were last, and return the page."""
        page = self.comparison()
        self._name = "compare"
        self.uncovered.emit()
        self.refresh()
        return page

    def _add(self, page: SlopePage | ComparePage) -> None:
        self._stack.addWidget(page)
        page.changed.connect(self.changed)
        page.closed.connect(lambda: self.show("network"))

    def cover(self, page: QWidget | None) -> None:
        """Show a page of another room over whatever else is asked for; None takes it away again."""
        self._cover = page
        if page is not None and self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self.refresh()

    def refresh(self) -> None:
        """Show the page that was asked for, or the start page without data; its own pages need rows."""
        document = self._bridge.document
        own = {} if document.is_without_rows else {"slope": self.slope, "compare": self.compare}
        page = self._cover or own.get(self._name)
        if document.described is None:
            self._stack.setCurrentIndex(START)
            self.uncovered.emit()
        elif page is not None:
            self._stack.setCurrentWidget(page)
        else:
            self._stack.setCurrentIndex(NETWORK)
        if self.compare is not None and page is not self.compare:
            self.compare.twins.stop()  # seeds go on
        self.turned.emit(self._name if page is not None and page is not self._cover else "network")

    def facts(self) -> dict[str, Any]:
        """Return what the pages know, as fields of `LessonState`."""
        facts: dict[str, Any] = {} if self.compare is None else self.compare.twins.facts()
        if self.slope is not None:
            facts |= {"slope_loss": self.slope.slope_loss, "landing": self.slope.landing}
        return facts

    def close(self) -> None:
        """End what the pages do on threads, before the data are closed."""
        for page in (self.slope, self.compare):
            if page is not None:
                page.stop()
