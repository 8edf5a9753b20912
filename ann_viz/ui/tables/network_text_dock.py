"""Network as text: every neuron of the picture as a row of a table, and the same in sentences.

Both are of the shown row and the newest weights: at once when training stands still, twice a second while it runs, and
not at all while hidden. The selected row is the selected neuron of the picture.
"""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ann_viz.explain.network_text import Seen, answer_sentence, connection_sentence, layer_sentence, whole_text
from ann_viz.scene import Connection, Element, Neuron, fits
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.tables.network_text_model import INPUTS, NetworkTextModel

__all__ = ["NetworkTextDock", "NetworkTextPanel"]

INTERVAL_S: Final = 0.5
ROW_HEIGHT: Final = 24
WIDTHS: Final = (110, 150, 84, 76)
LEAST_HEIGHT: Final = 150
HEIGHT: Final = 230
MARGINS: Final = (0, 0, 8, 8)


class _Table(QTableView):
    """A table in which getting the focus is no choice: Qt then makes the first row the current one."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep quiet about it."""
        with QSignalBlocker(self.selectionModel()):
            super().focusInEvent(event)


class NetworkTextPanel(QFrame):
    """The table and the sentences.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        What is selected.
    """

    shut = Signal()
    """Someone wants it gone."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._last = 0.0
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Network as text"))
        self.model = NetworkTextModel(self)
        self.table = _Table(self)
        self.sentences = QPlainTextEdit(self)
        self.copy_button = QPushButton(self.tr("Copy all"), self)
        self.close_button = IconButton("x", self.tr("Close Network as text"), parent=self)
        self._arrange()
        self._connect()

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Neurons"))
        table.setObjectName("networkTextTable")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)  # Tab leaves the table, the arrows walk in it
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(INPUTS, QHeaderView.ResizeMode.Stretch)

    def _arrange(self) -> None:
        self._set_up_table()
        self.sentences.setReadOnly(True)
        self.sentences.setAccessibleName(self.tr("The network in sentences"))
        self.sentences.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.sentences.setTabChangesFocus(True)
        self.sentences.document().setDocumentMargin(8)
        self.copy_button.setProperty("small", True)
        self.copy_button.setToolTip(self.tr("Copy every sentence to the clipboard; Ctrl+C in the table copies rows"))
        title = PlainLabel(self.tr("Network as text"), self, role="title")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Glyph("table", "text2", 15))
        top.addWidget(title, 1)
        top.addWidget(self.copy_button)
        top.addWidget(self.close_button)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.sentences)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 10)
        whole.setSpacing(6)
        whole.addLayout(top)
        whole.addWidget(halves, 1)
        self.setMinimumHeight(LEAST_HEIGHT)

    def _connect(self) -> None:
        bridge = self._bridge
        for changed in (
            bridge.dataset_changed, bridge.settings_changed, bridge.state_changed, bridge.example_changed,
        ):  # fmt: skip
            changed.connect(self.refresh)
        bridge.turn_offered.connect(self._on_turn_offered)
        self._view.selection_changed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.table.clicked.connect(lambda index: self._on_row_chosen(index, index))
        self.copy_button.clicked.connect(self.copy_all)
        self.close_button.clicked.connect(self.shut)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy_rows)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)

    # What is shown --------------------------------------------------------------------------------------------------
    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._last, INTERVAL_S):
            self.refresh()

    def refresh(self) -> None:
        """Put the newest numbers into words, unless nobody can see them."""
        if not self.isVisible():
            return
        self._last = time.monotonic()
        seen = self._seen()
        self.model.show_seen(seen)
        self.copy_button.setEnabled(seen is not None)
        self._follow(self._view.selection)
        self._show_sentences(self._sentences(seen))

    def _seen(self) -> Seen | None:
        row = self._bridge.document.shown_row()
        return None if row is None else row.seen

    def _sentences(self, seen: Seen | None) -> str:
        if seen is None:
            return self.tr("Open a table, and its network is told here in words.")
        summaries = (layer_sentence(seen, column) for column in range(len(seen.values)))
        return "\n".join([answer_sentence(seen), *self._selected(seen), *summaries])

    def _selected(self, seen: Seen) -> list[str]:
        mark = self._view.selection
        if isinstance(mark, Connection):
            known = fits(mark, [len(values) for values in seen.values])
            sentence = connection_sentence(seen, mark.gap, mark.source, mark.target) if known else ""
        else:
            text = None if mark is None else self.model.text(self.model.row_of(mark))
            sentence = "" if text is None else text.sentence
        return [self.tr("Selected: {sentence}.").format(sentence=sentence)] if sentence else []

    def _show_sentences(self, text: str) -> None:
        """Change the text under a reader's eyes without moving them."""
        if text == self.sentences.toPlainText():
            return
        cursor, bar = self.sentences.textCursor(), self.sentences.verticalScrollBar()
        place, scrolled = cursor.position(), bar.value()
        self.sentences.setPlainText(text)
        cursor = self.sentences.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.sentences.setTextCursor(cursor)
        bar.setValue(scrolled)

    # In step with the picture ---------------------------------------------------------------------------------------
    def _follow(self, mark: Element | None) -> None:
        """Go to the neuron that is selected in the picture."""
        row = self.model.row_of(mark) if isinstance(mark, Neuron) else -1
        rows = self.table.selectionModel()
        if row < 0:
            rows.clearSelection()
        elif row != self.table.currentIndex().row() or not rows.isRowSelected(row):
            index = self.model.index(row, max(0, self.table.currentIndex().column()))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            rows.setCurrentIndex(index, flags)
            self.table.scrollTo(index)

    def _on_row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        mark = self.model.mark(current.row())
        if mark is not None:
            self._view.select(mark)

    # Copying --------------------------------------------------------------------------------------------------------
    def copy_rows(self) -> None:
        """Copy the selected rows, all of them where none is, as a spreadsheet reads them."""
        chosen = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        rows = chosen or range(self.model.rowCount())
        QGuiApplication.clipboard().setText("\n".join([self.model.heads(), *(self.model.line(row) for row in rows)]))

    def copy_all(self) -> None:
        """Copy every sentence."""
        seen = self._seen()
        if seen is not None:
            QGuiApplication.clipboard().setText(whole_text(seen))

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()


class NetworkTextDock(QDockWidget):
    """The panel below the picture.

    Parameters
    ----------
    bridge, view
        As of `NetworkTextPanel`.
    """

    def __init__(self, bridge: Bridge, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("networkTextDock")
        self.setWindowTitle(self.tr("Network as text"))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget(self))
        self.panel = NetworkTextPanel(bridge, view, self)
        host = QWidget(self)
        layout = QVBoxLayout(host)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(self.panel)
        self.setWidget(host)
        self.setFocusProxy(self.panel.table)
        self.panel.shut.connect(self.hide)

    def sizeHint(self) -> QSize:
        """Return a height that leaves the picture most of the window."""
        return QSize(super().sizeHint().width(), HEIGHT)
