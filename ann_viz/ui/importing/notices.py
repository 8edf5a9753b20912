"""The notices card: what was found in the data, warnings first, each with a link that acts on it or takes it back.

One list view paints all lines, so thousands of findings cost no more than ten. The keyboard walks the lines; Enter or
Space takes the link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ann_viz.session.importing.notice import Notice
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NoticeList"]

Index = QModelIndex | QPersistentModelIndex
ICON: Final = 15
TEXT_LEFT: Final = 22
GAP: Final = 12
LINE_HEIGHT: Final = 17
PADDING: Final = 3
MOST_LINES: Final = 2
SIZE: Final = 12
_TOP: Final = QModelIndex()
LOOKS: Final = {
    "warning": ("triangle-alert", "warning"),
    "info": ("info", "muted"),
    "done": ("check", "ok"),
}


class _Model(QAbstractListModel):
    """The notices, one a row."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: Sequence[Notice] = ()

    def show_notices(self, shown: Sequence[Notice]) -> None:
        self.beginResetModel()
        self.notices = shown
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.notices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        notice = self.notices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return notice.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(notice.sentence)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{notice.sentence} {notice.action}".strip()
        return None


class _Delegate(QStyledItemDelegate):
    """Paints one notice: icon, sentence with the columns' names in bold, link at the right."""

    def __init__(self, view: QListView, model: _Model) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(SIZE)
        font.setWeight(weight)
        return font

    def link_width(self, notice: Notice) -> int:
        """Return the room the link takes at the right."""
        if not notice.action:
            return 0
        return QFontMetrics(self._font(QFont.Weight.Medium)).horizontalAdvance(notice.action) + 2 * PADDING

    def _laid_out(self, notice: Notice, width: int) -> QTextLayout:
        layout = QTextLayout(notice.sentence, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(_bold_names(notice))
        layout.beginLayout()
        while layout.lineCount() <= MOST_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 40))
        layout.endLayout()
        return layout

    def _text_width(self, notice: Notice, width: int) -> int:
        link = self.link_width(notice)
        return width - TEXT_LEFT - (link + GAP if link else 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One or two lines."""
        width = self._view.viewport().width()
        notice = self._model.notices[index.row()]
        lines = self._laid_out(notice, self._text_width(notice, width)).lineCount()
        return QSize(40, min(max(lines, 1), MOST_LINES) * LINE_HEIGHT + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one notice."""
        tokens = theme.current()
        notice = self._model.notices[index.row()]
        rect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if focused:
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        name, colour = LOOKS[notice.look]
        ratio = self._view.devicePixelRatioF()
        top = rect.top() + PADDING + (LINE_HEIGHT - ICON) // 2
        painter.drawPixmap(rect.left() + 2, top, icons.pixmap(name, str(getattr(tokens, colour)), ICON, ratio=ratio))
        painter.setPen(QColor(tokens.text2))
        self._paint_sentence(painter, rect, notice)
        if notice.action:
            painter.setFont(self._font(QFont.Weight.Medium))
            painter.setPen(QColor(tokens.accent))
            box = QRect(rect.left(), rect.top() + PADDING, rect.width() - PADDING, LINE_HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, notice.action)
        painter.restore()

    def _paint_sentence(self, painter: QPainter, rect: QRect, notice: Notice) -> None:
        layout = self._laid_out(notice, self._text_width(notice, rect.width()))
        top = rect.top() + PADDING
        for place in range(min(layout.lineCount(), MOST_LINES)):
            line = layout.lineAt(place)
            y = top + place * LINE_HEIGHT + (LINE_HEIGHT - line.height()) / 2
            if place == MOST_LINES - 1 and layout.lineCount() > MOST_LINES:
                painter.setFont(self._font())
                width = int(line.width())
                rest = QFontMetrics(self._font()).elidedText(
                    notice.sentence[line.textStart() :], Qt.TextElideMode.ElideRight, width
                )
                painter.drawText(
                    QRect(rect.left() + TEXT_LEFT, top + place * LINE_HEIGHT, width, LINE_HEIGHT),
                    Qt.AlignmentFlag.AlignVCenter,
                    rest,
                )
                return
            line.draw(painter, QPointF(rect.left() + TEXT_LEFT, y - line.y()))


class NoticeList(QListView):
    """The lines of the notices card.

    ``action_taken`` carries the notice whose link was taken.
    """

    action_taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self._delegate = _Delegate(self, self._model)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setProperty("plain", True)
        self.setAccessibleName(self.tr("Notices"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def notices(self) -> Sequence[Notice]:
        """The lines on show."""
        return self._model.notices

    def show_notices(self, shown: Sequence[Notice]) -> None:
        """Show these lines; the cursor stays where it was, and nothing happens when they are the same."""
        if shown == self._model.notices:
            return
        place = max(self.currentIndex().row(), 0)
        self._model.show_notices(shown)
        if shown:
            self.setCurrentIndex(self._model.index(min(place, len(shown) - 1)))

    def take(self, place: int) -> None:
        """Take the link of a line, if it has one."""
        notice = self._model.notices[place]
        if notice.action:
            self.action_taken.emit(notice)

    def _over_link(self, event: QMouseEvent) -> int | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return None
        width = self._delegate.link_width(self._model.notices[index.row()])
        return index.row() if width and point.x() >= self.visualRect(index).right() - width else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link."""
        over = self._over_link(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the link under the pointer."""
        super().mouseReleaseEvent(event)
        place = self._over_link(event)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.take(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space take the link of the current line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.currentIndex().isValid():
            self.take(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the theme changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()


def _bold_names(notice: Notice) -> list[QTextLayout.FormatRange]:
    """Return formats that set the columns' names in bold where the sentence has them."""
    tokens = theme.current()
    ranges, start = [], 0
    for name in notice.names:
        place = notice.sentence.find(name, start)
        if place < 0:
            continue
        part = QTextLayout.FormatRange()
        part.start, part.length = place, len(name)
        part.format.setFontWeight(QFont.Weight.DemiBold)
        part.format.setForeground(QColor(tokens.text))
        ranges.append(part)
        start = place + len(name)
    return ranges
