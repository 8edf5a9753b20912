"""Tooltips for texts that a widget paints itself and has to cut: each says the whole, where the text stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ann_viz.ui.kit.painted import fitted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["CutTips"]


class CutTips(QObject):
    """Remembers what the last painting of a widget has cut.

    Parameters
    ----------
    widget : QWidget
        Calls `begin` when it paints itself, and `fitted` for each text, or `note` for one that it has made shorter.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._cut: list[tuple[QRectF, str]] = []
        widget.installEventFilter(self)

    def begin(self) -> None:
        """Forget what was cut before."""
        self._cut = []

    def note(self, text: str, box: QRectF) -> None:
        """Remember what a shorter text in a box stands for."""
        self._cut.append((box, text))

    def fitted(self, text: str, metrics: QFontMetricsF, box: QRectF) -> str:
        """Return a text cut to its box, and remember the whole where that was needed."""
        if metrics.horizontalAdvance(text) > box.width():
            self.note(text, box)
        return fitted(text, metrics, box.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say the whole text where one was cut; anywhere else the widget says what it has to say."""
        if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
            return False
        for box, text in self._cut:
            if box.contains(event.pos()):
                QToolTip.showText(event.globalPos(), plain_tip(text), self._widget, box.toAlignedRect())
                return True
        return False
