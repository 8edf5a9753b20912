"""The shown row beside those that are pinned: what is answered of each, and the columns in which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ann_viz.numerals import counted
from ann_viz.session.trying.words import Comparison
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["PinnedCard"]

MOST_ROWS: Final = 12


class PinnedCard(Card):
    """A small table: a line for the answers, then one for every column that differs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pin", "", parent)
        self.heading.setText(self.tr("Beside the pinned"))
        self.setAccessibleName(self.tr("Beside the pinned"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._labels: list[PlainLabel] = []
        self.more = PlainLabel(role="muted")
        self.body.addLayout(self._grid)
        self.body.addWidget(self.more)

    def show_comparison(self, told: Comparison) -> None:
        """Show what a comparison says; without pinned rows the card goes."""
        self.setVisible(bool(told.lines))
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for row, line in enumerate(told.lines[: MOST_ROWS + 1]):
            self._add_line(row, line)
        n_more = len(told.lines) - MOST_ROWS - 1
        self.more.setText(counted("{n} more column differs", "{n} more columns differ", max(n_more, 0)))
        self.more.setVisible(n_more > 0)
        self.setAccessibleDescription(". ".join(": ".join((line[0], ", ".join(line[1:]))) for line in told.lines))

    def _add_line(self, row: int, line: Sequence[str]) -> None:
        """Add a line: a name and the values; the last is of the shown row."""
        for column, text in enumerate(line):
            role = "strong" if column == len(line) - 1 or row == 0 else "muted" if column else "label"
            label = PlainLabel(text, self, role=role)
            label.setMinimumWidth(1)
            label.setToolTip(plain_tip(text))
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, row, column)
            self._labels.append(label)
        self._grid.setColumnStretch(0, 1)
