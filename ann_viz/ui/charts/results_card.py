"""Right and wrong answers on rows the network has not learned from, and how much better that is than guessing.

The card shows the matrix with a few scores; it makes room for a chart that says the same and more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.engine import mix_ups
from ann_viz.rich import rich
from ann_viz.session.certainty import spreads
from ann_viz.session.confusion import gain, rows_judged
from ann_viz.session.judging import Judge
from ann_viz.ui.charts.answer_picture import AnswerPicture
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.confusion_colours import FEW_CLASSES
from ann_viz.ui.charts.results_views import MixUps, ScoreColumn, score_text
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.test_line import TestLine
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["FLAT_OUT_MS", "INTERVAL_MS", "WITHIN_EPOCH_MS", "ResultsCard"]

INTERVAL_MS: Final = 500
FLAT_OUT_MS: Final = 1000
WITHIN_EPOCH_MS: Final = 2000
MOST_MIX_UPS: Final = 5
FACE_HEIGHT: Final = 108


class ResultsCard(ChartPage):
    """Matrix or scatter with a few scores.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    judge : Judge
        Of the same document.
    """

    def __init__(self, bridge: Bridge, judge: Judge, parent: QWidget | None = None) -> None:
        intervals = {"interval_ms": INTERVAL_MS, "flat_out_ms": FLAT_OUT_MS, "within_epoch_ms": WITHIN_EPOCH_MS}
        super().__init__(bridge, parent, **intervals)
        self.setObjectName("resultsCard")
        self.setProperty("card", True)
        self._judge = judge
        self._trivial: tuple[Dataset | None, Mapping[str, float]] = (None, {})
        self._title = PlainLabel(parent=self, role="title")
        self._rows = PlainLabel(parent=self, role="muted")
        self.headline = RichLabel(parent=self, role="label", wrap=True)
        self.headline.setToolTip(self.tr("Guessing is always giving the commonest answer, or the mean"))
        self.picture = AnswerPicture(bridge, judge, self)
        self.column = ScoreColumn(self)
        self.mix_ups = MixUps(self)
        self.mix_ups.chosen.connect(self.picture.show_one)
        self.test = TestLine(bridge, self)
        self.face = QWidget(self)
        self.face.setProperty("plain", True)
        self.face.setFixedHeight(FACE_HEIGHT)
        self._arrange()
        self.redraw()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph("grid-3x3", "text2", 15, self))
        head.addWidget(self._title)
        head.addWidget(self._rows, 1)  # has what the title leaves
        self._rows.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.face)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.picture, 1)
        row.addWidget(self.column, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.mix_ups, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 11)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.face)
        column.addWidget(self.headline)
        column.addWidget(self.test)

    @property
    def rows_counted(self) -> str:
        """Which rows were counted, and how many."""
        return self._rows.text()

    def redraw(self) -> None:
        """Fill the card from the document."""
        document = self._bridge.document
        dataset, snapshot = document.dataset, document.snapshot
        self.test.refresh()
        self.face.setVisible(dataset is not None)
        if dataset is None or snapshot is None:
            self._name()
            self._rows.setText("")
            self.headline.setText(self.tr("Right and wrong answers, counted on rows it has not learned from."))
            return
        judgement = self._judge.judge()
        if judgement is None:
            return
        part, task = dataset.judged_part, dataset.recipe.task
        if self._trivial[0] is not dataset:
            self._trivial = dataset, document.baseline(part)
            self._show_kind(dataset)
        scores, trivial = judgement.scores, self._trivial[1]
        told = rows_judged(judgement)
        self._rows.brief = told.partition(" · ")[2] if part == "validation" else ""  # which it usually is
        self._rows.setText(told)
        words = gain(task, scores, trivial, started=snapshot.step > 0 or document.looking_at is not None)
        self._show_picture(task, scores)
        if self._has_many_classes(dataset) and snapshot.step:
            right = score_text("accuracy", scores["accuracy"])
            words = rich(self.tr("<b>{share}</b> right · {words}"), share=right, words=words)
        self.headline.setText(words)

    def _show_picture(self, task: str, scores: Mapping[str, float]) -> None:
        matrix = self.picture.show_answers()
        if matrix is not None and len(matrix.names) > FEW_CLASSES:
            self.mix_ups.show_mix_ups(matrix, mix_ups(matrix.counts, MOST_MIX_UPS))
        else:
            self.column.show_scores(task, scores, spreads(self._bridge.document))

    def _show_kind(self, dataset: Dataset) -> None:
        """Make room for mix-ups where there are many classes."""
        self._name()
        many = self._has_many_classes(dataset)
        self.column.setVisible(not many)
        self.mix_ups.setVisible(many)

    def _name(self) -> None:
        """Name the card by what is predicted."""
        dataset = self._bridge.document.dataset
        if dataset is not None and dataset.recipe.task == "regression":
            self._title.setText(self.tr("Predicted and true"))
        else:
            self._title.setText(self.tr("Confusion matrix"))

    @staticmethod
    def _has_many_classes(dataset: Dataset) -> bool:
        return dataset.recipe.task == "multiclass" and len(dataset.encoder.class_names) > FEW_CLASSES
