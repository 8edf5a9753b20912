"""Whether it is as good for everybody: one line per group, with a bar for how many of its yes rows are found."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import NOTHING, compact_signed, format_number, percent, short_number
from ann_viz.session.judged.groups import GroupScore, apart
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted

__all__ = ["GroupTable"]

ROW: Final = 27
BAR: Final = 56.0


class GroupTable(Painted):
    """Paints the lines; the last one is of all rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scores: tuple[GroupScore, ...] = ()
        self._share = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What stands in every line."""
        return tuple(_cells(score) for score in self._scores)

    def show_groups(self, scores: tuple[GroupScore, ...], share: str) -> None:
        """Show the groups, and all rows last, with a heading for the share of rows that are so."""
        self._scores, self._share = scores, share
        self.setMinimumHeight(ROW * (len(scores) + 1))
        self.setAccessibleName("; ".join(", ".join(line) for line in self.lines))
        self.update()

    def sizeHint(self) -> QSize:
        """As many lines as there are."""
        return QSize(420, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings and lines."""
        tokens = theme.current()
        heads = (
            "", self.tr("rows"), self._share, self.tr("alarms"), self.tr("found · recall"),
            self.tr("true alarms"), "AUC", self.tr("says − is"),
        )  # fmt: skip
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_line(painter, heads, 0, tokens.muted, QFont.Weight.Normal)
            sides = (*apart(self._scores), 0) if self._scores else ()
            for place, (score, side) in enumerate(zip(self._scores, sides, strict=True), start=1):
                colour = tokens.muted if score.is_small else tokens.text
                weight = QFont.Weight.DemiBold if place == len(self._scores) else QFont.Weight.Normal
                painter.fillRect(QRectF(0, place * ROW, self.width(), 1), QColor(tokens.border))
                self._paint_line(painter, _cells(score), place, colour, weight)
                self._paint_bar(painter, score, place, differs=side != 0)

    def _columns(self) -> list[QRectF]:
        """Return left and width of every column; the name gets what is left over."""
        widths = [54.0, 50.0, 54.0, BAR + 96.0, 78.0, 48.0, 68.0]
        name = max(70.0, self.width() - sum(widths))
        boxes, left = [], 0.0
        for width in (name, *widths):
            boxes.append(QRectF(left, 0, width, ROW))
            left += width
        return boxes

    def _paint_line(
        self, painter: QPainter, cells: tuple[str, ...], place: int, colour: str, weight: QFont.Weight
    ) -> None:
        painter.setFont(self.font_of(12 if place else 11, weight))
        painter.setPen(QColor(colour))
        metrics = QFontMetricsF(painter.font())
        align = Qt.AlignmentFlag
        for index, (text, box) in enumerate(zip(cells, self._columns(), strict=True)):
            box.moveTop(place * ROW)
            side = align.AlignRight if index else align.AlignLeft
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 4)
            painter.drawText(box, side | align.AlignVCenter, short)

    def _paint_bar(self, painter: QPainter, score: GroupScore, place: int, *, differs: bool) -> None:
        tokens, box = theme.current(), self._columns()[4]
        track = QRectF(box.left() + 18, place * ROW + ROW / 2 - 3.5, BAR, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface3))
        painter.drawRoundedRect(track, 2, 2)
        if not math.isnan(score.found):
            painter.setBrush(QColor(tokens.faint if score.is_small else tokens.validation))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * score.found, 7), 2, 2)
        if differs:
            painter.setBrush(QColor(tokens.warning))
            painter.drawEllipse(QRectF(box.left() + 6, place * ROW + ROW / 2 - 3.5, 7, 7))


def _cells(score: GroupScore) -> tuple[str, ...]:
    def share(value: float) -> str:
        return NOTHING if math.isnan(value) else percent(value)

    found = share(score.found)
    spread = "" if math.isnan(score.found) else f" ± {100 * score.half:.0f}"
    off = score.says_minus_is
    lean = NOTHING if math.isnan(off) else compact_signed(round(off, 1), 1)
    auc = NOTHING if math.isnan(score.auc) else short_number(score.auc, 2)
    return (
        score.name, format_number(score.n), share(score.is_so), share(score.alarms), f"{found}{spread}",
        share(score.true_alarms), auc, lean,
    )  # fmt: skip
