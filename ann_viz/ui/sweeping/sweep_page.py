"""The page of a sweep: axes with all runs, the table of them, what mattered, and what is to be thought of it."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.numerals import count, counted, format_number
from ann_viz.rich import joined, rich
from ann_viz.session.sweeping.axes import axes_of, filter_words
from ann_viz.session.sweeping.measures import MEASURE_NAMES, score_text
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.report import sweep_csv
from ann_viz.translation import translate
from ann_viz.ui.document.saving import ask_where
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.line import horizontal_line, vertical_line
from ann_viz.ui.sweeping.filter_row import FilterRow
from ann_viz.ui.sweeping.parallel_plot import ParallelPlot
from ann_viz.ui.sweeping.sweep_findings import SweepFindings
from ann_viz.ui.sweeping.sweep_header import SweepHeader
from ann_viz.ui.sweeping.sweep_table import SweepTable
from ann_viz.ui.sweeping.sweeping import Sweeping

__all__ = ["SweepPage"]

SIDE: Final = 260
NARROW: Final = 900
FIRST_RANKS: Final = 3


class SweepPage(QFrame):
    """Shows the sweep under way, or the last one.

    Parameters
    ----------
    sweeping : Sweeping
        Read, and told what the user does.
    """

    closed = Signal()
    """The picture is wanted back."""

    def __init__(self, sweeping: Sweeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("sweepPage")
        self.setAccessibleName(self.tr("Sweep"))
        self._sweeping = sweeping
        self._runs: tuple[RunScore, ...] = ()
        self._seen: tuple[object, int] | None = None
        self.header = SweepHeader(sweeping)
        self.filters = FilterRow()
        self.plot = ParallelPlot()
        self.table = SweepTable()
        self.findings = SweepFindings()
        self.problem = PlainLabel(role="danger", wrap=True)
        self.empty = PlainLabel(role="muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.header.shrunk.connect(self.closed)
        self.header.save_asked.connect(self.save)
        self.filters.cleared.connect(self.plot.clear_filter)
        self.plot.filtered.connect(self._show_rows)
        self.plot.hovered.connect(lambda run: self.table.mark(self.table.runs.row_of(run)))
        self.plot.opened.connect(lambda run: self._open([self.table.runs.row_of(run)]))
        self.table.hovered.connect(self._on_row_hovered)
        self.table.opened.connect(self._open)
        sweeping.results_changed.connect(self.refresh)
        sweeping.state_changed.connect(self.refresh)
        self.refresh()

    # Building -------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(horizontal_line())
        upper = QVBoxLayout()
        upper.setContentsMargins(16, 10, 16, 6)
        upper.setSpacing(8)
        for widget in (self.problem, self.empty, self.filters):
            upper.addWidget(widget)
        upper.addWidget(self.plot, 1)
        column.addLayout(upper, 11)
        self._below = QWidget()
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setContentsMargins(0, 0, 0, 0)
        self._lower.setSpacing(0)
        self._below.setLayout(self._lower)
        self._lower.addWidget(self._left(), 1)
        self._divider = vertical_line()
        self._lower.addWidget(self._divider)
        self._lower.addWidget(self.findings)
        column.addWidget(horizontal_line())
        column.addWidget(self._below, 10)

    def _left(self) -> QWidget:
        left = QWidget()
        heading = QHBoxLayout()
        heading.setContentsMargins(16, 9, 16, 9)
        heading.setSpacing(8)
        heading.addWidget(PlainLabel(self.tr("Best runs"), role="strong"))
        self._legend = RichLabel(role="muted")
        heading.addWidget(self._legend, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addWidget(self.table, 1)
        return left

    # What is shown --------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show how far the sweep is, and its runs where there are others."""
        if not self.isVisible():
            return
        sweeping, study = self._sweeping, self._sweeping.study
        self.header.refresh()
        self.problem.setText("" if sweeping.error is None else str(sweeping.error))
        self.problem.setVisible(sweeping.error is not None)
        seen = (study, -1 if study is None else study.n_results)
        if seen != self._seen:
            self._seen = seen
            self._show_runs()

    def _show_runs(self) -> None:
        study = self._sweeping.study
        runs = () if study is None else study.runs()
        self._runs = runs if len(runs) >= FIRST_RANKS or not self._sweeping.is_running else ()
        self.empty.setVisible(not self._runs)
        self.empty.setText(self._empty_words())
        for part in (self.filters, self.plot, self._below):
            part.setVisible(study is not None)
        if study is not None:
            axes = axes_of(study.plan, self._runs)
            best = self._runs[0] if self._runs and not self._runs[0].failed else None
            text = "" if best is None else score_text(best.mean(), best.measure)
            self.plot.show_axes(
                axes, best=self.tr("best {score}").format(score=text) if text else "", better=self.tr("better ↑")
            )
            self._show_colours(text)
        self._show_rows()
        baselines = () if study is None else study.baselines()
        self.findings.show_runs(None if study is None else study.plan, self._runs, baselines)

    def _empty_words(self) -> str:
        if self._sweeping.study is None:
            return self.tr("Choose at the left what to try, and press Start. Every run then gets a line here.")
        if self._sweeping.is_recalling:
            return self.tr("Looking for what is kept of this sweep…")
        if not self._sweeping.is_running:
            return self.tr("Nothing of this sweep is kept on this computer. Sweep… at the left begins it again.")
        return self.tr("Ranks begin with the third run.")

    def _show_colours(self, best: str) -> None:
        study = self._sweeping.study
        finite = [run.mean() for run in self._runs if math.isfinite(run.mean())]
        if study is None or not finite:
            self.filters.show_colours("", "", "")
            return
        score = self.plot.axes[-1]
        worst = score_text(score.value_at(0.0), study.plan.measure, finite[0])
        self.filters.show_colours(translate(MEASURE_NAMES[study.plan.measure]), worst, best)

    def _show_rows(self) -> None:
        """Show the runs that the filters let through."""
        study = self._sweeping.study
        passing = self.plot.passing()
        shown = [row for row in range(len(self._runs)) if row >= len(passing) or passing[row]]
        chosen = [
            (axis.name, filter_words(axis, *self.plot.filters[axis.name]))
            for axis in self.plot.axes
            if axis.name in self.plot.filters
        ]
        n_all = count(len(self._runs), "run")
        filtered = self.tr("{n} of {all}").format(n=format_number(len(shown)), all=n_all)
        self.filters.show_filters(chosen, filtered if chosen else "")
        self.table.show_runs(
            None if study is None else study.plan, self._runs, () if study is None else study.baselines(), shown
        )
        self._show_legend()

    def _show_legend(self) -> None:
        study = self._sweeping.study
        n_seeds = 0 if study is None else study.plan.seeds
        about = counted(
            "one run for each",
            "mean ± spread over {n} seeds, every dot one seed;",
            n_seeds,
        )
        close = rich(
            '<span style="color: {colour}">{word}</span>: {rest}',
            colour=theme.current().accent,
            word=self.tr("violet"),
            rest=self.tr("too close to row 1 to call"),
        )
        self._legend.setText(joined(" ", [about, close]) if n_seeds > 1 else joined("", [about if n_seeds else ""]))

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_row_hovered(self, row: int) -> None:
        rows = self.table.runs.shown
        self.plot.mark(rows[row] if 0 <= row < len(rows) else -1)
        self.table.mark(row if 0 <= row < len(rows) else -1)

    def save(self) -> None:
        """Ask where, and save all runs there."""
        study = self._sweeping.study
        if study is None:
            return
        name = f"{self._sweeping.title()}.csv"
        path = ask_where(self.window(), self.tr("Save this sweep"), name, self.tr("CSV file (*.csv)"), "tables")
        if not path:
            return
        content = sweep_csv(study.plan, study.runs(), study.baselines())
        try:
            write_file(path, content, inputs=[study.ground.dataset.table.path])
        except AnnVizError as error:
            show_error(self.window(), self.tr("The sweep was not saved"), error)

    def _open(self, rows: list[int]) -> None:
        runs = [run for row in rows if (run := self.table.runs.run_at(row)) is not None]
        self._sweeping.open_runs(runs)

    # Qt -------------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+A chooses all runs that are shown, to be opened with Enter."""
        if event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.table.setFocus()
            self.table.selectAll()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what mattered beside the table, or below it."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._lower.direction() != direction or self.findings.minimumWidth() != (0 if narrow else SIDE):
            self._lower.setDirection(direction)
            self._divider.setVisible(not narrow)
            self.findings.setMinimumWidth(0 if narrow else SIDE)
            self.findings.setMaximumWidth(16_777_215 if narrow else SIDE)
        self.header.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the words anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._show_legend()
        super().changeEvent(event)
