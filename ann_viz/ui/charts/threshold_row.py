"""Where the line is drawn between yes and no: a field, two shortcuts, and the chances of all rows with a knob."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.explain.deeds import YesNoWords
from ann_viz.numerals import counted, percent
from ann_viz.ui.charts.threshold_field import ThresholdField
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["ThresholdRow", "ThresholdSlider"]

HEIGHT: Final = 124
LOW: Final = 0.01
HIGH: Final = 0.99
KNOB: Final = 8.0
BESIDE: Final = 5.0  # half the width of a mark on the track
FAINT: Final = 0.32
STEP: Final = 0.01
LARGE_STEP: Final = 0.05
MOST_TIMES: Final = 20
WORDS: Final = 22.0  # room for the words between histograms and track


class ThresholdSlider(Painted):
    """Two histograms back to back over the chance; the part that is called yes is full, the rest faint."""

    moved = Signal(float)
    """The threshold the user has chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._no = self._yes = np.zeros(1, np.int64)
        self._names = ("", "")
        self._words: YesNoWords | None = None
        self._threshold, self._cheapest = USUAL_THRESHOLD, USUAL_THRESHOLD
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Decision threshold"))
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    @property
    def times(self) -> int:
        """How many times as high the rows that are yes are drawn: as often as there is room for, a whole number."""
        up, most = self._heights()
        return min(MOST_TIMES, int(most / up)) if self._yes.any() else 1

    def _heights(self) -> tuple[float, float]:
        """Return how high one row is drawn above the line, where a no stands, and how high it may be below."""
        base, foot = self._lines()
        most = (foot - base - WORDS) / max(1, int(self._yes.max()))
        return min(most, (base - 4) / max(1, int(self._no.max()))), most

    def _lines(self) -> tuple[float, float]:
        """Return where the line between the histograms and the track are, from the top."""
        return 0.45 * self.height(), self.height() - 12.0

    def show_chances(
        self,
        no: NDArray[np.int64],
        yes: NDArray[np.int64],
        names: tuple[str, str],
        words: YesNoWords,
        threshold: float,
        cheapest: float,
    ) -> None:
        """Show how many rows of either kind got which chance; names are those of no and yes."""
        self._no, self._yes, self._names, self._words = no, yes, names, words
        self._threshold, self._cheapest = threshold, cheapest
        self.setAccessibleDescription(percent(threshold))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(420, HEIGHT - 24)

    def _left(self) -> float:
        metrics = QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold))
        return min(0.32 * self.width(), max(metrics.horizontalAdvance(word) for word in self._labels()) + 14)

    def _labels(self) -> tuple[str, str, str]:
        """Return what stands beside the rows that are no and that are yes, and beside the track."""
        if self._words is None:
            return "", "", ""
        yes = self._words.are_yes
        return self._words.are_no, yes if self.times == 1 else f"{yes} × {self.times}", self._words.chance

    def across(self, chance: float) -> float:
        """Return where a chance is."""
        left = self._left()
        return left + chance * (self.width() - left - KNOB - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the histograms, the line and its knob."""
        tokens = theme.current()
        base, foot = self._lines()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bars(painter, tokens, base, foot)
            self._paint_words(painter, tokens, base, foot)
            self._paint_line(painter, tokens, foot)

    def _paint_bars(self, painter: QPainter, tokens: Tokens, base: float, foot: float) -> None:
        up, n = self._heights()[0], len(self._no)
        down = up * self.times
        painter.setPen(Qt.PenStyle.NoPen)
        for counts, colour, scale in ((self._no, tokens.negative, -up), (self._yes, tokens.positive, down)):
            for place in np.flatnonzero(counts).tolist():
                fill = QColor(colour)
                fill.setAlphaF(1.0 if (place + 0.5) / n > self._threshold else FAINT)
                painter.setBrush(fill)
                left, right = self.across(place / n), self.across((place + 1) / n)
                height = max(1.0, abs(float(counts[place]) * scale))
                painter.drawRect(QRectF(left, base - height if scale < 0 else base, right - left - 1, height))

    def _paint_words(self, painter: QPainter, tokens: Tokens, base: float, foot: float) -> None:
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        room = self._left() - 10
        no, yes, chance = self._labels()
        for text, colour, y, weight in (
            (no, tokens.negative_text, base - 30, QFont.Weight.DemiBold),
            (yes, tokens.positive_text, base + 2, QFont.Weight.DemiBold),
            (chance, tokens.text2, foot - 9, QFont.Weight.Normal),
        ):
            painter.setFont(self.font_of(11, weight))
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(0, y, room, 18), align, text)

    def _paint_line(self, painter: QPainter, tokens: Tokens, foot: float) -> None:
        here, end = self.across(self._threshold), self.across(1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface3))
        painter.drawRoundedRect(QRectF(self.across(0.0), foot - 2, here - self.across(0.0), 4), 2, 2)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(here, foot - 2, end - here, 4), 2, 2)
        painter.setPen(QPen(QColor(tokens.accent), 1.75))
        painter.drawLine(QPointF(here, 2), QPointF(here, foot))
        painter.setFont(self.font_of(11))
        metrics = QFontMetricsF(painter.font())
        says = self.tr("says “{name}”")
        left = f"← {says.format(name=self._names[0])}"
        width = metrics.horizontalAdvance(left)
        painter.setPen(QColor(tokens.text2))
        if here - width - 8 > 0:
            painter.drawText(QRectF(here - width - 8, 0, width + 2, 18), Qt.AlignmentFlag.AlignLeft, left)
        right = f"{says.format(name=self._names[1])} →"
        pill = QRectF(here + 7, 0, metrics.horizontalAdvance(right) + 18, 19)
        pill.moveRight(min(pill.right(), self.width() - 1.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.fill))
        painter.drawRoundedRect(pill, 9.5, 9.5)
        painter.setPen(QColor(tokens.on_fill))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, right)
        self._paint_ticks(painter, tokens, foot, metrics)
        painter.setPen(QPen(QColor(tokens.accent), 2.0 if not self.hasFocus() else 3.0))
        painter.setBrush(QColor(tokens.knob))
        painter.drawEllipse(QPointF(here, foot), KNOB, KNOB)

    def _paint_ticks(self, painter: QPainter, tokens: Tokens, foot: float, metrics: QFontMetricsF) -> None:
        here = self.across(self._threshold)
        usual, cheap = self.across(USUAL_THRESHOLD), self.across(self._cheapest)
        painter.setPen(QPen(QColor(tokens.text2), 1.5))
        painter.drawLine(QPointF(usual, foot - 5), QPointF(usual, foot + 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.ok))
        corners = ((cheap - 4.5, foot - 15), (cheap + 4.5, foot - 15), (cheap, foot - 8))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        taken = [(here - KNOB, here + KNOB), (usual - BESIDE, usual + BESIDE), (cheap - BESIDE, cheap + BESIDE)]
        least = self.tr("{chance} · costs least").format(chance=percent(self._cheapest))
        for text, at, colour in ((least, cheap, tokens.ok), (self.tr("50 % · usual"), usual, tokens.muted)):
            width = metrics.horizontalAdvance(text)
            sides = [(at - width - BESIDE - 3, at - BESIDE - 3), (at + BESIDE + 3, at + width + BESIDE + 3)]
            free = [side for side in sides if self._is_free(side, taken)]
            if free:  # a mark whose words have no room says nothing
                painter.setPen(QColor(colour))
                box = QRectF(free[0][0], foot - 20, width + 2, 16)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
                taken.append(free[0])

    def _is_free(self, side: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
        """Return whether words at a side lie on the track and cross nothing that stands there."""
        start, end = side
        on_track = self.across(0.0) <= start and end <= self.width()
        return on_track and all(end <= low or high <= start for low, high in taken)

    # Moving ---------------------------------------------------------------------------------------------------------
    def _move_to(self, chance: float) -> None:
        chance = round(min(HIGH, max(LOW, chance)), 2)
        if chance != self._threshold:
            self.moved.emit(chance)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line along."""
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the line along while the button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)

    def _drag(self, event: QMouseEvent) -> None:
        start, end = self.across(0.0), self.across(1.0)
        self._move_to((event.position().x() - start) / (end - start))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by 1 %, with Shift by 5 %; Home goes to where it costs least."""
        step = LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        moves = {Qt.Key.Key_Left: -step, Qt.Key.Key_Down: -step, Qt.Key.Key_Right: step, Qt.Key.Key_Up: step}
        key = Qt.Key(event.key())
        if key in moves:
            self._move_to(self._threshold + moves[key])
        elif key == Qt.Key.Key_Home:
            self._move_to(self._cheapest)
        else:
            super().keyPressEvent(event)


class ThresholdRow(QFrame):
    """The card with field, shortcuts and slider."""

    chosen = Signal(float)
    """The threshold the user has chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setFixedHeight(HEIGHT)
        self._cheapest = USUAL_THRESHOLD
        self.field = ThresholdField(self)
        self.field.setFixedWidth(72)
        self.slider = ThresholdSlider(self)
        self.cheap = QPushButton(self.tr("Costs least"), self)
        self.usual = QPushButton(self.tr("Usual 50 %"), self)
        for button in (self.cheap, self.usual):
            button.setProperty("small", True)
        self._lay_out()
        self.field.chosen.connect(self.chosen)
        self.slider.moved.connect(self.chosen)
        self.cheap.clicked.connect(lambda: self.chosen.emit(self._cheapest))
        self.usual.clicked.connect(lambda: self.chosen.emit(USUAL_THRESHOLD))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(PlainLabel(self.tr("decision threshold"), self, role="muted"))
        row.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.cheap)
        buttons.addWidget(self.usual)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(PlainLabel(self.tr("Sound the alarm from"), self, role="title"))
        column.addLayout(row)
        column.addLayout(buttons)
        column.addStretch()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 10)
        whole.setSpacing(16)
        whole.addLayout(column)
        whole.addWidget(self.slider, 1)

    def show_chances(
        self,
        no: NDArray[np.int64],
        yes: NDArray[np.int64],
        names: tuple[str, str],
        words: YesNoWords,
        threshold: float,
        cheapest: float,
    ) -> None:
        """Show how many rows of either kind got which chance; names are those of no and yes."""
        self._cheapest = cheapest
        self.slider.show_chances(no, yes, names, words, threshold, cheapest)
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.show_number(threshold)
        rows = counted("of {n} row", "of {n} rows", int(no.sum() + yes.sum()))
        told = self.tr("Chances {rows}. Drag the line; ← and → move it by 1 %.").format(rows=rows)
        self.slider.setToolTip(plain_tip(told))
