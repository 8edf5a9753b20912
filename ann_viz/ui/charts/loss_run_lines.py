"""The courses of several runs in the chart of the loss: those that are compared lie on top and are wider."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from ann_viz.numerals import format_number, short_number
from ann_viz.scene.loss_curves import LossCurves, RunCurve, smoothed
from ann_viz.translation import translate
from ann_viz.ui.charts.pens import line_pen, make_curve, make_dot
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.run_colours import is_dashed, run_colour

__all__ = ["RunLines", "told_runs"]

RUN_WIDTH: Final = 1.5
COMPARED_WIDTH: Final = 2.25
HALO: Final = 4.0
MOST_READ: Final = 2
FEW_POINTS: Final = 150  # of a run that is drawn as it is, so that its best epoch lies on its curve


class RunLines:
    """A line with its best epoch for every run, and where one that is compared has left its parent.

    Parameters
    ----------
    add : callable
        Puts an item into the picture at a depth, and returns it.
    """

    def __init__(self, add: Callable[[Any, int], Any]) -> None:
        self._add = add
        self._runs: list[tuple[Any, Any, Any]] = []  # halo, line and best epoch of every run that is drawn
        self._branch = add(pg.InfiniteLine(angle=90), 0)
        self._branch.setVisible(False)

    def show(self, curves: LossCurves) -> None:
        """Draw them, as far as there are any."""
        while len(self._runs) < len(curves.runs):
            self._runs.append((self._add(make_curve(), 1), self._add(make_curve(), 1), self._add(make_dot(7), 5)))
        for place, items in enumerate(self._runs):
            if place < len(curves.runs):
                self._show_run(curves, curves.runs[place], *items)
            else:
                _hide(*items)
        run = curves.branching
        self._branch.setVisible(run is not None)
        if run is not None:
            self._branch.setValue(run.branch)

    def _show_run(self, curves: LossCurves, run: RunCurve, halo: Any, line: Any, dot: Any) -> None:
        surface, colour = theme.current().surface, run_colour(run.place)
        depth = 3 if run.letter else 1
        width = 1.0 if curves.fast else COMPARED_WIDTH if run.letter else RUN_WIDTH
        heights = curves.heights(smoothed(run.values) if len(run.values) > FEW_POINTS else run.values)
        halo.setZValue(depth)
        line.setZValue(depth + 0.5)  # over its halo, below the next run
        halo.setData(*((run.epoch, heights) if run.letter else ([], [])), pen=line_pen(surface, width + HALO))
        line.setData(run.epoch, heights, pen=line_pen(colour, width, dashed=is_dashed(run.place)))
        dot.setVisible(True)
        dot.setPos(run.best[0], curves.height(run.best[1]))
        dot.setPen(line_pen(colour, 1.5))
        dot.setBrush(QColor(surface))

    def tint(self) -> None:
        """Take the colours of a new theme; the runs take theirs when they are drawn."""
        self._branch.setPen(line_pen(theme.current().muted, 1.0, dashed=True))


def _hide(halo: Any, line: Any, dot: Any) -> None:
    dot.setVisible(False)
    halo.setData([], [])
    line.setData([], [])


def told_runs(curves: LossCurves, epoch: float) -> str:
    """Return what the runs were at an epoch, those that are compared first, as many as there is room for."""
    parts = [translate("epoch {n}").format(n=format_number(epoch, ",.0f"))]
    for run in sorted(curves.runs, key=lambda run: run.letter or "Z")[:MOST_READ]:
        rows = np.flatnonzero(run.epoch == epoch)
        if len(rows):
            parts.append(f"{run.letter or run.name[:12]} {short_number(float(run.values[rows[0]]))}")
    return " · ".join(parts)
