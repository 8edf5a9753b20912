"""What pictures with a row for every layer have in common: how high they are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.ui.kit.painted import Painted

__all__ = ["FOOT", "LayerRows"]

FOOT: Final = 16.0
"""Height of the scale below the rows."""

USUAL_WIDTH: Final = 200


class LayerRows(Painted):
    """Insists on room for its rows, and takes more where there is more.

    Parameters
    ----------
    least_row : float
        How high a row is at least.
    """

    def __init__(self, least_row: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_row = least_row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def _make_room(self, n_layers: int) -> None:
        """Insist on room for so many rows."""
        self.setMinimumHeight(round(self._least_row * n_layers + FOOT))

    def sizeHint(self) -> QSize:
        """As many rows as there are layers; the width is up to the layout."""
        return QSize(USUAL_WIDTH, self.minimumHeight())
