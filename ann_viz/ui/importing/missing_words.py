"""The list of words that are read as "missing": each can be ticked off, and others can be added.

Every word says how often it was found and where, and whether it may be a category of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QPushButton, QWidget

from ann_viz.session.importing.missing_words import WordUse
from ann_viz.translation import translate
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.popover import Popover

__all__ = ["MissingWords"]

WIDTH: Final = 400
ROW_HEIGHT: Final = 24
MOST_ROWS: Final = 10
MAX_LENGTH: Final = 60


class MissingWords(Popover):
    """The words, ticked when they mean "missing".

    ``words_changed`` carries the new list, once, when the list is closed with a change.
    """

    words_changed = Signal(tuple)

    def __init__(self, uses: Mapping[str, WordUse], words: Sequence[str], parent: QWidget) -> None:
        super().__init__(translate("Words that mean “missing”"), WIDTH, parent)
        self._before = tuple(words)
        self._model = QStandardItemModel(self)
        order = sorted(uses, key=lambda word: (word != "", -sum(uses[word].places.values()), word.casefold()))
        for word in order:
            self._append(word, uses[word].sentence, ticked=word in words or not word)
        self.column.addWidget(PlainLabel(self.tr("Words that mean “missing”"), role="strong"))
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName(self.tr("Words that mean missing"))
        self.list.setProperty("plain", True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFixedHeight(ROW_HEIGHT * min(max(self._model.rowCount(), 1), MOST_ROWS) + 4)
        self.column.addWidget(self.list)
        self.word = QLineEdit()
        self.word.setProperty("small", True)
        self.word.setMaxLength(MAX_LENGTH)
        self.word.setPlaceholderText(self.tr("another word"))
        self.word.setAccessibleName(self.tr("Another word that means missing"))
        self.add = QPushButton(self.tr("Add"))
        self.add.setProperty("small", True)
        self.add.clicked.connect(self._on_add)
        self.word.returnPressed.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self.word, 1)
        row.addWidget(self.add)
        self.column.addLayout(row)
        self.apply = QPushButton(self.tr("Read again with these words"))
        self.apply.setProperty("small", True)
        self.apply.setEnabled(False)
        self.apply.clicked.connect(self._on_apply)
        self.column.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignRight)
        self._model.itemChanged.connect(lambda _: self._show_change())

    def _append(self, word: str, sentence: str, *, ticked: bool) -> None:
        item = QStandardItem((word or self.tr("empty cells")) + "   " + sentence)
        item.setData(word, Qt.ItemDataRole.UserRole)
        item.setCheckable(bool(word))
        if word:
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setToolTip(plain_tip(item.text()))
        item.setSizeHint(QSize(10, ROW_HEIGHT))
        self._model.appendRow(item)

    @property
    def words(self) -> tuple[str, ...]:
        """The words ticked now; empty cells are always among them."""
        items = [self._model.item(place) for place in range(self._model.rowCount())]
        ticked = {
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        }
        kept = [word for word in self._before if word in ticked]
        return ("", *kept, *sorted(ticked - set(kept)))

    def _show_change(self) -> None:
        self.apply.setEnabled(set(self.words) != {*self._before, ""})

    def _on_add(self) -> None:
        word = self.word.text().strip()
        known = {self._model.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self._model.rowCount())}
        if word and word not in known:
            self._append(word, "new", ticked=True)
            self.list.scrollToBottom()
            self._show_change()
        self.word.clear()

    def _on_apply(self) -> None:
        words = self.words
        self.close()
        self.words_changed.emit(words)
