"""Zooming with two fingers: on a touchpad, where the system recognises it, and on a touch screen, where Qt does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

__all__ = ["Pinch"]


class Pinch(QObject):
    """Watches a widget for pinches; a filter, since a widget's own `event` in Python would be asked about everything.

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
