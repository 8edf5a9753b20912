"""A table of the inspector with a diverging bar in each row, which paints itself: one widget, however many rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from ann_viz.numerals import compact, compact_signed
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.ui.kit.painted import Painted, fitted
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["BarRow", "BarTable"]

ROW: Final = 20
HEADING: Final = 18
NUMBER_WIDTH: Final = 42.0
TOTAL_WIDTH: Final = 46.0
BAR_WIDTH: Final = 44.0
BAR_HEIGHT: Final = 8.0
GAP: Final = 6.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: a name, some numbers, and a value shown as a bar and as a signed number.

    Parameters
    ----------
    key : int
        What `BarTable.chosen` carries; −1 for a row that can't be chosen.
    name : str
        At the left, cut where it is too long.
    numbers : tuple of float
        Columns between the name and the bar; the last is coloured by its sign.
    value : float
        The bar.
    text : str
        How the value is written; by default with its sign and two decimals.
    """

    key: int
    name: str
    numbers: tuple[float, ...]
    value: float
    text: str = ""

    @property
    def value_text(self) -> str:
        """How the value is written."""
        return self.text or compact_signed(self.value)


class BarTable(Painted):
    """Rows with diverging bars; a click chooses one, or Up, Down and Enter.

    Parameters
    ----------
    headings : tuple of str
        Above the name, the numbers and the bar.
    total_width : float
        Room for the value, in pixels.
    """

    chosen = Signal(int)

    def __init__(
        self, headings: tuple[str, ...], total_width: float = TOTAL_WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._headings = headings
        self._total_width = total_width
        self._rows: tuple[BarRow, ...] = ()
        self._top = 0.0
        self._current = 0  # the row that keys act on
        self._tips = CutTips(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def rows(self) -> tuple[BarRow, ...]:
        """What is on show."""
        return self._rows

    def show_rows(self, rows: Sequence[BarRow]) -> None:
        """Show these rows; the longest bar is that of the largest value."""
        resized = len(rows) != len(self._rows)
        self._rows = tuple(rows)
        self._top = max((abs(row.value) for row in rows if math.isfinite(row.value)), default=0.0)
        if resized:
            self._current = 0
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """All rows; the width is up to the layout."""
        return QSize(240, HEADING + ROW * len(self._rows))

    def name_width(self) -> float:
        """Return the room for names."""
        return self._bar_left() - GAP - NUMBER_WIDTH * (len(self._headings) - 2)

    def _bar_left(self) -> float:
        return self.width() - self._total_width - BAR_WIDTH

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the headings and the rows that can be seen."""
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_headings(painter, tokens)
            seen = event.rect()
            first = max(0, (seen.top() - HEADING) // ROW)
            last = min(len(self._rows), (seen.bottom() - HEADING) // ROW + 1)
            for place in range(first, last):
                self._paint_row(painter, tokens, self._rows[place], HEADING + ROW * place)
            if self.hasFocus() and self._rows:
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(QRectF(1, HEADING + ROW * self._current + 1, self.width() - 2, ROW - 2), 4, 4)

    def _paint_headings(self, painter: QPainter, tokens: Tokens) -> None:
        painter.setFont(self.font_of(11))
        painter.setPen(QColor(tokens.muted))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        width = self.name_width()
        boxes = [(QRectF(0, 0, width, HEADING), left)]
        for place in range(len(self._headings) - 2):
            boxes.append((QRectF(width + place * NUMBER_WIDTH, 0, NUMBER_WIDTH, HEADING), right))
        boxes.append((QRectF(self._bar_left(), 0, BAR_WIDTH, HEADING), Qt.AlignmentFlag.AlignHCenter))
        metrics = QFontMetricsF(painter.font())
        self._tips.begin()
        for (box, side), heading in zip(boxes, self._headings, strict=True):
            painter.drawText(box, side, self._tips.fitted(heading, metrics, box))

    def _paint_row(self, painter: QPainter, tokens: Tokens, row: BarRow, y: int) -> None:
        silent = not row.value if row.text else round(row.value, 2) == 0
        font = self.font_of(12)
        painter.setFont(font)
        width = self.name_width() if row.numbers else self._bar_left() - GAP
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(tokens.muted if silent else tokens.text))
        painter.drawText(QRectF(0, y, width, ROW), middle, fitted(row.name, QFontMetricsF(font), width - 2))
        x = width
        for place, value in enumerate(row.numbers, start=1):
            colour = _sign_colour(tokens, value) if place == len(row.numbers) else tokens.muted
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(x, y, NUMBER_WIDTH, ROW), middle | right, compact(value))
            x += NUMBER_WIDTH
        self._paint_bar(painter, tokens, row.value, self._bar_left(), y)
        painter.setFont(font if silent else self.font_of(12, QFont.Weight.DemiBold))
        painter.setPen(QColor(tokens.muted if silent else tokens.text))
        box = QRectF(self.width() - self._total_width, y, self._total_width, ROW)
        painter.drawText(box, middle | right, row.value_text)

    def _paint_bar(self, painter: QPainter, tokens: Tokens, value: float, x: float, y: int) -> None:
        centre, top = x + BAR_WIDTH / 2, y + (ROW - BAR_HEIGHT) / 2
        painter.fillRect(QRectF(centre - 0.5, top - 1, 1, BAR_HEIGHT + 2), QColor(tokens.border_strong))
        if not self._top or not math.isfinite(value):
            return
        length = BAR_WIDTH / 2 * abs(value) / self._top
        left = centre if value > 0 else centre - length
        painter.fillRect(
            QRectF(left, top, length, BAR_HEIGHT), QColor(tokens.positive if value > 0 else tokens.negative)
        )

    def row_at(self, y: float) -> BarRow | None:
        """Return the row at a height that can be chosen, or None."""
        place = int(y - HEADING) // ROW
        if y < HEADING or place >= len(self._rows) or self._rows[place].key < 0:
            return None
        return self._rows[place]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a row can be clicked."""
        row = self.row_at(event.position().y())
        self.setCursor(Qt.CursorShape.ArrowCursor if row is None else Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip("" if row is None else row.name))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row under the pointer."""
        row = self.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen.emit(row.key)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rows and choose one."""
        n, key = len(self._rows), Qt.Key(event.key())
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -n, Qt.Key.Key_End: n}
        if key in steps and self._rows:
            self._go_to(min(max(self._current + steps[key], 0), len(self._rows) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows and self._rows[self._current].key >= 0:
            self.chosen.emit(self._rows[self._current].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which row keys act on."""
        super().focusInEvent(event)
        if self._rows:
            self._go_to(self._current)

    def _go_to(self, place: int) -> None:
        self._current = place
        row = self._rows[place]
        self.setAccessibleDescription(f"{row.name}: {row.value_text}")
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = None if area is None else area.widget()
        if area is not None and inside is not None:
            area.ensureVisible(0, self.mapTo(inside, QPoint(0, HEADING + ROW * place + ROW // 2)).y(), 0, ROW)
        self.update()


def _sign_colour(tokens: Tokens, value: float) -> str:
    return tokens.negative_text if value < 0 else tokens.positive_text
