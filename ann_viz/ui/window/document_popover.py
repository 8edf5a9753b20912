"""What opens at the document's name: what is not saved, the ways to save, and the copies that were kept by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.numerals import count, format_number
from ann_viz.session.autosave import Rescue
from ann_viz.session.kept_copies import DAYS
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.popover import Popover
from ann_viz.ui.kit.time_text import time_text
from ann_viz.ui.window.autosaving import INTERVAL_MS, Autosaver
from ann_viz.ui.window.keeping import Keeper

__all__ = ["DocumentPopover"]

WIDTH: Final = 292
ROW: Final = 28
ICON: Final = 16
PER_SECOND: Final = 1_000


class DocumentPopover(Popover):
    """Says what has changed since the document was saved, and gives back what it was like.

    Parameters
    ----------
    keeper : Keeper
        Knows what is not saved.
    autosaver : Autosaver
        Has the copies.
    actions : sequence of QAction
        What can be done with the document.
    parent : QWidget
    """

    copy_wanted = Signal(object)
    """Carries the Rescue that is to be opened."""

    def __init__(self, keeper: Keeper, autosaver: Autosaver, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(self.tr("The document"), WIDTH, parent)
        self.setObjectName("documentPopover")
        self._keeper, self._autosaver = keeper, autosaver
        self.title = PlainLabel(parent=self, role="strong", wrap=True)
        self.words = PlainLabel(parent=self, role="label", wrap=True)
        self.rows = [ActionRow(action, self) for action in actions]
        self.copies: list[CopyRow] = []
        self._below = QWidget(self)
        self._reader = JobWatcher("reading kept copies", self)
        self._reader.finished.connect(self._show_copies)
        self._lay_out()
        keeper.changed.connect(self.refresh)
        keeper.touched.connect(self.refresh)
        autosaver.kept.connect(self._look_for_copies)
        self.refresh()
        self._look_for_copies()

    def _lay_out(self) -> None:
        self.column.setSpacing(2)
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        self.column.addSpacing(6)
        self.column.addWidget(horizontal_line())
        self.column.addSpacing(2)
        for row in self.rows:
            self.column.addWidget(row)
            row.clicked.connect(self.close)
        self._copies = QVBoxLayout(self._below)
        self._copies.setContentsMargins(0, 6, 0, 0)
        self._copies.setSpacing(4)
        self._copies.addWidget(horizontal_line())
        seconds = format_number(INTERVAL_MS // PER_SECOND)
        text = self.tr("Kept every {n} seconds; of a project {days} days")
        text = text.format(n=seconds, days=format_number(DAYS))
        self._copies.addWidget(PlainLabel(text, role="caption"))
        self.column.addWidget(self._below)
        self._below.hide()

    # What is not saved ----------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Say what is unsaved now: training may go on meanwhile."""
        if not self._keeper.name:
            self.close()
            return
        unsaved = self._keeper.unsaved()
        for label, text in ((self.title, unsaved.title), (self.words, unsaved.words)):
            if label.text() != text:
                label.setText(text)
        self.adjustSize()

    # Kept copies ----------------------------------------------------------------------------------------------------
    def _look_for_copies(self) -> None:
        autosaver = self._autosaver
        self._reader.start(lambda _progress, _cancelled: autosaver.copies())

    def _show_copies(self, found: Sequence[Rescue]) -> None:
        for row in self.copies:
            self._copies.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.copies = [CopyRow(kept, self._below) for kept in found]
        for row in self.copies:
            self._copies.addWidget(row)
            row.open.clicked.connect(partial(self._open, row.kept))
        self._below.setVisible(bool(self.copies))
        self.adjustSize()

    def _open(self, kept: Rescue) -> None:
        self.close()
        self.copy_wanted.emit(kept)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read no more."""
        self._reader.close()
        super().hideEvent(event)


class ActionRow(QPushButton):
    """A command as in a menu: icon, text, keys."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"row_{action.objectName()}")
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(action.isEnabled())
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.clicked.connect(action.trigger)
        picture = PlainLabel(parent=self)
        picture.setFixedWidth(ICON)
        picture.setPixmap(action.icon().pixmap(QSize(ICON, ICON), self.devicePixelRatioF()))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(10)
        row.addWidget(picture)
        row.addWidget(PlainLabel(action.text(), parent=self, role="" if action.isEnabled() else "muted"), 1)
        row.addWidget(PlainLabel(keys, parent=self, role="muted"))
        for label in self.findChildren(PlainLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Room for what is in the layout, which a push button does not ask."""
        return QSize(WIDTH, ROW)


class CopyRow(QWidget):
    """A copy: when it was kept, what is in it, and a button that opens it."""

    def __init__(self, kept: Rescue, parent: QWidget) -> None:
        super().__init__(parent)
        self.kept = kept
        when = time_text(kept.saved_at)
        text = self.tr("{runs} · epoch {epoch}")
        facts = text.format(runs=count(kept.n_runs, "run"), epoch=format_number(kept.epoch))
        self.open = QPushButton(self.tr("Open a copy"), self)
        self.open.setProperty("kind", "link")
        self.open.setProperty("small", True)
        self.open.setAccessibleName(self.tr("Open the copy of {time}").format(time=when))
        self.open.setToolTip(plain_tip(self.tr("Opens your work of {time}; Undo brings this back").format(time=when)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(when))
        words.addWidget(PlainLabel(facts, role="caption"))
        row = QHBoxLayout(self)
        row.setContentsMargins(ICON + 16, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.open)
