"""A pad to draw a small picture on, for tables whose columns are pixels.

The left button draws, the right one rubs out. By keyboard: arrows move a cursor, Space draws or rubs out beneath it,
Delete clears the pad.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.ui.kit import theme

__all__ = ["PixelPad"]

LARGEST: Final = 224
SMALLEST: Final = 160
WIDE_FROM: Final = 20  # pixels in a row, from which on a stroke is two wide
SOFT: Final = 0.45  # of the ink, beside a stroke

Array = NDArray[np.floating[Any]]


class PixelPad(QWidget):
    """A square of k × k pixels.

    ``drawn`` carries all values, 0 to 1, row by row, whenever the user has changed some.

    Parameters
    ----------
    side : int
        Pixels in a row, and rows.
    """

    drawn = Signal(object)

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._values: Array = np.zeros((side, side))
        self._cursor = (side // 2, side // 2)
        self._last: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Pad to draw on, {k} × {k} pixels").format(k=side))
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_values(self, values: Array) -> None:
        """Show values of 0 to 1, row by row."""
        self._values = np.clip(np.asarray(values, float), 0, 1).reshape(self._side, self._side).copy()
        self.update()

    def clear(self) -> None:
        """Take everything away."""
        self._values[:] = 0
        self._tell()

    def _tell(self) -> None:
        self.update()
        row, column = self._cursor
        share = self._values[row, column]
        place = self.tr("row {row}, column {column}: {share} %")
        self.setAccessibleDescription(place.format(row=row + 1, column=column + 1, share=f"{100 * share:.0f}"))
        self.drawn.emit(self._values.ravel().copy())

    # Drawing --------------------------------------------------------------------------------------------------------
    def _stroke(self, x: float, y: float, ink: float) -> None:
        """Draw at a point given in pixels of the picture; less beside it."""
        radius = 1.0 if self._side >= WIDE_FROM else 0.5
        rows, columns = np.indices(self._values.shape) + 0.5
        far = np.hypot(rows - y, columns - x) - radius
        share = np.where(far <= 0.25, 1.0, np.where(far <= 0.75, SOFT, 0.0))
        self._values = np.maximum(self._values, share) if ink else self._values * (share < 1)

    def _go_on(self, point: QPointF, ink: float) -> None:
        box = self._box()
        x, y = ((point.x() - box.left()) / box.width(), (point.y() - box.top()) / box.height())
        here = (x * self._side, y * self._side)
        last = self._last or here
        n = max(1, round(2 * max(abs(here[0] - last[0]), abs(here[1] - last[1]))))
        for step in range(1, n + 1):
            share = step / n
            self._stroke(last[0] + share * (here[0] - last[0]), last[1] + share * (here[1] - last[1]), ink)
        self._last = here
        self._tell()

    # Qt -------------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """A square of usual size."""
        return QSize(LARGEST, LARGEST)

    def hasHeightForWidth(self) -> bool:
        """It is as high as it is wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return its height."""
        return max(SMALLEST, min(width, LARGEST))

    def _box(self) -> QRectF:
        size = min(self.width(), self.height())
        return QRectF((self.width() - size) / 2, 0, size, size)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        self._last = None
        self._go_on(event.position(), float(event.button() == Qt.MouseButton.LeftButton))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._go_on(event.position(), float(bool(event.buttons() & Qt.MouseButton.LeftButton)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, draw or clear."""
        moves = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            down, across = moves[key]
            row, column = self._cursor
            self._cursor = (row + down) % self._side, (column + across) % self._side
            self.update()
        elif key == Qt.Key.Key_Space:
            self._values[self._cursor] = 0.0 if self._values[self._cursor] > SOFT else 1.0
            self._tell()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pixels, and the cursor while it has the focus."""
        tokens = theme.current()
        box = self._box().adjusted(1, 1, -1, -1)
        size = box.width() / self._side
        with QPainter(self) as painter:
            painter.fillRect(box, QColor(tokens.surface2))
            ink = QColor(tokens.text)
            for row, column in zip(*np.nonzero(self._values), strict=True):
                ink.setAlphaF(float(self._values[row, column]))
                painter.fillRect(QRectF(box.left() + column * size, box.top() + row * size, size, size), ink)
            painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.border_strong), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            if self.hasFocus():
                row, column = self._cursor
                painter.setPen(QPen(QColor(tokens.accent), 2))
                painter.drawRect(QRectF(box.left() + column * size, box.top() + row * size, size, size))
