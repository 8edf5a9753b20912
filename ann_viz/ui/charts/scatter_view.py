"""Predicted against true numbers, one dot a row: on the dashed line the answer is right."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import four_digits
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted

__all__ = ["MOST_DOTS", "ScatterView", "dots"]

MOST_DOTS: Final = 1500
DOT: Final = 3.5
FOOT: Final = 16.0
HEAD: Final = 16.0
SPARE: Final = 0.05
SEE_THROUGH: Final = 0.5


def dots(truth: NDArray[np.float64], answer: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, float]:
    """Return what is drawn of so many rows.

    Parameters
    ----------
    truth, answer : (n,) ndarray
        In the units of the target.

    Returns
    -------
    tuple
        (m, 2) ndarray of truth and answer for at most `MOST_DOTS` rows, evenly spread; lowest and highest value of
        both axes. An answer far outside of all truths is moved to the edge, or it would squeeze all others.
    """
    chosen = np.arange(min(len(truth), MOST_DOTS)) * len(truth) // max(1, min(len(truth), MOST_DOTS))
    points = np.column_stack((truth[chosen], answer[chosen]))
    low, high = (float(truth.min()), float(truth.max())) if len(truth) else (0.0, 1.0)
    spare = SPARE * (high - low) or 0.5
    low, high = low - spare, high + spare
    return np.clip(np.nan_to_num(points, nan=low), low, high), low, high


class ScatterView(Painted):
    """A square-ish plot of dots with the diagonal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = np.empty((0, 2))
        self._range = (0.0, 1.0)
        self.setAccessibleName(self.tr("Predicted against true numbers"))
        self.setToolTip(self.tr("One dot is one row. On the dashed line the answer is right."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def points(self) -> NDArray[np.float64]:
        """Truth and answer of every dot, shape (m, 2)."""
        return self._points

    def show_points(self, truth: NDArray[np.float64], answer: NDArray[np.float64]) -> None:
        """Show these rows."""
        self._points, *ends = dots(truth, answer)
        self._range = (ends[0], ends[1])
        self.update()

    def sizeHint(self) -> QSize:
        """As the confusion matrix, whose place it takes."""
        return QSize(180, 112)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, the diagonal, the dots and the ends of the axes."""
        tokens = theme.current()
        area = QRectF(0.5, HEAD, self.width() - 1.0, self.height() - HEAD - FOOT)
        low, high = self._range
        scale = np.array([area.width(), -area.height()]) / (high - low)
        places = (self._points - low) * scale + np.array([area.left(), area.bottom()])
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface2))
            painter.drawRoundedRect(area, 6, 6)
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(area.bottomLeft(), area.topRight()))
            colour = QColor(tokens.validation)
            colour.setAlphaF(1.0 if tokens.contrast else SEE_THROUGH)
            painter.setPen(QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
            painter.setFont(self.font_of(11, QFont.Weight.Normal))
            painter.setPen(QColor(tokens.muted))
            align = Qt.AlignmentFlag
            painter.drawText(QRectF(0, 0, self.width(), HEAD), align.AlignLeft, self.tr("↑ predicted"))
            foot = QRectF(0, area.bottom() + 2, self.width(), FOOT)
            painter.drawText(foot, align.AlignLeft, four_digits(low))
            painter.drawText(foot, align.AlignHCenter, self.tr("true →"))
            painter.drawText(foot, align.AlignRight, four_digits(high))
