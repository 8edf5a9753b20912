"""The left edge of a window: pages under tabs, or where it is narrow a rail whose icons open them over all.

It knows nothing of what its pages show. Whoever has one adds it with `Side.add_page`, and an icon for each part of it
that the rail shall open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.rail import RAIL_WIDTH, Rail
from ann_viz.ui.kit.wheel import TabBar

__all__ = ["Entry", "Flyover", "Side", "SideTabs", "focus_first"]

GAP: Final = 8
MARGIN: Final = 6
ABOVE_PAGES: Final = 6  # in the style sheet, also where the bar above them is hidden
TAB_HEIGHT: Final = 26


@dataclass(frozen=True)
class Entry:
    """An icon of the rail.

    Parameters
    ----------
    icon, tip : str
        What it looks like and what it is called.
    part : callable
        Returns a page, which then opens in full height, or a card of one: it may be made late.
    """

    icon: str
    tip: str
    part: Callable[[], QWidget]


class SideTabs(QTabWidget):
    """Pages of a dock under tabs, with a button behind them that puts the dock away.

    Parameters
    ----------
    name : str
        What the pages are, for a screen reader.
    icon, tip : str
        Of the button.
    """

    def __init__(self, name: str, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabBar(TabBar())
        self.setDocumentMode(True)
        self.setAccessibleName(name)
        self.tabBar().setAccessibleName(name)
        self.put_away = IconButton(icon, tip, extent=TAB_HEIGHT, icon_size=15)
        self.setCornerWidget(self.put_away)

    def show_bar(self, shown: bool) -> None:
        """Show the tabs and the button, or the page alone."""
        self.tabBar().setVisible(shown)
        self.put_away.setVisible(shown)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: tabs scroll, and pages fit themselves in."""
        return QSize(0, super().minimumSizeHint().height())


