"""The chart of the loss, which in the company of the tree of runs draws the courses of all whose eye is open."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ann_viz.engine import Snapshot
from ann_viz.numerals import short_number
from ann_viz.scene.loss_curves import LossCurves, RunCurve
from ann_viz.session.run import Run
from ann_viz.session.run_tree import RunRow, run_rows
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.loss_chart import LossChart
from ann_viz.ui.charts.run_legend import RunLegend
from ann_viz.ui.kit.controls import Segments

__all__ = ["RunsLossChart", "trained_rows"]

FEWEST: int = 2


def trained_rows(desk: Desk) -> tuple[RunRow, ...]:
    """Return the runs that there is something to draw of; none where one run is drawn alone."""
    if not desk.overlays:
        return ()
    rows = tuple(row for row in run_rows(desk.bridge.document) if row.epoch)
    return rows if len(rows) >= FEWEST else ()


class RunsLossChart(LossChart):
    """Two curves of one run, or one curve of every run with their names below.

    Parameters
    ----------
    desk : Desk
        Says which of both.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.bridge, parent)
        self._desk = desk
        choices = (("train", self.tr("train")), ("validation", self.tr("validation")))
        self.rows_of = Segments(choices, self.tr("Loss on rows"))
        self.rows_of.show_value("validation")
        self.rows_of.hide()
        self.legend = RunLegend()
        self.legend.hide()
        self.add_to_header(self.rows_of)
        self.add_below(self.legend)
        self.rows_of.chosen.connect(self._on_rows_chosen)
        self.legend.eyed.connect(desk.bridge.show_curve)
        desk.overlaid.connect(self.redraw_if_seen)
        desk.checks_changed.connect(self.redraw_if_seen)
        desk.bridge.runs_changed.connect(self._on_runs_changed)

    def _on_rows_chosen(self, value: str) -> None:
        self.rows_of.show_value(value)
        self.redraw_if_seen()

    def _on_runs_changed(self) -> None:
        if self._desk.overlays:
            self.redraw_if_seen()

    def redraw(self) -> None:
        """Draw the newest history, or that of all runs."""
        rows = trained_rows(self._desk)
        self.legend.setVisible(bool(rows))
        self.rows_of.setVisible(bool(rows))
        self.legend.show_rows(rows, self._desk.letters)
        super().redraw()

    def _curves(self, snapshot: Snapshot) -> LossCurves:
        curves = replace(super()._curves(snapshot), linear=self._linear())
        rows = {row.number: row for row in trained_rows(self._desk)}
        if not rows:
            return curves
        runs = [run for run in self._bridge.document.runs if run.number in rows and rows[run.number].is_shown]
        validated = all(run.snapshot.history.is_validated for run in runs)
        self.rows_of.button("validation").setEnabled(validated)
        on_validation = validated and self.rows_of.value == "validation"
        drawn = tuple(self._curve(rows[run.number], run, validation=on_validation) for run in runs)
        return replace(curves, runs=drawn)

    def _levels(self) -> tuple[str, ...]:
        linear = self._linear()
        told = self.tr("no hidden layer {value}")
        return super()._levels() + (() if linear is None else (told.format(value=short_number(linear)),))

    def _linear(self) -> float | None:
        """Loss of a network without hidden layer; it is compared only where both learn by the same loss."""
        loss = self._desk.linear.get("loss")
        return None if self._baseline is None else loss

    def _curve(self, row: RunRow, run: Run, *, validation: bool) -> RunCurve:
        history = run.snapshot.history
        since = len(history.epoch) - len(row.epochs)
        values = (history.validation_loss if validation else history.train_loss)[since:]
        at = (row.epochs == row.best_epoch).nonzero()[0]
        best = int(at[0]) if len(at) else int(values.argmin())
        return RunCurve(
            number=row.number,
            place=row.place,
            letter=self._desk.letters.get(row.number, ""),
            name=row.name,
            epoch=row.epochs,
            values=values,
            best=(float(row.epochs[best]), float(values[best])),
            branch=row.branched_at,
        )
