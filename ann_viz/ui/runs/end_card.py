"""The end of a run as a moment: how long it was, which weights stand now, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.engine import Snapshot
from ann_viz.explain.moment import end_text
from ann_viz.numerals import format_number
from ann_viz.rich import rich, words_of
from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.test_line import TestButton, shown_result
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import RichLabel

__all__ = ["EndCard"]

MARGIN: Final = 12
GAP: Final = 8


class EndCard(QWidget):
    """Stands above the picture once a run is over, until it is closed, goes on or another one is on show.

    It has a place of its own: over the picture it would lie on the names of layers and their buttons.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    is_quiet : callable
        Whether a lesson is under way, which has its own words for the end.
    parent : QWidget
    """

    told = Signal(str)
    """It has come up; carries its words."""

    def __init__(self, bridge: Bridge, is_quiet: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._is_quiet = bridge, is_quiet
        self._closed_at: tuple[int, int] | None = None  # run and epoch
        self.setObjectName("endCard")
        self.words = RichLabel(parent=self, role="label", wrap=True)
        self.result = RichLabel(parent=self, role="label", wrap=True)
        self.close_button = IconButton("x", self.tr("Close this card"), parent=self)
        self.close_button.clicked.connect(self._close)
        self.weights = QPushButton(self)
        self.weights.clicked.connect(self._change_weights)
        self.more = QPushButton(self)
        self.more.clicked.connect(bridge.train)
        self.test = TestButton(bridge, self)
        self._arrange()
        bridge.dataset_changed.connect(self._on_dataset_changed)
        for changed in (bridge.state_changed, bridge.look_changed, bridge.runs_changed, bridge.turn_offered):
            changed.connect(self.refresh)
        self._on_dataset_changed()

    def _arrange(self) -> None:
        says = QVBoxLayout()
        says.setSpacing(1)
        says.addWidget(self.words)
        says.addWidget(self.result)
        banner = QFrame(self)
        banner.setProperty("card", "banner")
        outside = QVBoxLayout(self)
        outside.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        outside.addWidget(banner)
        row = QHBoxLayout(banner)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(Glyph("flag", "ok", 15, self))
        row.addLayout(says, 1)
        for button in (self.weights, self.more, self.test):
            button.setProperty("small", True)
            row.addWidget(button)
        row.addWidget(self.close_button)

    # What it says ---------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Follow the document."""
        document = self._bridge.document
        snapshot = document.newest
        over = document.state is RunState.FINISHED and document.looking_at is None
        if snapshot is None or not over or self._closed_at == self._moment(snapshot) or self._is_quiet():
            self.hide()
            return
        was_hidden = self.isHidden()
        title, weights = end_text(snapshot)
        words = rich("<b>{title}.</b> {weights}", title=title, weights=weights)
        self.words.setText(words)
        result = shown_result(self._bridge)
        self.result.setText(result)
        self.result.setVisible(bool(result))
        self._name_buttons(snapshot)
        self.test.refresh()
        self.show()
        if was_hidden:
            self.told.emit(words_of(words))

    def _name_buttons(self, snapshot: Snapshot) -> None:
        self.weights.setVisible(snapshot.best_epoch != snapshot.epoch or snapshot.weights_of.restored)
        if snapshot.weights_of.restored:
            self.weights.setText(self.tr("Stay at {epoch}").format(epoch=format_number(snapshot.epoch)))
        else:
            self.weights.setText(self.tr("Back to {epoch}").format(epoch=format_number(snapshot.best_epoch)))
        run = self._bridge.document.current_run
        n_more = run.asked.epochs if run is not None and snapshot.finished == "epochs" else 0
        text = self.tr("Train {n} more").format(n=format_number(n_more)) if n_more else self.tr("Train on")
        self.more.setText(text)

    def _moment(self, snapshot: Snapshot) -> tuple[int, int]:
        return self._bridge.document.run_numbers[0], snapshot.epoch

    # What can be done -----------------------------------------------------------------------------------------------
    def _change_weights(self) -> None:
        snapshot = self._bridge.document.newest
        if snapshot is not None and snapshot.weights_of.restored:
            self._bridge.restore_last()
        else:
            self._bridge.restore_best()

    def _close(self) -> None:
        snapshot = self._bridge.document.newest
        if snapshot is not None:
            self._closed_at = self._moment(snapshot)
        self.hide()

    def _on_dataset_changed(self) -> None:
        """Say nothing of a run that was over before it was opened."""
        snapshot = self._bridge.document.newest
        self._closed_at = None if snapshot is None else self._moment(snapshot)
        self.refresh()
