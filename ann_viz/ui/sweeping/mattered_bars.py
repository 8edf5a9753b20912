"""What mattered: a bar for each varied setting, as long as the share of the difference that it explains alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ann_viz.numerals import percent
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted

__all__ = ["MatteredBars"]

ROW: Final = 25
NAME_SHARE: Final = 0.42
NUMBER: Final = 44
HEIGHT: Final = 6


class MatteredBars(Painted):
    """Rows of name, bar and share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[tuple[str, float], ...] = ()

    def show_shares(self, shares: Sequence[tuple[str, float]]) -> None:
        """Show names with shares, the largest first."""
        self._shares = tuple(shares)
        self.setFixedHeight(ROW * len(self._shares))
        self.setAccessibleName(", ".join(f"{name} {percent(share)}" for name, share in self._shares))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all rows."""
        return QSize(220, ROW * len(self._shares))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        tokens, font = theme.current(), self.font_of(12)
        bold = self.font_of(12)
        bold.setWeight(bold.Weight.DemiBold)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (name, share) in enumerate(self._shares):
                line = QRectF(0, number * ROW, self.width(), ROW)
                left = self.width() * NAME_SHARE
                groove = QRectF(left, line.center().y() - HEIGHT / 2, self.width() - left - NUMBER, HEIGHT)
                painter.setFont(font)
                painter.setPen(QColor(tokens.text))
                shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, left - 6)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.surface3))
                painter.drawRoundedRect(groove, 3, 3)
                painter.setBrush(QColor(tokens.fill))
                painter.drawRoundedRect(groove.adjusted(0, 0, (share - 1) * groove.width(), 0), 3, 3)
                painter.setFont(bold)
                painter.setPen(QColor(tokens.text))
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, percent(share))