class Flyover(QFrame):
    """The pages over the picture, as high as the card they were opened for; Esc or a click beside it closes it.

    Parameters
    ----------
    side : Side
        Beside whose rail it opens.
    """

    def __init__(self, side: Side) -> None:
        super().__init__(side.window())
        self._side = side
        self.setProperty("card", "flyover")
        self.setAccessibleName(side.tabs.accessibleName())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.hide()

    def open_for(self, widget: QWidget) -> None:
        """Open at the part of a page that `widget` is, or is in."""
        side = self._side
        place = side.place_of(widget)
        part = side.entries[place].part()
        is_card = place > 0 and side.tabs.indexOf(part) < 0
        side.turn_to(part)
        side.tabs.show_bar(place == 0)
        self.show()  # who is seen for the first time is made now, and knows how high it is
        self._place(part if is_card else None)
        self.raise_()
        if is_card:
            _scroll_to(part)
        side.rail.show_open(place)
        self._application().installEventFilter(self)

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None  # there are widgets
        return application

    def _place(self, card: QWidget | None) -> None:
        """Stand beside the rail, as high as a card is and there is room, or with as much room as there is."""
        window, rail = self.window(), self._side.rail
        corner = rail.mapTo(window, QPoint(rail.width() + GAP, 0))
        room = window.height() - corner.y() - GAP
        self.setGeometry(corner.x(), corner.y(), self._side.usual_width + 2 * MARGIN, 0)
        if card is not None:
            wrapped = card.heightForWidth(self._side.usual_width - 2 * MARGIN)  # -1 where no text in it wraps
            room = min(room, max(card.sizeHint().height(), wrapped) + 2 * MARGIN + 2 + ABOVE_PAGES)
        self.resize(self.width(), room)
        self.column.activate()

    def dismiss(self) -> None:
        """Close it; the focus goes back to the icon if it was inside."""
        if not self.isVisible():
            return
        self._application().removeEventFilter(self)
        focus = QApplication.focusWidget()
        opener = next((button for button in self._side.rail.buttons if button.isChecked()), None)
        self.hide()
        self._side.rail.show_open(None)
        if opener is not None and focus is not None and self.isAncestorOf(focus):
            opener.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a press beside it; lists and menus that it has opened belong to it."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched) or self._side.rail.isAncestorOf(watched)
            if isinstance(event, QMouseEvent) and watched.window() is self.window() and not inside:
                self.dismiss()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class Side(QWidget):
    """Pages under tabs in full, or their rail.

    Parameters
    ----------
    name : str
        What the pages are, for a screen reader.
    usual_width : int
        Of the pages, in pixels, in a window of usual width and over the picture.

    Attributes
    ----------
    tabs : SideTabs
        Live in the column or in the flyover.
    entries : list of Entry
        One for each icon of the rail; the first opens the page that was shown last, with its tabs.
    """

    def __init__(self, name: str, usual_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.usual_width = usual_width
        self._compact = False
        self.tabs = SideTabs(name, "panel-left-close", self.tr("Put this panel away"), self)
        self.rail = Rail(name, self)
        self.rail.hide()
        self.entries: list[Entry] = []
        self._flyover: Flyover | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.rail)
        self._column.addWidget(self.tabs)
        self._add_entry(Entry("panel-left-open", self.tr("Open this panel"), lambda: self.tabs))

    def add_page(self, title: str, page: QWidget, entries: Sequence[Entry] = ()) -> None:
        """Add a page under a tab of its own, and icons of the rail for it."""
        self.tabs.addTab(page, title)
        for entry in entries:
            self._add_entry(entry)

    def _add_entry(self, entry: Entry) -> None:
        place = len(self.entries)
        self.entries.append(entry)
        self.rail.add(entry.icon, entry.tip).clicked.connect(lambda _checked=False: self._on_icon_clicked(place))

    @property
    def flyover(self) -> Flyover | None:
        """What the pages open in while there is only the rail."""
        return self._flyover

    def place_of(self, widget: QWidget) -> int:
        """Return the icon for what `widget` is, or is in: the smallest part of which there is one."""
        for place in range(len(self.entries) - 1, 0, -1):
            part = self.entries[place].part()
            if part is widget or part.isAncestorOf(widget):
                return place
        return 0

    def turn_to(self, part: QWidget) -> None:
        """Turn to the page that `part` is, or is in."""
        for place in range(self.tabs.count()):
            page = self.tabs.widget(place)
            if page is part or (page is not None and page.isAncestorOf(part)):
                self.tabs.setCurrentIndex(place)

    def show_page(self, page: QWidget) -> None:
        """Turn to a page; over the picture where there is only the rail."""
        self.turn_to(page)
        if self._flyover is not None:
            self._flyover.open_for(page)

    def set_compact(self, compact: bool, width: int) -> None:
        """Show the rail, or the pages with a width in pixels."""
        if compact != self._compact:
            self._compact = compact
            self.rail.setVisible(compact)
            if compact:
                self._flyover = Flyover(self)
                self._flyover.column.addWidget(self.tabs)
            elif self._flyover is not None:
                self._flyover.dismiss()
                self._column.addWidget(self.tabs)
                self._flyover.deleteLater()
                self._flyover = None
                self.tabs.show_bar(True)
            self.tabs.show()
        self.setFixedWidth(RAIL_WIDTH if compact else width)

    def close_flyover(self) -> None:
        """Close what is open over the picture."""
        if self._flyover is not None:
            self._flyover.dismiss()

    def _on_icon_clicked(self, place: int) -> None:
        flyover = self._flyover
        if flyover is None:
            return
        if flyover.isVisible() and not self.rail.buttons[place].isChecked():  # the click has unchecked it
            flyover.dismiss()
            return
        part = self.entries[place].part()
        flyover.open_for(part)
        focus_first(part)


def focus_first(part: QWidget) -> None:
    """Give the focus to the first control of a part that takes it."""
    for child in part.findChildren(QWidget):
        if child.isEnabled() and child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            child.setFocus()
            return


def _scroll_to(part: QWidget) -> None:
    """Bring the top of a card to the top of the column it stands in."""
    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    column = None if parent is None else parent.widget()
    if parent is not None and column is not None:
        layout = column.layout()
        if layout is not None:
            layout.activate()
        parent.verticalScrollBar().setValue(part.mapTo(column, QPoint(0, 0)).y())
