"""The page of an empty window: the outline of a network still to come, and on it the card that begins one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.scene import arrange, build_curves
from ann_viz.ui.document.paint import mix, paint_dots
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.fast_lines import draw_lines
from ann_viz.ui.window.start_card import StartCard

__all__ = ["StartPage"]

GHOST: Final = (11, 6, 6, 1)
LEFT: Final = 57  # pixels from the edge to the first column, where the start card leaves room
RIGHT: Final = 49
BELOW: Final = 70
FAINT: Final = 0.35


class StartPage(QFrame):
    """Dashed circles and faint lines on the dot grid, from edge to edge; all alike, since there are no weights.

    Parameters
    ----------
    card : StartCard
        Stands in the middle.
    """

    def __init__(self, card: StartCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "canvas")
        self._card = card
        QVBoxLayout(self).addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the card list as many projects as there is room for."""
        super().resizeEvent(event)
        self._card.fit(self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the dots and the circles."""
        super().paintEvent(event)
        tokens = theme.current()
        layout = arrange(GHOST, self.width(), self.height() - BELOW)
        ends = layout.x[0], layout.x[-1]
        layout = replace(layout, x=tuple(np.interp(layout.x, ends, (LEFT, self.width() - RIGHT))))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self.width(), self.height(), tokens)
            painter.setPen(QPen(mix(tokens.canvas, tokens.border_strong, FAINT), 1.0))
            draw_lines(painter, build_curves(layout).all_pieces.reshape(-1, 4))
            painter.setPen(QPen(QColor(tokens.border_strong), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.canvas))
            for x, rows, radius in zip(layout.x, layout.y, layout.radius, strict=True):
                for y in rows:
                    painter.drawEllipse(QPointF(x, float(y)), radius, radius)
