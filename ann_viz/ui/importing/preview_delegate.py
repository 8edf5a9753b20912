"""The delegate that paints the preview's cells by the role of their column and the kind of their row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ann_viz.numerals import count
from ann_viz.session.importing.preview_rows import PreviewRow
from ann_viz.translation import translate
from ann_viz.ui.importing.preview_model import MAX_SHOWN_LENGTH, PADDING, PreviewModel, aligned_right
from ann_viz.ui.kit import icons, theme

__all__ = ["PreviewDelegate"]

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 25
REASON_HEIGHT: Final = 34
GAP_HEIGHT: Final = 22


class PreviewDelegate(QStyledItemDelegate):
    """Paints the whole cell: the role gives the background, the kind of row its content."""

    def __init__(self, model: PreviewModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.kept_free = 0  # pixels at the right of a strip that its buttons take

    def height(self, row: PreviewRow) -> int:
        """Return how high a line of the preview is."""
        return {"reason": REASON_HEIGHT, "gap": GAP_HEIGHT}.get(row.kind, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell, or the strip that spans all of them."""
        rect = option.rect
        font = QFont(option.font)
        state = option.state
        font.setPixelSize(12)
        row = self._model.row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.tabular(font))
        if row.kind == "gap":
            self._paint_gap(painter, rect, f"⋯   {count(row.number, 'more row')}")
        elif row.kind == "reason":
            self._paint_reason(painter, rect, row)
        else:
            self._paint_cell(painter, rect, row, index.column())
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(QColor(theme.current().accent), 2))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _visible(self, rect: QRect) -> QRect:
        return rect.intersected(self._view.viewport().rect())

    def _paint_gap(self, painter: QPainter, rect: QRect, text: str) -> None:
        tokens = theme.current()
        painter.fillRect(rect, QColor(tokens.surface2))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(self._visible(rect), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_reason(self, painter: QPainter, rect: QRect, row: PreviewRow) -> None:
        tokens = theme.current()
        mended = self._model.mended(row)
        ink, ground, line = (
            (tokens.warning, tokens.warning_soft, tokens.warning_border)
            if mended
            else (tokens.danger, tokens.danger_soft, tokens.danger_border)
        )
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(line))
        box = self._visible(rect).adjusted(PADDING, 0, -PADDING - self.kept_free, 0)
        picture = icons.pixmap("pencil" if mended else "circle-alert", ink, 15)
        painter.drawPixmap(box.left(), box.center().y() - 7, picture)
        box.setLeft(box.left() + 24)
        head, tail = self._model.reason(row)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        for text, weight, colour in ((head, QFont.Weight.DemiBold, ink), (tail, QFont.Weight.Normal, tokens.text2)):
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            box.setLeft(box.left() + metrics.horizontalAdvance(shown) + PADDING)

    def _paint_cell(self, painter: QPainter, rect: QRect, row: PreviewRow, place: int) -> None:
        tokens = theme.current()
        role = self._model.role(place) or "input"
        broken = row.kind == "broken"
        mended = row.kind == "mended"
        grounds = {"input": tokens.surface, "ignore": tokens.surface2, "target": tokens.accent_soft}
        inks = {"input": tokens.text, "ignore": tokens.muted, "target": tokens.accent}
        ground = tokens.danger_soft if broken else tokens.warning_soft if mended else grounds[role]
        painter.fillRect(rect, QColor(ground))
        line = QColor(tokens.accent_line if role == "target" and not broken else tokens.border)
        if not broken and not mended:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        box = rect.adjusted(PADDING, 0, -PADDING - 1, -1)
        right = aligned_right(self._model.column(place))
        if broken and place >= len(row.cells):
            _paint_hatched(painter, box)
            return
        text = row.cells[place]
        if text is None or (broken and not text):
            _paint_tag(painter, box, translate("empty"), right)
            return
        if role == "target":
            font = QFont(painter.font())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
        painter.setPen(QColor(tokens.text2 if broken else inks[role]))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = " ".join(text[:MAX_SHOWN_LENGTH].split())
        shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_tag(painter: QPainter, box: QRect, text: str, right: bool) -> None:
    tokens = theme.current()
    font = QFont(painter.font())
    font.setPixelSize(11)
    painter.setFont(font)
    width = min(painter.fontMetrics().horizontalAdvance(text) + 10, box.width())
    tag = QRectF(0, 0, width, 16)
    tag.moveCenter(QRectF(box).center())
    if right:
        tag.moveRight(box.right())
    else:
        tag.moveLeft(box.left())
    painter.setPen(QPen(QColor(tokens.border_strong), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setPen(QColor(tokens.muted))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)


def _paint_hatched(painter: QPainter, box: QRect) -> None:
    tokens = theme.current()
    tag = QRectF(box).adjusted(0, 4, 0, -4)
    painter.setPen(QPen(QColor(tokens.danger), 1, Qt.PenStyle.DashLine))
    painter.setBrush(QBrush(QColor(tokens.danger_border), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(tag, 4, 4)
