"""The window of a network that another program trains: its picture, the step, the loss and its course."""

from __future__ import annotations

import math
from time import perf_counter
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.numerals import compact, format_number, short_number
from ann_viz.scene.loss_curves import LEAST_LOSS
from ann_viz.session.watched import WatchedMoment, WatchedNetwork
from ann_viz.translation import translate
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip, plain_title
from ann_viz.ui.kit.sparkline import paint_sparkline
from ann_viz.ui.watching.network_view import NetworkView

__all__ = ["WatchWindow"]

FRAME_MS: Final = 33
PACE_S: Final = 1.0  # over which steps per second are counted
MARGIN: Final = 6.0


class LossCourse(QWidget):
    """The loss so far as a line, on a logarithmic scale where it falls by more than a tenth part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses = np.empty((0, 2))
        self.setFixedHeight(64)
        self.setToolTip(plain_tip(translate("The loss so far, smoothed.")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a strip."""
        return QSize(400, 64)

    def show_losses(self, losses: np.ndarray) -> None:
        """Draw steps and losses ``(n, 2)``."""
        self._losses = losses
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line between its lowest and highest value, which stand at the left."""
        if not len(self._losses):
            return
        tokens = theme.current()
        steps, losses = self._losses.T
        low, high = float(losses.min()), float(losses.max())
        is_log = low > 0 and high > 10 * low
        values = np.log10(np.maximum(losses, LEAST_LOSS)) if is_log else losses
        box = QRectF(self.rect()).adjusted(64, MARGIN, -MARGIN, -MARGIN)
        scale = float(steps[0]), float(steps[-1]), float(values.min()), float(values.max())
        with QPainter(self) as painter:
            paint_sparkline(painter, box, steps, values, scale, tokens.train)
            painter.setPen(QColor(tokens.muted))
            for text, edge in (
                (short_number(high), Qt.AlignmentFlag.AlignTop),
                (short_number(low), Qt.AlignmentFlag.AlignBottom),
            ):
                painter.drawText(QRectF(MARGIN, MARGIN, 54, self.height() - 2 * MARGIN), edge, text)


class WatchWindow(QMainWindow):
    """Draws what another program trains, thirty times a second, until it ends.

    Parameters
    ----------
    network : WatchedNetwork
        Belongs to the window from now on.
    """

    def __init__(self, network: WatchedNetwork) -> None:
        super().__init__()
        self._network = network
        self._paces: list[tuple[float, int]] = []
        greeting = network.greeting
        title = greeting.title or translate("A network of another program")
        self.setWindowTitle(plain_title(f"{title} — ANN Viz"))
        self.view = NetworkView(greeting)
        self.step, self.loss, self.state = PlainLabel(role="title"), PlainLabel(role="title"), PlainLabel(role="muted")
        self.course = LossCourse()
        words = QHBoxLayout()
        words.setContentsMargins(14, 8, 14, 0)
        words.setSpacing(24)
        for label in (self.step, self.loss):
            words.addWidget(label)
        words.addStretch()
        words.addWidget(self.state)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(words)
        column.addWidget(self.view, 1)
        column.addWidget(self.course)
        self.setCentralWidget(central)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(FRAME_MS)
        self.state.setText(translate("connected"))

    def sizeHint(self) -> QSize:
        """Return a size beside which a terminal has room."""
        return QSize(900, 640)

    def _on_tick(self) -> None:
        moment = self._network.poll()
        if moment is not None:
            self._show(moment)
        elif self._network.has_ended:
            self._timer.stop()
            self.state.setText(translate("the program has ended"))

    def _show(self, moment: WatchedMoment) -> None:
        self.view.show_moment(moment)
        self.course.show_losses(moment.losses)
        self.step.setText(translate("Step {n}").format(n=format_number(moment.step)))
        if not math.isnan(moment.loss):
            self.loss.setText(translate("Loss {value}").format(value=short_number(moment.loss)))
        self.state.setText(
            " · ".join([*self._lines_told(), translate("{n} steps / s").format(n=self._pace(moment.step))])
        )

    def _lines_told(self) -> list[str]:
        """Say how many lines are drawn where there are more than can be told apart."""
        frame = self.view.frame
        if frame is None or frame.lines.n_drawn == frame.lines.n_total:
            return []
        told = translate("strongest {n} of {all} lines drawn")
        return [told.format(n=format_number(frame.lines.n_drawn), all=format_number(frame.lines.n_total))]

    def _pace(self, step: int) -> str:
        """Return how many steps are made in a second."""
        now = perf_counter()
        self._paces = [each for each in self._paces if now - each[0] < PACE_S] or self._paces[-1:]
        self._paces.append((now, step))
        (begin, first), (end, last) = self._paces[0], self._paces[-1]
        return compact((last - first) / (end - begin), 0) if end > begin else "–"

    def end(self) -> None:
        """Close without a question."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the program go on alone."""
        self._timer.stop()
        self._network.close()
        super().closeEvent(event)
