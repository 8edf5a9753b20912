"""The small box above a column of the preview that says what the column is for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from ann_viz.data import Role
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["ROLE_LABELS", "RoleBox"]

ROLE_LABELS: Final[dict[Role, str]] = {
    "input": translatable("Input"),
    "target": translatable("Target"),
    "ignore": translatable("Ignore"),
}
STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SETTINGS_KEYS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Menu}


class RoleBox(ComboBox):
    """A role, drawn narrow enough to stand beside the type icon of a narrow column.

    Up and Down change the role, Left and Right ask for the next column (``stepped``), Enter for the column's settings
    (``settings_asked``). ``place`` is the column it stands above.
    """

    focused = Signal()
    stepped = Signal(int)
    settings_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = -1
        for role, label in ROLE_LABELS.items():
            self.addItem(translate(label), role)
        self.setProperty("small", True)
        self.view().setMinimumWidth(110)

    def show_column(self, place: int, name: str, facts: str) -> None:
        """Stand above a column."""
        self.place = place
        self.setAccessibleName(self.tr("Role of {name}").format(name=name))
        text = self.tr("{facts}. Enter opens the settings of this column.")
        self.setAccessibleDescription(text.format(facts=facts))
        self.setToolTip(
            self.tr("What this column is for. Left and Right go to the next column, Enter opens its settings.")
        )

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
            chevron = icons.pixmap("chevron-down", tokens.muted, 10, ratio=self.devicePixelRatioF())
            painter.drawPixmap(self.width() - 14, (self.height() - 10) // 2, chevron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to the next column, open this one's settings, or change the role."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in SETTINGS_KEYS:
            self.settings_asked.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the table: turning it over a header must not change a role."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the column should be in sight."""
        super().focusInEvent(event)
        self.focused.emit()
