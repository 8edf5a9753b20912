"""Cards in rows that scroll downwards, never sideways: as many beside each other as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["GridOfCards", "Place"]

GAP: Final = 10
NARROW: Final = 900
COLUMNS: Final = 12


Place = tuple[QWidget, int, int, int]
"""A card, its share of the width in twelfths in a wide and in a narrow room, and the least height of its row."""


class GridOfCards(Scrolling):
    """Rows of cards; in a narrow room, a row of cards whose shares exceed twelve goes on in the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: Sequence[Sequence[Place]] = ()
        self._narrow = False
        host = QWidget(self)
        host.setProperty("plain", True)
        self._grid = QGridLayout(host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.setWidget(host)

    def show_cards(self, rows: Sequence[Sequence[Place]]) -> None:
        """Show these cards, in these rows; those that were shown and are not among them are hidden."""
        now = {place[0] for row in rows for place in row}
        for card in {place[0] for row in self._rows for place in row} - now:
            self._grid.removeWidget(card)
            card.hide()
        self._rows = rows
        self._arrange()
        for card in now:  # only now it stands on something
            card.show()

    def _arrange(self) -> None:
        for used in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(used, 0)
            self._grid.setRowStretch(used, 0)
        place = 0
        for row in self._rows:
            column = 0
            for card, wide_share, narrow_share, height in row:
                share = narrow_share if self._narrow else wide_share
                if column + share > COLUMNS:
                    place, column = place + 1, 0
                self._grid.addWidget(card, place, column, 1, share)
                self._grid.setRowMinimumHeight(place, height)
                self._grid.setRowStretch(place, height)
                column += share
            place += 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fewer cards beside each other where there is less room."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()
