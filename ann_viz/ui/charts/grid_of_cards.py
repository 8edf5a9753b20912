"""Cards in rows that scroll downwards, never sideways: as many beside each other as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

__all__ = ["GridOfCards"]

GAP: Final = 10
NARROW: Final = 900
COLUMNS: Final = 12


class GridOfCards(QScrollArea):
    """Rows of cards with shares of the width in twelfths, and other shares where the room is narrow.

    Parameters
    ----------
    rows : sequence of sequence of (QWidget, int, int, int)
        Every card with its share in a wide and in a narrow room, and the least height of its row. Narrow, a row of
        cards whose shares exceed twelve goes on in the next.
    """

    def __init__(self, rows: Sequence[Sequence[tuple[QWidget, int, int, int]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._narrow: bool | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        host = QWidget(self)
        host.setProperty("plain", True)
        self._grid = QGridLayout(host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.setWidget(host)
        self._arrange(False)

    def _arrange(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        place = 0
        for row in self._rows:
            column = 0
            for card, wide_share, narrow_share, height in row:
                share = narrow_share if narrow else wide_share
                if column + share > COLUMNS:
                    place, column = place + 1, 0
                self._grid.addWidget(card, place, column, 1, share)
                self._grid.setRowMinimumHeight(place, height)
                column += share
            place += 1
        for empty in range(place, self._grid.rowCount()):
            self._grid.setRowMinimumHeight(empty, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fewer cards beside each other where there is less room."""
        super().resizeEvent(event)
        self._arrange(self.viewport().width() < NARROW)
