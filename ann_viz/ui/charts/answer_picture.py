"""Right and wrong answers as a picture: the confusion matrix, or predicted against true numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QToolTip, QWidget

from ann_viz.numerals import four_digits
from ann_viz.scene.scatter import dots
from ann_viz.session.confusion import Matrix, matrix_of, words_of
from ann_viz.session.judged.wrong_rows import Kind
from ann_viz.session.judging import Judge
from ann_viz.ui.charts.confusion_grid import ConfusionGrid
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.painted import Painted

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AnswerPicture", "ScatterView"]

CLASSES: Final = 0
NUMBERS: Final = 1
DOT: Final = 3.5
FOOT: Final = 16.0
HEAD: Final = 16.0
SEE_THROUGH: Final = 0.5


class AnswerPicture(QWidget):
    """Draws what a judge finds, when told to; choosing a cell shows a row of its kind in the network.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    judge : Judge
        Of the same document.
    ask : callable, optional
        Lists the rows of a cell that was clicked, in the place of showing one of them.
    captioned : bool
        Whether the four cells of a yes-or-no answer say what they count.
    """

    def __init__(
        self,
        bridge: Bridge,
        judge: Judge,
        parent: QWidget | None = None,
        ask: Callable[[Kind], object] | None = None,
        *,
        captioned: bool = False,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._judge = judge
        self._captioned, self._ask = captioned, ask
        self.grid = ConfusionGrid(self)
        self._scatter = LatePage(ScatterView, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._scatter)
        self.grid.chosen.connect(self.show_one)

    @property
    def scatter(self) -> ScatterView:
        """The picture of numbers; made when it is first needed."""
        return self._scatter.page

    def show_answers(self) -> Matrix | None:
        """Draw the newest answers; return the matrix, if there is one."""
        dataset, judgement = self._bridge.document.dataset, self._judge.judge()
        if dataset is None or judgement is None:
            return None
        if dataset.recipe.task == "regression":
            self._stack.setCurrentIndex(NUMBERS)
            self.scatter.show_points(judgement.truth, judgement.answer)
            return None
        matrix = matrix_of(dataset, judgement)
        if self._captioned and dataset.recipe.task == "binary":
            matrix = replace(matrix, captions=words_of(dataset).captions)
        self._stack.setCurrentIndex(CLASSES)
        self.grid.show_matrix(matrix)
        return matrix

    def show_one(self, truth: int, answer: int) -> None:
        """Show the next row of one class that is answered with another, or say that there is none."""
        if self._ask is not None:
            self._ask(Kind(truth, answer))
            return
        row = self._judge.next_of_kind(truth, answer)
        if row is not None:
            self._bridge.set_example(row)
        else:
            QToolTip.showText(self.mapToGlobal(QPoint(0, 0)), self.tr("There is no such row."), self)


class ScatterView(Painted):
    """Predicted against true numbers, one dot a row: on the dashed diagonal the answer is right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = np.empty((0, 2))
        self._range = (0.0, 1.0)
        self.setAccessibleName(self.tr("Predicted against true numbers"))
        self.setToolTip(self.tr("Each dot is one row. On the dashed line the answer is right."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def points(self) -> NDArray[np.float64]:
        """Truth and answer of every dot, shape (m, 2)."""
        return self._points

    def show_points(self, truth: NDArray[np.float64], answer: NDArray[np.float64]) -> None:
        """Show these rows."""
        self._points, *ends = dots(truth, answer)
        self._range = (ends[0], ends[1])
        self.update()

    def sizeHint(self) -> QSize:
        """As the confusion matrix, whose place it takes."""
        return QSize(180, 112)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, the diagonal, the dots and the ends of the axes."""
        tokens = theme.current()
        area = QRectF(0.5, HEAD, self.width() - 1.0, self.height() - HEAD - FOOT)
        low, high = self._range
        scale = np.array([area.width(), -area.height()]) / (high - low)
        places = (self._points - low) * scale + np.array([area.left(), area.bottom()])
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface2))
            painter.drawRoundedRect(area, 6, 6)
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(area.bottomLeft(), area.topRight()))
            colour = QColor(tokens.validation)
            colour.setAlphaF(1.0 if tokens.contrast else SEE_THROUGH)
            painter.setPen(QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
            painter.setFont(self.font_of(11, QFont.Weight.Normal))
            painter.setPen(QColor(tokens.muted))
            align = Qt.AlignmentFlag
            painter.drawText(QRectF(0, 0, self.width(), HEAD), align.AlignLeft, self.tr("↑ predicted"))
            foot = QRectF(0, area.bottom() + 2, self.width(), FOOT)
            painter.drawText(foot, align.AlignLeft, four_digits(low))
            painter.drawText(foot, align.AlignHCenter, self.tr("true →"))
            painter.drawText(foot, align.AlignRight, four_digits(high))
