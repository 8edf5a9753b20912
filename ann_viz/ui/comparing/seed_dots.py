"""A dot for every seed of both runs on one scale, with a bar at their means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.run_colours import run_colour

__all__ = ["SeedDots"]

SIZE: Final = QSize(116, 28)
NARROWEST: Final = 56
MARGIN: Final = 6
DOT: Final = 2.8
BAR: Final = 5.0


class SeedDots(QWidget):
    """A above, B below; nothing with one run each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[tuple[float, float], ...] = ()
        self._places = (0, 1)
        self.setFixedHeight(SIZE.height())
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(SIZE.width())

    def sizeHint(self) -> QSize:
        """Return a strip."""
        return SIZE

    def show_values(self, values: Sequence[tuple[float, float]], places: tuple[int, int]) -> None:
        """Show pairs of A and B; `places` are those of the runs among all, for their colours."""
        self._values = tuple(values) if len(values) > 1 else ()
        self._places = places
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw two lines of dots."""
        if not self._values:
            return
        table = np.array(self._values)
        finite = table[np.isfinite(table)]
        if not finite.size:
            return
        low, high = float(finite.min()), float(finite.max())
        room = self.width() - 2 * MARGIN
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().border), 1))
            middle = self.height() / 2
            painter.drawLine(QPointF(2, middle), QPointF(self.width() - 2, middle))
            for column, y in ((0, middle - 6.5), (1, middle + 6.5)):
                values = table[:, column][np.isfinite(table[:, column])]
                x = MARGIN + room * (values - low) / ((high - low) or 1.0)
                colour = QColor(run_colour(self._places[column]))
                faint = QColor(colour)
                faint.setAlphaF(0.55)
                painter.setPen(QPen(faint, 1))
                painter.drawLine(QPointF(float(x.min()), y), QPointF(float(x.max()), y))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(faint)
                for place in x.tolist():
                    painter.drawEllipse(QPointF(place, y), DOT, DOT)
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(float(x.mean()) - 1.1, y - BAR, 2.2, 2 * BAR), 1, 1)
