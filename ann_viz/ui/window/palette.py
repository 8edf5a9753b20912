"""The command palette: type a few letters of any command and press Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ann_viz.translation import translate
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import caption_of
from ann_viz.ui.kit.search_field import SearchField
from ann_viz.ui.window.action_table import all_commands

__all__ = ["Palette", "matches", "paint_ground"]

WIDTH: Final = 520
ROW: Final = 34
MOST_ROWS: Final = 10
TOP: Final = 84
_ID: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One command as it is listed; it is found by the words of its tooltip as well."""

    id: str
    text: str
    menu: str
    keys: str
    tip: str = ""


def matches(typed: str, entries: Iterable[PaletteEntry]) -> list[PaletteEntry]:
    """Return the entries that hold all typed words: first whose text begins with them, last whose tooltip has them.

    Where no entry holds the words, those that have the typed letters in this order.
    """
    words = typed.casefold().split()
    if not words:
        return list(entries)
    listed = [(entry, f"{entry.text} {entry.menu}".casefold()) for entry in entries]
    found = [entry for entry, text in listed if all(word in text for word in words)]
    found.sort(key=lambda entry: _rank(entry.text.casefold(), words))
    seen = {entry.id for entry in found}
    for entry, text in listed:
        if entry.id not in seen and all(word in f"{text} {entry.tip}".casefold() for word in words):
            found.append(entry)
    return found or [entry for entry, text in listed if _has_in_order(text, "".join(words))]


def _rank(text: str, words: list[str]) -> tuple[bool, bool]:
    begins = any(part.startswith(words[0]) for part in text.split())
    return not text.startswith(words[0]), not begins


def _has_in_order(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRect:
    """Draw the rounded ground of a list's chosen row, and return where the row's text belongs."""
    box: QRect = option.rect
    state: QStyle.StateFlag = option.state
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().accent_soft))
        painter.drawRoundedRect(QRectF(box).adjusted(2, 1, -2, -1), 7, 7)
    return box.adjusted(14, 0, -14, 0)


class _Row(QStyledItemDelegate):
    """A command's text, its menu in grey and its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(1, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one command."""
        entry: PaletteEntry = index.data(_ID)
        tokens = theme.current()
        painter.save()
        inside = paint_ground(painter, option)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(tokens.text))
        painter.drawText(inside, left, entry.text)
        painter.setPen(QColor(tokens.muted))
        after = painter.fontMetrics().horizontalAdvance(entry.text) + 10
        painter.drawText(inside.adjusted(after, 0, 0, 0), left, entry.menu)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.keys)
        painter.restore()


class Palette(QDialog):
    """Lists the commands that make sense now.

    Parameters
    ----------
    actions : mapping of id to QAction
        The window's.
    more : mapping of str to sequence of QAction
        Other entries of menus, by what is said behind them: sample data, recent files.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
        more: Mapping[str, Sequence[QAction]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = dict(actions)
        self._entries = self._list_commands()
        for menu, others in (more or {}).items():
            self._list_others(menu, others)
        self.setWindowTitle(self.tr("Commands"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = SearchField(self.tr("Command"), self.tr("Type a command"), self)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_return)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.field.move_in(self.list)
        self._arrange()
        if parent is not None:
            window = parent.window()
            self.move(window.mapToGlobal(QPoint((window.width() - WIDTH) // 2, TOP)))
        self._on_typed("")

    def _list_commands(self) -> list[PaletteEntry]:
        """Return the commands that make sense now, but for the one that opened this list."""
        entries = []
        for command in all_commands():
            action = self._actions.get(command.id)
            if action is not None and action.isEnabled() and command.id != "palette":
                text, tip = action.text().rstrip("…"), translate(command.tip) if command.tip else ""
                entries.append(PaletteEntry(command.id, text, translate(command.menu), _keys(action), tip))
        return entries

    def _list_others(self, menu: str, others: Sequence[QAction]) -> None:
        """Add other entries of a menu."""
        for action in others:
            if action.isEnabled() and not action.isSeparator():
                identifier = f"{menu} {len(self._actions)}"
                self._actions[identifier] = action
                self._entries.append(PaletteEntry(identifier, caption_of(action.text()), menu, ""))

    def _arrange(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.clicked.connect(self._run)
        card = QFrame(self)
        card.setProperty("card", "flat")  # without round corners, which need a desktop that blends windows
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.setSpacing(8)
        inside.addWidget(self.field)
        inside.addWidget(self.list)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(card)
        self.setFixedSize(WIDTH, 66 + ROW * MOST_ROWS)

    def _on_typed(self, typed: str) -> None:
        self._model.clear()
        for entry in matches(typed, self._entries) or [PaletteEntry("", self.tr("Nothing is called that."), "", "")]:
            item = QStandardItem(entry.text)
            item.setEditable(False)
            item.setData(entry, _ID)
            self._model.appendRow(item)
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _on_return(self) -> None:
        self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        entry: PaletteEntry | None = index.data(_ID)
        if entry is not None and entry.id:
            self.accept()
            self._actions[entry.id].trigger()


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
