"""The large confusion matrix, or the large scatter of numbers, as one of the charts of the Watch panel."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.engine import mix_ups
from ann_viz.session.confusion import rows_judged
from ann_viz.ui.charts.answer_picture import AnswerPicture
from ann_viz.ui.charts.chart_page import ChartPage, EmptyChart
from ann_viz.ui.charts.confusion_colours import FEW_CLASSES
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.results_card import FLAT_OUT_MS, INTERVAL_MS, WITHIN_EPOCH_MS
from ann_viz.ui.charts.results_views import MixUps
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["ConfusionPage"]

MOST_MIX_UPS: Final = 2


class ConfusionPage(ChartPage):
    """A line about what is seen, the picture, and the commonest mix-ups of many classes.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        intervals = {"interval_ms": INTERVAL_MS, "flat_out_ms": FLAT_OUT_MS, "within_epoch_ms": WITHIN_EPOCH_MS}
        super().__init__(desk.bridge, parent, **intervals)
        self.setObjectName("confusionPage")
        self._judge = desk.judge
        self.about = PlainLabel(parent=self, role="muted")
        self.rows = PlainLabel(parent=self, role="muted")
        self.picture = AnswerPicture(desk.bridge, desk.judge, self)
        self.mix_ups = MixUps(self)
        self.mix_ups.chosen.connect(self.picture.show_one)
        self.mix_ups.setFixedHeight(self.mix_ups.height_of(MOST_MIX_UPS))
        self._empty = EmptyChart(self.tr("Right and wrong answers are counted\nhere once there are data"))
        self.picture.hide()
        self.mix_ups.hide()
        head = QHBoxLayout()
        head.addWidget(self.about)
        head.addStretch()
        head.addWidget(self.rows)
        head.addWidget(self.enlarge_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.picture, 1)
        column.addWidget(self.mix_ups)

    def redraw(self) -> None:
        """Show the newest answers."""
        dataset, judgement = self._bridge.document.dataset, self._judge.judge()
        known = dataset is not None and judgement is not None
        self._empty.setVisible(not known)
        self.picture.setVisible(known)
        matrix = self.picture.show_answers()
        many = matrix is not None and len(matrix.names) > FEW_CLASSES
        self.mix_ups.setVisible(many)
        self.rows.setText("" if judgement is None else rows_judged(judgement))
        about = self.tr("click a cell for such a row") if matrix is not None else self.tr("each dot is one row")
        self.about.setText(about if known else "")
        if matrix is not None and many:
            self.mix_ups.show_mix_ups(matrix, mix_ups(matrix.counts, MOST_MIX_UPS))
