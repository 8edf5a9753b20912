"""The row above the axes: what is filtered, each filter with a button that takes it off, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_caption, plain_tip
from ann_viz.ui.sweeping.axes_picture import score_colour

__all__ = ["FilterRow"]

RAMP: Final = QSize(92, 9)
MOST_CHIPS: Final = 3


class FilterRow(QWidget):
    """Says which runs are let through."""

    cleared = Signal(str)
    """The filter of this axis is to go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[QPushButton] = []
        self._hint = PlainLabel(self.tr("Drag along an axis to filter"), role="muted")
        self.count = PlainLabel(role="muted")
        self._colour = PlainLabel(role="muted")
        self._worst = PlainLabel(role="muted")
        self._best = PlainLabel(role="strong")
        self._ramp = _Ramp()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._hint)
        self._row.addWidget(self.count)
        self._row.addStretch()
        for widget in (self._colour, self._worst, self._ramp, self._best):
            self._row.addWidget(widget)

    def show_filters(self, filters: Sequence[tuple[str, str]], count: str) -> None:
        """Show the filters, by axis and in words, and how many runs they let through."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(name, words) for name, words in filters[:MOST_CHIPS]]
        for place, chip in enumerate(self._chips, 1):
            self._row.insertWidget(place, chip)
        self.count.setText(count)

    def _chip(self, name: str, words: str) -> QPushButton:
        chip = QPushButton(plain_caption(f"{words}  ×"), self)
        chip.setProperty("kind", "soft")
        chip.setProperty("small", True)
        chip.setToolTip(plain_tip(self.tr("Take this filter off")))
        chip.setAccessibleName(self.tr("Filter: {what}. Press to take it off").format(what=words))
        chip.clicked.connect(lambda: self.cleared.emit(name))
        return chip

    def show_colours(self, measure: str, worst: str, best: str) -> None:
        """Say what the colours mean; empty texts hide it."""
        self._colour.setText(self.tr("colour = {measure}").format(measure=measure))
        self._worst.setText(worst)
        self._best.setText(best)
        for widget in (self._colour, self._worst, self._best, self._ramp):
            widget.setVisible(bool(best))


class _Ramp(Painted):
    """The colours from the worst to the best run."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(RAMP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        ramp = QLinearGradient(0, 0, self.width(), 0)
        ramp.setColorAt(0, QColor(score_colour(0.0)))
        ramp.setColorAt(1, QColor(score_colour(1.0)))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ramp)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
