"""From the average to the answer, column by column: a row for each, its bar where the one above ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ann_viz.session.trying.words import Part
from ann_viz.short_names import told_apart
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, fitted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["Waterfall"]

ROW: Final = 20
BAR: Final = 11.0
NAMES: Final = 0.48  # of the width
NUMBERS: Final = 46.0
GAP: Final = 6.0
INDENT: Final = 2.0  # of names, within the ring of the focus


class Waterfall(Painted):
    """Bars that add up.

    Arrow keys go through the rows, Enter or a click chooses one.
    """

    chosen = Signal(int)
    """Carries the place of a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._ends = (("", 0.0, ""), ("", 0.0, ""))
        self._brief: dict[str, str] = {}
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("What mattered"))

    def show_parts(
        self, average: tuple[str, float, str], parts: Sequence[Part], answer: tuple[str, float, str]
    ) -> None:
        """Show parts between the average and the answer; of both ends what they are called, the number and its text."""
        self._parts, self._ends = tuple(parts), (average, answer)
        names = [part.name for part in parts if part.place is not None]
        self._brief = dict(zip(names, told_apart(names), strict=True))
        self._at = min(self._at, len(parts) - 1)
        self.setFixedHeight(ROW * (len(parts) + 2) + 2)
        said = [f"{part.name} {part.value}: {part.text}" for part in parts]
        self.setAccessibleDescription("; ".join([f"{average[0]}: {average[2]}", *said, f"{answer[0]}: {answer[2]}"]))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(220, ROW * (len(self._parts) + 2) + 2)

    def row_at(self, y: float) -> int | None:
        """Return which part is at a height; None for the ends."""
        place = int(y // ROW) - 1
        return place if 0 <= place < len(self._parts) else None

    # Qt -------------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a column."""
        place = self.row_at(event.position().y())
        if place is not None:
            self._at = place
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that rows can be clicked."""
        place = self.row_at(event.position().y())
        can = place is not None and self._parts[place].place is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the rows and choose one."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps and self._parts:
            self._at = min(max(0, self._at + steps[Qt.Key(event.key())]), len(self._parts) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._parts and self._parts[self._at].place is not None:
            self.chosen.emit(self._parts[self._at].place)

    def event(self, event: QEvent) -> bool:
        """Say a row in full."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.row_at(event.pos().y())
            part = None if place is None else self._parts[place]
            QToolTip.showText(
                event.globalPos(), "" if part is None else plain_tip(f"{part.name} {part.value}: {part.text}"), self
            )
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        if not self._parts:
            return
        left = NAMES * self.width()
        room = self.width() - left - NUMBERS - GAP
        levels = [self._ends[0][1]]
        for part in self._parts:
            levels.append(levels[-1] + part.amount)
        low, high = min(levels), max(levels)
        span = (high - low) or 1.0

        def across(value: float) -> float:
            return left + (value - low) / span * room

        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_end(painter, 0, self._ends[0], across(levels[0]), strong=False)
            for place, part in enumerate(self._parts):
                self._paint_part(painter, place, part, across(levels[place]), across(levels[place + 1]), room / span)
            self._paint_end(painter, len(self._parts) + 1, self._ends[1], across(levels[-1]), strong=True)

    def _paint_end(self, painter: QPainter, row: int, end: tuple[str, float, str], x: float, *, strong: bool) -> None:
        tokens = theme.current()
        name, _, text = end
        top = float(row * ROW)
        if strong:
            painter.fillRect(QRectF(0, top, self.width(), 1), QColor(tokens.border_strong))
        painter.setFont(self.font_of(12, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
        painter.setPen(QColor(tokens.text if strong else tokens.muted))
        painter.drawText(QRectF(INDENT, top, x, ROW), Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_number(painter, top, text)
        painter.fillRect(QRectF(x - 1, top + 3, 2.5, ROW - 6), QColor(tokens.text if strong else tokens.faint))

    def _paint_number(self, painter: QPainter, top: float, text: str) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, top, self.width(), ROW), flags, text)

    def _paint_part(
        self, painter: QPainter, place: int, part: Part, start: float, stop: float, per_unit: float
    ) -> None:
        tokens = theme.current()
        top = float((place + 1) * ROW)
        colour = QColor(tokens.positive if part.amount >= 0 else tokens.negative)
        if part.place is None:
            colour.setAlphaF(0.55)
        if self.hasFocus() and place == self._at:
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.75, top + 0.75, self.width() - 1.5, ROW - 1.5), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        bar = QRectF(min(start, stop), top + (ROW - BAR) / 2, max(1.5, abs(stop - start)), BAR)
        painter.drawRoundedRect(bar, 2, 2)
        if part.error * per_unit >= 1:
            painter.setPen(QPen(QColor(tokens.text2), 1))
            reach, middle = part.error * per_unit, top + ROW / 2
            painter.drawLine(QPointF(stop - reach, middle), QPointF(stop + reach, middle))
        self._paint_words(painter, part, top)

    def _paint_words(self, painter: QPainter, part: Part, top: float) -> None:
        tokens = theme.current()
        bold, plain = self.font_of(12, QFont.Weight.DemiBold), self.font_of(12)
        room = NAMES * self.width() - GAP
        value_room = min(QFontMetricsF(plain).horizontalAdvance(part.value), room * 0.5)
        name_room, name = room - value_room - 4, part.name
        if QFontMetricsF(bold).horizontalAdvance(name) > name_room:
            name = fitted(self._brief.get(name, name), QFontMetricsF(bold), name_room)
        value = fitted(part.value, QFontMetricsF(plain), room - QFontMetricsF(bold).horizontalAdvance(name) - 4)
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRectF(INDENT, top, room, ROW), flags, name)
        painter.setFont(plain)
        painter.setPen(QColor(tokens.muted))
        left = INDENT + QFontMetricsF(bold).horizontalAdvance(name) + 4
        painter.drawText(QRectF(left, top, room, ROW), flags, value)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.positive_text if part.amount >= 0 else tokens.negative_text))
        self._paint_number(painter, top, part.text)
