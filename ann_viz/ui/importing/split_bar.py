"""A bar of three coloured shares (train, validation, test) with two knobs between them.

It only shows and reports shares; what a split means is the data layer's business. Mouse, arrow keys and Tab all
work: Tab goes from the first knob to the second before it leaves the bar.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import NBSP
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["SplitBar"]

BAR_HEIGHT: Final = 12.0
KNOB_WIDTH: Final = 7.0
KNOB_HEIGHT: Final = 18.0
BAR_ROOM: Final = 24
LEAST_TRAIN: Final = 10
LEAST_VALIDATION: Final = 5
LEAST_TEST: Final = 5
STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -5,
    Qt.Key.Key_PageUp: 5,
}


class SplitBar(QWidget):
    """Three shares of the rows, moved in whole per cent.

    ``shares_changed`` carries train, validation and test as fractions, and fires only for what the user does.
    """

    shares_changed = Signal(float, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = [70, 85]  # per cent at which train and validation end
        self._knob = 0
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Split of the rows"))
        self._describe()

    @property
    def shares(self) -> tuple[float, float, float]:
        """Fractions for train, validation and test."""
        train, end = self._ends
        return train / 100, (end - train) / 100, (100 - end) / 100

    def show_shares(self, train: float, validation: float) -> None:
        """Show these fractions; the rest is the test share. Nothing is reported back."""
        first = round(100 * train)
        self._ends = [first, min(100, first + round(100 * validation))]
        self._describe()
        self.update()

    def move_knob(self, knob: int, percent: int) -> None:
        """Put one knob at a place, as near as the smallest shares allow, and report it.

        Parameters
        ----------
        knob : int
            0 ends the training share, 1 the validation share.
        percent : int
            Where, counted from the left end of the bar.
        """
        if knob == 0:
            # The first knob pushes the second along, so that train can be made large in one drag.
            first = max(LEAST_TRAIN, min(percent, 100 - LEAST_VALIDATION - LEAST_TEST))
            ends = [first, max(self._ends[1], first + LEAST_VALIDATION)]
        else:
            ends = [self._ends[0], max(self._ends[0] + LEAST_VALIDATION, min(percent, 100 - LEAST_TEST))]
        if ends != self._ends:
            self._ends = ends
            self._describe()
            self.update()
            self.shares_changed.emit(*self.shares)

    def _describe(self) -> None:
        train, end = self._ends
        text = self.tr("{train} % train, {validation} % validate, {test} % test")
        text = text.format(train=train, validation=end - train, test=100 - end).replace(" %", f"{NBSP}%")
        self.setAccessibleDescription(text)
        self.setToolTip(plain_tip(text + "\n" + self.tr("Drag a knob, or use the arrow keys")))

    def _track(self) -> QRectF:
        return QRectF(0, (self.height() - BAR_HEIGHT) / 2, self.width(), BAR_HEIGHT)

    def x_of(self, percent: int) -> float:
        """Return where a knob at so many per cent stands."""
        track = self._track()
        return track.left() + track.width() * percent / 100

    def _percent_at(self, x: float) -> int:
        track = self._track()
        return round(100 * (x - track.left()) / max(track.width(), 1.0))

    def _nearest(self, x: float) -> int:
        return min((0, 1), key=lambda knob: abs(self.x_of(self._ends[knob]) - x))

    def sizeHint(self) -> QSize:
        """Room for the knobs; the width is up to the layout."""
        return QSize(220, BAR_ROOM)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a dock."""
        return QSize(120, BAR_ROOM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw three segments in one rounded bar, then the knobs."""
        tokens = theme.current()
        track = self._track()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            outline = QPainterPath()
            outline.addRoundedRect(track, 4.0, 4.0)
            painter.save()
            painter.setClipPath(outline)
            lefts = (track.left(), self.x_of(self._ends[0]), self.x_of(self._ends[1]))
            colours = (tokens.train, tokens.validation, tokens.test)
            for left, colour in zip(lefts, colours, strict=True):
                painter.fillRect(QRectF(left, track.top(), track.right() - left, BAR_HEIGHT), QColor(colour))
            painter.restore()
            for knob in (0, 1):
                self._paint_knob(painter, knob)

    def _paint_knob(self, painter: QPainter, knob: int) -> None:
        tokens = theme.current()
        half = KNOB_WIDTH / 2 + 1
        centre = QPointF(min(max(self.x_of(self._ends[knob]), half), self.width() - half), self.height() / 2)
        box = QRectF(0, 0, KNOB_WIDTH, KNOB_HEIGHT)
        box.moveCenter(centre)
        focused = self.hasFocus() and knob == self._knob
        painter.setPen(QPen(QColor(tokens.accent if focused else tokens.border_strong), 2.0 if focused else 1.0))
        painter.setBrush(QColor(tokens.text if tokens.dark else tokens.surface))
        painter.drawRoundedRect(box, 3.0, 3.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the knob nearest to the click."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._knob = self._nearest(event.position().x())
        self._dragging = True
        self.move_knob(self._knob, self._percent_at(event.position().x()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knob, or show that it can be dragged."""
        x = event.position().x()
        if self._dragging:
            self.move_knob(self._knob, self._percent_at(x))
            return
        near = abs(self.x_of(self._ends[self._nearest(x)]) - x) <= KNOB_WIDTH
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knob."""
        self._dragging = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the knob that has the focus by 1 %, or by 5 % with Page Up and Page Down."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.move_knob(self._knob, self._ends[self._knob] + step)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab visit the second knob before it leaves the bar."""
        other = 1 if forward else 0
        if self._knob != other:
            self._knob = other
            self.update()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the knob that lies on the side the focus comes from."""
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._knob = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._knob = 1
        self.update()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the theme or the enabled state changes."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange}:
            self.update()
        super().changeEvent(event)
