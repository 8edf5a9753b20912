"""The words over the chart of the loss: best epoch, the moment looked at, guessing, a branch, and the read-out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ann_viz.numerals import format_number, short_number
from ann_viz.scene.loss_curves import LossCurves
from ann_viz.translation import translate
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["PILL_ROOM", "Ground", "LossNotes", "struck_out"]

PILL_ROOM: Final = 25
BESIDE: Final = 6  # between words and what stands beside them
SAMPLES: Final = 24  # along words, where curves are looked for behind them
STRUCK: Final = 0.2  # is what a curve counts that runs behind words however shortly
UNMOVED: Final = 0.1  # of their width may be struck out more before words move
CHIP_EDGES: Final = 6  # above and below its words, together, in the style sheet
CHIP_HEIGHT: Final = 22  # twice the radius that the style sheet gives a chip


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the curves are.

    Parameters
    ----------
    area : QRectF
        In pixels of the chart.
    across, up : tuple of float
        Epochs from left to right, heights from the bottom to the top.
    """

    area: QRectF
    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, epoch: float) -> float:
        """Return where an epoch is."""
        first, last = self.across
        return float(self.area.left() + self.area.width() * (epoch - first) / (last - first))

    def depth(self, height: float) -> float:
        """Return how far below the upper edge a height is."""
        return float(self.depths(np.array(height)))

    def depths(self, heights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far below the upper edge heights are."""
        low, high = self.up
        return np.asarray(self.area.height() * (high - heights) / (high - low))


class LossNotes:
    """Places the words; the lines they belong to are those of `LossPlot`.

    Parameters
    ----------
    over : QWidget
        The chart.
    """

    def __init__(self, over: QWidget) -> None:
        self._over = over
        self.pill, self.look_pill = self._label("chip"), self._label("past")
        self.baseline, self.linear, self.branch = (self._label("caption") for _ in range(3))
        self.readout = self._label("chip")
        self._stand: dict[QLabel, int] = {}  # at which of its places each does

    def _label(self, role: str) -> QLabel:
        label = PlainLabel(parent=self._over, role=role)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.hide()
        return label

    def place(self, curves: LossCurves, ground: Ground) -> None:
        """Say all there is to say, unless somebody reads the curves off."""
        if self.readout.isVisible():
            return
        has_pill = curves.best is not None and not curves.runs
        if curves.best is not None and has_pill:
            epoch = float(curves.epoch[curves.best])
            # beside the pill of the moment looked at there is room for few words
            text = translate("best · {n}") if curves.past else translate("best · epoch {n}")
            self._place_above(self.pill, text.format(n=format_number(epoch, ",.0f")), epoch, ground)
        if curves.past:
            has_pill = self._place_look_pill(curves, ground) and has_pill
        self.pill.setVisible(has_pill)  # none is hidden for a moment: all below it would be painted twice
        self.look_pill.setVisible(curves.past)
        self._place_branch(curves, ground)
        is_said = curves.baseline is not None and self._place_baseline(curves, curves.baseline, ground)
        self.baseline.setVisible(is_said)
        self._place_linear(curves, ground)

    def show_readout(self, text: str, epoch: float, ground: Ground) -> None:
        """Say what the curves are at an epoch, in the place of all else."""
        self._place_above(self.readout, text, epoch, ground)
        self.readout.show()
        for label in (self.pill, self.look_pill, self.baseline, self.linear):
            label.hide()

    # Where each stands ----------------------------------------------------------------------------------------------
    def _place_above(self, label: QLabel, text: str, epoch: float, ground: Ground) -> None:
        """Centre a label over `epoch` in the row above the curves, as far as there is room."""
        label.setText(text)
        label.setFixedHeight(max(CHIP_HEIGHT, label.fontMetrics().height() + CHIP_EDGES))
        label.adjustSize()
        left = ground.x(epoch) - label.width() / 2
        label.move(round(min(max(0.0, left), self._over.width() - label.width())), 0)

    def _place_look_pill(self, curves: LossCurves, ground: Ground) -> bool:
        """Name the epoch that is looked at above its line; the pill of the best one moves aside, if it has room."""
        shown = curves.shown.epoch
        self._place_above(self.look_pill, translate("epoch {n}").format(n=format_number(shown, ",.4g")), shown, ground)
        if curves.best is None or curves.runs or not self.look_pill.geometry().intersects(self.pill.geometry()):
            return True
        at_right = curves.epoch[curves.best] > shown
        beside = self.look_pill.geometry()
        left = beside.right() + BESIDE if at_right else beside.left() - BESIDE - self.pill.width()
        self.pill.move(left, 0)
        return 0 <= left <= self._over.width() - self.pill.width()

    def _place_branch(self, curves: LossCurves, ground: Ground) -> None:
        """Say where a run that is compared has left its parent."""
        run = curves.branching
        self.branch.setVisible(run is not None)
        if run is None or run.branch is None:
            return
        self.branch.setText(translate("{run} branches off").format(run=run.letter))
        self.branch.adjustSize()
        left = min(ground.x(run.branch) + BESIDE, self._over.width() - self.branch.width())
        self.branch.move(round(left), PILL_ROOM)

    def _least_struck_out(self, label: QLabel, curves: LossCurves, depth: float, ground: Ground) -> tuple[int, int]:
        """Return where, over or under a dashed line, its words have least behind them; they don't move for little."""
        area, width, height = ground.area, label.width(), label.height()
        best = math.nan if curves.best is None else ground.x(float(curves.epoch[curves.best]))
        lefts = (area.right() - width, area.left() + BESIDE, best - width - BESIDE, best + BESIDE)
        tops = (area.top() + depth - height - 1, area.top() + depth + 1)
        places = [QRectF(left, top, width, height) for top in tops for left in lefts]
        struck = {
            place: struck_out(words, curves, ground) - (UNMOVED if place == self._stand.get(label) else 0.0)
            for place, words in enumerate(places)
            if area.left() <= words.left() <= area.right() - width + 1
            and area.top() - 1 <= words.top()
            and words.bottom() <= area.bottom()
        }
        best_place = self._stand[label] = min(struck, key=struck.__getitem__, default=0)
        return round(places[best_place].left()), round(places[best_place].top())

    def _place_linear(self, curves: LossCurves, ground: Ground) -> None:
        """Write at the line of a network without hidden layer, where it is in sight, beside the words of guessing."""
        low, high = ground.up
        height = math.nan if curves.linear is None else curves.height(curves.linear)
        self.linear.setVisible(low < height < high)
        if curves.linear is not None and low < height < high:
            self.linear.setText(translate("no hidden layer {value}").format(value=short_number(curves.linear)))
            self.linear.adjustSize()
            self.linear.move(*self._least_struck_out(self.linear, curves, ground.depth(height), ground))
            if self.baseline.isVisibleTo(self._over) and self.linear.geometry().intersects(self.baseline.geometry()):
                left = self.baseline.x() - BESIDE - self.linear.width()
                right = self.baseline.geometry().right() + BESIDE
                self.linear.move(left if left >= ground.area.left() else right, self.linear.y())

    def _place_baseline(self, curves: LossCurves, baseline: float, ground: Ground) -> bool:
        """Write over the dashed line or, where that lies outside, in the row above the curves, away from the pills.

        Returns whether there is room for it.
        """
        area = ground.area
        depth = ground.depth(curves.height(baseline))
        arrow = "↑ " if depth < 0 else "↓ " if depth > area.height() else ""
        note, value = self.baseline, short_number(baseline)
        text = translate("{arrow}guessing {value}") if arrow else translate("always guessing {value}")
        note.setText(text.format(arrow=arrow, value=value))
        note.adjustSize()
        left = round(area.right() - note.width())
        if not arrow:
            note.move(*self._least_struck_out(note, curves, depth, ground))
            return True
        for pill in (self.pill, self.look_pill):
            if pill.isVisibleTo(self._over) and pill.geometry().right() + BESIDE > left:
                left = min(left, pill.geometry().left() - note.width() - BESIDE)
        note.move(left, 4)
        return left >= 0


def struck_out(words: QRectF, curves: LossCurves, ground: Ground) -> float:
    """Return along which share of their width curves run behind words, and more for the line at the best epoch."""
    across = np.linspace(words.left(), words.right(), SAMPLES)
    first, last = ground.across
    epochs = first + (across - ground.area.left()) / ground.area.width() * (last - first)
    lines = [(run.epoch, run.values) for run in curves.runs] or [(curves.epoch, values) for values in curves.drawn]
    struck = 0.0
    for epoch, values in lines:
        heights = np.interp(epochs, epoch, curves.heights(values), left=np.nan, right=np.nan)
        depths = ground.area.top() + ground.depths(heights)
        behind = (depths > words.top()) & (depths < words.bottom())
        struck += float(np.mean(behind)) + STRUCK * bool(behind.any())
    if curves.best is not None:
        struck += words.left() < ground.x(float(curves.epoch[curves.best])) < words.right()
    return struck
