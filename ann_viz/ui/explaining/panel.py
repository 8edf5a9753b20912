"""The Explain panel: the ribbon of five steps, and the step at hand told with the numbers of the shown row.

While training is slow enough to follow, the ribbon moves with the phases the engine really does; at speed it stands on
*Repeat*. A step that was clicked stays until training moves on. A hidden panel computes nothing.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ann_viz.explain import Line
from ann_viz.explain.spans import Told
from ann_viz.numerals import NBSP
from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.formula import BETWEEN, BREAK, FormulaLine, fitted, markup
from ann_viz.ui.document.rich_text import LinkLabel, rich_text
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.ribbon import Ribbon
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import IconButton, Segments
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.pane import Pane
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.scrolling import Scrolling

if TYPE_CHECKING:
    from ann_viz.explain import Situation

__all__ = ["ExplainPanel"]

HEIGHT: Final = 140
ONE_LINE: Final = 48
GUESS: Final = 2  # the step that tells how an answer is made
MOST_CAPTION: Final = 240
BELOW_DISC: Final = 5  # what is told begins where the disc of the first step does
LEAST_SENTENCE: Final = 160
LEFT_RIGHT, TOP_BOTTOM, BETWEEN_COLUMNS = 24, 12, 14
INTERVAL_S: Final = 0.5  # while training runs: numbers that change faster can't be read, and cost it time


class ExplainPanel(QFrame):
    """What just happened, in plain words or in technical terms.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        Its voice is spoken, and the formulas are about the neuron or connection that is selected there.
    """

    step_asked = Signal(int)
    """Someone wants this step, 1 to 5, to be told."""
    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._step = 1
        self._epoch = 0
        self._last = 0.0
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Explain"))
        self.setFixedHeight(HEIGHT)
        self.ribbon = Ribbon(self)
        self.voices = Segments(
            (("plain", self.tr("Plain words")), ("technical", self.tr("Technical terms"))), self.tr("Told in"), self
        )
        self._sentence = LinkLabel(self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pane = Pane(self._sentence, LEAST_SENTENCE, self)
        self._sentence.linkActivated.connect(self.word_asked)
        self._box = QFrame(self)
        self._box.setProperty("card", "soft")
        self._scroll = Scrolling(parent=self._box, name=self.tr("Formulas"))
        self._line = FormulaLine(self)
        self.chevron = IconButton("chevron-up", self.tr("Show or hide the whole explanation"), extent=26, parent=self)
        self.chevron.clicked.connect(self._on_chevron_clicked)
        self._short = self._one_line = self._made_up = False
        self._seen: tuple[object, ...] = ()
        self._labels: list[PlainLabel] = []
        self._formulas: list[RichLabel] = []
        self._rows = QWidget(self)
        self._grid = QGridLayout()
        self._arrange()
        self._show_lines()
        self.ribbon.show_step(self._step)
        self._connect()
        self._on_voice_changed()

    def _connect(self) -> None:
        bridge, view = self._bridge, self._view
        self.ribbon.step_chosen.connect(self.show_step)
        self.voices.chosen.connect(view.speak)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.turn_offered.connect(self._on_turn_offered)
        bridge.state_changed.connect(self.refresh)
        bridge.newest_changed.connect(self.refresh)  # what became of the past moment that is told
        bridge.example_changed.connect(self._on_example_changed)
        bridge.settings_changed.connect(self.refresh)
        view.selection_changed.connect(self._on_selection_changed)
        view.voice_changed.connect(self._on_voice_changed)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.ribbon, 1)
        top.addWidget(self._line, 1)
        top.addWidget(self.voices)
        top.addWidget(self.chevron)
        self._top = top
        self._grid.setContentsMargins(LEFT_RIGHT // 2, TOP_BOTTOM // 2, LEFT_RIGHT // 2, TOP_BOTTOM // 2)
        self._grid.setHorizontalSpacing(BETWEEN_COLUMNS)
        self._grid.setVerticalSpacing(BETWEEN)
        self._grid.setColumnStretch(1, 1)
        room = QVBoxLayout(self._rows)
        room.setContentsMargins(0, 0, 0, 0)
        room.addStretch(1)
        room.addLayout(self._grid)
        room.addStretch(1)
        self._scroll.setWidget(self._rows)
        box = QVBoxLayout(self._box)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self._scroll)
        below = QHBoxLayout()
        below.setContentsMargins(BELOW_DISC, 0, 0, 0)
        below.setSpacing(16)
        below.addWidget(self._pane, 5)
        below.addWidget(self._box, 9)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(below, 1)

    def _add_row(self) -> None:
        """Make room for one more formula."""
        label = PlainLabel(parent=self, role="caption")
        formula = RichLabel(parent=self, role="formula", wrap=True)
        for each in (label, formula):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setMaximumWidth(MOST_CAPTION)  # or a long name leaves its formula no room
        formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # long ones don't push
        formula.setMinimumSize(1, 1)  # or a wrapped text asks for the height it had if it were very narrow
        self._grid.addWidget(label, len(self._labels), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(formula, len(self._formulas), 1)
        self._labels.append(label)
        self._formulas.append(formula)

    def set_short(self, short: bool) -> None:
        """Take one line in a low window, until someone asks for the whole; or the usual height."""
        self._short = self._one_line = short
        self._show_lines()
        self.refresh()

    def _on_chevron_clicked(self) -> None:
        self._one_line = not self._one_line
        self._show_lines()
        self.refresh()

    def _show_lines(self) -> None:
        one = self._one_line
        self.chevron.setVisible(self._short)
        self.chevron.show_icon("chevron-up" if one else "chevron-down")
        self._line.setVisible(one)
        self.voices.setVisible(not one or theme.magnified() == 1.0)  # or larger words leave the line no room
        self._pane.setVisible(not one)
        self._top.setStretchFactor(self.ribbon, 0 if one else 1)
        self.ribbon.set_brief(one)
        self._column.setContentsMargins(12, 3, 12, 3) if one else self._column.setContentsMargins(12, 8, 12, 10)
        self.setFixedHeight(round((ONE_LINE if one else HEIGHT) * theme.magnified()))

    @property
    def step(self) -> int:
        """The step on show, 1 to 5."""
        return self._step

    @property
    def sentence(self) -> str:
        """What is said, without markup."""
        return self._sentence.words

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas on show, without markup."""
        words = (label.words for label in self._formulas if label.text())
        return tuple(text.replace(NBSP, " ").replace(BREAK, "") for text in words)

    def show_step(self, step: int) -> None:
        """Tell this step about the shown row now."""
        self.step_asked.emit(step)
        self._step = step
        self.ribbon.show_step(step)
        self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_voice_changed(self) -> None:
        self.voices.show_value(self._view.voice)
        self.ribbon.show_voice(self._view.voice)
        self.refresh()

    def _on_dataset_changed(self) -> None:
        self.show_step(1)

    def _on_example_changed(self) -> None:
        """Tell how the answer is made once a row is made up: it is all there is to tell about it."""
        is_made_up = self._bridge.document.tried is not None
        if is_made_up and not self._made_up:
            self._step = GUESS
            self.ribbon.show_step(GUESS)
        self._made_up = is_made_up
        self.refresh()

    def _on_selection_changed(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def _on_turn_offered(self) -> None:
        from ann_viz.explain.story import step_of_phase

        if not self.isVisible():
            return
        document = self._bridge.document
        snapshot = document.snapshot
        running = document.state is RunState.RUNNING
        paced = running and document.speed.kind == "phase"
        if not paced and not self._bridge.take_turn(self._last, INTERVAL_S):
            return
        self._last = time.monotonic()
        if snapshot is not None and snapshot.phase is not None:
            self._step = step_of_phase(snapshot.phase)
        elif (running and not paced) or (snapshot is not None and snapshot.epoch > self._epoch):
            self._step = 5  # also where an epoch was over before anybody looked
        self._epoch = 0 if snapshot is None else snapshot.epoch
        self.ribbon.show_step(self._step)
        self.refresh()

    def refresh(self) -> None:
        """Tell the step again with the numbers of now."""
        if not self.isVisible():
            return
        situation = self._situation()
        self.ribbon.setEnabled(situation is not None)
        if situation is None:
            self._show(
                Told(sentence=self.tr("Open a table, and each step is told with the numbers of one row."), lines=())
            )
        else:
            from ann_viz.explain.story import tell  # not to be waited for before there are data

            self._show(self._dated(tell(self._step, situation, self._view.voice)))

    def _situation(self) -> Situation | None:
        document = self._bridge.document
        if document.described is None:
            return None
        from ann_viz.session.explaining import situation_of

        return situation_of(document, self._view.selection)

    def _dated(self, told: Told) -> Told:
        """Add the epoch of the numbers while they change faster than they are told."""
        moment = self._bridge.document.as_of
        return replace(told, sentence=f"{told.sentence} ({moment})") if moment else told

    def _show(self, told: Told) -> None:
        """Show it, unless it is on show: several signals tell of one click, and to lay formulas out takes its time."""
        room, has_bar = self._scroll.maximumViewportSize(), self._scroll.verticalScrollBar().isVisible()
        seen = (told, self._one_line, room.toTuple(), has_bar, self._box.font().key(), theme.current())
        if seen == self._seen:
            return
        self._seen = seen
        self._box.setVisible(bool(told.lines) and not self._one_line)
        if self._one_line and told.lines:
            self._line.show_line(told.lines[0])
        elif self._one_line:
            self._line.show_sentence(told.sentence)
        self._sentence.setText(rich_text(told.sentence, theme.current().text2))
        while len(self._labels) < len(told.lines):
            self._add_row()
        if len(told.lines) != sum(not formula.isHidden() for formula in self._formulas):
            self._rows.hide()  # or each label that comes or goes would be laid out by itself, a millisecond each
        fitting = self._fitted(told.lines)
        for place, (label, formula) in enumerate(zip(self._labels, self._formulas, strict=True)):
            line = told.lines[place] if place < len(told.lines) else None
            label.setText(line.label if line else "")
            formula.setText(markup(fitting[place], wraps=True) if line else "")
            formula.setToolTip(plain_tip(line.text if line else ""))
            label.setVisible(line is not None)
            formula.setVisible(line is not None)
        self._rows.show()
        self._box.setAccessibleDescription(" ".join(f"{line.label}: {line.text}." for line in told.lines))

    def _fitted(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Shorten formulas that leave no room for the results below them."""
        if not lines:
            return ()
        captions = max(self._labels[0].fontMetrics().horizontalAdvance(line.label) for line in lines)
        width = self._scroll.viewport().width() - min(captions, MOST_CAPTION) - LEFT_RIGHT - BETWEEN_COLUMNS
        return fitted(lines, self._formulas[0].font(), width, self._scroll.viewport().height() - TOP_BOTTOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of the formulas."""
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the formulas anew when the theme changes, and follow the size of words."""
        if event.type() == QEvent.Type.StyleChange:
            self._show_lines()
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()
        super().changeEvent(event)
