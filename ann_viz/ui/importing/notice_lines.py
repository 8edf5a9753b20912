"""How one line of the notices card is painted, and what the lines are made of.

One link stands at the right of its sentence, several stand below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ann_viz.session.importing.notice import Notice
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NoticeDelegate", "NoticeModel"]

Index = QModelIndex | QPersistentModelIndex
ICON: Final = 15
TEXT_LEFT: Final = 22
GAP: Final = 12
BETWEEN_LINKS: Final = 18
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


class NoticeModel(QAbstractListModel):
    """The notices, one a row."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: Sequence[Notice] = ()

    def show_notices(self, shown: Sequence[Notice]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.notices = shown
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many notices there are."""
        return 0 if parent.isValid() else len(self.notices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        """Return what is said of a notice in words."""
        notice = self.notices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return notice.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{notice.sentence}\n{', '.join(notice.names)}" if notice.is_of_many else notice.sentence)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{notice.sentence} {' · '.join(notice.actions)}".strip()
        return None


class NoticeDelegate(QStyledItemDelegate):
    """Paints one notice: icon, sentence with the columns' names in bold, its links.

    Parameters
    ----------
    view : QListView
        Where it paints.
    model : NoticeModel
        What it paints.
    """

    def __init__(self, view: QListView, model: NoticeModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.link = 0  # the one of the current line that the keyboard takes

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(SIZE)
        font.setWeight(weight)
        return font

    def _link_width(self, notice: Notice) -> int:
        """Return the room that a single link takes at the right."""
        if len(notice.actions) != 1:
            return 0
        return QFontMetrics(self._font(QFont.Weight.Medium)).horizontalAdvance(notice.actions[0]) + 2 * PADDING

    def links(self, notice: Notice, rect: QRect) -> list[QRect]:
        """Return where the links of a notice are, in its rectangle."""
        metrics = QFontMetrics(self._font(QFont.Weight.Medium))
        if len(notice.actions) == 1:
            width = self._link_width(notice)
            return [QRect(rect.right() - width + 1, rect.top() + PADDING, width, LINE_HEIGHT)]
        boxes, left = [], rect.left() + TEXT_LEFT
        for action in notice.actions:
            width = metrics.horizontalAdvance(action)
            boxes.append(QRect(left, rect.bottom() - PADDING - LINE_HEIGHT + 1, width, LINE_HEIGHT))
            left += width + BETWEEN_LINKS
        return boxes

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
        link = self._link_width(notice)
        return width - TEXT_LEFT - (link + GAP if link else 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One or two lines, and one for several links."""
        width = self._view.viewport().width()
        notice = self._model.notices[index.row()]
        lines = self._laid_out(notice, self._text_width(notice, width)).lineCount()
        n_lines = min(max(lines, 1), MOST_LINES) + (len(notice.actions) > 1)
        return QSize(40, n_lines * LINE_HEIGHT + 2 * PADDING)

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
        painter.setPen(QColor(tokens.accent))
        for place, (action, box) in enumerate(zip(notice.actions, self.links(notice, rect), strict=True)):
            font = self._font(QFont.Weight.Medium)
            font.setUnderline(focused and len(notice.actions) > 1 and place == self.link)
            painter.setFont(font)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, action)
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
