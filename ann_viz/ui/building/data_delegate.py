"""The rows of the data list: what each column says about itself, and how that is painted.

The model holds finished rows and reports ticks; what a tick means is the data card's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ann_viz.numerals import count
from ann_viz.translation import translatable, translate
from ann_viz.ui.document.kind_icons import KIND_ICONS
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["ColumnDelegate", "ColumnList", "ColumnModel", "ColumnRow"]

ROW_HEIGHT: Final = 22
HISTOGRAM: Final = QSize(52, 14)
ROW_ROLE: Final = Qt.ItemDataRole.UserRole
KIND_WORDS: Final = {
    "number": translatable("{name} is a number"),
    "category": translatable("{name} is a category"),
    "yes_no": translatable("{name} is yes or no"),
    "identifier": translatable("{name} is an identifier"),
    "text": translatable("{name} is free text"),
    "date": translatable("{name} is a date"),
    "constant": translatable("{name} is always the same"),
    "empty": translatable("{name} is empty"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """One column as the list shows it; ``badge`` is the number of inputs it becomes, ``reason`` why it is left out."""

    name: str
    kind: str
    checked: bool
    badge: int
    histogram: tuple[int, ...]
    reason: str | None

    @property
    def tip(self) -> str:
        """What the row says when pointed at."""
        parts = [translate(KIND_WORDS[self.kind]).format(name=self.name)]
        if self.badge > 1:
            parts.append(translate("becomes {inputs}, one per category").format(inputs=count(self.badge, "input")))
        if self.reason is not None:
            parts.append(self.reason)
        return "; ".join(parts) + "."


class ColumnModel(QAbstractListModel):
    """Columns of the table; ``ticked`` carries a name and whether the network shall see it."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ColumnRow, ...] = ()

    def show_rows(self, rows: tuple[ColumnRow, ...]) -> None:
        """Replace every row."""
        if rows == self.rows:
            return
        if [row.name for row in rows] == [row.name for row in self.rows]:  # keeps the scroll place and the focus
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Count the columns; a list has no children."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer the view, and screen readers."""
        row = self.rows[index.row()]
        answers = {
            int(Qt.ItemDataRole.DisplayRole): row.name,
            int(Qt.ItemDataRole.ToolTipRole): plain_tip(row.tip),
            int(Qt.ItemDataRole.AccessibleDescriptionRole): row.tip,
            int(ROW_ROLE): row,
        }
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked
        return answers.get(int(role))

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let every row be ticked."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Report a tick; the row changes when the data card shows the new recipe."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked.emit(self.rows[index.row()].name, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class ColumnDelegate(QStyledItemDelegate):
    """Paints check, type, name, badge and histogram (or the reason a column is left out) in 22 pixels."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One dense row."""
        return QSize(120, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one column."""
        row: ColumnRow = index.data(ROW_ROLE)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        font: QFont = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.current().accent), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(-1, 1, 1, -1), 5.0, 5.0)
        _paint_check(painter, rect, row.checked)
        _paint_type(painter, rect, row.kind)
        end = rect.right() + 1 - HISTOGRAM.width()
        if row.reason is not None and not row.checked:
            end = _paint_reason(painter, rect, font, row)
        else:
            box = QRectF(end, rect.center().y() - 6.0, HISTOGRAM.width(), HISTOGRAM.height())
            _paint_histogram(painter, box, row)
        _paint_name(painter, rect, font, row, end - 8)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tick by a click anywhere on the row; keys go the usual way."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove}:
            return True
        if event.type() != QEvent.Type.MouseButtonRelease:
            return super().editorEvent(event, model, option, index)
        checked = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        value = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
        return model.setData(index, value, Qt.ItemDataRole.CheckStateRole)


class ColumnList(QListView):
    """A frameless list of columns that is as tall as its rows, up to a limit.

    Parameters
    ----------
    name : str
        For screen readers.
    most_rows : int
        How many rows show before it scrolls.
    """

    ticked = Signal(str, bool)
    """A column's name, and whether the network shall see it."""

    def __init__(self, name: str, most_rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.columns = ColumnModel(self)
        self.columns.ticked.connect(self.ticked)
        self.setModel(self.columns)
        self.setItemDelegate(ColumnDelegate(self))
        self.setProperty("plain", True)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setMouseTracking(True)

    @property
    def is_empty(self) -> bool:
        """Whether there is no column to show."""
        return not self.columns.rows

    def show_rows(self, rows: tuple[ColumnRow, ...]) -> None:
        """Show these columns and take the height they need."""
        self.columns.show_rows(rows)
        self.setFixedHeight(ROW_HEIGHT * min(len(rows), self._most_rows))


def _paint_check(painter: QPainter, rect: QRect, checked: bool) -> None:
    tokens = theme.current()
    box = QRectF(rect.left() + 0.5, rect.center().y() - 6.5, 14.0, 14.0)
    painter.setPen(QPen(QColor(tokens.fill if checked else tokens.border_strong), 1.0))
    painter.setBrush(QColor(tokens.fill if checked else tokens.surface))
    painter.drawRoundedRect(box, 4.0, 4.0)
    if checked:
        painter.setPen(QPen(QColor(tokens.on_fill), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        points = ((3.6, 7.3), (6.1, 9.7), (10.6, 4.9))
        painter.drawPolyline([box.topLeft() + QPointF(x, y) for x, y in points])


def _paint_type(painter: QPainter, rect: QRect, kind: str) -> None:
    tokens = theme.current()
    box = QRectF(rect.left() + 23, rect.center().y() - 7.0, 18.0, 16.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface3))
    painter.drawRoundedRect(box, 4.0, 4.0)
    ratio = painter.device().devicePixelRatioF()
    picture = icons.pixmap(KIND_ICONS[kind], tokens.text2, 12, ratio=ratio)
    painter.drawPixmap(box.topLeft() + QPointF(3.0, 2.0), picture)


def _paint_name(painter: QPainter, rect: QRect, font: QFont, row: ColumnRow, end: int) -> None:
    tokens = theme.current()
    left = rect.left() + 49
    badge = f"×{row.badge}" if row.badge > 1 else ""
    small = QFont(font)
    small.setPixelSize(11)
    small.setWeight(QFont.Weight.Medium)
    badge_width = QFontMetricsF(small).horizontalAdvance(badge) + 18 if badge else 0.0
    metrics = QFontMetricsF(font)
    name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, end - left - badge_width)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text if row.checked else tokens.muted))
    painter.drawText(rect.adjusted(49, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
    if badge:
        box = QRectF(left + metrics.horizontalAdvance(name) + 6, rect.center().y() - 7.0, badge_width - 6, 16.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface3))
        painter.drawRoundedRect(box, 8.0, 8.0)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)


def _paint_reason(painter: QPainter, rect: QRect, font: QFont, row: ColumnRow) -> int:
    """Write why the column is left out at the right; return where it begins."""
    small = QFont(font)
    small.setPixelSize(11)
    room = rect.width() - 49 - min(120, round(QFontMetricsF(font).horizontalAdvance(row.name)) + 9)
    text = QFontMetricsF(small).elidedText(row.reason or "", Qt.TextElideMode.ElideRight, room)
    painter.setFont(small)
    painter.setPen(QColor(theme.current().muted))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return rect.right() - round(QFontMetricsF(small).horizontalAdvance(text))


def _paint_histogram(painter: QPainter, box: QRectF, row: ColumnRow) -> None:
    highest = max(row.histogram, default=0)
    if highest == 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().faint))
    painter.setOpacity(0.95 if row.checked else 0.45)
    gap = 2.0 if len(row.histogram) <= 4 else 1.0
    pitch = (box.width() + gap) / len(row.histogram)
    for position, n_rows in enumerate(row.histogram):
        height = max(1.0, box.height() * n_rows / highest)
        bar = QRectF(box.left() + position * pitch, box.bottom() - height, max(1.0, pitch - gap), height)
        painter.drawRoundedRect(bar, 0.8, 0.8)
    painter.setOpacity(1.0)
