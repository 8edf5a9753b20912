"""Right and wrong answers as a picture: the confusion matrix, or predicted against true numbers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedLayout, QToolTip, QWidget

from ann_viz.session.judging import Judge
from ann_viz.ui.charts.confusion_grid import ConfusionGrid
from ann_viz.ui.charts.confusion_words import Matrix, matrix_of
from ann_viz.ui.charts.scatter_view import ScatterView
from ann_viz.ui.document.bridge import Bridge

__all__ = ["AnswerPicture"]

CLASSES: Final = 0
NUMBERS: Final = 1


class AnswerPicture(QWidget):
    """Draws what a judge finds, when told to; choosing a cell shows a row of its kind in the network.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    judge : Judge
        Of the same session.
    """

    def __init__(self, bridge: Bridge, judge: Judge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._judge = judge
        self.grid = ConfusionGrid(self)
        self.scatter = ScatterView(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.scatter)
        self.grid.chosen.connect(self.show_one)

    def show_answers(self) -> Matrix | None:
        """Draw the newest answers; return the matrix, if there is one."""
        dataset, judgement = self._bridge.session.dataset, self._judge.judge()
        if dataset is None or judgement is None:
            return None
        if dataset.recipe.task == "regression":
            self._stack.setCurrentIndex(NUMBERS)
            self.scatter.show_points(judgement.truth, judgement.answer)
            return None
        matrix = matrix_of(dataset, judgement)
        self._stack.setCurrentIndex(CLASSES)
        self.grid.show_matrix(matrix)
        return matrix

    def show_one(self, truth: int, answer: int) -> None:
        """Show the next row of one class that is answered with another, or say that there is none."""
        row = self._judge.next_of_kind(truth, answer)
        if row is not None:
            self._bridge.set_example(row)
        else:
            QToolTip.showText(self.mapToGlobal(QPoint(0, 0)), self.tr("There is no such row."), self)
