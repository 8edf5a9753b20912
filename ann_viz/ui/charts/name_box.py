"""A choice among names that come from data: it gets by with the room of a few letters, however long they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ann_viz.translation import translate
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["NameBox"]

LETTERS: Final = 8
WIDEST: Final = 260


class NameBox(ComboBox):
    """A small choice; asks for the room of the longest name, and insists on that of a few letters.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers.
    choices : iterable of (label, value)
        Labels that are marked for translation.
    """

    def __init__(self, name: str, choices: Iterable[tuple[str, object]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("small", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        for text, value in choices:
            self.addItem(translate(text), value)

    def sizeHint(self) -> QSize:
        """As wide as the longest name, within bounds."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        widest = max((metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=0)
        beside = hint.width() - LETTERS * metrics.horizontalAdvance("X")
        return QSize(max(hint.width(), min(widest + beside, WIDEST)), hint.height())
