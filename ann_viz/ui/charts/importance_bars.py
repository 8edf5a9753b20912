"""One bar per column for what the score loses without it, the most important first, with the spread as a whisker."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.scene.figure import Ticks, number_ticks
from ann_viz.session.judged.column_words import loss_text
from ann_viz.session.judged.importance import ColumnImportance
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, fitted_names
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["ImportanceBars"]

TICK_GAP: Final = 10.0
FOOT: Final = 20.0
VALUE: Final = 52.0
NAME_SHARE: Final = 0.36
WIDEST_NAME: Final = 118.0


class ImportanceBars(Painted):
    """Paints the bars; a click chooses a column.

    Parameters
    ----------
    row : int
        Height of a row.
    axis : bool
        Whether a scale stands below.
    """

    chosen = Signal(str)
    """Name of a column."""

    def __init__(self, row: int = 32, parent: QWidget | None = None, *, axis: bool = True) -> None:
        super().__init__(parent)
        self._row, self._foot = row, FOOT if axis else 0.0
        self._columns: tuple[ColumnImportance, ...] = ()
        self._task, self._front, self._largest = "binary", "", 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def columns(self) -> tuple[ColumnImportance, ...]:
        """What is on show, from the top."""
        return self._columns

    def use_row(self, row: int) -> None:
        """Give rows another height from the next columns on."""
        self._row = row

    def show_columns(self, columns: tuple[ColumnImportance, ...], task: str, front: str) -> None:
        """Show these columns; the one in front is looked at more closely elsewhere."""
        self.setFixedHeight(round(self._row * len(columns) + self._foot))
        self._columns, self._task, self._front = columns, task, front
        self._largest = max((abs(each.loss) for each in columns), default=0.0)
        self.setAccessibleName("; ".join(f"{each.column}: {loss_text(each, task, self._largest)}" for each in columns))
        self.update()

    def sizeHint(self) -> QSize:
        """As many rows as there are; the width is up to the layout."""
        return QSize(240, round(self._row * len(self._columns) + self._foot))

    def _end(self) -> float:
        return max((each.loss + each.spread for each in self._columns), default=0.0) * 1.02 or 1.0

    def _track(self) -> tuple[float, float]:
        left = min(WIDEST_NAME, NAME_SHARE * self.width()) + 8
        return left, self.width() - VALUE

    def ticks(self) -> Ticks:
        """Return as many values of the axis as stand beside each other without touching."""
        left, right = self._track()
        metrics = QFontMetricsF(self.font_of(11))
        found: Ticks = ()
        for most in (5, 4, 3, 2):
            found = number_ticks(0.0, self._end(), most)
            widest = max((metrics.horizontalAdvance(text) for _, text in found), default=0.0)
            if (widest + TICK_GAP) * len(found[1:]) <= right - left:
                break
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, bars, whiskers and values."""
        tokens, end = theme.current(), self._end()
        left, right = self._track()
        bottom = self._row * len(self._columns)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font_of(11))
            for value, text in self.ticks() if self._foot else ():
                x = left + value / end * (right - left)
                painter.setPen(QPen(QColor(tokens.surface3), 1))
                painter.drawLine(QLineF(x, 0, x, bottom))
                painter.setPen(QColor(tokens.muted))
                painter.drawText(QRectF(x - 30, bottom + 2, 60, FOOT), Qt.AlignmentFlag.AlignHCenter, text)
            bold = QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold))
            names = fitted_names([each.column for each in self._columns], bold, self._track()[0] - 10)
            for place, (each, name) in enumerate(zip(self._columns, names, strict=True)):
                self._paint_row(painter, tokens, each, name, place, end)

    def _paint_row(
        self, painter: QPainter, tokens: Tokens, each: ColumnImportance, name: str, place: int, end: float
    ) -> None:
        left, right = self._track()
        box = QRectF(0, place * self._row, self.width(), self._row)
        if each.column == self._front:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box.adjusted(-2, 1, 0, -1), 5, 5)
        painter.setFont(self.font_of(12, QFont.Weight.DemiBold if each.counts else QFont.Weight.Normal))
        painter.setPen(QColor(tokens.text if each.counts else tokens.muted))
        align = Qt.AlignmentFlag
        painter.drawText(box, align.AlignLeft | align.AlignVCenter, name)
        painter.drawText(box, align.AlignRight | align.AlignVCenter, loss_text(each, self._task, self._largest))
        scale, middle = (right - left) / end, box.center().y()
        bar = QRectF(left, middle - 6.5, max(1.5, each.loss * scale), 13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.train if each.counts else tokens.border_strong))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setPen(QPen(QColor(tokens.text2), 1.25))
        low, high = (max(left, left + (each.loss + sign * each.spread) * scale) for sign in (-1, 1))
        painter.drawLine(QLineF(low, middle, high, middle))
        for x in (low, high):
            painter.drawLine(QLineF(x, middle - 4, x, middle + 4))

    # Choosing -------------------------------------------------------------------------------------------------------
    def _at(self, y: float) -> ColumnImportance | None:
        place = int(y // self._row)
        return self._columns[place] if 0 <= place < len(self._columns) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a column."""
        each = self._at(event.position().y())
        if each is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(each.column)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say a value with its spread."""
        each = self._at(event.position().y())
        if each is not None:
            text = f"{each.column}: {loss_text(each, self._task, self._largest)} ± {each.spread:.2g}"
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next column or the one before."""
        names = [each.column for each in self._columns]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not names:
            super().keyPressEvent(event)
            return
        place = names.index(self._front) + step if self._front in names else 0
        self.chosen.emit(names[min(len(names) - 1, max(0, place))])
