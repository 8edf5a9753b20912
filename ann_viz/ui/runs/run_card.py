"""The card *This run*: facts of the run that the keys are on in the tree, a note, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from ann_viz.numerals import format_number
from ann_viz.session.certainty import certainties
from ann_viz.session.run import Run
from ann_viz.session.run_facts import run_facts
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.pale import make_pale
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["RunCard"]

N_FACTS: Final = 4
KINDS: Final = 2  # seeds and folds
NAME_WIDTH: Final = 62
MOST_NOTED: Final = 500


class RunCard(Card):
    """Facts, note, *Make it the network*, and more."""

    made_current = Signal(int)
    more_asked = Signal(int)
    noted = Signal(int, str)
    certainty_asked = Signal(int)
    """How sure are the scores of this run?"""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("git-branch", self.tr("This run"), parent)
        self.setObjectName("runCard")
        self._bridge = bridge
        self._number: int | None = None
        self._known: tuple[int, ...] = ()
        self.facts = [(PlainLabel(role="muted"), PlainLabel(role="label")) for _ in range(N_FACTS)]
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Add a note…"))
        self.note.setMaxLength(MOST_NOTED)
        self.note.installEventFilter(self)
        self.sure = PlainLabel(role="muted", wrap=True)
        self.ask = QPushButton(self.tr("How sure is this?"))
        self.ask.setProperty("kind", "link")
        self.ask.setProperty("small", True)
        self.ask.setToolTip(
            plain_tip(self.tr("Train it from four other seeds and on five other divisions of the rows"))
        )
        self.make = QPushButton(self.tr("Make it the network"))
        self.make.setToolTip(plain_tip(self.tr("Show this run in the window: its weights, its settings, its course")))
        self.more = QToolButton()
        self.more.setAccessibleName(self.tr("More to do with this run"))
        self.more.setToolTip(plain_tip(self.more.accessibleName()))
        self._lay_out()
        self.note.editingFinished.connect(self._on_noted)
        self.ask.clicked.connect(lambda: self._ask(self.certainty_asked))
        self.make.clicked.connect(lambda: self._ask(self.made_current))
        self.more.clicked.connect(lambda: self._ask(self.more_asked))
        self.tint()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(self.facts):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.make, 1)
        buttons.addWidget(self.more)
        self.body.addLayout(grid)
        self.body.addWidget(self.sure)
        self.body.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.note)
        self.body.addLayout(buttons)

    @property
    def number(self) -> int | None:
        """The run it speaks of."""
        return self._number

    def show_run(self, number: int | None) -> None:
        """Speak of a run; of none without data."""
        document = self._bridge.document
        run = next((run for run in document.runs if run.number == number), None)
        self.setVisible(run is not None)
        if run is None:
            self._number = None
            return
        if number != self._number or not self.note.hasFocus():
            self._number = number
            with QSignalBlocker(self.note):
                self.note.setText(run.note)
                self.note.setCursorPosition(0)
        for (name, words), (title, sentence) in zip(self.facts, run_facts(document, run), strict=True):
            name.setText(title)
            words.setText(sentence)
            words.setToolTip(plain_tip(sentence))
        self._show_certainty(run)
        current = document.current_run
        self.make.setEnabled(current is not None and current.number != number)
        self.summary.setText("" if self.make.isEnabled() else self.tr("in the window"))

    def _show_certainty(self, run: Run) -> None:
        """Say what is known of a run from other seeds and rows; it is scored only where there is more to say."""
        document = self._bridge.document
        setup = document.setup_of(run)
        siblings = document.siblings
        has_rows = document.dataset is not None
        known = (run.number, run.snapshot.step, len(siblings.seeds(setup)), len(siblings.folds(setup)), has_rows)
        if known == self._known:
            return
        self._known = known
        found = list(certainties(document, run)) if run.snapshot.epoch else []
        task = run.network_config.task
        self.sure.setText("\n".join(each.words(task).capitalize() for each in found))
        self.sure.setVisible(bool(found))
        self.ask.setVisible(has_rows and run.snapshot.epoch > 0 and len(found) < KINDS)

    def show_making_sure(self, share: float | None) -> None:
        """Say how far the training of other networks has got, with pale numbers meanwhile; None while there is none."""
        self.ask.setEnabled(share is None)
        make_pale(self.sure, share is not None)
        words = self.tr("How sure is this?")
        if share is not None:
            words = self.tr("Training 9 networks: {percent} %").format(percent=format_number(round(100 * share)))
        self.ask.setText(words)

    def tint(self) -> None:
        """Take the colours of the theme."""
        self.more.setIcon(icons.icon("ellipsis", theme.current().text2, 16))

    def _ask(self, signal: SignalInstance) -> None:
        if self._number is not None:
            signal.emit(self._number)

    def _on_noted(self) -> None:
        if self._number is not None and self.note.isModified():
            self.note.setModified(False)
            self.noted.emit(self._number, self.note.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter end the note, and leave the window's own keys alone while it is written."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Return:
            self.note.clearFocus()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.tint()
        super().changeEvent(event)
