"""The two headers of the preview: names, type icons and role boxes above, row numbers at the left.

Role boxes are real combo boxes so that Tab, arrow keys and screen readers work; only those of columns in sight (and
their next neighbours) exist, so a file with thousands of columns opens as fast as a small one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from ann_viz.data import Role
from ann_viz.ui import icons, theme
from ann_viz.ui.import_model import PADDING, PreviewModel

__all__ = ["ROLE_LABELS", "RoleBox", "RoleHeader", "RowHeader"]

HEIGHT: Final = 56
BADGE: Final = 18
BOX_LEFT: Final = PADDING - 2 + BADGE + 3
BOX_HEIGHT: Final = 24
BOX_TOP: Final = 27
LEAST_WIDTH: Final = BOX_LEFT + 54 + 4
ROLE_LABELS: Final[dict[Role, str]] = {"input": "Input", "target": "Target", "ignore": "Ignore"}
ICONS: Final = {
    "number": "hash",
    "category": "tags",
    "yes_no": "toggle-left",
    "identifier": "key-round",
    "text": "type",
    "date": "calendar",
    "constant": "circle-dashed",
    "empty": "circle-dashed",
}


class RoleBox(QComboBox):
    """A role, drawn narrow enough to stand beside the type icon of a narrow column."""

    focused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for role, label in ROLE_LABELS.items():
            self.addItem(label, role)
        self.setProperty("small", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().setMinimumWidth(110)

    def show_role(self, role: Role) -> None:
        """Show a role without reporting it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(role))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a small field: the style's own would leave no room for the text."""
        tokens = theme.current()
        role = self.currentData()
        ink = {"input": tokens.text, "target": tokens.accent}.get(role, tokens.muted)
        line = tokens.accent_line if role == "target" else tokens.border
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), 2) if self.hasFocus() else QPen(QColor(line), 1))
            painter.setBrush(QColor(tokens.surface2 if role == "ignore" else tokens.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            font = QFont(self.font())
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.Normal if role == "ignore" else QFont.Weight.Medium)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            box = self.rect().adjusted(6, 0, -12, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.currentText())
            chevron = icons.pixmap("chevron-down", tokens.muted, 10)
            painter.drawPixmap(self.width() - 14, (self.height() - 10) // 2, chevron)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the table: turning it over a header must not change a role."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the column should be in sight."""
        super().focusInEvent(event)
        self.focused.emit()


class RoleHeader(QHeaderView):
    """Column names with their types and roles.

    ``role_chosen`` carries the column's place and its new role.
    """

    role_chosen = Signal(int, str)
    column_focused = Signal(int)

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = parent
        self._model = model
        self._boxes: dict[int, RoleBox] = {}
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setHighlightSections(False)
        model.modelReset.connect(self._on_model_reset)
        model.headerDataChanged.connect(self._on_roles_changed)
        self.sectionResized.connect(self.place_boxes)

    def box(self, place: int) -> RoleBox:
        """Return the role box of a column, made when it is first wanted."""
        if place not in self._boxes:
            box = RoleBox(self.viewport())
            box.setAccessibleName(f"Role of {self._model.column(place).name}")
            box.activated.connect(lambda _, place=place, box=box: self.role_chosen.emit(place, box.currentData()))
            box.focused.connect(lambda place=place: self.column_focused.emit(place))
            box.show_role(self._model.role(place))
            # Tab goes from the table through the boxes from left to right, whenever they were made.
            left = max((other for other in self._boxes if other < place), default=None)
            QWidget.setTabOrder(self._table if left is None else self._boxes[left], box)
            self._boxes[place] = box
        return self._boxes[place]

    def place_boxes(self) -> None:
        """Put the boxes of the columns in sight where they belong, and hide the others."""
        if not self.count():
            return
        first = max(self.visualIndexAt(0), 0)
        last = self.visualIndexAt(self.viewport().width() - 1)
        last = self.count() - 1 if last < 0 else last
        near = range(max(first - 1, 0), min(last + 1, self.count() - 1) + 1)
        for place in near:
            left = self.sectionViewportPosition(place) + BOX_LEFT
            width = self.sectionSize(place) - BOX_LEFT - 4
            box = self.box(place)
            box.setGeometry(left, BOX_TOP, width, BOX_HEIGHT)
            box.show()
        for place, box in self._boxes.items():
            if place not in near:
                box.hide()

    def _on_model_reset(self) -> None:
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes.clear()

    def _on_roles_changed(self) -> None:
        for place, box in self._boxes.items():
            box.show_role(self._model.role(place))
        self.viewport().update()

    def name_font(self) -> QFont:
        """Return the font of the column names."""
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """Two lines: the name, then type and role."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one column's name and type; its role box is a widget on top."""
        tokens = theme.current()
        role = self._model.role(logicalIndex)
        column = self._model.column(logicalIndex)
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
        name = painter.fontMetrics().elidedText(column.name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        badge = QRectF(rect.left() + PADDING - 2, rect.top() + BOX_TOP + 3, BADGE, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface if role == "target" else tokens.surface3))
        painter.drawRoundedRect(badge, 5, 5)
        ink = tokens.accent if role == "target" else tokens.text2
        painter.drawPixmap(badge.topLeft() + QPointF(3, 3), icons.pixmap(ICONS[column.kind], ink, 12))
        painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows other columns."""
        super().resizeEvent(event)
        self.place_boxes()


class RowHeader(QHeaderView):
    """Row numbers as they stand in the file; a broken row's is red."""

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(20)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one row's number."""
        tokens = theme.current()
        row = self._model.row(logicalIndex)
        trouble = row.kind in {"broken", "reason"}
        painter.save()
        painter.fillRect(rect, QColor(tokens.danger_soft if trouble else tokens.surface2))
        if trouble:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(tokens.danger))
        if row.kind != "broken":
            line = tokens.danger_border if trouble else tokens.border
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(line))
        if row.kind in {"data", "broken"}:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(tokens.border))
            font = QFont(self.font())
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold if trouble else QFont.Weight.Normal)
            painter.setFont(theme.tabular(font))
            painter.setPen(QColor(tokens.danger if trouble else tokens.muted))
            box = rect.adjusted(4, 0, -PADDING - 1, -1)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{row.number:,}")
        painter.restore()

    def sizeHint(self) -> QSize:
        """Wide enough for the design's five digits and more."""
        return QSize(54, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the theme changes."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()
        super().changeEvent(event)
