"""A box to tick that gives way where there is too little room for its words; its tooltip then says them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from ann_viz.ui.kit.plain_text import caption_of, plain_tip

__all__ = ["CheckBox"]

LEAST_WORDS = 60
"""Pixels of its words that are shown in any case."""


class CheckBox(QCheckBox):
    """Words with a box before them."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tells_whole = False

    @property
    def is_cut(self) -> bool:
        """Whether its words have too little room."""
        return self.sizeHint().width() > self.width() + 1

    def minimumSizeHint(self) -> QSize:
        """Insist on the beginning of its words only."""
        hint, words = self.sizeHint(), self.fontMetrics().horizontalAdvance(caption_of(self.text()))
        return QSize(min(hint.width(), hint.width() - words + LEAST_WORDS), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and as many of its words as there is room for."""
        if not self.is_cut:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_CheckBox, option, painter, self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Give all of its words as the tooltip where they are cut, unless it says something else."""
        super().enterEvent(event)
        if self._tells_whole or not self.toolTip():
            self._tells_whole = self.is_cut
            self.setToolTip(plain_tip(caption_of(self.text())) if self._tells_whole else "")
