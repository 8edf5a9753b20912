"""Parts of the Data card: the column to predict, the rows of each part, and the note before there are any data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget

from ann_viz.numerals import count, format_number
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["EmptyNote", "SplitCounts", "TargetCombo"]

EMPTY_HEIGHT: Final = 152


class SplitCounts(QWidget):
    """A thin bar of the three shares with the number of rows of each below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Bar, gap and one caption line."""
        return QSize(216, 28)

    def show_counts(self, train: int, validation: int, test: int) -> None:
        """Show so many rows of each part."""
        self._counts = (train, validation, test)
        text = self.tr("Split: {train} to train, {validation} to validate, {test} to test")
        self.setAccessibleName(
            text.format(train=count(train, "row"), validation=format_number(validation), test=format_number(test))
        )
        self.setToolTip(self.tr("Rows to learn from, rows that choose the best epoch, rows kept for the final test"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and the captions."""
        tokens = theme.current()
        colours = [QColor(colour) for colour in (tokens.train, tokens.validation, tokens.test)]
        font = QFont(self.font())
        font.setPixelSize(11)
        total = max(1, sum(self._counts))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(0, 0, self.width(), 8), 4.0, 4.0)
            painter.setClipPath(outline)
            shown = [share for share in zip(self._counts, colours, strict=True) if share[0]]
            room = self.width() - 2.0 * max(0, len(shown) - 1)
            left = 0.0
            for count, colour in shown:
                painter.fillRect(QRectF(left, 0, room * count / total, 8), colour)
                left += room * count / total + 2
            painter.setClipping(False)
            painter.setFont(font)
            self._paint_captions(painter, QFontMetrics(font), colours)

    def _paint_captions(self, painter: QPainter, metrics: QFontMetrics, colours: list[QColor]) -> None:
        words = zip((self.tr("Train"), self.tr("Validate"), self.tr("Test")), self._counts, strict=True)
        texts = [f"{word} {format_number(count)}" for word, count in words]
        widths = [metrics.horizontalAdvance(text) + 10 for text in texts]
        gap = max(4.0, (self.width() - sum(widths)) / 2)
        left = 0.0
        for text, width, colour in zip(texts, widths, colours, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(left, 18, 7, 7))
            painter.setPen(QColor(theme.current().text2))
            painter.drawText(QRectF(left + 10, 14, width, 14), Qt.AlignmentFlag.AlignVCenter, text)
            left += width + gap


class EmptyNote(QFrame):
    """What stands in the card before there is data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "empty")
        self.setFixedHeight(EMPTY_HEIGHT)
        note = PlainLabel(self.tr("No data yet. Your columns will\nbe listed here."), role="muted")
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch()
        column.addWidget(Glyph("table", "faint", 20), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(note)
        column.addStretch()


class TargetCombo(ComboBox):
    """The column to predict: its name in bold and, where one is known, the plain phrase for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrase = ""
        self.setProperty("small", True)
        self.setAccessibleName(self.tr("Column to predict"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> str:
        """Name of the column."""
        return self.currentText()

    def show_dataset(self, dataset: Dataset) -> None:
        """List every column; those that can't be learned say why and can't be chosen."""
        from ann_viz.data import target_problem

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
