"""Columns in the dock: the most important ones, and how the answer moves with one of them.

Where the inputs are two numbers, the whole decision is drawn instead, beside the network that learns it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ann_viz.explain import wording
from ann_viz.numerals import counted
from ann_viz.scene.figure import table_of
from ann_viz.session.judged.column_figures import curve_figure, one_scale
from ann_viz.session.judged.column_words import loss_text
from ann_viz.session.judged.columns import Columns
from ann_viz.translation import translate
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.columns_work import ColumnsWork, draw_map, two_numbers
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_view import FigureView
from ann_viz.ui.charts.importance_bars import ImportanceBars
from ann_viz.ui.charts.map_view import MapView
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["ColumnsPage"]

MOST: Final = 6
ROW: Final = 24
CURVE, PLANE = 0, 1


class ColumnsPage(ColumnsWork):
    """A few bars and one curve, or the map of two numbers.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("columnsPage")
        self._front = ""
        self.about = PlainLabel(parent=self, role="muted")
        self.bars = ImportanceBars(ROW, self, axis=False)
        self.more = PlainLabel(parent=self, role="muted")
        self.name = PlainLabel(parent=self, role="title")
        self.name.setMinimumWidth(1)  # of a long name only the beginning is needed
        self.unit = PlainLabel(parent=self, role="muted")
        self.curve = FigureView(self.tr("How the answer moves"), self)
        self.plane = MapView(self, titles=False)
        self._empty = EmptyChart(self.tr("Which columns it uses shows\nhere once there are data"), parent=self)
        self._lay_out()
        self.bars.chosen.connect(self._on_chosen)
        self.let_try(self.plane)
        desk.bridge.dataset_changed.connect(lambda: self._on_chosen(""))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about)
        head.addStretch()
        head.addWidget(self.enlarge_button())
        title = QHBoxLayout()
        title.addWidget(self.name)
        title.addStretch()
        title.addWidget(self.unit)
        self._lower = QStackedWidget(self)
        self._lower.addWidget(self.curve)
        self._lower.addWidget(self.plane)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.bars)
        column.addWidget(self.more)
        column.addLayout(title)
        column.addWidget(self._lower, 1)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)

    def _on_chosen(self, column: str) -> None:
        self._front = column
        self.redraw_if_seen()

    def show_result(self, result: Columns) -> None:
        """Show bars, and the curve of the column in front or the map."""
        dataset = result.request.dataset
        if self._bridge.document.dataset is not dataset:
            return
        self.reveal()
        task = dataset.recipe.task
        score = {"binary": self.tr("points of AUC"), "multiclass": self.tr("points of accuracy")}
        lost = self.tr("more error without it")
        if task in score:
            lost = self.tr("{unit} lost without it").format(unit=score[task])
        part = translate(wording.PARTS[result.request.part])
        self.about.setText(self.as_of(f"{self.answered_by(part)} · {lost}"))
        self.about.brief = lost
        columns = self.ordered(result, tuple(each.column for each in self.bars.columns))
        if self._front not in result.curves and result.curves:
            self._front = next(iter(result.curves))
        self.bars.show_columns(columns[:MOST], task, self._front)
        rest = columns[MOST:]
        self.more.setVisible(bool(rest))
        if rest:
            most = max(rest, key=lambda each: each.loss)
            said = loss_text(most, task, max(abs(each.loss) for each in columns))
            self.more.setText(
                counted("{n} more, at most {most}", "{n} more, each at most {most}", len(rest), most=said)
            )
        self._show_lower(result)

    def _show_lower(self, result: Columns) -> None:
        plane = two_numbers(result)
        self._lower.setCurrentIndex(CURVE if plane is None else PLANE)
        self.name.setText(self._front if plane is None else self.tr("{x} and {y}").format(x=plane[0], y=plane[1]))
        self.unit.setVisible(plane is None)
        if plane is not None:
            self.show_map(result)
        elif self._front in result.curves:
            recipe, curves = result.request.dataset.recipe, result.curves[self._front]
            task = recipe.task
            unit = recipe.target if task == "regression" else "%"
            self.unit.setText(self.tr("how the answer moves, {unit}").format(unit=unit))
            self.unit.brief = unit
            self.curve.show_figure(curve_figure(curves, one_scale([curves], task), task, result.request.when))

    def show_map(self, result: Columns) -> None:
        """Draw the decision over two numbers, where there is nothing else."""
        columns = two_numbers(result)
        drawn = None if columns is None else draw_map(self, result, *columns, "example")
        if drawn is not None:
            self.plane.show_map(*drawn)

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return what is drawn."""
        return table_of([(self._front, self.curve.figure)]) if self.curve.figure is not None else []
