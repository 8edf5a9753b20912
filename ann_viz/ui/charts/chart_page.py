"""What the charts of the Watch panel share: they draw what the document knows now and then, and nothing unseen.

Each redraw hands the interpreter over from the training thread many times, so none takes more than a tenth of the time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QHideEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from ann_viz.explain.moment import answering_tag
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.copying import copy_numbers
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.painted import Painted

__all__ = ["FLAT_OUT_INTERVAL_MS", "REDRAW_INTERVAL_MS", "ChartPage", "EmptyChart"]

REDRAW_INTERVAL_MS: Final = 100
FLAT_OUT_INTERVAL_MS: Final = 500  # a redraw costs several frames of the canvas: at 4 Hz, a quarter of training
LARGEST_SHARE: Final = 0.1
FIRST_LEVEL, LEVEL_STEP = 0.125, 0.25  # shares of the height, between the lines of the grid


class ChartPage(QFrame):
    """Calls `redraw` at once when training stands still, and at most so often while it runs.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    interval_ms : int
        Shortest time between two redraws while training is paced.
    flat_out_ms : int
        The same while training goes as fast as it can.
    within_epoch_ms : int
        The same while one epoch goes on, for what is worth redrawing at the end of epochs.
    """

    neuron_chosen = Signal(int)
    """A neuron of the first hidden layer was clicked."""

    enlarge_asked = Signal()
    """The chart is to take the place of the picture."""

    def __init__(
        self,
        bridge: Bridge,
        parent: QWidget | None = None,
        *,
        interval_ms: int = REDRAW_INTERVAL_MS,
        flat_out_ms: int = FLAT_OUT_INTERVAL_MS,
        within_epoch_ms: int = 0,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._enlarge: IconButton | None = None
        self._interval_ms = interval_ms
        self._flat_out_ms = flat_out_ms
        self._within_epoch_ms = within_epoch_ms
        self._epoch = -1
        self._cost_ms = self._last_cost_ms = 0.0
        self._seen = False
        self._drawn_at = -math.inf
        self._due_at = math.inf
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_due)
        bridge.turn_offered.connect(self._on_turn_offered)
        bridge.state_changed.connect(self.redraw_if_seen)
        bridge.settings_changed.connect(self.redraw_if_seen)
        bridge.dataset_changed.connect(self.redraw_if_seen)

    def redraw(self) -> None:
        """Show what the document knows now."""
        raise NotImplementedError

    def enlarge_button(self) -> IconButton:
        """Make the button for the end of the page's first row that asks for the room of the whole window."""
        self._enlarge = IconButton("maximize-2", self.tr("Enlarge · Ctrl+M"), parent=self)
        self._enlarge.clicked.connect(self.enlarge_asked)
        need_rows(self._bridge, self._enlarge)
        return self._enlarge

    def be_enlarged(self) -> None:
        """Take the button away: this page has the room."""
        if self._enlarge is not None:
            self._enlarge.hide()

    def numbers(self) -> Sequence[Sequence[str | float]]:
        """Return what is drawn as a table whose first row are its headings; empty where there is none."""
        return ()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the numbers behind the chart as text."""
        table = self.numbers()
        if not table:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Copy as text")).triggered.connect(lambda: copy_numbers(table))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def as_of(self, text: str) -> str:
        """Return a line about the chart, with the epoch of its numbers while they change."""
        moment = self._bridge.document.as_of
        return f"{text} · {moment}" if moment else text

    def answered_by(self, part: str) -> str:
        """Return the name of the rows that are judged, and what answers where it is not the weights that are drawn."""
        return " · ".join(filter(None, (part, answering_tag(self._bridge.document.snapshot, brief=True))))

    def redraw_if_seen(self) -> None:
        """Show what the document knows now, if anybody looks."""
        if not self._seen or self.window().isMinimized():
            return
        snapshot = self._bridge.document.snapshot
        self._epoch = -1 if snapshot is None else snapshot.epoch
        self._later.stop()
        self._due_at = math.inf
        self._drawn_at = time.monotonic()
        self.redraw()
        cost_ms = (time.monotonic() - self._drawn_at) * 1e3
        # The smaller of two: the first redraw of a chart makes it, which takes thirty times as long as any other.
        self._cost_ms, self._last_cost_ms = min(cost_ms, self._last_cost_ms), cost_ms

    def _on_turn_offered(self) -> None:
        """Redraw, or see to it that this will be done; mostly without asking Qt, since this comes with every frame."""
        if not self._seen:
            return
        interval_s = self._interval() / 1e3
        if self._bridge.take_turn(self._drawn_at, interval_s):
            self.redraw_if_seen()
            return
        now = time.monotonic()
        due = max(self._drawn_at + interval_s, now + self._bridge.pace.interval_ms / 1e3)
        if due < self._due_at:
            self._due_at = due
            self._later.start(math.ceil((due - now) * 1e3))

    def _on_due(self) -> None:
        self._due_at = math.inf
        self._on_turn_offered()

    def _interval(self) -> float:
        """Return how long after the last redraw the next one may be, in milliseconds."""
        document = self._bridge.document
        least = max(self._interval_ms, self._cost_ms / LARGEST_SHARE)
        if document.speed.kind == "max":
            least = max(least, self._flat_out_ms)
        if document.snapshot is not None and document.snapshot.epoch == self._epoch:
            least = max(least, self._within_epoch_ms)
        return least

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self._seen = True
        self.redraw_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._seen = False
        self._later.stop()
        self._due_at = math.inf

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of a new theme."""
        if event.type() == QEvent.Type.StyleChange:
            self.redraw_if_seen()
        super().changeEvent(event)


