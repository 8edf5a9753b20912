"""The pyqtgraph half of the charts of loss and score: two curves, their best epoch, always guessing, a read-out.

Importing this module imports pyqtgraph, so the chart does it only when it is first seen.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

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
from ann_viz.ui.charts.pens import line_pen, make_curve, make_dot, translucent
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.run_colours import is_dashed, run_colour

__all__ = ["LossPlot"]

TRAIN_WIDTH: Final = 1.75
VALIDATION_WIDTH: Final = 2.25
MOST_Y_TICKS: Final = 6
MOST_X_TICKS: Final = 5
PILL_ROOM: Final = 25
BESIDE: Final = 6  # between words and what stands beside them
CHIP_HEIGHT: Final = 22  # twice the radius that the style sheet gives a chip
MOST_TINTED: Final = 400
RUN_WIDTH: Final = 1.5
COMPARED_WIDTH: Final = 2.25
HALO: Final = 4.0
MOST_READ: Final = 2
FEW_POINTS: Final = 150  # of a run that is drawn as it is, so that its best epoch lies on its curve


class LossPlot(QWidget):
    """Draws `LossCurves` when told to, and nothing by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: LossCurves | None = None
        self._runs: list[tuple[Any, Any, Any]] = []  # halo, line and best epoch of every run that is drawn
        self._marks: dict[str, list[tuple[float, str]]] = {}
        self.plot = pg.GraphicsView(self)
        self.plot.setAntialiasing(True)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self.pill = self._label("chip")
        self.look_pill = self._label("past")
        self.baseline_note, self.linear_note = self._label("caption"), self._label("caption")
        self.branch_line = self._add(pg.InfiniteLine(angle=90), 0)
        self.branch_line.setVisible(False)
        self.branch_note = self._label("caption")
        self.readout = self._label("chip")
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
        font = QFont(theme.load_fonts())
        font.setPixelSize(11)
        for axis in self._axes.values():
            axis.setStyle(
                tickLength=0,
                tickAlpha=0,
                tickFont=font,
                tickTextOffset=6,
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
            )
            axis.enableAutoSIPrefix(False)
        self._axes["left"].setWidth(40)
        self._axes["bottom"].setHeight(22)

    def _add(self, item: Any, z: int) -> Any:
        item.setZValue(z)
        self._view.addItem(item, ignoreBounds=True)
        return item

    def _label(self, role: str) -> QLabel:
        label = PlainLabel(parent=self, role=role)
        if role in {"chip", "past"}:
            label.setFixedHeight(CHIP_HEIGHT)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.hide()
        return label

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
        """Draw `curves`."""
        self._curves = curves
        low, high = shown_range(curves)
        across, up = (
            (0.0, 1.03 * max(1.0, curves.last_epoch, curves.shown.epoch)),
            (curves.height(low), curves.height(high)),
        )
        if curves.fast:
            kept = self._view.viewRange()
            across = steady_range(tuple(kept[0]), *across, fixed_low=True)
            up = steady_range(tuple(kept[1]), *up)
        self._view.setRange(xRange=across, yRange=up, padding=0)
        self._show_ticks(curves, curves.loss(up[0]), curves.loss(up[1]), across[1])
        tokens = theme.current()
        widths = (1.0, 1.0) if curves.fast else (TRAIN_WIDTH, VALIDATION_WIDTH)
        self._show_runs(curves)
        if curves.runs:
            for line in (self.train_line, self._validation, self._raw):
                line.setData([], [])
            self._show_marks(curves)
            self.plot.scene().prepareForPaint()
            self._place_labels()
            return
        self.train_line.setData(curves.epoch, curves.heights(curves.train), pen=line_pen(tokens.train, widths[0]))
        if curves.validation is None:
            self._validation.setData([], [])
            self._raw.setData([], [])
        else:
            smooth = smoothed(curves.validation)
            self._validation.setData(curves.epoch, curves.heights(smooth), pen=line_pen(tokens.validation, widths[1]))
            faint = line_pen(tokens.validation, 1.0, opacity=0.4)
            drawn = smooth is not curves.validation and not curves.fast
            self._raw.setData(*((curves.epoch, curves.heights(curves.validation)) if drawn else ([], [])), pen=faint)
        self._show_marks(curves)
        self.plot.scene().prepareForPaint()  # or pyqtgraph does it while painting, and then paints once more
        self._place_labels()

    def _show_runs(self, curves: LossCurves) -> None:
        """Draw the courses of other runs too, those that are compared on top and wider."""
        while len(self._runs) < len(curves.runs):
            self._runs.append((self._add(make_curve(), 1), self._add(make_curve(), 1), self._add(make_dot(7), 5)))
        surface = theme.current().surface
        for place, (halo, line, dot) in enumerate(self._runs):
            run = curves.runs[place] if place < len(curves.runs) else None
            dot.setVisible(run is not None)
            if run is None:
                halo.setData([], [])
                line.setData([], [])
                continue
            colour, depth = run_colour(run.place), 3 if run.letter else 1
            width = 1.0 if curves.fast else COMPARED_WIDTH if run.letter else RUN_WIDTH
            heights = curves.heights(smoothed(run.values) if len(run.values) > FEW_POINTS else run.values)
            halo.setZValue(depth)
            line.setZValue(depth + 0.5)
            halo.setData(*((run.epoch, heights) if run.letter else ([], [])), pen=line_pen(surface, width + HALO))
            line.setData(run.epoch, heights, pen=line_pen(colour, width, dashed=is_dashed(run.place)))
            dot.setPos(run.best[0], curves.height(run.best[1]))
            dot.setPen(line_pen(colour, 1.5))
            dot.setBrush(QColor(surface))

    def _place_branch(self, curves: LossCurves) -> None:
        """Mark where a run that is compared has left its parent."""
        branch = next((run for run in curves.runs if run.letter and run.branch is not None), None)
        for part in (self.branch_line, self.branch_note):
            part.setVisible(branch is not None)
        if branch is None or branch.branch is None:
            return
        self.branch_line.setValue(branch.branch)
        self.branch_note.setText(self.tr("{run} branches off").format(run=branch.letter))
        self.branch_note.adjustSize()
        left = min(self._x_pixel(branch.branch) + BESIDE, self.width() - self.branch_note.width())
        self.branch_note.move(round(left), PILL_ROOM)

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
            self._show_tint(curves, best)
        self.baseline_line.setVisible(curves.baseline is not None)
        if curves.baseline is not None:
            self.baseline_line.setValue(curves.height(curves.baseline))
        self.linear_line.setVisible(curves.linear is not None)
        if curves.linear is not None:
            self.linear_line.setValue(curves.height(curves.linear))

    def _show_later(self, curves: LossCurves) -> None:
        """Pale what came after the moment that is looked at, and mark that."""
        self._look_line.setVisible(curves.past)
        self._later.setVisible(curves.past)
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

    def _place_labels(self) -> None:
        curves = self._curves
        if curves is None or self.readout.isVisible():
            return
        has_pill = curves.best is not None and not curves.runs
        self.pill.setVisible(has_pill)
        self.look_pill.setVisible(curves.past)
        if curves.best is not None and has_pill:
            epoch = float(curves.epoch[curves.best])
            self._place_above(self.pill, self.tr("best · epoch {n}").format(n=format_number(epoch, ",.0f")), epoch)
        if curves.past:
            self._place_look_pill(curves)
        self._place_branch(curves)
        self.baseline_note.setVisible(curves.baseline is not None)
        if curves.baseline is not None:
            self._place_baseline_note(curves, curves.baseline)
        self._place_linear_note(curves)

    def _place_above(self, label: QLabel, text: str, epoch: float) -> None:
        """Centre a label over `epoch` in the row above the curves, as far as there is room."""
        label.setText(text)
        label.adjustSize()
        left = self._x_pixel(epoch) - label.width() / 2
        label.move(round(min(max(0.0, left), self.width() - label.width())), 0)

    def _place_look_pill(self, curves: LossCurves) -> None:
        """Name the epoch that is looked at above its line; the pill of the best one moves aside."""
        shown = curves.shown.epoch
        self._place_above(self.look_pill, self.tr("epoch {n}").format(n=format_number(shown, ",.4g")), shown)
        if curves.best is None or not self.look_pill.geometry().intersects(self.pill.geometry()):
            return
        at_right = curves.epoch[curves.best] > shown
        beside = self.look_pill.geometry()
        left = beside.right() + BESIDE if at_right else beside.left() - BESIDE - self.pill.width()
        self.pill.move(left, 0)
        self.pill.setVisible(0 <= left <= self.width() - self.pill.width())

    def _place_linear_note(self, curves: LossCurves) -> None:
        """Write over the line of a network without hidden layer, at the left, where the line is in sight."""
        area, (low, high) = self._area(), self._view.viewRange()[1]
        height = math.nan if curves.linear is None else curves.height(curves.linear)
        self.linear_note.setVisible(low < height < high)
        if curves.linear is not None and low < height < high:
            self.linear_note.setText(self.tr("no hidden layer {value}").format(value=short_number(curves.linear)))
            self.linear_note.adjustSize()
            y = area.top() + area.height() * (high - height) / (high - low)
            self.linear_note.move(round(area.left() + BESIDE), round(max(area.top(), y - self.linear_note.height())))

    def _place_baseline_note(self, curves: LossCurves, baseline: float) -> None:
        """Write over the dashed line or, where that lies outside, in the row above the curves, away from the pill."""
        area = self._area()
        low, high = self._view.viewRange()[1]
        depth = area.height() * (high - curves.height(baseline)) / (high - low)
        arrow = "↑ " if depth < 0 else "↓ " if depth > area.height() else ""
        note, value = self.baseline_note, short_number(baseline)
        text = self.tr("{arrow}guessing {value}") if arrow else self.tr("always guessing {value}")
        note.setText(text.format(arrow=arrow, value=value))
        note.adjustSize()
        left = round(area.right() - note.width())
        if not arrow:
            if curves.best is not None:  # the line at the best epoch would strike the words out
                best = self._x_pixel(float(curves.epoch[curves.best]))
                beside = round(best - note.width() - BESIDE)
                left = beside if best > left - BESIDE and beside >= area.left() else left
            note.move(left, round(max(area.top(), area.top() + depth - note.height() - 1)))
            return
        for pill in (self.pill, self.look_pill):
            if pill.isVisibleTo(self) and pill.geometry().right() + BESIDE > left:
                left = min(left, pill.geometry().left() - note.width() - BESIDE)
        note.move(left, 4)
        note.setVisible(left >= 0)

    # Where things are -----------------------------------------------------------------------------------------------
    def _area(self) -> QRectF:
        """Where the curves are, in pixels of this widget."""
        return QRectF(self.plot.mapFromScene(self._view.sceneBoundingRect()).boundingRect())

    def _x_pixel(self, epoch: float) -> float:
        area, (first, last) = self._area(), self._view.viewRange()[0]
        return float(area.left() + area.width() * (epoch - first) / (last - first))

    # Read-out -------------------------------------------------------------------------------------------------------
    def _on_mouse_moved(self, place: QPointF) -> None:
        if self._curves is None or not self._view.sceneBoundingRect().contains(place):
            self._hide_readout()
            return
        self.show_readout(self._view.mapSceneToView(place).x())

    def show_readout(self, epoch: float) -> None:
        """Say what both curves were at the epoch nearest to `epoch`."""
        curves = self._curves
        if curves is None:
            return
        if curves.runs:
            self._show_runs_readout(curves, epoch)
            return
        row = int(np.abs(curves.epoch - epoch).argmin())
        text = self.tr("epoch {n} · train {value}").format(
            n=format_number(curves.epoch[row], ",.0f"), value=short_number(curves.train[row])
        )
        if curves.validation is not None:
            text += self.tr(" · validation {value}").format(value=short_number(curves.validation[row]))
        self._hover_line.setValue(curves.epoch[row])
        self._hover_line.setVisible(True)
        self._place_above(self.readout, text, float(curves.epoch[row]))
        self.readout.show()
        for label in (self.pill, self.look_pill, self.baseline_note, self.linear_note):
            label.hide()

    def _show_runs_readout(self, curves: LossCurves, epoch: float) -> None:
        """Say what the runs were, those that are compared first, as many as there is room for."""
        at = round(min(max(0.0, epoch), curves.last_epoch))
        parts = [self.tr("epoch {n}").format(n=format_number(at, ",.0f"))]
        for run in sorted(curves.runs, key=lambda run: run.letter or "Z")[:MOST_READ]:
            rows = np.flatnonzero(run.epoch == at)
            if len(rows):
                parts.append(f"{run.letter or run.name[:12]} {short_number(float(run.values[rows[0]]))}")
        self._hover_line.setValue(at)
        self._hover_line.setVisible(True)
        self._place_above(self.readout, " · ".join(parts), at)
        self.readout.show()
        for label in (self.look_pill, self.baseline_note, self.linear_note):
            label.hide()

    def _hide_readout(self) -> None:
        self._hover_line.setVisible(False)
        self.readout.hide()
        self._place_labels()

    # Qt -------------------------------------------------------------------------------------------------------------
    def _apply_theme(self) -> None:
        tokens = theme.current()
        self.plot.setBackground(tokens.surface)
        for axis in self._axes.values():
            axis.setPen(None)
            axis.setTextPen(tokens.muted)
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
        self.branch_line.setPen(line_pen(tokens.muted, 1.0, dashed=True))
        self._hover_line.setPen(line_pen(tokens.border_strong, 1.0))
        self._look_line.setPen(line_pen(tokens.accent, 1.5))
        self._later.setBrush(translucent(tokens.surface, 0.66))
        if self._curves is not None:
            self.show_curves(self._curves)

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
