"""The picture of a watched network: the lines and circles of the canvas, with nothing to click."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import count
from ann_viz.scene import Frame, LineCurves, arrange, build_curves, build_frame, choose_neurons
from ann_viz.scene.thickness import Thickness
from ann_viz.session.watched import WatchedMoment
from ann_viz.translation import translate
from ann_viz.ui.document.paint import paint_circles, paint_dots, paint_lines
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.watch_wire import Greeting

__all__ = ["NetworkView"]

HEADING: Final = 24.0
GAP: Final = 8.0
TOP: Final = 56.0
OUTPUT_ROOM: Final = 150.0


class NetworkView(QWidget):
    """Draws the newest moment.

    Parameters
    ----------
    greeting : Greeting
        Shape and names of the network.
    """

    def __init__(self, greeting: Greeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._greeting = greeting
        self._moment: WatchedMoment | None = None
        self._frame: Frame | None = None
        self._curves: LineCurves | None = None
        self._thickness = Thickness()
        self._tips = CutTips(self)
        self._shown: tuple[NDArray[np.intp], ...] = ()
        self.setObjectName("watchedNetwork")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 240)

    def sizeHint(self) -> QSize:
        """Return a size that has room for some layers."""
        return QSize(820, 520)

    @property
    def frame(self) -> Frame | None:
        """What is drawn."""
        return self._frame

    def show_moment(self, moment: WatchedMoment) -> None:
        """Draw another moment."""
        self._moment = moment
        self._prepare()

    def _prepare(self) -> None:
        """Work out what to draw; the neurons that are drawn of a wide layer are those of the first moment."""
        if self._moment is None:
            return
        numbers = self._moment.numbers
        if self._curves is None:
            self._shown, _ = choose_neurons(numbers.values)
            sizes = [len(column) for column in self._shown]
            layout = arrange(sizes, self.width(), self.height(), output_margin=OUTPUT_ROOM, top=TOP)
            self._curves = build_curves(layout)
        self._thickness = self._thickness.renewed(self._moment.step, numbers.weights)
        names = [name or "linear" for name in self._greeting.activations]
        reference = self._thickness.at(self._moment.step)
        frame = build_frame(self._curves, numbers.only(self._shown), names, reference=reference)
        # Without a row there are no signals, and a circle that says 0 would tell of one.
        self._frame = frame if self._greeting.row else replace(frame, n_filled=0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find new places for the neurons."""
        self._curves = None
        self._prepare()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings, lines, circles and names."""
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens.canvas))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self.width(), self.height(), tokens)
            if self._frame is None:
                painter.setPen(QColor(tokens.muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, translate("Waiting for the first step…"))
                return
            paint_lines(painter, self._frame.lines, tokens)
            paint_circles(painter, self._frame, tokens, self.font())
            self._write_headings(painter, self._frame)
            self._write_names(painter, self._frame)

    def _write_headings(self, painter: QPainter, frame: Frame) -> None:
        """Write above every column how many neurons it has, and its function."""
        tokens, sizes = theme.current(), self._greeting.sizes
        for column, (x, size) in enumerate(zip(frame.layout.x, sizes, strict=True)):
            what = count(size, "input" if column == 0 else "neuron")
            function = "" if column == 0 else self._greeting.activations[column - 1]
            painter.setPen(QColor(tokens.text))
            box = QRectF(x - 70, 10, 140, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, what)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(box.translated(0, 17), Qt.AlignmentFlag.AlignCenter, function)

    def _write_names(self, painter: QPainter, frame: Frame) -> None:
        """Write the names of inputs at the left and of outputs at the right, where there is room for a line each."""
        layout = frame.layout
        self._tips.begin()
        for column, names in ((0, self._greeting.inputs), (len(layout.x) - 1, self._greeting.outputs)):
            rows = layout.y[column].tolist()
            is_tight = len(rows) > 1 and rows[1] - rows[0] < painter.fontMetrics().height()
            if not names or is_tight:
                continue
            metrics, edge = QFontMetricsF(painter.font()), layout.radius[column] + GAP
            left = GAP if column == 0 else layout.x[column] + edge
            width = layout.x[0] - edge - GAP if column == 0 else self.width() - left - GAP
            side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignLeft
            painter.setPen(QColor(theme.current().text))
            for y, place in zip(rows, self._shown[column].tolist(), strict=True):
                box = QRectF(left, y - HEADING / 2, width, HEADING)
                name = self._tips.fitted(names[place], metrics, box)
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, name)
