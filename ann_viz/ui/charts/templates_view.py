"""What each neuron of the first hidden layer looks for, where the inputs are a picture: its weights as pictures."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.scene.pixels import PixelImage
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.theme import Tokens

__all__ = ["TemplatesView", "templates"]

MOST: Final = 64
GAP: Final = 5.0
LARGEST: Final = 88.0


def templates(weights: NDArray[np.floating], picture: PixelImage) -> NDArray[np.float32]:
    """Return the weights of every neuron as a picture.

    Parameters
    ----------
    weights : ndarray, shape (n_inputs, n_neurons)
    picture : PixelImage
        Which pixel every input is.

    Returns
    -------
    ndarray, shape (n_neurons, side, side)
        −1 to 1, by the largest weight of each neuron; 0 for pixels that are no input.
    """
    result = np.zeros((weights.shape[1], picture.side * picture.side), np.float32)
    largest = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-12)
    result[:, picture.places] = (weights / largest).T
    return result.reshape(-1, picture.side, picture.side)


def _colours(values: NDArray[np.float32], tokens: Tokens) -> NDArray[np.uint8]:
    """Return numbers from −1 to 1 as colours, shape (…, 4) as Qt's RGB32 has them."""
    base, positive, negative = (
        np.array([colour.blue(), colour.green(), colour.red()], np.float32)
        for colour in (QColor(tokens.surface2), QColor(tokens.positive), QColor(tokens.negative))
    )
    ends = np.where(values[..., None] < 0, negative, positive)
    mixed = base + (ends - base) * np.abs(values)[..., None]
    result = np.full((*values.shape, 4), 255, np.uint8)
    result[..., :3] = mixed
    return result


class TemplatesView(Painted):
    """As many pictures as there are neurons, up to 64; a click chooses one."""

    chosen = Signal(int)
    """A neuron of the first hidden layer, counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: NDArray[np.float32] = np.zeros((0, 1, 1), np.float32)
        self._n_neurons = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Blue pixels speak for the neuron, orange ones against it; click to select it"))

    @property
    def pictures(self) -> NDArray[np.float32]:
        """What is on show."""
        return self._pictures

    @property
    def more(self) -> int:
        """How many neurons have no picture here."""
        return self._n_neurons - len(self._pictures)

    def show_pictures(self, pictures: NDArray[np.float32]) -> None:
        """Show the first 64 of these."""
        self._n_neurons, self._pictures = len(pictures), pictures[:MOST]
        self.setAccessibleName(self.tr("What {n} neurons look for, as pictures").format(n=len(self._pictures)))
        self.update()

    def sizeHint(self) -> QSize:
        """As in the design; the layout may give more."""
        return QSize(280, 160)

    def boxes(self) -> list[QRectF]:
        """Return where every picture stands."""
        n = len(self._pictures)
        if not n:
            return []
        fitting = (self._size_of(columns) for columns in range(1, n + 1))
        columns, side = max(enumerate(fitting, start=1), key=lambda pair: (pair[1], pair[0]))  # rather wide than high
        pitch = side + GAP
        return [QRectF(i % columns * pitch, i // columns * pitch, side, side) for i in range(n)]

    def _size_of(self, columns: int) -> float:
        rows = math.ceil(len(self._pictures) / columns)
        return min(LARGEST, (self.width() + GAP) / columns - GAP, (self.height() + GAP) / rows - GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures."""
        tokens = theme.current()
        side = self._pictures.shape[1]
        colours = _colours(self._pictures, tokens)
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(tokens.border), 1))
            for box, pixels in zip(self.boxes(), colours, strict=True):
                rows = np.ascontiguousarray(pixels)
                image = QImage(rows.data, side, side, 4 * side, QImage.Format.Format_RGB32)
                painter.drawImage(box, image)
                painter.drawRect(box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the neuron under the pointer."""
        place = QPointF(event.position())
        for index, box in enumerate(self.boxes()):
            if box.contains(place):
                self.chosen.emit(index)
                return
        super().mousePressEvent(event)
