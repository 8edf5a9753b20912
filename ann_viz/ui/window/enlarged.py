"""Pages that take the place of the picture and of the panel at the right: the charts, or what other rooms bring.

A room adds its page under a name, with a function that makes it when it is first shown. A page that has a signal
`closed` gives the picture back by it; so do Esc and whatever shows another page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ann_viz.ui.lessons.pages import Pages
from ann_viz.ui.window.docks import Docks
from ann_viz.ui.window.growing import Growing, may_move

__all__ = ["Enlarged"]


class Enlarged(QObject):
    """Shows one such page at a time.

    Parameters
    ----------
    pages : Pages
        What stands in the middle of the window.
    docks : Docks
        Of which Explain and the right panel make room; Build stays, and for most pages the time bar.
    """

    changed = Signal()
    """Another page is shown, or none any more."""

    def __init__(self, pages: Pages, docks: Docks) -> None:
        super().__init__(pages)
        self._pages, self._docks = pages, docks
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._without_time: set[str] = set()
        self._origins: dict[str, QWidget] = {}
        self._growing: Growing | None = None
        self._made: dict[str, QWidget] = {}
        self._name = ""
        pages.uncovered.connect(self.leave)

    @property
    def name(self) -> str:
        """Name of the page on show; empty for none."""
        return self._name

    def add(
        self, name: str, make: Callable[[], QWidget], *, is_timeless: bool = False, origin: QWidget | None = None
    ) -> None:
        """Offer a page.

        Parameters
        ----------
        name : str
        make : callable
            Called when it is first shown.
        is_timeless : bool
            Whether it has no use for the time bar.
        origin : QWidget or None
            What it grows out of.
        """
        self._makers[name] = make
        if origin is not None:
            self._origins[name] = origin
        if is_timeless:
            self._without_time.add(name)

    def page(self, name: str) -> QWidget:
        """Return a page, made if need be."""
        if name not in self._made:
            page = self._made[name] = self._makers[name]()
            closed = getattr(page, "closed", None)
            if closed is not None:
                closed.connect(self.leave)
        return self._made[name]

    def show(self, name: str) -> QWidget:
        """Show a page in the place of picture and right panel, and return it."""
        page = self.page(name)
        if not self._name:
            self._move(name, page, is_opening=True)
        self._name = name
        self._pages.cover(page)
        self._docks.make_room(True, also_time=name in self._without_time)
        page.setFocus()
        self.changed.emit()
        return page

    def leave(self) -> None:
        """Show the picture and the panels again, as they were; nothing where no page is on show."""
        if self._name:
            self._move(self._name, self.page(self._name), is_opening=False)
            self._name = ""
            self._docks.make_room(False)
            self._pages.cover(None)  # the page below it may put Explain away
            self.changed.emit()

    def _move(self, name: str, page: QWidget, *, is_opening: bool) -> None:
        """Let a page grow out of what it is a larger view of, or shrink into it."""
        origin = self._origins.get(name)
        if self._growing is not None and isValid(self._growing):
            self._growing.end()
        if origin is not None and may_move() and (origin if is_opening else page).isVisible():
            self._growing = Growing(origin.window(), page, origin, is_opening=is_opening)
