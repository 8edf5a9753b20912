"""Zoom and pan of the network picture, and the pinches of two fingers that zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QTransform
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

__all__ = ["Pinch", "Viewport"]

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

    def on_widget(self, left: float, top: float, right: float, bottom: float) -> QRect:
        """Return the pixels of the widget that a box of the picture lies on."""
        return self.transform().mapRect(QRectF(left, top, right - left, bottom - top)).toAlignedRect()

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


class Pinch(QObject):
    """Watches a widget for pinches: on a touchpad the system recognises them, on a touch screen Qt does.

    A filter, since a widget's own `event` in Python would be asked about everything.

    Parameters
    ----------
    widget : QWidget
    zoom : callable
        Called with a factor and the place in the widget around which to zoom.
    """

    def __init__(self, widget: QWidget, zoom: Callable[[float, QPointF], object]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._zoom = zoom
        widget.grabGesture(Qt.GestureType.PinchGesture)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the pinches."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                centre = self._widget.mapFromGlobal(pinch.centerPoint().toPoint())
                self._zoom(pinch.scaleFactor(), QPointF(centre))
                event.accept()
                return True
        return super().eventFilter(watched, event)
