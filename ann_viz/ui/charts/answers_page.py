"""Answers in the dock: from which chance on it says yes, the confusion matrix, three scores; of numbers a scatter."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.engine import mix_ups
from ann_viz.session.confusion import rows_judged
from ann_viz.session.judged.wrong_rows import Kind
from ann_viz.ui.charts.answer_picture import AnswerPicture
from ann_viz.ui.charts.chart_page import ChartPage, EmptyChart
from ann_viz.ui.charts.confusion_colours import FEW_CLASSES
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.results_card import FLAT_OUT_MS, INTERVAL_MS, WITHIN_EPOCH_MS
from ann_viz.ui.charts.results_views import MixUps, score_text
from ann_viz.ui.charts.threshold_field import ThresholdField
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.wheel import Slider

__all__ = ["AnswersPage"]

MOST_MIX_UPS: Final = 2
PER_CENT: Final = 100
N_SCORES: Final = 3


class AnswersPage(ChartPage):
    """The picture of the answers with the threshold above it and what it comes to below.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        intervals = {"interval_ms": INTERVAL_MS, "flat_out_ms": FLAT_OUT_MS, "within_epoch_ms": WITHIN_EPOCH_MS}
        super().__init__(desk.bridge, parent, **intervals)
        self.setObjectName("answersPage")
        self._desk, self._judge = desk, desk.judge
        self.from_ = PlainLabel(self.tr("alarm from"), self, role="label")
        self.field = ThresholdField(self)
        self.slider = Slider(self)
        self.rows = PlainLabel(parent=self, role="muted")
        self.picture = AnswerPicture(desk.bridge, desk.judge, self, desk.ask_rows, captioned=True)
        self.mix_ups = MixUps(self)
        self.mix_ups.setFixedHeight(self.mix_ups.height_of(MOST_MIX_UPS))
        self.scores = [
            (PlainLabel(parent=self, role="label"), PlainLabel(parent=self, role="strong")) for _ in range(N_SCORES)
        ]
        self.foot = PlainLabel(parent=self, role="muted", wrap=True)
        self._empty = EmptyChart(self.tr("Right and wrong answers are counted\nhere once there are data"), parent=self)
        self._lay_out()
        self.field.chosen.connect(desk.bridge.set_threshold)
        self.slider.valueChanged.connect(lambda value: desk.bridge.set_threshold(value / PER_CENT))
        self.mix_ups.chosen.connect(lambda truth, answer: desk.ask_rows(Kind(truth, answer)))

    def _lay_out(self) -> None:
        self.field.setFixedWidth(54)
        self.slider.setRange(1, PER_CENT - 1)
        self.slider.setAccessibleName(self.tr("Decision threshold"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.from_)
        head.addWidget(self.field)
        head.addWidget(self.slider, 1)
        head.addStretch()
        head.addWidget(self.rows)
        head.addWidget(self.enlarge_button())
        table = QGridLayout()
        table.setVerticalSpacing(3)
        table.setColumnStretch(0, 1)
        for place, labels in enumerate(self.scores):
            for side, label in enumerate(labels):
                table.addWidget(label, place, side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.picture, 1)
        column.addWidget(self.mix_ups)
        column.addLayout(table)
        column.addWidget(self.foot)

    def redraw(self) -> None:
        """Show the newest answers at the threshold of now."""
        document = self._bridge.document
        dataset, judgement = document.dataset, self._judge.judge()
        known = dataset is not None and judgement is not None
        self._empty.setVisible(not known)
        self.picture.setVisible(known)
        binary = dataset is not None and dataset.recipe.task == "binary"
        for widget in (self.from_, self.field, self.slider):
            widget.setVisible(binary)
        self.rows.setVisible(known and not binary)
        for label in (*(label for pair in self.scores for label in pair), self.foot):
            label.setVisible(known)
        if binary:
            self._show_threshold(document.threshold)
        matrix = self.picture.show_answers()
        many = matrix is not None and len(matrix.names) > FEW_CLASSES
        self.mix_ups.setVisible(many)
        if dataset is None or judgement is None:
            return
        self.rows.setText(rows_judged(judgement))
        if matrix is not None and many:
            self.mix_ups.show_mix_ups(matrix, mix_ups(matrix.counts, MOST_MIX_UPS))
        for (name, value), (key, told) in zip(self.scores, self._named(dataset.recipe.task), strict=True):
            name.setText(told)
            value.setText(score_text(key, judgement.scores.get(key, math.nan)))
        click = self.tr("Click a cell for such rows.") if matrix is not None else self.tr("Each dot is one row.")
        more = self.tr("Curves, costs and groups: enlarge.") if binary else self.tr("Curves: enlarge.")
        self.foot.setText(f"{rows_judged(judgement)}. {click} {more}")

    def _show_threshold(self, threshold: float) -> None:
        if not self.field.isModified():
            self.field.show_number(threshold)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(threshold * PER_CENT))

    def _named(self, task: str) -> tuple[tuple[str, str], ...]:
        """Return the three scores that are told, and their names."""
        accuracy = ("accuracy", self.tr("Right · accuracy"))
        return {
            "binary": (
                accuracy, ("recall", self.tr("Found · recall")), ("precision", self.tr("Alarms true · precision"))
            ),
            "multiclass": (
                accuracy, ("balanced_accuracy", self.tr("Mean of classes")), ("f1", self.tr("F1, mean of classes"))
            ),
            "regression": (("mae", self.tr("Typically off by")), ("r2", "R²"), ("rmse", "RMSE")),
        }[task]  # fmt: skip

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return the matrix, or the predicted and true numbers."""
        judgement = self._judge.judge()
        if judgement is None:
            return []
        if not judgement.counts.size:
            pairs = zip(judgement.truth.tolist(), judgement.answer.tolist(), strict=True)
            return [(self.tr("true"), self.tr("predicted")), *pairs]
        matrix = self.picture.show_answers()
        names = () if matrix is None else matrix.names
        rows = zip(names, judgement.counts.tolist(), strict=True)
        return [(self.tr("truth \\ says"), *names), *((name, *counts) for name, counts in rows)]
