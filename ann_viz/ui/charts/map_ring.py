"""The ring around the shown row on a map: it can be taken along, by mouse and by keys, to try other values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["MapRing", "RingedRow", "paint_words"]

RADIUS: Final = 8.0
TRUTH: Final = 4.5
EXTENT: Final = 28
NOT_A_CLICK: Final = 3.0
LARGE: Final = 5
WORDS_HEIGHT: Final = 20.0
GAP: Final = 6.0


@dataclass(frozen=True, slots=True)
class RingedRow:
    """The row that the ring is around.

    Parameters
    ----------
    x, y : float
        Its values in the two columns of the map.
    words : str
        What it is called and what is answered to it.
    is_yes : bool or None
        Its truth, as `Map.is_yes` of a point; None of a row that is made up, which has none.
    """

    x: float
    y: float
    words: str
    is_yes: bool | None


class MapRing(Painted):
    """A small widget over the map, so that it has the focus, a name and a cursor of its own."""

    moved = Signal(QPointF)
    """It is dragged to a place of the map."""
    stepped = Signal(int, int)
    """So many steps to the right and upwards by keys."""
    left = Signal()
    """The row that was tried is given up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(EXTENT, EXTENT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(self.tr("The shown row on the map"))
        told = self.tr("Drag it, or move it with the arrow keys, to try other values; Esc goes back to the row")
        self.setToolTip(plain_tip(told))
        self._is_yes: bool | None = None
        self._grabbed: QPointF | None = None
        self._drags = False
        self.hide()

    def show_row(self, row: RingedRow) -> None:
        """Say whose ring it is."""
        self._is_yes = row.is_yes
        self.setAccessibleDescription(row.words)
        self.show()
        self.update()

    def put(self, middle: QPointF) -> None:
        """Go to a place of the map."""
        self.move(round(middle.x() - EXTENT / 2), round(middle.y() - EXTENT / 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, filled with the colour of the truth; with the focus a second one."""
        tokens, middle = theme.current(), QPointF(EXTENT / 2, EXTENT / 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.accent), 2.0))
                painter.drawEllipse(middle, RADIUS + 4, RADIUS + 4)
            painter.setPen(QPen(QColor(tokens.text), 2.25))
            painter.drawEllipse(middle, RADIUS, RADIUS)
            if self._is_yes is not None:
                painter.setPen(QPen(QColor(tokens.surface), 1.0))
                painter.setBrush(QColor(tokens.positive if self._is_yes else tokens.negative))
                painter.drawEllipse(middle, TRUTH, TRUTH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        self._grabbed, self._drags = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along; a hand that trembles does not."""
        if self._grabbed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position() - self._grabbed
        self._drags = self._drags or way.manhattanLength() > NOT_A_CLICK
        if self._drags:
            self.moved.emit(QPointF(self.geometry().topLeft()) + QPointF(EXTENT / 2, EXTENT / 2) + way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go a step, with Shift five; Esc gives up what is tried."""
        n = LARGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        steps = {
            Qt.Key.Key_Left: (-n, 0), Qt.Key.Key_Right: (n, 0), Qt.Key.Key_Down: (0, -n), Qt.Key.Key_Up: (0, n),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(*steps[key])
        elif key == Qt.Key.Key_Escape and self._is_yes is None:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the second ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.update()


def paint_words(painter: QPainter, view: Painted, area: QRectF, middle: QPointF, words: str) -> None:
    """Draw what is said of a row above its ring, or below where there is no room."""
    tokens = theme.current()
    font = view.font_of(11, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width() - 24)
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 18, WORDS_HEIGHT)
    box.moveCenter(middle)
    box.moveBottom(middle.y() - RADIUS - GAP)
    if box.top() < area.top():
        box.moveTop(middle.y() + RADIUS + GAP)
    box.moveLeft(max(area.left() + 2, min(box.left(), area.right() - 2 - box.width())))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.text))
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font)
    painter.setPen(QColor(tokens.surface))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
