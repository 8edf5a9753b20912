"""Every chart of the Watch panel in one table: its page, its tab, and the command that shows it.

A new chart is one row here and the module of its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ann_viz.session.judging import Judge
from ann_viz.translation import translatable
from ann_viz.ui.charts.accuracy_chart import AccuracyChart
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.confusion_page import ConfusionPage
from ann_viz.ui.charts.gradients_chart import GradientsChart
from ann_viz.ui.charts.loss_chart import LossChart
from ann_viz.ui.charts.weights_chart import WeightsChart
from ann_viz.ui.document.bridge import Bridge

__all__ = ["CHARTS", "Chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart.

    Parameters
    ----------
    id : str
        Its command is ``chart_`` and this.
    page : callable
        Makes its page.
    tab : str
        Words on the tab.
    tab_for_numbers : str
        The same where a number is predicted; empty where they don't differ.
    text, tip : str
        Of the command that shows it. Its keys are Alt and its place in the table.
    in_menu_when_narrow : bool
        Whether it moves into the menu *More* of a narrow window.
    with_all_scores : bool
        Whether the card of results below shows all scores beside it, in the place of the small picture.
    """

    id: str
    page: Callable[[Bridge, Judge], ChartPage]
    tab: str
    tab_for_numbers: str = ""
    text: str
    tip: str
    in_menu_when_narrow: bool = False
    with_all_scores: bool = False


CHARTS: Final[tuple[Chart, ...]] = (
    Chart(
        id="loss",
        page=lambda bridge, _judge: LossChart(bridge),
        tab=translatable("Loss"),
        text=translatable("Chart of the loss"),
        tip=translatable("How the loss falls"),
    ),
    Chart(
        id="accuracy",
        page=lambda bridge, _judge: AccuracyChart(bridge),
        tab=translatable("Accuracy"),
        tab_for_numbers="R²",
        text=translatable("Chart of the accuracy"),
        tip=translatable("How often it is right, or R² for a number"),
    ),
    Chart(
        id="confusion",
        page=ConfusionPage,
        tab=translatable("Confusion"),
        tab_for_numbers=translatable("Scatter"),
        text=translatable("Confusion matrix"),
        tip=translatable("What it said against what was true"),
        with_all_scores=True,
    ),
    Chart(
        id="weights",
        page=lambda bridge, _judge: WeightsChart(bridge),
        tab=translatable("Weights"),
        text=translatable("Weights of every layer"),
        tip=translatable("How many weights have which value"),
        in_menu_when_narrow=True,
    ),
    Chart(
        id="gradients",
        page=lambda bridge, _judge: GradientsChart(bridge),
        tab=translatable("Gradients"),
        text=translatable("Gradients of every layer"),
        tip=translatable("Whether they vanish or explode"),
        in_menu_when_narrow=True,
    ),
)
"""In the order of the tabs."""
