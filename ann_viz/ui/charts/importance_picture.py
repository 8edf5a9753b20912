"""Where the columns are the pixels of a picture: what the score loses without each, as a picture."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.data import Dataset
from ann_viz.scene.pixels import PixelImage, templates
from ann_viz.session.judged.column_words import loss_text
from ann_viz.session.judged.importance import ColumnImportance, Importance
from ann_viz.ui.document.shades import shaded
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["ImportancePicture"]

LARGEST: Final = 300.0


class ImportancePicture(Painted):
    """Paints the picture; a click chooses the column of a pixel."""

    chosen = Signal(str)
    """Name of a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._shares = np.zeros((1, 1), np.float32)
        self._by_pixel: dict[int, ColumnImportance] = {}
        self._task, self._front = "multiclass", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Which pixels matter"))

    def show_importance(self, importance: Importance, dataset: Dataset, picture: PixelImage, front: str) -> None:
        """Show what the score loses without each pixel."""
        by_column = {each.column: each for each in importance.columns}
        ordered = [by_column[group.column] for group in dataset.encoder.groups]
        losses = np.array([[max(0.0, each.loss)] for each in ordered], np.float32)
        self._shares = templates(losses, picture)[0]
        self._by_pixel = dict(zip(np.asarray(picture.places).tolist(), ordered, strict=True))
        self._task, self._front, self._image = dataset.recipe.task, front, None
        self.update()

    def sizeHint(self) -> QSize:
        """A square of a middling size."""
        return QSize(220, 220)

    def box(self) -> QRectF:
        """Return where the picture is: a square at the left."""
        side = min(float(self.width()), float(self.height()), LARGEST)
        return QRectF(0, 0, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and a frame around the pixel in front."""
        tokens, box = theme.current(), self.box()
        with QPainter(self) as painter:
            if self._image is None:
                self._image = shaded(self._shares, tokens, 0.9)
            painter.drawImage(box, self._image)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            side, n = len(self._shares), box.width() / len(self._shares)
            for pixel, each in self._by_pixel.items():
                if each.column == self._front:
                    down, across = divmod(pixel, side)
                    painter.setPen(QPen(QColor(tokens.accent), 2))
                    painter.drawRect(QRectF(across * n, down * n, n, n))

    def _at(self, event: QMouseEvent) -> ColumnImportance | None:
        box, side = self.box(), len(self._shares)
        if not box.contains(event.position()):
            return None
        across, down = (int(at / box.width() * side) for at in (event.position().x(), event.position().y()))
        return self._by_pixel.get(down * side + across)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a pixel's column."""
        each = self._at(event)
        if each is not None:
            self.chosen.emit(each.column)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say a pixel's value."""
        each = self._at(event)
        if each is not None:
            text = f"{each.column}: {loss_text(each, self._task)} ± {each.spread:.2g}"
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        super().mouseMoveEvent(event)
