"""The two headers of the preview: names, type icons and role boxes above, row numbers at the left.

Role boxes are real combo boxes so that the keyboard and screen readers work; only as many exist as columns are in
sight, and they move along, so a file with thousands of columns opens as fast as a small one. Tab stops once in the
header; arrow keys walk through the columns.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ann_viz.numerals import format_number
from ann_viz.session.importing.sentences import column_facts
from ann_viz.ui.document.kind_icons import KIND_ICONS
from ann_viz.ui.importing.preview_model import PADDING, PreviewModel
from ann_viz.ui.importing.role_box import RoleBox
from ann_viz.ui.kit import icons, theme

__all__ = ["LEAST_WIDTH", "RoleHeader", "RowHeader"]

HEIGHT: Final = 56
BADGE: Final = 18
BOX_LEFT: Final = PADDING - 2 + BADGE + 3
BOX_HEIGHT: Final = 24
BOX_TOP: Final = 27
LEAST_WIDTH: Final = BOX_LEFT + 54 + 4
LEAST_ROW_WIDTH: Final = 54
DIGIT: Final = 7


class RoleHeader(QHeaderView):
    """Column names with their types and roles.

    ``role_chosen`` carries the column's place and its new role, ``settings_asked`` the place of the column whose type
    icon was pressed.
    """

    role_chosen = Signal(int, str)
    settings_asked = Signal(int)
    column_focused = Signal(int)

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = parent
        self._model = model
        self._boxes: dict[int, RoleBox] = {}
        self._spare: list[RoleBox] = []
        self._current = 0
        self._hovered = -1
        self.frozen = False  # while all widths are set in one go
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)
        model.modelReset.connect(self._on_model_reset)
        model.headerDataChanged.connect(self._on_roles_changed)
        self.sectionResized.connect(self.place_boxes)

    def box(self, place: int) -> RoleBox:
        """Return the role box above a column in sight."""
        if place not in self._boxes:
            box = self._spare.pop() if self._spare else self._new_box()
            column = self._model.column(place)
            box.show_column(place, column.name, column_facts(column))
            self._boxes[place] = box
            box.show_role(self._model.role(place) or "input")
            self._set_policies()
        return self._boxes[place]

    def _new_box(self) -> RoleBox:
        box = RoleBox(self.viewport())
        box.activated.connect(lambda _: self.role_chosen.emit(box.place, box.currentData()))
        box.focused.connect(lambda: self._on_focused(box.place))
        box.stepped.connect(lambda step: self.focus_column(box.place + step))
        box.settings_asked.connect(lambda: self.settings_asked.emit(box.place))
        QWidget.setTabOrder(self._table, box)
        return box

    def _set_policies(self) -> None:
        for place, box in self._boxes.items():
            box.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if place == self._current else Qt.FocusPolicy.ClickFocus,
            )

    def _on_focused(self, place: int) -> None:
        self._current = place
        self._set_policies()
        self.column_focused.emit(place)

    def focus_column(self, place: int) -> None:
        """Put the keyboard focus above a column, bringing it into sight."""
        if 0 <= place < self._model.columnCount() and self._model.role(place) is not None:
            self.column_focused.emit(place)
            self.place_boxes()
            self.box(place).setFocus()

    def _in_sight(self) -> range:
        if not self.count():
            return range(0)
        first = max(self.visualIndexAt(0), 0)
        last = self.visualIndexAt(self.viewport().width() - 1)
        return range(first, (self.count() - 1 if last < 0 else last) + 1)

    def place_boxes(self) -> None:
        """Put the boxes of the columns in sight where they belong; those of other columns wait to be used again."""
        if self.frozen:
            return
        sight = [place for place in self._in_sight() if self._model.role(place) is not None]
        for place in [place for place in self._boxes if place not in sight]:
            box = self._boxes.pop(place)
            box.hide()
            self._spare.append(box)
        if sight and self._current not in sight:
            self._current = sight[0]
            self._set_policies()
        for place in sight:
            left = self.sectionViewportPosition(place) + BOX_LEFT
            box = self.box(place)
            box.setGeometry(left, BOX_TOP, self.sectionSize(place) - BOX_LEFT - 4, BOX_HEIGHT)
            box.show()

    def _on_model_reset(self) -> None:
        if any(box.hasFocus() for box in self._boxes.values()):
            self._table.setFocus()
        for box in self._boxes.values():
            box.hide()
            self._spare.append(box)
        self._boxes.clear()

    def _on_roles_changed(self) -> None:
        self.place_boxes()
        for place, box in self._boxes.items():
            box.show_role(self._model.role(place) or "input")
        self.viewport().update()

    def name_font(self) -> QFont:
        """Return the font of the column names."""
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """Two lines: the name, then type and role."""
        return QSize(LEAST_WIDTH, HEIGHT)

    def badge(self, place: int) -> QRect:
        """Return where the type icon of a column is."""
        left = self.sectionViewportPosition(place)
        return QRect(left + PADDING - 2, BOX_TOP + 3, BADGE, BADGE)

    def below_badge(self, place: int) -> QPoint:
        """Return where on the screen the settings of a column open."""
        return self.viewport().mapToGlobal(self.badge(place).bottomLeft() + QPoint(0, 6))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one column's name and type; its role box is a widget on top."""
        tokens = theme.current()
        role = self._model.role(logicalIndex)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(tokens.accent_soft if role == "target" else tokens.surface2))
        line = QColor(tokens.accent_line if role == "target" else tokens.border)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), line)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border_strong))
        if role == "target":
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, QColor(tokens.accent))
        painter.setFont(self.name_font())
        painter.setPen(QColor(tokens.muted if role == "ignore" else tokens.text))
        box = QRect(rect.left() + PADDING, rect.top() + 5, rect.width() - PADDING - 2, 20)
        name = self._model.column(logicalIndex).name
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        self._paint_badge(painter, rect, logicalIndex)
        painter.restore()

    def _paint_badge(self, painter: QPainter, rect: QRect, place: int) -> None:
        tokens = theme.current()
        target, planned = self._model.role(place) == "target", self._model.plan(place) is not None
        hovered = place == self._hovered
        badge = QRectF(rect.left() + PADDING - 2, rect.top() + BOX_TOP + 3, BADGE, BADGE)
        painter.setPen(QPen(QColor(tokens.accent), 1) if hovered or planned else Qt.PenStyle.NoPen)
        ground = tokens.surface if target else tokens.accent_soft if planned else tokens.surface3
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(badge, 5, 5)
        ink = tokens.accent if target or planned else tokens.text2
        picture = icons.pixmap(KIND_ICONS[self._model.kind(place)], ink, 12, ratio=self.devicePixelRatioF())
        painter.drawPixmap(badge.topLeft() + QPointF(3, 3), picture)

    def _badge_at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        place = self.logicalIndexAt(point)
        if place >= 0 and self._model.role(place) is not None and self.badge(place).contains(point):
            return place
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a type icon can be pressed."""
        super().mouseMoveEvent(event)
        hovered = self._badge_at(event)
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.ArrowCursor,
            )
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the settings of the column whose type icon is pressed."""
        place = self._badge_at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.settings_asked.emit(place)
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows other columns."""
        super().resizeEvent(event)
        self.place_boxes()


class RowHeader(QHeaderView):
    """Row numbers as they stand in the file; that of a row with trouble is marked."""

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._width = LEAST_ROW_WIDTH
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(20)
        model.modelReset.connect(self._on_model_reset)

    def _on_model_reset(self) -> None:
        largest = max((self._model.row(place).number for place in range(self._model.rowCount())), default=0)
        self._width = max(LEAST_ROW_WIDTH, 20 + DIGIT * len(format_number(largest)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one row's number."""
        tokens = theme.current()
        row = self._model.row(logicalIndex)
        trouble = row.bad is not None
        mended = self._model.mended(row)
        ink = tokens.warning if mended else tokens.danger if trouble else tokens.muted
        ground = tokens.warning_soft if mended else tokens.danger_soft if trouble else tokens.surface2
        line = tokens.warning_border if mended else tokens.danger_border if trouble else tokens.border
        painter.save()
        painter.fillRect(rect, QColor(ground))
        if trouble:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(ink))
        if row.kind not in {"broken", "mended"}:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(line))
        if row.kind in {"data", "broken", "mended"}:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(tokens.border))
            font = QFont(self.font())
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold if trouble else QFont.Weight.Normal)
            painter.setFont(theme.tabular(font))
            painter.setPen(QColor(ink))
            box = rect.adjusted(4, 0, -PADDING - 1, -1)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, format_number(row.number)
            )
        painter.restore()

    def sizeHint(self) -> QSize:
        """Wide enough for the largest number on show; Qt's own hint would measure every row."""
        return QSize(self._width, HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the theme changes."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()
        super().changeEvent(event)
