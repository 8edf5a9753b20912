"""How the share of right answers, or R² for a number, rises on rows learned from and on rows kept aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from ann_viz.scene.loss_curves import Unit
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.loss_chart import LossChart
from ann_viz.ui.document.bridge import Bridge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.engine import EpochScores, HistoryView

__all__ = ["AccuracyChart"]


class AccuracyChart(LossChart):
    """The chart of the losses with the accuracy of every epoch instead, or R² where a number is predicted."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.setObjectName("accuracyChart")
        self.log.hide()
        self._caption.hide()

    def _promise(self) -> QWidget:
        return EmptyChart(self.tr("How often it is right shows\nhere once training starts"), rises=True)

    def _columns(self, history: HistoryView) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return history.train_metric, history.validation_metric

    def _scores(self, scores: EpochScores) -> tuple[float, float]:
        return scores.train_metric, scores.validation_metric

    def _unit(self) -> Unit:
        dataset = self._bridge.document.dataset
        return "score" if dataset is not None and dataset.recipe.task == "regression" else "share"

    def _guessing(self) -> float | None:
        """Accuracy of always giving the commonest class; the mean's R² is about 0, which needs no line."""
        document = self._bridge.document
        if document.dataset is None or document.dataset.recipe.task == "regression":
            return None
        return float(document.baseline(document.dataset.judged_part)["accuracy"])
