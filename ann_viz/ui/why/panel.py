"""The tab *Why* at the right: what mattered for an answer, and what would change it.

Hidden it works out nothing. What it shows is worked out in a job, from a question that holds all it needs; while
training runs it asks again once a second.
"""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.explain import wording
from ann_viz.session.shown_row import ShownRow
from ann_viz.session.trying.asking import answer_to, committee_of, committee_setup, question_of
from ann_viz.session.trying.changes import Change
from ann_viz.session.trying.reasons import Reasons, find_reasons
from ann_viz.session.trying.values import encoded
from ann_viz.session.trying.words import comparison_of
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.card import HintCard
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.why.answer_card import AnswerCard
from ann_viz.ui.why.changes_card import ChangesCard
from ann_viz.ui.why.pinned_card import PinnedCard
from ann_viz.ui.why.reasons_card import ReasonsCard

__all__ = ["WhyPanel"]

INTERVAL_S: Final = 1.0


class WhyPanel(QWidget):
    """Why the network answers the shown row as it does.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        The voice that is spoken.

    Attributes
    ----------
    answer, reasons, changes, pinned : QFrame
        The cards.
    shown : Reasons or None
        What is on show.
    """

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._view = bridge, view
        self._asked: object = None
        self._row: ShownRow | None = None
        self._which: int | None = None
        self._column = ""
        self._last = 0.0
        self._share: float | None = None  # of the committee under way
        self.shown: Reasons | None = None
        self.setObjectName("whyPanel")
        self.setAccessibleName(self.tr("Why"))
        self.answer, self.reasons, self.changes = AnswerCard(), ReasonsCard(), ChangesCard()
        self.pinned = PinnedCard()
        self._hint = HintCard(parent=self)
        self._asking = JobWatcher("finding reasons", self)
        self._training = JobWatcher("training other seeds", self)
        self._arrange()
        self._connect()
        self._show_cards(False)

    def _arrange(self) -> None:
        inside = QWidget(self)
        inside.setMinimumWidth(1)  # the scroll bar takes its room from the cards
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in (self._hint, self.answer, self.reasons, self.changes, self.pinned):
            column.addWidget(card)
        column.addStretch(1)
        scroll = Scrolling(inside, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.turn_offered.connect(self._on_turn_offered)
        for changed in (
            bridge.state_changed, bridge.settings_changed, bridge.example_changed, bridge.look_changed,
            bridge.threshold_changed, bridge.runs_changed, self._view.voice_changed,
        ):  # fmt: skip
            changed.connect(self.refresh)
        self._asking.finished.connect(self._on_found)
        self._training.progressed.connect(self._on_training_progressed)
        self._training.finished.connect(lambda _siblings: self._on_trained())
        self._training.failed.connect(lambda _error: self._on_trained())
        self.answer.class_chosen.connect(self._on_class_chosen)
        self.answer.committee_asked.connect(self._on_committee_asked)
        need_rows(bridge, self.answer.more)
        self.reasons.column_chosen.connect(self._on_column_chosen)
        self.reasons.waterfall.chosen.connect(self._on_part_chosen)
        self.changes.tried.connect(lambda row: bridge.try_row(row, "try suggestion"))
        self.changes.locked.connect(bridge.lock_columns)

    def stop(self) -> None:
        """End what is worked out in threads, before the data are closed."""
        self._asking.close()
        self._training.close()
        self._share = None

    # Asking ---------------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self.stop()
        self._which, self._column, self._asked, self.shown = None, "", None, None
        self._show_cards(False)
        self.refresh()

    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._last, INTERVAL_S):
            self.refresh()

    def refresh(self) -> None:
        """Ask again, unless nobody can see it or nothing has changed."""
        if not self.isVisible():
            return
        document = self._bridge.document
        row = document.shown_row()
        if row is None:
            self._asked = None
            self._show_cards(False)
            return
        others = len(committee_of(document))
        locked = document.trying.locked
        asked = (row, others, locked, document.trying.pinned, self._which, self._column, self._view.voice)
        if self._asked == asked:
            self._show_committee()
            return
        self._asked, self._last = asked, time.monotonic()
        question = question_of(document, self._which, self._column)
        self._row = row
        if question is not None:
            self._asking.start(lambda progress, cancelled: find_reasons(question, progress, cancelled))

    def _on_found(self, reasons: Reasons) -> None:
        """Show what the job has found."""
        row, document = self._row, self._bridge.document
        if row is None or row.facts.dataset is not document.described:
            return
        self.shown = reasons
        if not reasons.is_finite:
            self._show_cards(False)
            self._hint.words.setText(self.tr("Its sums become larger than any number: there is no answer to explain."))
            return
        dataset, told = row.facts.dataset, reasons.question.told
        target = dataset.table.column(dataset.recipe.target)
        pinned = [
            float(told.values(reasons.question.network.predict(encoded(dataset.encoder, each.values)[None]))[0])
            for each in document.trying.pinned
        ]
        self.answer.show_answer(reasons, answer_to(document, row.facts.x), (target.minimum, target.maximum), pinned)
        name = dataset.recipe.row_name.lower() or self.tr("row")
        self.reasons.show_reasons(reasons, self.tr("this {row}").format(row=name), self._view.voice)
        self.changes.show_changes(reasons, lambda change: self._verdict(row, change))
        self._show_cards(True)
        self.pinned.show_comparison(comparison_of(reasons.question, document.trying.pinned))
        self._show_committee()

    @staticmethod
    def _verdict(row: ShownRow, change: Change) -> str:
        """Return which answer a change leads to; empty for a number."""
        answer = wording.answer(row.facts.dataset, change.output, row.threshold)
        return "" if answer.kind == "regression" else answer.names[answer.best]

    def _show_cards(self, shown: bool) -> None:
        """Show the cards, or say what they wait for."""
        without_data = self._bridge.document.described is None
        self._hint.words.setText(
            self.tr("Open data first: here stands then why a row is answered as it is.")
            if without_data
            else self.tr("Working out why…")
        )
        self._hint.setVisible(not shown)
        for card in (self.answer, self.reasons, self.changes):
            card.setVisible(shown)
        self.pinned.setVisible(shown and bool(self._bridge.document.trying.pinned))

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_class_chosen(self, which: int) -> None:
        self._which = which
        self.refresh()

    def _on_column_chosen(self, column: str) -> None:
        self._column = column
        self.refresh()

    def _on_part_chosen(self, place: int) -> None:
        """Show the what-if curve of a column that mattered."""
        if self.shown is not None:
            self._column = self.shown.question.summaries[place].name
            self.reasons.column.setCurrentText(self._column)
            self.reasons.show_page("what_if")

    # Other seeds ----------------------------------------------------------------------------------------------------
    def _on_committee_asked(self) -> None:
        document = self._bridge.document
        if self._training.busy:
            self._training.stop()
            self._on_trained()
            return
        setup = committee_setup(document)
        if setup is not None:
            self._share = 0.0
            self._training.start(document.siblings.training_seeds(setup))
            self._show_committee()

    def _on_training_progressed(self, share: float) -> None:
        self._share = share
        self._show_committee()

    def _on_trained(self) -> None:
        self._share = None
        self._bridge.announce_siblings()
        self.refresh()

    def _show_committee(self) -> None:
        document = self._bridge.document
        self.answer.show_committee(len(committee_of(document)), self._share, can=committee_setup(document) is not None)

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()
