"""Zoom and pan of the network picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

__all__ = ["Viewport"]

LARGEST: Final = 8.0
NEAR_ONE: Final = 0.04


class Viewport:
    """Which part of the picture is seen, and how large.

    The painter's transform scales both axes alike, without which Qt's quick way of drawing lines is lost.

    Attributes
    ----------
    scale : float
        Of the whole picture, 1 to 8.
    magnified : float
        How much larger everything is drawn in a picture of the same size: the arrangement has less room by as much.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self.magnified = 1.0
        self._offset = QPointF()

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is seen."""
        return self.scale == 1.0

    def transform(self) -> QTransform:
        """Return the transform from picture to widget."""
        factor = self.scale * self.magnified
        return QTransform(factor, 0, 0, factor, self._offset.x(), self._offset.y())

    def to_picture(self, point: QPointF) -> QPointF:
        """Return the place in the picture of a place in the widget."""
        return (point - self._offset) / (self.scale * self.magnified)

    def fit(self) -> None:
        """Show the whole picture."""
        self.scale, self._offset = 1.0, QPointF()

    def zoom_at(self, point: QPointF, factor: float, width: float, height: float) -> None:
        """Change the scale by `factor`; what is under `point` of the widget stays there. 1 to 8 times."""
        scale = min(LARGEST, max(1.0, self.scale * factor))
        if abs(scale - 1.0) < NEAR_ONE:
            self.fit()
            return
        fixed = self.to_picture(point)
        self.scale = scale
        self._offset = point - fixed * scale * self.magnified
        self.pan(QPointF(), width, height)

    def pan(self, by: QPointF, width: float, height: float) -> None:
        """Move the picture, never so far that its edge leaves the edge of the widget."""
        moved = self._offset + by
        self._offset = QPointF(
            min(0.0, max(moved.x(), width * (1 - self.scale))), min(0.0, max(moved.y(), height * (1 - self.scale)))
        )
