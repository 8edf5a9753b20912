"""The loss over one weight as a picture: the curve, the ball where the weight is, its tangent, and the coming step."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ann_viz.explain.weight_slice import WeightSlice
from ann_viz.numerals import compact_signed
from ann_viz.ui.document.loss_picture import LossPicture, loss_range, paint_ball, paint_ring
from ann_viz.ui.kit import theme

__all__ = ["WeightCurve"]

HEIGHT: Final = 170
TANGENT: Final = 0.22  # of the frame's width, to each side
RADIUS: Final = 6.5
HEAD: Final = 7.0  # of the arrow
LEAST_STEP: Final = 14.0  # so long is the arrow of any step, or its direction could not be seen


class WeightCurve(LossPicture):
    """L(w) of one weight, which can be dragged along it."""

    began = Signal()
    dragged = Signal(float)
    """The weight that the ball was dragged to."""
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("weightCurve", parent)
        self._slice: WeightSlice | None = None
        self._after: float | None = None
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Loss over this weight"))

    def sizeHint(self) -> QSize:
        """Return a flat picture; the width is up to the layout."""
        return QSize(240, HEIGHT)

    def show_slice(self, cut: WeightSlice, after: float | None) -> None:
        """Show a curve, and where the coming step leads; None where that is not known."""
        self._slice, self._after = cut, after
        self.setCursor(Qt.CursorShape.SizeHorCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)
        self.update()

    def place_of(self, weight: float, loss: float) -> QPointF:
        """Return where in the widget a weight and a loss are, within the frame."""
        inside, reach = self.inside(), self._reach()
        x = inside.center().x() + inside.width() / 2 * max(-1.0, min(1.0, weight / reach))
        return QPointF(x, self.height_of(loss, *self._range()))

    def _reach(self) -> float:
        return 1.0 if self._slice is None else float(self._slice.weights[-1])

    def _range(self) -> tuple[float, float]:
        return (0.0, 1.0) if self._slice is None else loss_range(self._slice.losses)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, the curve, the tangent, the step and the ball."""
        cut = self._slice
        if cut is None:
            return
        tokens, inside = theme.current(), self.inside()
        font = theme.tabular(self.font())
        font.setPixelSize(11)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            self.paint_levels(painter, *self._range())
            middle = inside.center().x()
            painter.setPen(QPen(QColor(tokens.border_strong), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(middle, inside.top(), middle, inside.bottom()))
            self.write_below(painter, compact_signed(-self._reach()), compact_signed(self._reach()))
            below = QRectF(inside.left(), inside.bottom() + 4, inside.width(), 18)
            self.write(painter, self.tr("w = 0"), below, Qt.AlignmentFlag.AlignHCenter, tokens.muted)
            painter.setPen(QPen(QColor(tokens.accent), 2.25))
            points = zip(cut.weights.tolist(), cut.losses.tolist(), strict=True)
            painter.drawPolyline(QPolygonF([self.place_of(*point) for point in points]))
            if math.isfinite(cut.loss):
                self._paint_tangent(painter, cut)
                self._paint_step(painter, cut)
                paint_ball(painter, self.place_of(cut.here, cut.loss), RADIUS)

    def _paint_tangent(self, painter: QPainter, cut: WeightSlice) -> None:
        """Draw the slope as a line through the ball, as far as the frame goes."""
        low, high = self._range()
        inside, ball = self.inside(), self.place_of(cut.here, cut.loss)
        rise = -cut.slope * inside.height() / (high - low) * (2 * self._reach() / inside.width())  # per pixel
        across = TANGENT * inside.width()
        painter.save()
        painter.setClipRect(inside)
        painter.setPen(QPen(QColor(theme.current().error), 1.75))
        way = QPointF(across, rise * across)
        painter.drawLine(QLineF(ball - way, ball + way))
        painter.restore()

    def _paint_step(self, painter: QPainter, cut: WeightSlice) -> None:
        """Draw an arrow from the ball's weight to that after the step, below the curve, and a ring on the curve."""
        if self._after is None or not math.isfinite(self._after):
            return
        tokens, foot = theme.current(), self.inside().bottom() - HEAD
        loss = cut.at(self._after)
        ring = self.place_of(self._after, loss)
        colour = QColor(tokens.ok if loss <= cut.at(cut.here) else tokens.danger)
        paint_ring(painter, ring, colour, RADIUS - 1)
        start = self.place_of(cut.here, cut.loss).x()
        end = start + math.copysign(max(abs(ring.x() - start), LEAST_STEP), self._after - cut.here)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QLineF(start, foot, end, foot))
        toward = math.copysign(min(HEAD, abs(end - start)), end - start)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        head = (QPointF(end, foot), QPointF(end - toward, foot - HEAD / 2), QPointF(end - toward, foot + HEAD / 2))
        painter.drawPolygon(QPolygonF(list(head)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the ball."""
        if event.button() == Qt.MouseButton.LeftButton and self._slice is not None:
            self.began.emit()
            self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it along the curve."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.ended.emit()

    def _drag_to(self, event: QMouseEvent) -> None:
        inside = self.inside()
        share = (event.position().x() - inside.center().x()) / (inside.width() / 2)
        self.dragged.emit(max(-1.0, min(1.0, share)) * self._reach())
