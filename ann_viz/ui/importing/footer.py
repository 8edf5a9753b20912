"""The last line of the import dialog: one sentence on what will happen, then Cancel and Import."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ann_viz.numerals import count
from ann_viz.rich import rich
from ann_viz.session.importing.choices import TASK_LABELS, ImportChoices
from ann_viz.session.importing.sentences import summary, target_facts
from ann_viz.translation import translate
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["Footer"]

WIDE: Final = 1200
MEDIUM: Final = 1100
MAX_PHRASE: Final = 60
PENCIL: Final = 14


class Footer(QWidget):
    """What will happen, and the two buttons.

    ``phrase_changed`` and ``task_changed`` carry what the user entered; ``accepted`` and ``cancelled`` are the buttons.
    """

    accepted = Signal()
    cancelled = Signal()
    phrase_changed = Signal(str)
    task_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.summary = RichLabel(role="body")
        self.summary.setMinimumWidth(1)
        self.problem = PlainLabel(role="danger", wrap=True)
        self.problem.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.phrase = QLineEdit()
        self.phrase.setMaxLength(MAX_PHRASE)
        self.phrase.setPlaceholderText(self.tr("in plain words"))
        self.phrase.setToolTip(self.tr("How a yes is said in plain words: “leaves the bank”"))
        self.phrase.setAccessibleName(self.tr("A yes, said in plain words"))
        self.phrase.textEdited.connect(self.phrase_changed)
        self._pencil = PlainLabel()
        self._pencil.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.phrase.setTextMargins(0, 0, PENCIL + 6, 0)
        inside = QHBoxLayout(self.phrase)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(self._pencil)
        self.task = ComboBox()
        self.task.setAccessibleName(self.tr("What to learn from the target"))
        self.task.setToolTip(self.tr("What to learn from the target"))
        self.task.activated.connect(lambda _: self.task_changed.emit(self.task.currentData()))
        self.facts = PlainLabel(role="muted")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("kind", "tool")
        self.cancel.clicked.connect(self.cancelled)
        self.accept = QPushButton(self.tr("Import"))
        self.accept.setProperty("kind", "primary")
        self.accept.clicked.connect(self.accepted)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        for widget in (self.summary, self.phrase, self.task, self.facts):
            row.addWidget(widget)
        row.addWidget(self.problem, 1)
        row.addStretch(0)
        row.addSpacing(8)
        row.addWidget(self.cancel)
        row.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(horizontal_line())
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.setFixedHeight(60)

    def show_choices(self, choices: ImportChoices) -> None:
        """Say what these choices will do, or why they can't be imported."""
        problem = choices.problem()
        self.show_problem(problem or "")
        self.accept.setText(self.tr("Import {rows}").format(rows=count(choices.n_rows, "row")))
        self.accept.setEnabled(problem is None)
        self.accept.setToolTip(plain_tip(problem or ""))
        as_well = choices.task == "binary" and self.window().width() >= MEDIUM
        text = self.tr("{summary}, said as") if as_well else "{summary}"
        self.summary.setText(rich(text, summary=summary(choices)))
        self.summary.setVisible(problem is None)
        self._fit_summary()
        self._show_target(choices, problem is None)

    def _show_target(self, choices: ImportChoices, fine: bool) -> None:
        binary = fine and choices.task == "binary"
        self.phrase.setVisible(binary)
        if self.phrase.text() != choices.phrase:
            self.phrase.setText(choices.phrase)
        wanted = self.phrase.fontMetrics().horizontalAdvance(self.phrase.text() or self.phrase.placeholderText())
        beside = 48 if self.window().width() >= MEDIUM else 38  # in a narrow window the pencil comes nearer
        self.phrase.setFixedWidth(min(max(wanted + beside, 100), 220))
        self.task.setVisible(fine and len(choices.tasks) > 1)
        with QSignalBlocker(self.task):
            self.task.clear()
            for task in choices.tasks:
                self.task.addItem(self.tr("as {task}").format(task=translate(TASK_LABELS[task])), task)
            self.task.setCurrentIndex(self.task.findData(choices.task))
        self.facts.setText(target_facts(choices))
        learned = self.tr("Learned as {task}")
        tip = "" if choices.task is None else learned.format(task=translate(TASK_LABELS[choices.task]))
        self.facts.setToolTip(plain_tip(tip))
        self.facts.setVisible(fine and self.window().width() >= WIDE)

    def show_busy(self, sentence: str) -> None:
        """Say what is going on; nothing can be imported meanwhile."""
        for widget in (self.phrase, self.task, self.facts):
            widget.hide()
        self.show_problem("")
        self.summary.setText(sentence)
        self.summary.show()
        self.accept.setEnabled(False)

    def show_share(self, sentence: str) -> None:
        """Say how far what is going on has come."""
        self.summary.setText(sentence)

    def show_failure(self) -> None:
        """Say that there is nothing to import."""
        self.show_busy("")
        self.accept.setText(self.tr("Import"))
        self.show_problem(self.tr("This file can't be imported as it is."))

    def show_problem(self, sentence: str) -> None:
        """Say why nothing can be imported."""
        self.show_remark(sentence)
        if sentence:
            self.accept.setEnabled(False)

    def show_remark(self, sentence: str) -> None:
        """Say in red, in place of the summary, why something was not done; the next change brings the summary back."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            for widget in (self.summary, self.phrase, self.task, self.facts):
                widget.hide()

    def tint(self) -> None:
        """Colour the icon for the theme in use."""
        self._pencil.setPixmap(icons.pixmap("pencil", theme.current().muted, PENCIL))

    def _fit_summary(self) -> None:
        """Break the summary into two lines where it has too little room for one."""
        self.summary.setWordWrap(False)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # now it has the room of one line
        self.summary.setWordWrap(self.summary.sizeHint().width() > self.summary.width() > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what will be imported in one line or in two."""
        super().resizeEvent(event)
        self._fit_summary()
