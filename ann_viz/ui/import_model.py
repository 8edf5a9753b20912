"""The preview as a Qt table model, and the delegate that paints its cells by role and kind of row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ann_viz.data import Column, Role
from ann_viz.ui import icons, theme
from ann_viz.ui.import_preview import PreviewRow
from ann_viz.ui.import_text import broken_sentence, count

__all__ = ["ROW_HEIGHT", "PreviewDelegate", "PreviewModel"]

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 25
REASON_HEIGHT: Final = 34
GAP_HEIGHT: Final = 22
PADDING: Final = 8
MAX_SHOWN_LENGTH: Final = 200
_TOP: Final = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """Rows of text, the columns they belong to and each column's role. Read only."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[PreviewRow] = ()
        self._columns: Sequence[Column] = ()
        self._roles: Mapping[str, Role] = {}

    def show_rows(self, rows: Sequence[PreviewRow], columns: Sequence[Column], roles: Mapping[str, Role]) -> None:
        """Show another reading of a file."""
        self.beginResetModel()
        self._rows, self._columns, self._roles = rows, columns, dict(roles)
        self.endResetModel()

    def show_roles(self, roles: Mapping[str, Role]) -> None:
        """Show what the columns are for now."""
        self._roles = dict(roles)
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def row(self, place: int) -> PreviewRow:
        """Return one line of the preview."""
        return self._rows[place]

    def column(self, place: int) -> Column:
        """Return one column of the table."""
        return self._columns[place]

    def role(self, place: int) -> Role:
        """Return what a column is for."""
        return self._roles.get(self._columns[place].name, "ignore")

    def first_broken(self) -> int | None:
        """Return the place of the first broken row."""
        return next((place for place, row in enumerate(self._rows) if row.kind == "broken"), None)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns in the file."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        """Return a cell's text, or a tooltip with all of it."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if row.kind == "gap":
                return f"{count(row.number, 'more row')}"
            if row.kind == "reason" and row.bad is not None:
                return " ".join(broken_sentence(row.bad))
            return (row.cells[index.column()] or "")[:MAX_SHOWN_LENGTH] if index.column() < len(row.cells) else ""
        if role == Qt.ItemDataRole.ToolTipRole and row.kind == "data":
            text = row.cells[index.column()]
            return text if text is not None and len(text) > 12 else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # Qt's own signature
        """Return a column's name and facts, or a row's number."""
        if orientation == Qt.Orientation.Vertical:
            row = self._rows[section]
            return f"{row.number:,}" if role == Qt.ItemDataRole.DisplayRole and row.kind in {"data", "broken"} else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].name
        if role == Qt.ItemDataRole.ToolTipRole:
            return _facts(self._columns[section])
        return None


def _facts(column: Column) -> str:
    lines = [f"{column.name}: {column.kind.replace('_', '/')}, {count(column.n_distinct, 'different value')}"]
    if column.kind != "date" and math.isfinite(column.minimum):
        lines.append(f"from {column.minimum:,.6g} to {column.maximum:,.6g}")
    if column.n_missing:
        lines.append(count(column.n_missing, "empty cell"))
    if column.reason:
        lines.append(f"starts as ignored: {column.reason}")
    return "\n".join(lines)


def aligned_right(column: Column) -> bool:
    """Return whether a column's cells read as numbers."""
    return column.kind == "number" or (column.kind in {"identifier", "constant"} and math.isfinite(column.minimum))


class PreviewDelegate(QStyledItemDelegate):
    """Paints the whole cell: the role gives the background, the kind of row its content."""

    def __init__(self, model: PreviewModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row has its height by its kind."""
        heights = {"reason": REASON_HEIGHT, "gap": GAP_HEIGHT}
        return QSize(80, heights.get(self._model.row(index.row()).kind, ROW_HEIGHT))

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
        if row.bad is None:
            return
        tokens = theme.current()
        painter.fillRect(rect, QColor(tokens.danger_soft))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.danger_border))
        box = self._visible(rect).adjusted(PADDING, 0, -PADDING, 0)
        painter.drawPixmap(box.left(), box.center().y() - 7, icons.pixmap("circle-alert", tokens.danger, 15))
        box.setLeft(box.left() + 24)
        head, tail = broken_sentence(row.bad)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.danger))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, head)
        box.setLeft(box.left() + QFontMetrics(font).horizontalAdvance(head) + PADDING)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        tail = QFontMetrics(font).elidedText(tail, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, tail)

    def _paint_cell(self, painter: QPainter, rect: QRect, row: PreviewRow, place: int) -> None:
        tokens = theme.current()
        role = self._model.role(place)
        broken = row.kind == "broken"
        grounds = {"input": tokens.surface, "ignore": tokens.surface2, "target": tokens.accent_soft}
        inks = {"input": tokens.text, "ignore": tokens.muted, "target": tokens.accent}
        painter.fillRect(rect, QColor(tokens.danger_soft if broken else grounds[role]))
        line = QColor(tokens.accent_line if role == "target" and not broken else tokens.border)
        if not broken:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        box = rect.adjusted(PADDING, 0, -PADDING - 1, -1)
        right = aligned_right(self._model.column(place))
        if broken and place >= len(row.cells):
            _paint_hatched(painter, box)
            return
        text = row.cells[place]
        if text is None or (broken and not text):
            _paint_tag(painter, box, "empty", right)
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
