"""Square pixel inputs: the row as a picture, and its column of cells."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from ann_viz.scene import Layout
from ann_viz.scene.pixels import PixelImage
from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit.theme import Tokens, tabular

__all__ = ["paint_picture"]

LEFT = 18.0
SIDE = 124.0
CELL_WIDTH = 14.0


def paint_picture(
    painter: QPainter,
    layout: Layout,
    values: np.ndarray,
    picture: PixelImage,
    caption: str,
    tokens: Tokens,
    base: QFont,
) -> None:
    """Draw the picture, the cells of the input column, and the bands that join each row of pixels to its cells.

    Parameters
    ----------
    values : ndarray, shape (n_inputs,)
        The inputs; darkest where they are largest.
    caption : str
        Stands below the picture.
    """
    side = picture.side
    low, high = float(values.min()), float(values.max())
    shades = (values - low) / (high - low if high > low else 1.0)
    square = np.zeros(side * side)  # a pixel that never changes is background
    square[picture.places] = shades
    rows = layout.y[0]
    half = float(rows[1] - rows[0]) / 2
    top = (float(rows[0]) + float(rows[-1])) / 2 - SIDE / 2
    cells_left = layout.x[0] - CELL_WIDTH / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface3))
    for row in range(side):
        start, stop = np.searchsorted(picture.places, (row * side, (row + 1) * side))
        if start == stop:
            continue
        first, last = float(rows[start]) - half, float(rows[stop - 1]) + half
        painter.drawPath(_band(cells_left, first, last, top + row * SIDE / side, top + (row + 1) * SIDE / side))
    frame = QRectF(LEFT - 3, top - 3, SIDE + 6, SIDE + 6)
    painter.setPen(QPen(QColor(tokens.border_strong), 1.0))
    painter.setBrush(QColor(tokens.node_base))
    painter.drawRoundedRect(frame, 6, 6)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRectF(LEFT, top, SIDE, SIDE), _image(square.reshape(side, side), tokens))
    column = QRectF(cells_left, float(rows[0]) - half, CELL_WIDTH, float(rows[-1] - rows[0]) + 2 * half)
    painter.drawImage(column, _image(shades[:, None], tokens))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(column)
    font = tabular(base)
    font.setPixelSize(12)
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(QRectF(LEFT - 3, top + SIDE + 10, SIDE + 20, 60), flags, caption)


def _band(cells_left: float, first: float, last: float, top: float, bottom: float) -> QPainterPath:
    right = LEFT + SIDE + 3
    middle = (right + cells_left) / 2
    path = QPainterPath(QPointF(right, top + 0.5))
    path.cubicTo(QPointF(middle, top + 0.5), QPointF(middle, first), QPointF(cells_left, first))
    path.lineTo(cells_left, last)
    path.cubicTo(QPointF(middle, last), QPointF(middle, bottom - 0.5), QPointF(right, bottom - 0.5))
    path.closeSubpath()
    return path


def _image(shades: np.ndarray, tokens: Tokens) -> QImage:
    """Return shades, 0 to 1, shape (height, width), from the empty neuron's colour to the text's."""
    steps = [mix(tokens.node_base, tokens.text, step / 255).rgb() for step in range(256)]
    table = np.array(steps, dtype=np.uint32)
    pixels = np.ascontiguousarray(table[np.clip(shades * 255, 0, 255).astype(np.uint8)])
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
