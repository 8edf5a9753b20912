"""Every chart of the Watch panel in one table: its page, its enlarged page, its tab, and the command that shows it.

A new chart is one row here and the module of its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.runs_loss_chart import RunsLossChart

__all__ = ["CHARTS", "Chart"]

Maker = Callable[[Desk], ChartPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart.

    Parameters
    ----------
    id : str
        Its command is ``chart_`` and this.
    page : callable
        Makes its page in the dock.
    room : callable, optional
        Makes its enlarged page; by default another one as in the dock.
    tab : str
        Words on the tab.
    text, tip : str
        Of the command that shows it. Its keys are Alt and its place in the table.
    in_menu_when_narrow : bool
        Whether it moves into the menu *More* of a narrow window.
    takes_results : bool
        Whether it says what the card of results below it says, and takes its place.
    needs_rows : bool
        Whether it is drawn from the rows of the table, and not from what was written down while the run went on.
    """

    id: str
    page: Maker
    room: Maker | None = None
    tab: str
    text: str
    tip: str
    in_menu_when_narrow: bool = False
    takes_results: bool = True
    needs_rows: bool = True

    @property
    def enlarged(self) -> Maker:
        """Makes its enlarged page."""
        return self.room or self.page


def _late(module: str, name: str) -> Maker:
    """Return what imports a page and makes it; at the start of the program nobody sees more than the first."""

    def make(desk: Desk) -> ChartPage:
        page: Maker = getattr(import_module(f"ann_viz.ui.charts.{module}"), name)
        return page(desk)

    return make


CHARTS: Final[tuple[Chart, ...]] = (
    Chart(
        id="loss",
        page=RunsLossChart,
        tab=translatable("Loss"),
        text=translatable("Chart of the loss"),
        tip=translatable("How the loss falls"),
        takes_results=False,
        needs_rows=False,
    ),
    Chart(
        id="score",
        page=_late("score_page", "ScorePage"),
        tab=translatable("Score"),
        text=translatable("Chart of the scores"),
        tip=translatable("Every measure over the epochs, beside guessing"),
    ),
    Chart(
        id="answers",
        page=_late("answers_page", "AnswersPage"),
        room=_late("answers_room", "AnswersRoom"),
        tab=translatable("Answers"),
        text=translatable("Answers, right and wrong"),
        tip=translatable("What it said against what was true"),
    ),
    Chart(
        id="columns",
        page=_late("columns_page", "ColumnsPage"),
        room=_late("columns_room", "ColumnsRoom"),
        tab=translatable("Columns"),
        text=translatable("Columns that matter"),
        tip=translatable("Which columns it uses, and how the answer moves with them"),
        in_menu_when_narrow=True,
    ),
    Chart(
        id="rows",
        page=_late("rows_page", "RowsPage"),
        room=_late("rows_page", "RowsRoom"),
        tab=translatable("Rows"),
        text=translatable("Rows it is most wrong about"),
        tip=translatable("The rows it is most wrong about, and what each epoch made of them"),
        in_menu_when_narrow=True,
    ),
    Chart(
        id="inside",
        page=_late("inside_page", "InsidePage"),
        room=_late("inside_page", "InsideRoom"),
        tab=translatable("Inside"),
        text=translatable("Inside, layer by layer"),
        tip=translatable("Weights and gradients: whether they vanish or explode"),
        in_menu_when_narrow=True,
    ),
)
"""In the order of the tabs."""
