"""The formats in three groups, each with its icon, its name and what becomes of it; what can't be made is muted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ann_viz.session.exports import FORMATS, Format
from ann_viz.session.exports.format import Group
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["FormatList"]

WIDTH: Final = 234
ROW_HEIGHT: Final = 42
GROUP_HEIGHT: Final = 28
MARGIN: Final = 10.0
FORMAT: Final = Qt.ItemDataRole.UserRole
GROUPS: Final[dict[Group, str]] = {
    "show": translatable("See and show"),
    "run": translatable("Use the model"),
    "count": translatable("Numbers"),
}
ICONS: Final = {
    "page": "globe",
    "picture": "image",
    "video": "film",
    "report": "file-text",
    "python": "file-code",
    "pytorch": "flame",
    "keras": "layers",
    "notebook": "file-code",
    "onnx": "cpu",
    "model": "box",
    "tables": "table",
}


class FormatList(QListWidget):
    """Chooses one of the formats.

    Parameters
    ----------
    parent : QWidget, optional
    """

    chosen = Signal(object)
    """Carries the Format."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formatList")
        self.setAccessibleName(self.tr("Formats"))
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_RowDelegate(self))
        for group, heading in GROUPS.items():
            formats = [each for each in FORMATS if each.group == group]
            if formats:
                self._add_heading(translate(heading))
            for each in formats:
                self._add(each)
        self.currentItemChanged.connect(self._on_current_changed)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add(self, format: Format) -> None:
        item = QListWidgetItem(translate(format.label), self)
        item.setData(FORMAT, format)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{translate(format.label)}: {_subline(format)}")
        item.setToolTip(plain_tip(translate(format.about)))

    def choose(self, name: str) -> None:
        """Choose a format by its name, or the first one."""
        rows = [self.item(row) for row in range(self.count())]
        formats = [item for item in rows if item.data(FORMAT) is not None]
        wanted = next((item for item in formats if item.data(FORMAT).name == name), formats[0])
        self.setCurrentItem(wanted)

    @property
    def format(self) -> Format:
        """What is chosen."""
        chosen: Format = self.currentItem().data(FORMAT)
        return chosen

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(FORMAT) is not None:
            self.chosen.emit(item.data(FORMAT))


def _subline(format: Format) -> str:
    """Return what it is in a few words, its endings, or what is missing."""
    if format.missing:
        return translate("needs {packages}").format(packages=", ".join(format.missing))
    if format.brief:
        return translate(format.brief)
    return ", ".join(suffix.lstrip(".").upper() for suffix in format.suffixes)


class _RowDelegate(QStyledItemDelegate):
    """Paints a heading, or a format."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        height = GROUP_HEIGHT if index.data(FORMAT) is None else ROW_HEIGHT
        return QSize(WIDTH - 12, round(height * theme.magnified()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        tokens, format = theme.current(), index.data(FORMAT)
        box = QRectF(option.rect)
        font = QFont(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if format is None:
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(box.adjusted(MARGIN, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
            painter.restore()
            return
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(tokens.accent_line) if state & QStyle.StateFlag.State_HasFocus else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        muted = bool(format.missing)
        colour = tokens.faint if muted else tokens.accent if state & QStyle.StateFlag.State_Selected else tokens.text2
        icon = icons.pixmap(ICONS.get(format.name, "file-down"), colour, 18)
        painter.drawPixmap(round(box.left() + MARGIN), round(box.center().y() - 9), icon)
        words = box.adjusted(MARGIN + 30, 4, -6, -4)
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if muted else tokens.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, str(index.data()))
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, _subline(format))
        painter.restore()
