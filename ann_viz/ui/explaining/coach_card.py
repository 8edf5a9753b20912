"""The coach's card: one observation and at most two buttons that do what they say."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.explain import Observation, filled, load_coach_texts, observe
from ann_viz.session.coaching import report_of
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.rich_text import LinkLabel, rich_text
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.coach_actions import COACH_ACTIONS
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption

__all__ = ["CoachCard"]

INTERVAL_S: Final = 1.0
MOST_ACTIONS: Final = 2
CARDS: Final = {"welcome": "accent", "advice": "warning", "good": "good", "danger": "danger"}


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

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._last = 0.0
        self._said = ""
        self._shown: Observation | None = None
        self.setProperty("card", "accent")
        self.setAccessibleName(self.tr("Coach"))
        self._title = PlainLabel(parent=self, role="title")
        self._text = LinkLabel(self)
        self._text.linkActivated.connect(self.word_asked)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = [QPushButton(self) for _ in range(MOST_ACTIONS)]
        for place, button in enumerate(self._buttons):
            button.setProperty("small", True)
            button.clicked.connect(lambda _checked=False, place=place: self._on_clicked(place))
        self._arrange()
        bridge.dataset_changed.connect(self.refresh)
        bridge.state_changed.connect(self.refresh)
        bridge.settings_changed.connect(self.refresh)
        bridge.turn_offered.connect(self._on_turn_offered)
        view.voice_changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        name = PlainLabel(self.tr("Coach"), self, role="caption")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph("lightbulb", "text2", 15, self))
        head.addWidget(self._title, 1)
        head.addWidget(name)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in self._buttons:
            foot.addWidget(button)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        column.addLayout(foot)

    @property
    def rule(self) -> str:
        """Name of the rule that speaks; nothing without data."""
        return self._shown.rule.name if self._shown is not None else ""

    @property
    def text(self) -> str:
        """What is said."""
        return self._said

    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._last, INTERVAL_S):
            self.refresh()

    def refresh(self) -> None:
        """Look at the run again."""
        if not self.isVisible():
            return
        self._last = time.monotonic()
        report = report_of(self._bridge.document)
        self._shown = None if report is None else observe(report)
        texts = load_coach_texts()
        if self._shown is None:
            self._title.setText(self.tr("Welcome"))
            self._said = self.tr("Open a CSV file or choose a sample, and the network appears.")
            actions: tuple[str, ...] = ()
        else:
            rule, values, voice = self._shown.rule, self._shown.values, self._view.voice
            self._title.setText(filled(texts.titles[rule.name][voice], values))
            self._said = filled(texts.texts[rule.name][voice], values)
            actions = tuple(action for action in rule.actions if COACH_ACTIONS[action].is_possible(self._bridge))
        self._text.setText(rich_text(self._said, theme.current().text2))
        self._show_actions(actions, texts.actions)
        self._show_tone(CARDS[self._shown.rule.tone] if self._shown is not None else "accent")

    def _show_actions(self, actions: tuple[str, ...], labels: dict[str, str]) -> None:
        for place, button in enumerate(self._buttons):
            known = place < len(actions)
            button.setVisible(known)
            if known and self._shown is not None:
                button.setText(plain_caption(filled(labels[actions[place]], self._shown.values)))
                button.setProperty("action", actions[place])

    def _show_tone(self, card: str) -> None:
        if self.property("card") != card:
            self.setProperty("card", card)
            self.style().polish(self)

    def _on_clicked(self, place: int) -> None:
        COACH_ACTIONS[str(self._buttons[place].property("action"))].do(self._bridge)

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
