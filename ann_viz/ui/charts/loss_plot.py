"""The pyqtgraph half of the charts of loss and score: two curves, their best epoch, always guessing, a read-out.

Importing this module imports pyqtgraph, so the chart does it only when it is first seen.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.numerals import format_number, short_number
from ann_viz.scene.loss_curves import (
    LossCurves,
    log_ticks,
    shown_range,
    smoothed,
    steady_range,
    tick_texts,
    ticks,
)
from ann_viz.ui.charts.loss_notes import PILL_ROOM, Ground, LossNotes
from ann_viz.ui.charts.loss_run_lines import RunLines, told_runs
from ann_viz.ui.charts.pens import line_pen, make_curve, make_dot, translucent
from ann_viz.ui.kit import theme

__all__ = ["LossPlot"]

TRAIN_WIDTH: Final = 1.75
VALIDATION_WIDTH: Final = 2.25
MOST_Y_TICKS: Final = 6
MOST_X_TICKS: Final = 5
MOST_TINTED: Final = 400


class LossPlot(QWidget):
    """Draws `LossCurves` when told to, and nothing by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: LossCurves | None = None
        self._marks: dict[str, list[tuple[float, str]]] = {}
        self.plot = pg.GraphicsView(self)
        self.plot.setAntialiasing(True)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Else it paints the whole window as soon as an item has changed, and again for the next one.
        self.plot.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.NoViewportUpdate)
        # Not a PlotItem: that makes seven menus without a parent, which nobody would ever delete.
        self._view = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self._axes = {side: pg.AxisItem(side, linkView=self._view) for side in ("left", "bottom")}
        self._arrange()
        self._grid = self._add(pg.PlotCurveItem(connect="pairs", antialias=False), -10)
        self._tint = self._add(pg.PlotCurveItem(fillLevel="enclosed", pen=None), -6)
        self._raw = self._add(make_curve(), -4)
        self._later = self._add(pg.PlotCurveItem(pen=None, fillLevel="enclosed"), 3)
        self.train_line = self._add(make_curve(), 1)
        self._validation = self._add(make_curve(), 2)
        self.baseline_line = self._add(pg.InfiniteLine(angle=0), -2)
        self.linear_line = self._add(pg.InfiniteLine(angle=0), -2)
        self.best_line = self._add(pg.InfiniteLine(angle=90), 3)
        self._hover_line = self._add(pg.InfiniteLine(angle=90), 3)
        self._look_line = self._add(pg.InfiniteLine(angle=90), 4)
        self.train_dot, self.validation_dot, self._best_dot = (self._add(make_dot(size), 5) for size in (7, 7, 8))
        self._runs = RunLines(self._add)
        self.notes = LossNotes(self)
        for item in (self.best_line, self._hover_line, self._look_line, self.baseline_line, self.linear_line):
            item.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._apply_theme()

    # Building -------------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        grid = pg.GraphicsLayout()
        grid.layout.setContentsMargins(0, PILL_ROOM, 10, 0)
        grid.layout.setSpacing(0)
        grid.addItem(self._axes["left"], 0, 0)
        grid.addItem(self._view, 0, 1)
        grid.addItem(self._axes["bottom"], 1, 1)
        self.plot.setCentralItem(grid)
        self._view.disableAutoRange()
        for axis in self._axes.values():
            axis.setStyle(
                tickLength=0,
                tickAlpha=0,
                tickTextOffset=6,
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
            )
            axis.enableAutoSIPrefix(False)

    def _add(self, item: Any, z: int) -> Any:
        item.setZValue(z)
        self._view.addItem(item, ignoreBounds=True)
        return item

    @property
    def curves(self) -> LossCurves | None:
        """What is drawn."""
        return self._curves

    @property
    def ranges(self) -> tuple[list[float], list[float]]:
        """What the axes show: from left to right, and from the bottom to the top."""
        across, up = self._view.viewRange()
        return across, up

    # Drawing --------------------------------------------------------------------------------------------------------
    def show_curves(self, curves: LossCurves) -> None:
        """Draw `curves`; of those that stand already only the moment on show."""
        before, self._curves = self._curves, curves
        if before is None or not curves.has_lines_of(before):
            self._show_axes(curves)
            self._runs.show(curves)
            self._show_lines(curves)
        self._show_marks(curves)
        self._settle()

    def _show_axes(self, curves: LossCurves) -> None:
        (low, high), across = shown_range(curves), (0.0, 1.03 * max(1.0, curves.end))
        up = curves.height(low), curves.height(high)
        if curves.fast:
            kept = self._view.viewRange()
            across = steady_range(tuple(kept[0]), *across, fixed_low=True)
            up = steady_range(tuple(kept[1]), *up)
        self._view.setRange(xRange=across, yRange=up, padding=0)
        self._show_ticks(curves, curves.loss(up[0]), curves.loss(up[1]), across[1])

    def _show_lines(self, curves: LossCurves) -> None:
        """Draw the two curves; nothing of them where several runs are drawn."""
        tokens, none = theme.current(), np.empty((2, 0))
        widths = (1.0, 1.0) if curves.fast else (TRAIN_WIDTH, VALIDATION_WIDTH)
        validation = None if curves.runs else curves.validation
        train = none if curves.runs else (curves.epoch, curves.heights(curves.train))
        self.train_line.setData(*train, pen=line_pen(tokens.train, widths[0]))
        if validation is None:
            self._validation.setData(*none)
            self._raw.setData(*none)
        else:
            smooth, faint = smoothed(validation), line_pen(tokens.validation, 1.0, opacity=0.4)
            self._validation.setData(curves.epoch, curves.heights(smooth), pen=line_pen(tokens.validation, widths[1]))
            drawn = smooth is not validation and not curves.fast
            self._raw.setData(*((curves.epoch, curves.heights(validation)) if drawn else none), pen=faint)
        if curves.best is not None and not curves.runs:
            self._show_tint(curves, curves.best)

    def _settle(self) -> None:
        """Have all that was changed painted together, once, with whatever else of the window is to be painted."""
        self._place_labels()
        self.plot.viewport().update()

    def _show_ticks(self, curves: LossCurves, low: float, high: float, last: float) -> None:
        values = log_ticks(low, high, MOST_Y_TICKS) if curves.log else ticks(low, high, MOST_Y_TICKS)
        places = [curves.height(value) for value in values]
        epochs = ticks(0, last, MOST_X_TICKS, whole=True)
        for side, marks in (
            ("left", list(zip(places, tick_texts(values), strict=True))),
            ("bottom", [(epoch, format_number(epoch, ",.0f")) for epoch in epochs]),
        ):
            if marks != self._marks.get(side):  # an axis lays all of its texts out anew
                self._marks[side] = marks
                self._axes[side].setTicks([marks])
        xs = np.tile([0.0, last], len(values))
        self._grid.setData(xs, np.repeat(places, 2))

    def _show_marks(self, curves: LossCurves) -> None:
        shown = curves.shown
        self.train_dot.setPos(shown.epoch, curves.height(shown.train))
        self.train_dot.setVisible(not curves.runs)
        self.validation_dot.setVisible(curves.validation is not None and not curves.runs)
        if curves.validation is not None:
            self.validation_dot.setPos(shown.epoch, curves.height(shown.validation))
        self._show_later(curves)
        best = None if curves.runs else curves.best
        self.best_line.setVisible(best is not None)
        self._best_dot.setVisible(best is not None)
        self._tint.setVisible(best is not None and not curves.fast)
        if best is not None and curves.validation is not None:
            self.best_line.setValue(curves.epoch[best])
            self._best_dot.setPos(curves.epoch[best], curves.height(curves.validation[best]))
        self.baseline_line.setVisible(curves.baseline is not None)
        if curves.baseline is not None:
            self.baseline_line.setValue(curves.height(curves.baseline))
        self.linear_line.setVisible(curves.linear is not None)
        if curves.linear is not None:
            self.linear_line.setValue(curves.height(curves.linear))

    def _show_later(self, curves: LossCurves) -> None:
        """Mark the moment that is looked at, and pale what came after it; of several runs only one is at it."""
        self._look_line.setVisible(curves.past)
        self._later.setVisible(curves.past and not curves.runs)
        if curves.past:
            epoch, (low, high) = curves.shown.epoch, self._view.viewRange()[1]
            last = self._view.viewRange()[0][1]
            self._look_line.setValue(epoch)
            self._later.setData([epoch, last, last, epoch], [low, low, high, high])

    def _show_tint(self, curves: LossCurves, best: int) -> None:
        """Shade what lies between the curves since the best epoch: what was learned by heart."""
        if curves.validation is None or curves.fast:
            return
        stride = max(1, (len(curves.epoch) - best) // MOST_TINTED)
        xs = curves.epoch[best::stride]
        upper = curves.heights(smoothed(curves.validation)[best::stride])
        lower = curves.heights(curves.train[best::stride])
        self._tint.setData(np.concatenate((xs, xs[::-1])), np.concatenate((upper, lower[::-1])))

    # Where things are -----------------------------------------------------------------------------------------------
    def _ground(self) -> Ground:
        area = QRectF(self.plot.mapFromScene(self._view.sceneBoundingRect()).boundingRect())
        across, up = self._view.viewRange()
        return Ground(area, (across[0], across[1]), (up[0], up[1]))

    def _place_labels(self) -> None:
        if self._curves is not None:
            self.notes.place(self._curves, self._ground())

    # Read-out -------------------------------------------------------------------------------------------------------
    def _on_mouse_moved(self, place: QPointF) -> None:
        if self._curves is None or not self._view.sceneBoundingRect().contains(place):
            self._hide_readout()
            return
        self.show_readout(self._view.mapSceneToView(place).x())

    def show_readout(self, epoch: float) -> None:
        """Say what the curves were at the epoch nearest to `epoch`."""
        curves = self._curves
        if curves is None:
            return
        if curves.runs:
            at = float(round(min(max(0.0, epoch), curves.last_epoch)))
            text = told_runs(curves, at)
        else:
            row = int(np.abs(curves.epoch - epoch).argmin())
            at, text = float(curves.epoch[row]), self._told(curves, row)
        self._hover_line.setValue(at)
        self._hover_line.setVisible(True)
        self.notes.show_readout(text, at, self._ground())
        self.plot.viewport().update()

    def _told(self, curves: LossCurves, row: int) -> str:
        text = self.tr("epoch {n} · train {value}").format(
            n=format_number(curves.epoch[row], ",.0f"), value=short_number(curves.train[row])
        )
        if curves.validation is not None:
            text += self.tr(" · validation {value}").format(value=short_number(curves.validation[row]))
        return text

    def _hide_readout(self) -> None:
        self._hover_line.setVisible(False)
        self.notes.readout.hide()
        self._settle()

    # Qt -------------------------------------------------------------------------------------------------------------
    def _apply_theme(self) -> None:
        tokens = theme.current()
        self.plot.setBackground(tokens.surface)
        larger, font = theme.magnified(), QFont(theme.load_fonts())
        font.setPixelSize(round(11 * larger))
        for axis in self._axes.values():
            axis.setPen(None)
            axis.setTextPen(tokens.muted)
            axis.setTickFont(font)
        self._axes["left"].setWidth(round(40 * larger))
        self._axes["bottom"].setHeight(round(22 * larger))
        self._grid.setPen(line_pen(tokens.border, 1.0))
        self._tint.setBrush(translucent(tokens.negative, 0.09))
        self.best_line.setPen(line_pen(tokens.muted, 1.5, dashed=True))
        for line in (self.baseline_line, self.linear_line):
            line.setPen(line_pen(tokens.faint, 1.25, dashed=True))
        for dot, colour in ((self.train_dot, tokens.train), (self.validation_dot, tokens.validation)):
            dot.setPen(Qt.PenStyle.NoPen)
            dot.setBrush(QColor(colour))
        self._best_dot.setPen(line_pen(tokens.validation, 2.0))
        self._best_dot.setBrush(QColor(tokens.surface))
        self._runs.tint()
        self._hover_line.setPen(line_pen(tokens.border_strong, 1.0))
        self._look_line.setPen(line_pen(tokens.accent, 1.5))
        self._later.setBrush(translucent(tokens.surface, 0.66))
        curves, self._curves = self._curves, None
        if curves is not None:
            self.show_curves(curves)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._hide_readout()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the labels at their places."""
        super().resizeEvent(event)
        self._place_labels()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new theme."""
        if event.type() == QEvent.Type.StyleChange:
            self._apply_theme()
        super().changeEvent(event)