class EmptyChart(Painted):
    """A promise of the curve to come.

    Parameters
    ----------
    sentence : str
        What will be here, and when.
    rises : bool
        Whether the curve rises instead of falling.
    """

    def __init__(self, sentence: str, *, rises: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self._rises = rises
        self._levels: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[str, ...]:
        """What something simpler comes to, in words, from the top."""
        return self._levels

    def show_levels(self, levels: tuple[str, ...]) -> None:
        """Say what something simpler comes to, each over a dashed line: there is no scale yet."""
        if levels != self._levels:
            self._levels = levels
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid lines, a dashed curve and one sentence."""
        tokens = theme.current()
        left, right = 28.0, self.width() - 6.0
        top, bottom = 0.12 * self.height(), 0.86 * self.height()
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(tokens.surface3), 2.0))
            for line in range(5):
                y = round(top + (bottom - top) * line / 4)
                painter.drawLine(QPointF(left, y), QPointF(right, y))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            way = ((0.0, 0.03), (0.16, 0.85), (0.5, 0.88), (1.0, 0.92))
            heights = (1 - down if self._rises else down for _, down in way)
            points = [
                QPointF(left + across * (right - left), top + down * (bottom - top))
                for (across, _), down in zip(way, heights, strict=True)
            ]
            curve = QPainterPath(points[0])
            curve.cubicTo(*points[1:])
            pen = QPen(QColor(tokens.border_strong), 2.0)
            pen.setDashPattern([2.0, 2.0])
            painter.setPen(pen)
            painter.drawPath(curve)
            painter.setPen(QColor(tokens.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(20, 0, -8, -8), flags, self._sentence)
            self._paint_levels(painter, QRectF(left, top, right - left, bottom - top))

    def _paint_levels(self, painter: QPainter, area: QRectF) -> None:
        tokens = theme.current()
        painter.setFont(self.font_of(11))
        pen = QPen(QColor(tokens.faint), 1.25)
        pen.setDashPattern([3.0, 3.0])
        for place, text in enumerate(self._levels):
            y = area.top() + area.height() * (FIRST_LEVEL + LEVEL_STEP * place)
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(tokens.muted))
            above = QRectF(area.left(), y - 18, area.width(), 17)
            painter.drawText(above, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)
