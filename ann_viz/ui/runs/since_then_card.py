"""The card that stands in the coach's place while one looks back: what has changed since then."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ann_viz.numerals import format_number
from ann_viz.rich import rich
from ann_viz.session.since_then import Change, since_then
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["SinceThenCard"]

MOST_ROWS: Final = 4
MOST_KEPT: Final = 120


class SinceThenCard(Card):
    """Then → now for losses, score and the shown row, and the weight that has moved furthest."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("history", self.tr("Since then"), parent)
        self.setObjectName("sinceThenCard")
        self._bridge = bridge
        self.rows: list[tuple[PlainLabel, PlainLabel, PlainLabel]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in range(MOST_ROWS):
            labels = PlainLabel(role="caption"), PlainLabel(role="muted"), PlainLabel(role="strong")
            for label in labels[1:]:
                label.keep_room(MOST_KEPT)
                label.setAlignment(right)
            for column, label in enumerate(labels):
                grid.addWidget(label, row, column, right if column else Qt.AlignmentFlag.AlignLeft)
            self.rows.append(labels)
        self.weight = RichLabel(role="muted", wrap=True)
        self.body.addLayout(grid)
        self.body.addWidget(self.weight)
        bridge.newest_changed.connect(self.refresh)
        bridge.example_changed.connect(self.refresh)
        bridge.snapshot_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Tell it with the numbers of the moment on show and of now."""
        told = since_then(self._bridge.document) if self.isVisible() else None
        if told is None:
            return
        then, now = (format_number(epoch) for epoch in told.epochs)
        self.summary.setText(self.tr("epoch {then} → {now}").format(then=then, now=now))
        for place, labels in enumerate(self.rows):
            self._show_row(labels, told.changes[place] if place < len(told.changes) else None)
        weight = told.weight
        text = self.tr("Biggest change: <b>{name}</b>, {then} → {now}")
        self.weight.setText(rich(text, name=weight.name, then=weight.then, now=weight.now))
        lines = self.weight.heightForWidth(self.weight.width())
        self.weight.setMinimumHeight(max(lines, self.weight.minimumHeight()))  # or all else moves from epoch to epoch

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.weight.setMinimumHeight(0)
        self.refresh()

    def _show_row(self, labels: tuple[PlainLabel, PlainLabel, PlainLabel], change: Change | None) -> None:
        for label in labels:
            label.setVisible(change is not None)
        if change is None:
            return
        way = f"{change.then} → {change.now}"
        for label, text in zip(labels, (change.name, way, change.difference), strict=True):
            label.setText(text)
            label.brief = change.short if text is way else ""
            label.setToolTip(plain_tip(f"{change.name}: {way} {change.difference}".strip()))
