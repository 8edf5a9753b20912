"""A course as a line without axes, as small as a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ann_viz.ui.kit import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["paint_sparkline"]

MOST_POINTS: Final = 64
DOT: Final = 2.4


def paint_sparkline(
    painter: QPainter,
    box: QRectF,
    across: NDArray[np.float64],
    values: NDArray[np.float64],
    scale: tuple[float, float, float, float],
    colour: str,
    *,
    mark: Sequence[float] = (),
    dashed: bool = False,
) -> None:
    """Draw a course within a box; what lies beyond the scale is drawn at its edge.

    Parameters
    ----------
    painter : QPainter
    box : QRectF
    across, values : (n,) arrays
        Numbers that are not finite are left out.
    scale : tuple of float
        What the left, right, lower and upper edge of the box are.
    colour : str
    mark : (x, y), optional
        A place with a hollow dot.
    dashed : bool
    """
    left, right, low, high = scale

    def place(x: float, y: float) -> QPointF:
        over = min(1.0, max(0.0, (x - left) / ((right - left) or 1.0)))
        up = min(1.0, max(0.0, (y - low) / ((high - low) or 1.0)))
        return QPointF(box.left() + over * box.width(), box.bottom() - up * box.height())

    seen = np.flatnonzero(np.isfinite(values))
    if len(seen) > MOST_POINTS:
        seen = seen[np.linspace(0, len(seen) - 1, MOST_POINTS).round().astype(int)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.drawPolyline(QPolygonF([place(across[i], values[i]) for i in seen.tolist()]))
    if mark:
        painter.setPen(QPen(QColor(colour), 1.4))
        painter.setBrush(QColor(theme.current().surface))
        painter.drawEllipse(place(*mark), DOT, DOT)
    painter.restore()
