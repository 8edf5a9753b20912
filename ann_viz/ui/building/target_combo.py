"""The box that chooses the column to predict."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from ann_viz.data import Dataset, target_problem
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["TargetCombo"]


class TargetCombo(QComboBox):
    """The column to predict: its name in bold and, where one is known, the plain phrase for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrase = ""
        self.setProperty("small", True)
        self.setAccessibleName(self.tr("Column to predict"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> str:
        """Name of the column."""
        return self.currentText()

    def show_dataset(self, dataset: Dataset) -> None:
        """List every column; those that can't be learned say why and can't be chosen."""
        self._phrase = dataset.recipe.phrase
        with QSignalBlocker(self):
            self.clear()
            model = self.model()
            assert isinstance(model, QStandardItemModel)
            for position, column in enumerate(dataset.table.columns):
                self.addItem(column.name)
                problem = target_problem(dataset.table, column.name)
                if problem is not None:
                    model.item(position).setEnabled(False)
                    model.item(position).setToolTip(plain_tip(problem))
            self.setCurrentText(dataset.recipe.target)
        tip = self.tr("The network learns to predict {name}").format(name=dataset.recipe.target)
        self.setToolTip(plain_tip(tip))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as the style does, then name and phrase."""
        tokens = theme.current()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            room = self.rect().adjusted(8, 0, -24, 0)
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            width = _draw_elided(painter, room, bold, tokens.text, self.chosen)
            _draw_elided(painter, room.adjusted(width + 6, 0, 0, 0), self.font(), tokens.muted, self._phrase)


def _draw_elided(painter: QPainter, room: QRect, font: QFont, colour: str, text: str) -> int:
    """Write `text` at the left of `room` and return its width."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
