"""Below the curves of all runs: which is which, how good each was at best, and a click that hides it or shows it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import format_number, short_number
from ann_viz.session.run_tree import RunRow
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import write_cut
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.run_colours import is_dashed, run_colour

__all__ = ["RunLegend"]

ROW: Final = 21
MOST: Final = 6
DASH: Final = 14
FAINT: Final = 0.45
BETWEEN: Final = 8


class RunLegend(QWidget):
    """A row a run; those whose eye is closed are faint."""

    eyed = Signal(int, bool)
    """The curve of this run shall be drawn, or no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RunRow, ...] = ()
        self._letters: Mapping[int, str] = {}
        self._at = 0
        self.setObjectName("runLegend")
        self.setAccessibleName(self.tr("Curves"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """The runs that are listed: the compared ones, then the best."""
        return self._rows

    def sizeHint(self) -> QSize:
        """Return as many rows as there are runs, up to six."""
        return QSize(200, round(ROW * theme.magnified()) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(0, self.sizeHint().height())

    def show_rows(self, rows: Sequence[RunRow], letters: Mapping[int, str]) -> None:
        """List these runs."""
        self._letters = letters
        ordered = sorted(
            (row for row in rows if row.epoch),
            key=lambda row: (letters.get(row.number, "Z"), not row.is_current, row.best_loss),
        )
        before, self._rows = len(self._rows), tuple(ordered[:MOST])
        self._at = min(self._at, max(0, len(self._rows) - 1))
        if len(self._rows) != before:
            self.updateGeometry()
        self.setAccessibleDescription("; ".join(row.name for row in self._rows if row.is_shown))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw dash, name, loss and epoch of every run."""
        tokens, height, right = theme.current(), round(ROW * theme.magnified()), Qt.AlignmentFlag.AlignRight
        plain = theme.tabular(self.font())
        plain.setPixelSize(round(12 * theme.magnified()))
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.DemiBold)
        losses = [short_number(row.best_loss) if math.isfinite(row.best_loss) else "" for row in self._rows]
        epochs = [self.tr("epoch {n}").format(n=format_number(row.best_epoch)) for row in self._rows]
        loss_width, epoch_width = (
            BETWEEN + max((QFontMetricsF(font).horizontalAdvance(text) for text in texts), default=0.0)
            for font, texts in ((bold, losses), (plain, epochs))
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, row in enumerate(self._rows):
                box = QRectF(0, place * height, self.width(), height)
                painter.setOpacity(1.0 if row.is_shown else FAINT)
                letter = self._letters.get(row.number, "")
                self._paint_dash(painter, box, row, 2.25 if letter else 1.75)
                name = f"{letter} · {row.name}" if letter else row.name
                room = box.adjusted(DASH + 9, 0, -epoch_width - loss_width, 0)
                write_cut(painter, room, bold if letter or row.is_current else plain, tokens.text, name)
                write_cut(painter, box.adjusted(0, 0, -epoch_width, 0), bold, tokens.text, losses[place], right)
                write_cut(painter, box, plain, tokens.muted, epochs[place], right)
            if self.hasFocus() and self._rows:
                painter.setOpacity(1.0)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(QRectF(1, self._at * height + 1, self.width() - 2, height - 2), 4, 4)

    @staticmethod
    def _paint_dash(painter: QPainter, box: QRectF, row: RunRow, width: float) -> None:
        pen = QPen(QColor(run_colour(row.place)), width)
        if is_dashed(row.place):
            pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(1, box.center().y()), QPointF(1 + DASH, box.center().y()))

    def _row_at(self, y: float) -> int | None:
        place = int(y // round(ROW * theme.magnified()))
        return place if 0 <= place < len(self._rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close the eye of a run."""
        place = self._row_at(event.position().y())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = place
            self._press()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a click does."""
        place = self._row_at(event.position().y())
        if place is not None:
            row = self._rows[place]
            words = self.tr("{name}: click to hide its curve") if row.is_shown else self.tr("{name}: click to show it")
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words.format(name=row.name)), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, press with Enter."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._at = min(max(0, self._at + step), len(self._rows) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        row = self._rows[self._at]
        self.eyed.emit(row.number, not row.is_shown)
