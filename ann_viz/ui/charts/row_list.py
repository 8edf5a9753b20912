"""Rows of the data, one a line: number, cells, what each epoch made of it, what is said and what is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import at_most_four_digits, percent
from ann_viz.session.judged.rows_shown import ShownRows, TableRow, numbered
from ann_viz.short_names import told_apart
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.painted import Painted, fitted, fitted_names
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["RowList"]

BETWEEN: Final = " · "  # a class and its chance
LONG_NAME: Final = 70.0
EYE: Final = 24.0
NUMBER: Final = 56.0
COURSE: Final = 120.0
SAID: Final = 116.0
LEAST_SAID, MOST_SAID = 0.27, 0.5  # shares of the width in the dock
TRUTH: Final = 96.0
HEAD: Final = 24


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left and right end of every part of a line."""

    number: QRectF
    cells: QRectF
    course: QRectF
    said: QRectF
    truth: QRectF
    eye: QRectF


class RowList(Painted):
    """Paints the lines; a click shows a row in the network, one on its eye has it watched.

    Parameters
    ----------
    row : int
        Height of a line.
    full : bool
        Whether there are headings, courses, the truth and eyes, as there is room for when enlarged.
    """

    chosen = Signal(int)
    """A row of the dataset."""

    watch_asked = Signal(int)
    """A row of the dataset is to be watched, or no longer."""

    def __init__(self, row: int, parent: QWidget | None = None, *, full: bool = False) -> None:
        super().__init__(parent)
        self._row, self._full = row, full
        self._head = HEAD if full else 0
        self._shown: ShownRows | None = None
        self._brief: dict[str, str] = {}
        self._example = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """What is on show."""
        return () if self._shown is None else self._shown.rows

    def show_rows(self, shown: ShownRows, example: int) -> None:
        """Show these rows; the one in the network is marked."""
        self._shown, self._example = shown, example
        self._brief = self._short_names(shown)
        self.setFixedHeight(self._row * len(shown.rows) + self._head + 1)
        told = self.tr("row {n}: says {said}, true is {truth}")
        self.setAccessibleName(
            "; ".join(told.format(n=numbered(row), said=row.said, truth=row.truth) for row in shown.rows)
        )
        self.update()

    def _short_names(self, shown: ShownRows) -> dict[str, str]:
        """Return the classes that are named without what they all begin with, where one is long."""
        names = sorted(
            {row.truth for row in shown.rows} | {row.said.rpartition(BETWEEN)[0] for row in shown.rows} - {""}
        )
        metrics = QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold))
        if all(metrics.horizontalAdvance(name) <= LONG_NAME for name in names):
            return {}
        return dict(zip(names, told_apart(names), strict=True))

    def sizeHint(self) -> QSize:
        """As many lines as there are."""
        return QSize(260, self._row * len(self.rows) + self._head + 1)

    def _columns(self, place: int) -> _Columns:
        top, height = self._head + place * self._row, self._row
        right = self.width() - 4.0
        eye = QRectF(right - EYE, top, EYE if self._full else 0.0, height)
        truth_width = TRUTH if self._full else 0.0
        truth = QRectF((eye.left() if self._full else right) - truth_width, top, truth_width, height)
        said_width = SAID if self._full else self.said_width()
        said = QRectF(truth.left() - said_width, top, said_width, height)
        course_width = min(COURSE, 0.25 * self.width()) if self._full else 0.0
        course = QRectF(said.left() - course_width, top, course_width, height)
        number = QRectF(4, top, NUMBER, height)
        return _Columns(
            number, QRectF(number.right(), top, course.left() - number.right() - 8, height), course, said, truth, eye
        )

    def said_width(self) -> float:
        """Return the room of the answers in the dock: a number that is cut says another one."""
        metrics = QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(self.told(row)) for row in self.rows), default=0.0)
        return min(max(widest + 2, LEAST_SAID * self.width()), MOST_SAID * self.width())

    def told(self, row: TableRow) -> str:
        """Return what is written of an answer."""
        name, between, chance = row.said.rpartition(BETWEEN)
        said = f"{self._brief.get(name, name)}{between}{chance}"
        return said if self._full else self.tr("said {answer}").format(answer=said)

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings and lines."""
        shown, tokens = self._shown, theme.current()
        if shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._full:
                self._paint_head(painter, tokens, shown)
            for place, row in enumerate(shown.rows):
                self._paint_row(painter, tokens, row, self._columns(place))

    def _paint_head(self, painter: QPainter, tokens: Tokens, shown: ShownRows) -> None:
        columns, align = self._columns(0), Qt.AlignmentFlag
        painter.setFont(self.font_of(11))
        painter.setPen(QColor(tokens.muted))
        metrics = QFontMetricsF(painter.font())
        over = self.tr("epoch {a} to {b}").format(a=shown.epochs[0], b=shown.epochs[-1]) if shown.epochs else ""
        heads = (
            (columns.number, self.tr("row"), align.AlignLeft), (columns.course, over, align.AlignHCenter),
            (columns.said, self.tr("says"), align.AlignRight), (columns.truth, self.tr("truth"), align.AlignRight),
        )  # fmt: skip
        for box, text, side in heads:
            painter.drawText(QRectF(box.left(), 0, box.width(), HEAD), side | align.AlignVCenter, text)
        room = columns.cells.width() / max(1, len(shown.columns)) - 8
        for box, name in self._cell_boxes(columns.cells, fitted_names(shown.columns, metrics, room)):
            painter.drawText(QRectF(box.left(), 0, box.width(), HEAD), align.AlignLeft | align.AlignVCenter, name)

    @staticmethod
    def _cell_boxes(box: QRectF, texts: tuple[str, ...]) -> list[tuple[QRectF, str]]:
        width = box.width() / max(1, len(texts))
        return [
            (QRectF(box.left() + place * width, box.top(), width, box.height()), text)
            for place, text in enumerate(texts)
        ]

    def _paint_row(self, painter: QPainter, tokens: Tokens, row: TableRow, columns: _Columns) -> None:
        line = QRectF(0, columns.number.top(), self.width(), self._row)
        if row.number == self._example:
            painter.fillRect(line, QColor(tokens.accent_soft))
        painter.fillRect(QRectF(0, line.top(), self.width(), 1), QColor(tokens.border))
        align = Qt.AlignmentFlag
        middle = align.AlignVCenter
        painter.setFont(self.font_of(12, QFont.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        painter.drawText(columns.number, align.AlignLeft | middle, numbered(row))
        metrics = QFontMetricsF(painter.font())
        said = metrics.elidedText(self.told(row), Qt.TextElideMode.ElideMiddle, columns.said.width())
        painter.drawText(columns.said, align.AlignRight | middle, said)
        painter.setFont(self.font_of(12))
        painter.setPen(QColor(tokens.text2))
        metrics = QFontMetricsF(painter.font())
        cells = row.cells if self._full else (_whole_cells(row.cells, metrics, columns.cells.width() - 8),)
        for box, text in self._cell_boxes(columns.cells, cells):
            short = fitted(text, metrics, box.width() - 8)
            painter.drawText(box, align.AlignLeft | middle, short)
        if self._full:
            box = columns.course.adjusted(8, 5, -8, -5)
            self._paint_course(painter, tokens, row, box, 0 if self._shown is None else self._shown.place)
            painter.setPen(QColor(tokens.text2 if row.right is None else tokens.ok if row.right else tokens.danger))
            mark = {None: "", True: " ✓", False: " ✗"}[row.right]
            text = fitted(self._brief.get(row.truth, row.truth), metrics, columns.truth.width() - 18) + mark
            painter.drawText(columns.truth, align.AlignRight | middle, text)
            colour = tokens.accent if row.is_watched else tokens.faint
            picture = icons.pixmap("eye", colour, 14, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(columns.eye.left() + 8, columns.eye.center().y() - 7), picture)

    @staticmethod
    def _paint_course(painter: QPainter, tokens: Tokens, row: TableRow, box: QRectF, now: int) -> None:
        """Draw what each epoch made of a row, a dot where that is what it says, and a line at threshold or truth."""
        if not len(row.course):
            return
        is_share = row.right is not None
        low, high = (0.0, 1.0) if is_share else (min(row.level, row.course.min()), max(row.level, row.course.max()))
        scale = box.height() / ((high - low) or 1.0)
        painter.setPen(QPen(QColor(tokens.faint), 1, Qt.PenStyle.DashLine))
        y = box.bottom() - (row.level - low) * scale
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        xs = np.linspace(box.left(), box.right(), len(row.course))
        points = [QPointF(x, box.bottom() - (v - low) * scale) for x, v in zip(xs, row.course.tolist(), strict=True)]
        painter.setPen(QPen(QColor(tokens.train), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(tokens.train))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[now], 2.5, 2.5)

    # Choosing -------------------------------------------------------------------------------------------------------
    def _at(self, y: float) -> int | None:
        place = int((y - self._head) // self._row)
        return place if y >= self._head and 0 <= place < len(self.rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show a row, or watch it."""
        place = self._at(event.position().y())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._full and self._columns(place).eye.contains(event.position()):
            self.watch_asked.emit(self.rows[place].number)
        else:
            self.chosen.emit(self.rows[place].number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value of an epoch, or what the eye does."""
        place = self._at(event.position().y())
        text = ""
        if place is not None and self._full and self._shown is not None:
            columns, row = self._columns(place), self.rows[place]
            if columns.eye.contains(event.position()):
                text = self.tr("No longer watch this row") if row.is_watched else self.tr("Watch this row")
            elif columns.course.contains(event.position()) and len(row.course):
                share = (event.position().x() - columns.course.left()) / columns.course.width()
                at = round(min(1.0, max(0.0, share)) * (len(row.course) - 1))
                value = float(row.course[at])
                told = at_most_four_digits(value) if row.right is None else percent(value)
                text = self.tr("epoch {n}: {value}").format(n=self._shown.epochs[at], value=told)
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the next row or the one before."""
        numbers = [row.number for row in self.rows]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not numbers:
            super().keyPressEvent(event)
            return
        place = numbers.index(self._example) + step if self._example in numbers else 0
        self.chosen.emit(numbers[min(len(numbers) - 1, max(0, place))])


def _whole_cells(cells: tuple[str, ...], metrics: QFontMetricsF, room: float) -> str:
    """Return as many of the first cells as there is room for: nobody knows which one a piece belongs to."""
    told = (", ".join(cells[:n]) for n in range(len(cells), 1, -1))
    return next((text for text in told if metrics.horizontalAdvance(text) <= room), cells[0] if cells else "")
