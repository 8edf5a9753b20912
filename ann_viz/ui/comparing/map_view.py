"""What a network answers for every place of the plane, where it has two inputs, with the points on top."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.engine import Network
from ann_viz.ui.document.shades import shaded
from ann_viz.ui.kit import theme

__all__ = ["MapView"]

SIDE: Final = 72  # places in each direction
MARGIN: Final = 0.15
MOST_POINTS: Final = 400
POINT: Final = 2.6
STRENGTH: Final = 0.55  # of a sure answer's colour, so that points stand out

Array = NDArray[np.floating]


class MapView(QWidget):
    """Colours every place of the plane as the network answers it, with the points on top."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = np.empty((0, 2))
        self._truth = np.empty(0)
        self._answers = np.empty((0, 0))
        self._low, self._high = np.zeros(2), np.ones(2)
        self._image: QImage | None = None
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 100)

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(240, 240)

    def show_points(self, X: Array, Y: Array) -> None:
        """Show rows ``X (n, 2)`` of the two classes ``Y (n, 1)``, as many as can be told apart."""
        rows = np.linspace(0, len(X) - 1, min(len(X), MOST_POINTS)).round().astype(int)
        self._points, self._truth = np.asarray(X)[rows], np.asarray(Y)[rows, 0]
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        room = np.where(high > low, MARGIN * (high - low), 1.0)
        self._low, self._high = low - room, high + room
        self.update()

    def show_network(self, network: Network) -> None:
        """Colour the plane by what `network` answers."""
        x, y = (np.linspace(self._low[axis], self._high[axis], SIDE) for axis in (0, 1))
        places = np.stack(np.meshgrid(x, y[::-1]), axis=-1).reshape(-1, 2)
        self._answers = network.predict(places.astype(network.params.dtype)).reshape(SIDE, SIDE)
        self.tint()

    @property
    def answers(self) -> Array:
        """Probability of the second class at every place, top row first."""
        return self._answers

    def tint(self) -> None:
        """Make the picture anew, in the colours of the theme."""
        shares = 2 * self._answers - 1  # from orange over the surface to blue
        self._image = shaded(shares, theme.current(), STRENGTH) if self._answers.size else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plane, then the points: full for one class, rings for the other."""
        tokens = theme.current()
        side = min(self.width(), self.height())
        inside = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            if self._image is not None:
                painter.drawImage(inside, self._image)
            spread = self._high - self._low
            for (x, y), truth in zip((self._points - self._low) / spread, self._truth, strict=True):
                place = QPointF(inside.left() + x * side, inside.bottom() - y * side)
                colour = QColor(tokens.positive_text if truth > 0.5 else tokens.negative_text)
                painter.setPen(QPen(colour, 1.2))
                painter.setBrush(colour if truth > 0.5 else QColor(tokens.surface))
                painter.drawEllipse(place, POINT, POINT)
