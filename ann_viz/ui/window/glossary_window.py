"""The glossary: a window beside the main one that explains a word in both voices and shows where to see it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ann_viz.explain import Voice
from ann_viz.explain.glossary import GlossaryEntry, find_entries, load_glossary
from ann_viz.rich import joined, rich
from ann_viz.ui.document.rich_text import linked
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.screen_fit import dialog_size
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.search_field import SearchField
from ann_viz.ui.lessons.show_me import can_be_shown, find_part, point_at
from ann_viz.ui.window.palette import paint_ground

__all__ = ["GlossaryWindow"]

SIZE: Final = QSize(720, 480)
LIST_WIDTH: Final = 210
ROW: Final = 28
_ID: Final = Qt.ItemDataRole.UserRole
_OTHER: Final[dict[Voice, Voice]] = {"plain": "technical", "technical": "plain"}


class _Word(QStyledItemDelegate):
    """A word, on a rounded ground where it is the chosen one, as in the command palette."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(1, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one word."""
        painter.save()
        inside = paint_ground(painter, option)
        painter.setPen(QColor(theme.current().text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.restore()


class GlossaryWindow(QDialog):
    """Words at the left, what one means at the right.

    Parameters
    ----------
    main_window : QWidget
        Where "Show me" points.
    view : View
        The explanation in its voice stands first.
    """

    def __init__(self, main_window: QWidget, view: View) -> None:
        super().__init__(main_window)
        self._main_window = main_window
        self._view = view
        self._entries = load_glossary()
        self._entry: GlossaryEntry = next(iter(self._entries.values()))
        self.setObjectName("glossaryWindow")
        self.setWindowTitle(self.tr("Glossary"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(dialog_size(SIZE, self))
        self.field = SearchField(self.tr("Find a word"), self.tr("Find a word…"), self)
        self.list = QListWidget(self)
        self.field.move_in(self.list)
        self.list.setAccessibleName(self.tr("Words"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Word(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = self._label("muted", self.tr("No word fits. Try a shorter one."))
        self.term = self._label("dialogTitle")
        self.first_caption, self.first = self._label("caption"), self._label("body")
        self.second_caption, self.second = self._label("caption"), self._label("body")
        self.see_also = RichLabel(parent=self, role="body", wrap=True)
        self.see_also.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.show_me = QPushButton(self.tr("Show me"), self)
        self.show_me.setProperty("kind", "soft")
        self.show_me.setAutoDefault(False)  # Enter belongs to the field
        self.reason = self._label("muted")
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.see_also.linkActivated.connect(self.show_entry)
        self.show_me.clicked.connect(self._on_show_me)
        view.voice_changed.connect(self._on_voice_changed)
        QShortcut(QKeySequence.StandardKey.Find, self, self.field.setFocus)
        self._on_typed("")

    def _label(self, role: str, text: str = "") -> PlainLabel:
        return PlainLabel(text, self, role=role, wrap=True)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.field, self.nothing, self.list):
            widget.setFixedWidth(LIST_WIDTH)
            left.addWidget(widget)
        left.addStretch()
        left.setStretchFactor(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.show_me)
        foot.addWidget(self.reason, 1)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self._explanation(), 1)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _explanation(self) -> QFrame:
        """Lay the texts of an entry on a card; long ones scroll."""
        other = QFrame(self)
        other.setProperty("card", "soft")
        inside = QVBoxLayout(other)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(4)
        inside.addWidget(self.second_caption)
        inside.addWidget(self.second)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        for widget, gap in ((self.term, 8), (self.first_caption, 0), (self.first, 12), (other, 10), (self.see_also, 0)):
            column.addWidget(widget)
            column.addSpacing(gap)
        column.addStretch()
        scroll = Scrolling(page, self, name=self.tr("Explanation"))
        card = QFrame(self)
        card.setProperty("card", "true")
        around = QVBoxLayout(card)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(scroll)
        return card

    @property
    def entry(self) -> GlossaryEntry:
        """The entry on show."""
        return self._entry

    def show_entry(self, identifier: str) -> None:
        """Explain a word; what was typed goes if it hides the word."""
        if not any(self.list.item(row).data(_ID) == identifier for row in range(self.list.count())):
            self.field.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == identifier:
                self.list.setCurrentRow(row)

    # What is shown --------------------------------------------------------------------------------------------------
    def _on_voice_changed(self) -> None:
        self._show(self._entry)

    def _on_typed(self, typed: str) -> None:
        found = find_entries(typed, self._entries.values())
        with QSignalBlocker(self.list):  # otherwise each word becomes the chosen one while the others go
            self.list.clear()
        for entry in found:
            item = QListWidgetItem(entry.term, self.list)
            item.setData(_ID, entry.id)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        kept = found.index(self._entry) if not typed and self._entry in found else 0
        self.list.setCurrentRow(kept if found else -1)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(self._entries[item.data(_ID)])

    def _show(self, entry: GlossaryEntry) -> None:
        self._entry = entry
        captions = {"plain": self.tr("Plain words"), "technical": self.tr("Technical terms")}
        voice = self._view.voice
        other = _OTHER[voice]
        self.term.setText(entry.term)
        self.first_caption.setText(captions[voice])
        self.first.setText(entry.text(voice))
        self.second_caption.setText(captions[other])
        self.second.setText(entry.text(other))
        self._show_links()
        self._show_way()

    def _show_links(self) -> None:
        colour = theme.current().accent
        links = [linked(other, self._entries[other].term, colour) for other in self._entry.see_also]
        self.see_also.setText(rich(self.tr("See also: {links}"), links=joined(", ", links)))
        self.see_also.setVisible(bool(links))

    def _show_way(self) -> None:
        """Say whether there is something to point at now, and otherwise why not."""
        self.show_me.setIcon(icons.icon("crosshair", theme.current().accent, 15))
        target = self._target()
        if self._entry.show is None or target is None:
            reason = self.tr("This has no place of its own in the window.")
        elif not can_be_shown(target):
            reason = self.tr("You can't see this yet: it appears when data are open.")
        else:
            reason = ""
        self.show_me.setEnabled(not reason)
        self.show_me.setToolTip(plain_tip(reason) or self.tr("Point at it in the main window"))
        self.reason.setText(reason)

    def _target(self) -> QWidget | None:
        name = self._entry.show
        return None if name is None else find_part(self._main_window, name)

    def _on_show_me(self) -> None:
        target = self._target()
        if target is not None and can_be_shown(target):
            point_at(target)
        else:
            self._show_way()

    # Qt -------------------------------------------------------------------------------------------------------------
    def changeEvent(self, event: QEvent) -> None:
        """Colour links and icon for another theme; look anew what can be shown when the window is turned to."""
        if event.type() == QEvent.Type.PaletteChange:
            self._show_links()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ActivationChange):
            self._show_way()
        super().changeEvent(event)
