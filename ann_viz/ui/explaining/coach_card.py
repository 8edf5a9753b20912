"""The coach's card: one observation, the numbers behind it on request, and at most two buttons that do as they say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.explain import RunReport, filled, load_coach_texts
from ann_viz.explain.coach import Observation, observe
from ann_viz.explain.coach_values import coach_values, score_in_words
from ann_viz.explain.glossary import load_glossary
from ann_viz.rich import joined, rich
from ann_viz.session.coaching import effect_so_far, note_tried, report_of
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.rich_text import LinkLabel, linked, rich_text
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.coach_actions import CoachActions
from ann_viz.ui.explaining.coach_looks import CoachLooks
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption

if TYPE_CHECKING:
    from ann_viz.session.remedy import Remedy

__all__ = ["CoachCard"]

INTERVAL_S: Final = 1.0
MOST_ACTIONS: Final = 2
CARDS: Final = {"welcome": "accent", "advice": "warning", "good": "good", "danger": "danger"}
INKS: Final = {"accent": "accent", "warning": "warning", "good": "ok", "danger": "danger"}
"""The token in which each kind of card is signed."""


class CoachCard(QFrame):
    """Says one thing about the run, calmly, and never twice in a second.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        Its voice is spoken.
    """

    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    rate_asked = Signal()
    """A learning rate is to be found."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._last = 0.0
        self._said = ""
        self._shown: Observation | None = None
        self._offers: list[tuple[str, Remedy]] = []
        self._actions = CoachActions(bridge, self)
        self._actions.rate_asked.connect(self.rate_asked)
        self._looks = CoachLooks(bridge, self)
        self._has_rescue = False
        self.setProperty("card", "accent")
        self.setAccessibleName(self.tr("Coach"))
        self._bulb = Glyph("lightbulb", "accent", 15, self)
        self._name = PlainLabel(self.tr("Coach"), self, role="coach")
        self._title = PlainLabel(parent=self, role="title", wrap=True)
        self._text, self._effect, self._evidence = LinkLabel(self), LinkLabel(self), LinkLabel(self)
        self._buttons = [QPushButton(self) for _ in range(MOST_ACTIONS)]
        self._why = QPushButton(self)
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._bulb)
        head.addWidget(self._title, 1)
        head.addWidget(self._name)
        self._why.setCheckable(True)
        self._why.setProperty("kind", "link")
        reasons = QHBoxLayout()
        reasons.addWidget(self._why)
        reasons.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in self._buttons:
            foot.addWidget(button)
        foot.addStretch()
        for button in (*self._buttons, self._why):
            button.setProperty("small", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(6)
        column.addLayout(head)
        for label in (self._text, self._effect, self._evidence):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._text, 1)
        column.addWidget(self._effect)
        column.addLayout(reasons)
        column.addWidget(self._evidence)
        column.addLayout(foot)

    def _connect(self) -> None:
        bridge, view = self._bridge, self._view
        for label in (self._text, self._effect, self._evidence):
            label.linkActivated.connect(self.word_asked)
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, place=place: self._on_clicked(place))
        self._why.toggled.connect(self.refresh)
        self._looks.found.connect(self.refresh)
        self._actions.failed.connect(self._on_refused)
        for signal in (bridge.dataset_changed, bridge.state_changed, bridge.settings_changed, view.voice_changed):
            signal.connect(self.refresh)
        bridge.turn_offered.connect(self._on_turn_offered)

    @property
    def rule(self) -> str:
        """Name of the rule that speaks; nothing without data."""
        return self._shown.rule.name if self._shown is not None else ""

    @property
    def text(self) -> str:
        """What is said."""
        return self._said

    @property
    def evidence(self) -> tuple[str, ...]:
        """The numbers behind it, a line each."""
        report = report_of(self._bridge.document, look=False)
        return () if report is None else self._lines(report)

    def stop(self) -> None:
        """Drop what is being worked out, before its data are closed."""
        self._looks.close()
        self._actions.stop()

    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._last, INTERVAL_S):
            self.refresh()

    def refresh(self) -> None:
        """Look at the run again."""
        if not self.isVisible():
            return
        self._last = time.monotonic()
        self._looks.look_at_rows()
        report = report_of(self._bridge.document, look=False)
        self._shown = None if report is None or self._looks.waits_for_rows(report) else observe(report)
        if report is None:
            self._welcome()
        elif self._shown is None:
            self._say(self.tr("One moment"), self.tr("The rows are looked at before anything is said of this run."))
        else:
            self._tell(report, self._shown)
            self._looks.try_other_starts()
        colour = theme.current().text2
        self._text.setText(rich_text(self._said, colour))
        self._show_effect(report)
        self._show_evidence(report)
        self._show_buttons()
        self._show_tone(CARDS[self._shown.rule.tone] if self._shown is not None else "accent")

    # What is said ---------------------------------------------------------------------------------------------------
    def welcome_back(self, has_rescue: bool) -> None:
        """Know whether there is work to go on with that nobody saved."""
        self._has_rescue = has_rescue
        self.refresh()

    def _welcome(self) -> None:
        if self._has_rescue:
            self._say(self.tr("Welcome back"), self.tr("Open the rescued work and save it, or start something new."))
        else:
            self._say(self.tr("Welcome"), self.tr("Open a table or choose a sample, and the network appears."))

    def _say(self, title: str, text: str) -> None:
        """Say what is no diagnosis."""
        self._title.setText(title)
        self._said, self._offers = text, []

    def _tell(self, report: RunReport, observation: Observation) -> None:
        from ann_viz.session.remedies import remedy

        texts, voice, name = load_coach_texts(), self._view.voice, observation.rule.name
        values = coach_values(report)
        self._title.setText(filled(texts.titles[name][voice], values))
        self._said = filled(texts.texts[name][voice], values)
        found = [(action, remedy(action, self._bridge.document, report)) for action in observation.rule.actions]
        self._offers = [(action, each) for action, each in found if each is not None][:MOST_ACTIONS]

    def _lines(self, report: RunReport) -> tuple[str, ...]:
        texts, values = load_coach_texts(), coach_values(report)
        names = texts.why[observe(report).rule.name]
        return tuple(filled(texts.measures[name][self._view.voice], values) for name in names)

    def _show_effect(self, report: RunReport | None) -> None:
        """Say what came of the button that was pressed last."""
        effect, tried = effect_so_far(self._bridge.document), self._bridge.document.coach_memory.tried
        self._effect.setVisible(effect is not None)
        if effect is None or tried is None or report is None:
            return
        told = score_in_words(report)
        values = {"label": tried.label, "before": told(effect.before), "now": told(effect.now)}
        says = filled(load_coach_texts().effects[effect.outcome][self._view.voice], values)
        self._effect.setText(rich_text(says, theme.current().text2))

    def _show_evidence(self, report: RunReport | None) -> None:
        known = report is not None and report.data is not None
        self._why.setVisible(known)
        self._why.setText(self.tr("Hide the reasons") if self._why.isChecked() else self.tr("Why do I say so?"))
        self._evidence.setVisible(known and self._why.isChecked())
        if report is None or not self._evidence.isVisibleTo(self):
            return
        colour = theme.current().text2
        word = load_glossary()[load_coach_texts().words[self.rule]]
        more = joined(" ", (self.tr("Read on:"), linked(word.id, word.term, colour)))
        lines = (joined(" ", ("•", rich_text(line, colour))) for line in self._lines(report))
        self._evidence.setText(joined(rich("<br>"), (*lines, more)))

    def _show_buttons(self) -> None:
        for place, button in enumerate(self._buttons):
            known = place < len(self._offers)
            button.setVisible(known)
            if known:
                button.setText(plain_caption(_label(*self._offers[place])))

    def _show_tone(self, card: str) -> None:
        if self.property("card") != card:
            self.setProperty("card", card)
            self._bulb.show_token(INKS[card])
            for widget in (self, self._name):
                self.style().polish(widget)

    def _on_clicked(self, place: int) -> None:
        action, offer = self._offers[place]
        label = _label(action, offer)
        note_tried(self._bridge.document, label, other_rows=offer.recipe is not None)
        self._actions.carry_out(offer, label)
        self.refresh()

    def _on_refused(self, error: AnnVizError) -> None:
        self._said = str(error)
        self._text.setText(rich_text(self._said, theme.current().text2))

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()
        super().changeEvent(event)


def _label(action: str, offer: Remedy) -> str:
    """Return the words of a button."""
    return filled(load_coach_texts().actions[offer.label or action], offer.values)
