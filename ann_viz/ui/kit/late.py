"""Pages that are made when somebody first looks at them, so that neither start nor memory pays for what nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

__all__ = ["LatePage", "make_seen_pages"]

Page = TypeVar("Page", bound=QWidget)


class LatePage(QWidget, Generic[Page]):
    """Stands in the place of a page, which is made when it is first shown or asked for.

    A page made late has missed whatever happened before: it must read what it shows when it is made or shown.

    Parameters
    ----------
    make : callable
        Returns the page. What only the page needs may be imported there.
    """

    def __init__(self, make: Callable[[], Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._page: Page | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def is_made(self) -> bool:
        """Whether there is a page yet: one that nobody has looked at needs no telling."""
        return self._page is not None

    @property
    def page(self) -> Page:
        """The page, made now if it was not."""
        if self._page is None:
            self._page = self._make()
            self._column.addWidget(self._page)
            self._page.show()  # Qt would get round to it after the first picture of this widget
            self._order_tabs(self._page)
        return self._page

    def _order_tabs(self, page: QWidget) -> None:
        """Let Tab reach the page where it stands: Qt puts what comes late behind all else in the window."""
        before = self.previousInFocusChain()
        while before and before is not self and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain()
        after = page.nextInFocusChain()
        while before and after and page.isAncestorOf(after):
            following = after.nextInFocusChain()
            self.setTabOrder(before, after)
            before, after = after, following

    def minimumSizeHint(self) -> QSize:
        """Ask for room while it is shown: what stands behind another page must not push that one's neighbours away."""
        return QSize(0, 0) if self.isHidden() else super().minimumSizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page."""
        super().showEvent(event)
        _ = self.page


def make_seen_pages(panel: QWidget) -> None:
    """Make the pages that will be seen as soon as a panel is: it is quicker while there is no stylesheet."""
    for late in panel.findChildren(LatePage):
        if late.isVisibleTo(panel):
            _ = late.page
