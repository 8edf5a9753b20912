"""What pictures of the loss as a landscape share: a frame with lines of equal loss, a ball, the ring of a landing."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import DECIMALS, compact
from ann_viz.ui.kit import theme

__all__ = ["BALL", "LossPicture", "loss_range", "paint_ball", "paint_ring"]

BALL: Final = 8.0
LEFT: Final = 52.0
BOTTOM: Final = 26.0
TOP: Final = 26.0
SIDE: Final = 18.0
N_LINES: Final = 4
MOST_DECIMALS: Final = 5  # there is room for


class LossPicture(QWidget):
    """A widget with room for words round a frame."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a size that leaves room for another."""
        return QSize(340, 260)

    def inside(self) -> QRectF:
        """Return the frame."""
        return QRectF(self.rect()).adjusted(LEFT, TOP, -SIDE, -BOTTOM)

    def write(self, painter: QPainter, text: str, box: QRectF, flags: Qt.AlignmentFlag, colour: str) -> None:
        """Write some words."""
        painter.setPen(QColor(colour))
        painter.drawText(box, flags, text)

    def write_below(self, painter: QPainter, left: str, right: str) -> None:
        """Write what the axis below the frame is, and its end."""
        inside, muted = self.inside(), theme.current().muted
        below = QRectF(inside.left(), inside.bottom() + 4, inside.width(), 18)
        self.write(painter, left, below, Qt.AlignmentFlag.AlignLeft, muted)
        self.write(painter, right, below, Qt.AlignmentFlag.AlignRight, muted)

    def paint_levels(self, painter: QPainter, low: float, high: float) -> None:
        """Draw lines of equal loss with their numbers, and what they are."""
        tokens, inside = theme.current(), self.inside()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        decimals = max(DECIMALS, -math.floor(math.log10((high - low) / N_LINES)))  # so that no two read alike
        for value in np.linspace(low, high, N_LINES + 2)[1:-1].tolist():
            y = self.height_of(value, low, high)
            painter.setPen(QColor(tokens.border))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            self.write(
                painter,
                compact(value, min(decimals, MOST_DECIMALS)),
                QRectF(0, y - 9, inside.left() - 8, 18),
                right,
                tokens.muted,
            )
        above = QRectF(8, 2, self.width() - 16, 20)
        self.write(painter, self.tr("Loss"), above, Qt.AlignmentFlag.AlignLeft, tokens.text2)

    def height_of(self, loss: float, low: float, high: float) -> float:
        """Return how far from the top of the widget a loss is drawn, within the frame."""
        share = min(1.0, max(0.0, (loss - low) / (high - low))) if math.isfinite(loss) else 1.0
        return self.inside().bottom() - share * self.inside().height()


def loss_range(losses: np.ndarray) -> tuple[float, float]:
    """Return the lowest and the highest loss in a frame, with some air; 0 and 1 where none is finite."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    margin = 0.08 * (high - low) or max(0.5, 0.05 * high)  # of a flat loss so large that a half is nothing to it
    return low - margin, high + margin


def paint_ball(painter: QPainter, place: QPointF, radius: float = BALL) -> None:
    """Draw where the network stands."""
    tokens = theme.current()
    painter.setPen(QPen(QColor(tokens.canvas), 2))
    painter.setBrush(QColor(tokens.text))
    painter.drawEllipse(place, radius, radius)


def paint_ring(painter: QPainter, place: QPointF, colour: QColor, radius: float = BALL) -> None:
    """Draw where a step lands."""
    painter.setPen(QPen(colour, 3))
    painter.setBrush(QColor(theme.current().canvas))
    painter.drawEllipse(place, radius, radius)
