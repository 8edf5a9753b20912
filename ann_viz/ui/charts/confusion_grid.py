"""The confusion matrix as a grid that paints itself: rows are the truth, columns the answer, right ones carry a ✓.

Up to 4 classes mistakes are grey, above that they are red by their number; where cells are too small for numbers,
hovering tells them. A click, or Enter on the cell that the arrow keys have reached, asks to see such a row.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import format_number
from ann_viz.session.confusion import Matrix
from ann_viz.ui.charts.confusion_colours import FEW_CLASSES, fill_of, picture_of
from ann_viz.ui.charts.confusion_names import Label, head_height, label_width, labels, written
from ann_viz.ui.document.paint import readable_ink
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, in_lines
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["ConfusionGrid"]

LARGEST_CELL: Final = 112.0
NUMBER_SIZES: Final = (14, 12, 11)
SMALLEST_CELL: Final = 4.0
CAPTION: Final = 14.0
LINE: Final = 13.0  # of a caption in two lines
LEAST_CAPTIONED: Final = 44.0
"""Smaller ones are dots of one picture: thousands of cells would take seconds."""


class ConfusionGrid(Painted):
    """Shows a `Matrix`."""

    chosen = Signal(int, int)
    """Numbers of the true and of the answered class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: Matrix | None = None
        self._cursor = (0, 0)
        self._measured: tuple[object, QRectF] | None = None
        self._labels: tuple[QRectF, list[Label]] | None = None
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    @property
    def matrix(self) -> Matrix | None:
        """What is on show."""
        return self._matrix

    def show_matrix(self, matrix: Matrix) -> None:
        """Show these counts."""
        if self._matrix is None or len(self._matrix.names) != len(matrix.names):
            self._cursor = (0, 0)
        same = self._matrix is not None and self._matrix.names == matrix.names
        same = same and self._matrix is not None and self._matrix.captions == matrix.captions
        if same and self._matrix is not None and np.array_equal(self._matrix.counts, matrix.counts):
            return
        self._matrix = matrix
        self.setAccessibleDescription(matrix.sentence(*self._cursor))
        self.update()

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(180, 112)

    # Where things are -----------------------------------------------------------------------------------------------
    def _area(self, matrix: Matrix) -> QRectF:
        """Where the cells are; measured once, for asking how wide names are takes longer than painting."""
        key = (matrix.names, self.width(), self.height())
        if self._measured is None or self._measured[0] != key:
            self._measured = key, self._measure(matrix)
            self._labels = None
        return self._measured[1]

    def changeEvent(self, event: QEvent) -> None:
        """Measure names in another font."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._measured = None
        super().changeEvent(event)

    def _measure(self, matrix: Matrix) -> QRectF:
        """As wide as there is room, never much higher than wide."""
        metrics = QFontMetricsF(self.font_of(11))
        names = written(matrix.names, metrics, self.width())
        left = label_width(names, self.tr("says →"), metrics, self.width())
        k = len(names)
        width = self.width() - left
        top = head_height(names, metrics, width / k)
        height = min(self.height() - top, k * LARGEST_CELL)
        if k > FEW_CLASSES:  # many small cells read best when they are nearly square
            height = min(height, width)
            width = min(width, 1.5 * height)
        return QRectF(left, top, width, height)

    def cell(self, truth: int, answer: int) -> QRectF:
        """Return the place of a cell in this widget."""
        if self._matrix is None:
            return QRectF()
        area, k = self._area(self._matrix), len(self._matrix.names)
        width, height = area.width() / k, area.height() / k
        gap = 2.0 if k <= FEW_CLASSES else 0.5
        box = QRectF(area.left() + answer * width, area.top() + truth * height, width, height)
        return box.adjusted(gap, gap, -gap, -gap)

    def _cell_at(self, place: QPointF) -> tuple[int, int] | None:
        if self._matrix is None:
            return None
        area, k = self._area(self._matrix), len(self._matrix.names)
        if not area.contains(place):
            return None
        truth, answer = (
            min(k - 1, int((at - start) / length * k))
            for at, start, length in (
                (place.y(), area.top(), area.height()),
                (place.x(), area.left(), area.width()),
            )
        )
        return truth, answer

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and cells."""
        matrix = self._matrix
        if matrix is None:
            return
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_names(painter, tokens)
            if self.cell(0, 0).height() < SMALLEST_CELL:
                painter.drawImage(self._area(matrix), picture_of(tokens, matrix))
            else:
                self._paint_cells(painter, tokens, matrix)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.cell(*self._cursor), 5, 5)

    def _paint_cells(self, painter: QPainter, tokens: Tokens, matrix: Matrix) -> None:
        few = len(matrix.names) <= FEW_CLASSES
        painter.setFont(self._number_font(matrix))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface2))
        if not few:  # many cells are empty: one ground for all of them is quicker to paint and to read
            painter.drawRoundedRect(self._area(matrix), 3, 3)
        counted = np.ones_like(matrix.counts) if few else matrix.counts
        metrics = painter.fontMetrics()
        for truth, answer in zip(*(places.tolist() for places in np.nonzero(counted)), strict=True):
            self._paint_cell(painter, tokens, matrix, truth, answer, metrics)

    def _number_font(self, matrix: Matrix) -> QFont:
        """Return the largest font in which every right answer has room for its ✓."""
        longest, room = f"{format_number(int(matrix.counts.max()))} ✓", self.cell(0, 0).width() - 2
        fonts = [self.font_of(size, QFont.Weight.DemiBold) for size in NUMBER_SIZES]
        return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(longest) <= room), fonts[-1])

    def _paint_names(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setFont(self.font_of(11))
        painter.setPen(QColor(tokens.muted))
        for box, side, text in self.labels():
            painter.drawText(box, side, text)

    def labels(self) -> list[Label]:
        """Return the words beside the cells: above the names of the truth, those names, those of the answers."""
        if self._matrix is None:
            return []
        area = self._area(self._matrix)
        if self._labels is None or self._labels[0] != area:
            metrics = QFontMetricsF(self.font_of(11))
            names = written(self._matrix.names, metrics, self.width())
            self._labels = area, labels(names, self.tr("says →"), metrics, area, self.cell)
        return self._labels[1]

    def _paint_cell(
        self, painter: QPainter, tokens: Tokens, matrix: Matrix, truth: int, answer: int, metrics: QFontMetrics
    ) -> None:
        box, right = self.cell(truth, answer), truth == answer
        fill = fill_of(tokens, matrix, truth, answer)
        painter.setPen(QPen(QColor(tokens.border), 1) if tokens.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        few = len(matrix.names) <= FEW_CLASSES
        radius = 6.0 if few else min(2.0, box.width() / 5)
        painter.drawRoundedRect(box, radius, radius)
        n = int(matrix.counts[truth, answer])
        if metrics.capHeight() + 4 > box.height():
            return
        for text in (f"{format_number(n)} ✓", format_number(n)) if right else (format_number(n),):
            if metrics.horizontalAdvance(text) <= box.width() - 2:
                painter.setPen(readable_ink(fill, tokens))
                caption = self._caption(matrix, truth, answer, box)
                number = box.adjusted(0, 0, 0, -CAPTION - LINE * caption.count("\n")) if caption else box
                painter.drawText(number, Qt.AlignmentFlag.AlignCenter, text)
                if caption:
                    font = painter.font()
                    painter.setFont(self.font_of(11))
                    painter.drawText(box.adjusted(0, CAPTION + 8, 0, 0), Qt.AlignmentFlag.AlignCenter, caption)
                    painter.setFont(font)
                return

    def _caption(self, matrix: Matrix, truth: int, answer: int, box: QRectF) -> str:
        """Return the words below the number, where there is room for them."""
        if not matrix.captions or box.height() < LEAST_CAPTIONED:
            return ""
        text, metrics = matrix.captions[truth][answer], QFontMetricsF(self.font_of(11))
        for n_lines in (1, 2) if box.height() >= LEAST_CAPTIONED + 2 * LINE else (1,):
            lines = in_lines(text, metrics, n_lines)
            if all(metrics.horizontalAdvance(line) <= box.width() - 6 for line in lines):
                return "\n".join(lines)
        return ""

    # Asking ---------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for a row of the cell's kind."""
        place = self._cell_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = place
            self._choose()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the cell under the mouse counts."""
        place = self._cell_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        if place is not None and self._matrix is not None:
            where, cell = event.globalPosition().toPoint(), self.cell(*place).toAlignedRect()
            QToolTip.showText(where, plain_tip(self._matrix.sentence(*place)), self, cell)
        elif words := self._words_at(event.position()):
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words), self)
        super().mouseMoveEvent(event)

    def _words_at(self, point: QPointF) -> str:
        """Return in whole what stands beside the cells at a place: the name of a class, or what stands above names."""
        if self._matrix is None:
            return ""
        area, names = self._area(self._matrix), self._matrix.names
        along, across = point.y() - area.top(), point.x() - area.left()
        if along < 0 and across < 0:
            return self.tr("says →")
        share = along / area.height() if across < 0 else across / area.width()
        return names[int(share * len(names))] if min(along, across) < 0 and 0 <= share < 1 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from cell to cell; Enter asks for a row of its kind."""
        keys = Qt.Key
        moves = {keys.Key_Up: (-1, 0), keys.Key_Down: (1, 0), keys.Key_Left: (0, -1), keys.Key_Right: (0, 1)}
        key = keys(event.key())
        if self._matrix is not None and key in moves:
            last = len(self._matrix.names) - 1
            self._cursor = (
                min(last, max(0, self._cursor[0] + moves[key][0])),
                min(last, max(0, self._cursor[1] + moves[key][1])),
            )
            self.setAccessibleDescription(self._matrix.sentence(*self._cursor))
            where = self.mapToGlobal(self.cell(*self._cursor).center().toPoint())
            QToolTip.showText(where, plain_tip(self._matrix.sentence(*self._cursor)), self)
            self.update()
        elif key in (keys.Key_Return, keys.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self._matrix is not None:
            self.chosen.emit(*self._cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which cell the keys would choose."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()
