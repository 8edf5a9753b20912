"""A slider over the epochs of a run: the course of the loss behind it, a flag at the best epoch, and where now is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
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
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.engine import HistoryView
from ann_viz.numerals import format_number
from ann_viz.scene.loss_curves import ticks
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.run_colours import run_colour
from ann_viz.ui.kit.wheel import Slider
from ann_viz.ui.runs.silhouette import Silhouette

__all__ = ["TimeTrack"]

HEIGHT: Final = 46
MARGIN: Final = 12.0
LINE: Final = 23.0  # height of the line that the knob runs along
KNOB: Final = 8.0
NOW: Final = 4.5
TOP: Final = 3.0
FLAG: Final = ((0, 0), (9, 0), (6.5, 3.5), (9, 7), (0, 7))
WORDS: Final = 44.0  # where the numbers stand on
PIXELS: Final = 11
FLAG_ROOM: Final = 38.0
MOST_TICKS: Final = 8
SWATCH: Final = 7.0
EMPTY: Final = 0.45


class TimeTrack(Slider):
    """Shows epoch 0 up to the last one that is done; what the user does to it is reported and not done by itself."""

    epoch_chosen = Signal(int)
    best_chosen = Signal()
    now_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silhouette = Silhouette(MARGIN)
        self._best: int | None = None
        self._exploded = self._restored = False
        self._branch: int | None = None
        self._parent: int | None = None
        self.setObjectName("timeTrack")
        self.setRange(0, 0)
        self.setPageStep(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Epoch on show"))
        self.actionTriggered.connect(self._on_moved)

    # What is shown --------------------------------------------------------------------------------------------------
    def show_run(
        self,
        history: HistoryView,
        *,
        epoch: int,
        best: int | None,
        branch: int | None,
        exploded: bool,
        parent: int | None = None,
        restored: bool = False,
    ) -> None:
        """Show a run; nothing is reported.

        Parameters
        ----------
        history : HistoryView
            One row per epoch that is done.
        epoch : int
            Where the knob stands.
        best : int or None
            The epoch with the flag.
        branch : int or None
            Up to here the course is that of the run this one came from.
        parent : int or None
            Place among all runs of that one, which gives its colour.
        exploded : bool
            Training ended because numbers became infinite.
        restored : bool
            The weights of now are those of an earlier epoch, which were put back.
        """
        self.blockSignals(True)
        self.setRange(0, int(history.epoch[-1]))
        self.setValue(epoch)
        self.blockSignals(False)
        self._best, self._branch, self._exploded, self._restored = best, branch, exploded, restored
        self._parent = parent
        self._silhouette.show(history)
        self.setEnabled(len(history) > 1)
        self.update()

    def show_nothing(self) -> None:
        """Show that there is no run."""
        self.blockSignals(True)
        self.setRange(0, 0)
        self.blockSignals(False)
        self.setEnabled(False)
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is no past to travel to."""
        return self.maximum() == 0

    # Where things are -----------------------------------------------------------------------------------------------
    def x_of(self, epoch: float) -> float:
        """Return where an epoch stands."""
        return MARGIN + (self.width() - 2 * MARGIN) * epoch / max(1, self.maximum())

    def _epoch_at(self, x: float) -> int:
        share = (x - MARGIN) / max(1.0, self.width() - 2 * MARGIN)
        return round(min(1.0, max(0.0, share)) * self.maximum())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Flag, knob and now can still be told apart."""
        return QSize(160, HEIGHT)

    # Drawing --------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the course of the loss, the line, the marks on it and the knob."""
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font())
            if self.is_empty:
                painter.setOpacity(EMPTY)
                self._line(painter, MARGIN, self.width() - MARGIN, tokens.border_strong)
                painter.setPen(QColor(tokens.text2))
                words = self.tr("Every epoch is kept here, so you can travel back")
                painter.drawText(QRectF(0, LINE + 4, self.width(), 16), Qt.AlignmentFlag.AlignCenter, words)
                return
            knob, end = self.x_of(self.value()), self.x_of(self.maximum())
            self._silhouette.paint(painter, QRectF(0, TOP, self.width(), LINE - TOP), knob)
            self._line(painter, MARGIN, end, tokens.border)
            self._line(painter, MARGIN, knob, tokens.accent)
            self._draw_ticks(painter)
            self._draw_branch(painter)
            self._draw_flag(painter)
            if not self._exploded:
                self._draw_now(painter, end)
            self._draw_knob(painter, knob)
            if self._exploded:  # the cross is seen also where the knob stands on it
                self._draw_now(painter, end)

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = theme.tabular(self.font())
        font.setPixelSize(PIXELS)
        font.setWeight(weight)
        return font

    def _line(self, painter: QPainter, left: float, right: float, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, LINE), QPointF(right, LINE))

    def _draw_ticks(self, painter: QPainter) -> None:
        """Write round epochs, but none where the flag and the end are written."""
        painter.setPen(QColor(theme.current().muted))
        taken = [self.x_of(self.maximum())] + ([] if self._best is None else [self.x_of(self._best)])
        for epoch in ticks(0.0, float(self.maximum()), MOST_TICKS, whole=True):
            x = self.x_of(epoch)
            if all(abs(x - other) >= FLAG_ROOM for other in taken):
                self._write(painter, x, format_number(epoch, ",.0f"))

    def _write(self, painter: QPainter, x: float, text: str) -> None:
        """Write centred under `x`, as far as there is room."""
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.drawText(QPointF(left, WORDS), text)

    def _draw_branch(self, painter: QPainter) -> None:
        if self._branch is not None and 0 < self._branch < self.maximum():
            painter.setPen(QPen(QColor(theme.current().muted), 1.0, Qt.PenStyle.DashLine))
            x = self.x_of(self._branch)
            painter.drawLine(QPointF(x, TOP), QPointF(x, LINE + 6))
            if self._parent is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(run_colour(self._parent)))
                painter.drawRoundedRect(QRectF(x + 2, TOP, SWATCH, SWATCH), 2, 2)

    def _draw_flag(self, painter: QPainter) -> None:
        if self._best is None:
            return
        colour, x = QColor(theme.current().validation), self.x_of(self._best)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(QPointF(x, TOP), QPointF(x, LINE + 6))
        painter.setBrush(QColor(theme.current().surface))
        painter.drawPolygon(QPolygonF([QPointF(x + right, TOP + down) for right, down in FLAG]))
        painter.setPen(colour)
        painter.setFont(self._font(QFont.Weight.DemiBold))
        if abs(x - self.x_of(self.maximum())) >= FLAG_ROOM:
            self._write(painter, x, self.tr("best {n}").format(n=format_number(self._best)))

    def _draw_now(self, painter: QPainter, x: float) -> None:
        tokens = theme.current()
        colour = QColor(tokens.danger if self._exploded else tokens.accent)
        painter.setPen(QPen(colour, 2.0))
        if self._exploded:
            for side in (-1, 1):
                painter.drawLine(QPointF(x - NOW, LINE - side * NOW), QPointF(x + NOW, LINE + side * NOW))
        else:
            painter.setBrush(QColor(tokens.surface))
            painter.drawEllipse(QPointF(x, LINE), NOW, NOW)
        painter.setPen(QColor(tokens.text2))
        painter.setFont(self._font(QFont.Weight.DemiBold))
        if self._restored:
            text = self.tr("end {n}")
        else:
            text = self.tr("best, now {n}") if self._best == self.maximum() else self.tr("now {n}")
        self._write(painter, x, text.format(n=format_number(self.maximum())))

    def _draw_knob(self, painter: QPainter, x: float) -> None:
        tokens = theme.current()
        painter.setPen(QPen(QColor(tokens.accent), 3.0 if self.hasFocus() else 2.0))
        painter.setBrush(QColor(tokens.surface))
        painter.drawEllipse(QPointF(x, LINE), KNOB, KNOB)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent_line), 2.0))
            painter.drawEllipse(QPointF(x, LINE), KNOB + 3, KNOB + 3)

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_moved(self) -> None:
        """A key or a screen reader has moved the slider."""
        self.epoch_chosen.emit(self.sliderPosition())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the epoch under the pointer; the flag and the dot of now draw it to them."""
        if event.button() == Qt.MouseButton.LeftButton and not self.is_empty:
            self.setSliderDown(True)
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knob."""
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knob."""
        self.setSliderDown(False)

    def _go_to(self, x: float) -> None:
        epoch = self._epoch_at(x)
        if self._best is not None and abs(x - self.x_of(self._best)) <= NOW:
            epoch = self._best
        if epoch == self.maximum() and not self._restored:
            self.now_chosen.emit()
        elif epoch != self.value():
            self.epoch_chosen.emit(epoch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home goes to the best epoch and End to now, as in the whole window; arrows and pages as in any slider."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Home:
            self.best_chosen.emit()
        elif key == Qt.Key.Key_End:
            self.now_chosen.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()
