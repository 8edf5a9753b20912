"""What a crash has left: a card on the start page that offers it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.numerals import counted, format_number
from ann_viz.rich import rich
from ann_viz.session.autosave import Rescue, find_rescues
from ann_viz.session.job import Progress
from ann_viz.session.kept_copies import KeptCopies
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.thumbnail import STAMP, ThumbnailView
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.kit.time_text import time_text

__all__ = ["RescueCard", "Rescuer"]


class RescueCard(QFrame):
    """Offers the newest rescued work; hidden while there is none."""

    open_requested = Signal()
    discard_requested = Signal()
    offered = Signal(bool)
    """Whether there is anything on it now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rescueCard")
        self.setProperty("card", "warning")
        self.setAccessibleName(self.tr("Rescued work"))
        self.picture = ThumbnailView(STAMP, self)
        self.facts = RichLabel(parent=self, role="label", wrap=True)
        self.discard = QPushButton(self.tr("Discard"), self)
        self.discard.setProperty("kind", "quiet")
        self.discard.clicked.connect(self.discard_requested)
        self.open = QPushButton(self.tr("Open"), self)
        self.open.setProperty("kind", "primary")
        self.open.clicked.connect(self.open_requested)
        for button in (self.discard, self.open):
            button.setProperty("small", True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph("history", "warning", 16, self))
        head.addWidget(PlainLabel(self.tr("ANN Viz ended unexpectedly"), role="strong"), 1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(head)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addSpacing(4)
        row.addLayout(words, 1)
        row.addWidget(self.discard)
        row.addWidget(self.open)
        self.hide()

    def show_rescue(self, rescue: Rescue | None, n_more: int) -> None:
        """Offer this, and say how many more there are."""
        if rescue is not None:
            more = self.tr("And {n} more.").format(n=format_number(n_more)) if n_more else ""
            text = rich(
                self.tr("Your work of <b>{time}</b> is here: {name}, {runs}, epoch {epoch}. {more} Not in a file yet."),
                time=time_text(rescue.saved_at),
                name=rescue.name,
                runs=counted("{n} run", "{n} runs", rescue.n_runs),
                epoch=format_number(rescue.epoch),
                more=more,
            )
            self.facts.setText(text)
            self.picture.show_network(rescue.thumbnail)
        self.setVisible(rescue is not None)
        self.offered.emit(rescue is not None)


class Rescuer(QObject):
    """Looks for what crashes have left, and hands it to whoever opens it.

    Parameters
    ----------
    folder : Path or None
        The program's own.
    messages : MessageBar
        Where what was discarded can be had back.
    window : QWidget
    """

    wanted = Signal(object)
    """Carries the Rescue that is to be opened."""

    changed = Signal()
    """There is something else to offer."""

    def __init__(self, folder: Path | None, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._folder = folder
        self._messages = messages
        self._found: list[Rescue] = []
        self._discarded: list[Rescue] = []
        self._reader = JobWatcher("looking for rescued work", self)
        self._reader.finished.connect(self._on_found)

    @property
    def offers(self) -> list[Rescue]:
        """What is there, newest first."""
        return [rescue for rescue in self._found if rescue not in self._discarded]

    def look(self) -> None:
        """Begin to look; `changed` tells of what is found."""
        self._reader.start(partial(_look, self._folder))

    def show_in(self, card: RescueCard) -> None:
        """Offer it on a card."""
        card.open_requested.connect(self._open)
        card.discard_requested.connect(self._discard)
        self.changed.connect(lambda: card.show_rescue(next(iter(self.offers), None), len(self.offers) - 1))

    def take(self, rescue: Rescue) -> None:
        """Offer it no longer: it is open."""
        self._found = [each for each in self._found if each != rescue]
        self.changed.emit()

    def close(self) -> None:
        """Remove what was discarded."""
        self._reader.close()
        for rescue in self._discarded:
            rescue.discard()
        self._discarded.clear()

    def _on_found(self, found: list[Rescue]) -> None:
        self._found = found
        self.changed.emit()

    def _open(self) -> None:
        if self.offers:
            self.wanted.emit(self.offers[0])

    def _discard(self) -> None:
        if not self.offers:
            return
        rescue = self.offers[0]
        self._discarded.append(rescue)
        self.changed.emit()

        def undo() -> None:
            self._discarded.remove(rescue)
            self.changed.emit()

        text = self.tr("The work of {time} goes when the window is closed.").format(time=time_text(rescue.saved_at))
        self._messages.show_message(text, [(self.tr("Keep it"), undo)])


def _look(folder: Path | None, _progress: Progress, _cancelled: object) -> list[Rescue]:
    """Return what crashes have left, and remove what has been kept long enough."""
    KeptCopies(folder).remove_old()
    return find_rescues(folder)
