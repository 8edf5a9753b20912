"""The left edge of the window: the Build column, or in a narrow window a rail whose icons open its cards over all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ann_viz.ui.building.data_card import DataCard
from ann_viz.ui.building.hyper_card import HyperCard
from ann_viz.ui.building.network_card import NetworkCard
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["BuildPanel", "BuildSide", "Flyover", "Rail"]

RAIL_WIDTH: Final = 44
GAP: Final = 8
MARGIN: Final = 6


class BuildPanel(QWidget):
    """What is taught, to which network, and how.

    Parameters
    ----------
    bridge : Bridge
        The cards read its document and call its methods.

    Attributes
    ----------
    WIDTH : int
        In pixels, in a window of usual width.
    cards : tuple of Card
    """

    WIDTH: Final = 264

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataCard(bridge)
        self.network = NetworkCard(bridge)
        self.hyper = HyperCard(bridge)
        self.cards = (self.data, self.network, self.hyper)
        cards = QWidget()
        self._column = column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch()
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(cards)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setMinimumWidth(self.WIDTH)

    def scroll_to(self, card: QWidget) -> None:
        """Bring the top of a card to the top of the column."""
        self._column.activate()
        self._scroll.verticalScrollBar().setValue(card.y())

    def stop(self) -> None:
        """End what the cards do in threads, before the data are closed."""
        self.data.stop()


class Rail(QFrame):
    """A column of icons.

    Parameters
    ----------
    entries : sequence of (icon, tip)
    """

    def __init__(self, entries: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(self.tr("Build"))
        self.buttons: list[QToolButton] = []
        self._icons = [icon for icon, _ in entries]
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(6)
        for _, tip in entries:
            button = QToolButton(self)
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setFixedSize(34, 34)
            button.setToolTip(plain_tip(tip))
            button.setAccessibleName(tip)
            self.buttons.append(button)
            column.addWidget(button)
        column.addStretch()
        self._tint()

    def show_open(self, entry: int | None) -> None:
        """Mark the entry whose card is open."""
        for place, button in enumerate(self.buttons):
            button.setChecked(place == entry)

    def _tint(self) -> None:
        for button, icon in zip(self.buttons, self._icons, strict=True):
            button.setIcon(icons.icon(icon, size=18))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)


class Flyover(QFrame):
    """The Build column over the picture, as high as the card it was opened for; Esc or a click beside it closes it.

    Parameters
    ----------
    side : BuildSide
        Beside which it opens.
    """

    def __init__(self, side: BuildSide) -> None:
        super().__init__(side.window())
        self._side = side
        self.setProperty("card", "flyover")
        self.setAccessibleName(self.tr("Build"))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.hide()

    def open_for(self, widget: QWidget) -> None:
        """Open at the card that `widget` is, or is part of."""
        panel = self._side.panel
        card = next((card for card in panel.cards if card is widget or card.isAncestorOf(widget)), panel.cards[0])
        self._place(card.sizeHint().height())
        self.show()
        self.raise_()
        panel.scroll_to(card)
        self._side.rail.show_open(panel.cards.index(card))
        self._application().installEventFilter(self)

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None  # there are widgets
        return application

    def _place(self, height: int) -> None:
        window, rail = self.window(), self._side.rail
        corner = rail.mapTo(window, QPoint(rail.width() + GAP, 0))
        room = window.height() - corner.y() - GAP
        self.setGeometry(corner.x(), corner.y(), self._side.panel.minimumWidth() + 2 * MARGIN, 0)
        self.resize(self.width(), min(height + 2 * MARGIN + 2, room))
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


class BuildSide(QWidget):
    """The Build column in full, or its rail.

    Parameters
    ----------
    panel : BuildPanel
        Lives in the column or in the flyover.
    """

    def __init__(self, panel: BuildPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self._width = panel.minimumWidth()
        self._compact = False
        self.rail = Rail(
            (
                ("table", self.tr("Data")),
                ("network", self.tr("Network")),
                ("sliders-horizontal", self.tr("Hyperparameters")),
            ),
            self,
        )
        self.rail.hide()
        self._flyover: Flyover | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.rail)
        self._column.addWidget(panel)
        for place, button in enumerate(self.rail.buttons):
            button.clicked.connect(lambda _checked=False, place=place: self._on_icon_clicked(place))

    @property
    def flyover(self) -> Flyover | None:
        """What the cards open in while there is only the rail."""
        return self._flyover

    def set_compact(self, compact: bool, width: int) -> None:
        """Show the rail, or the column with a width in pixels."""
        self._width = width
        self.panel.setMinimumWidth(width if not compact else self.panel.WIDTH)
        if compact != self._compact:
            self._compact = compact
            self.rail.setVisible(compact)
            if compact:
                self._flyover = Flyover(self)
                self._flyover.column.addWidget(self.panel)
            elif self._flyover is not None:
                self._flyover.dismiss()
                self._column.addWidget(self.panel)
                self._flyover.deleteLater()
                self._flyover = None
            self.panel.show()
        self.setFixedWidth(RAIL_WIDTH if compact else width)

    def close_flyover(self) -> None:
        """Close what is open over the picture."""
        if self._flyover is not None:
            self._flyover.dismiss()

    def _on_icon_clicked(self, place: int) -> None:
        flyover, card = self._flyover, self.panel.cards[place]
        if flyover is None:
            return
        if flyover.isVisible() and not self.rail.buttons[place].isChecked():  # the click has unchecked it
            flyover.dismiss()
            return
        flyover.open_for(card)
        card.focusNextChild() if card.hasFocus() else self._focus_first(card)

    @staticmethod
    def _focus_first(card: QWidget) -> None:
        for child in card.findChildren(QWidget):
            if child.isEnabled() and child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus()
                return
