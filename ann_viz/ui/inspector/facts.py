"""A table of the inspector of symbols, their values and what they mean, which paints itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ann_viz.ui.inspector.tables import GAP, ROW
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["Fact", "FactTable"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A symbol or a few words, its value, and what it means; gradients are in the colour of errors."""

    symbol: str
    value: str
    meaning: str = ""
    backward: bool = False


class FactTable(Painted):
    """Facts, one below the other.

    Parameters
    ----------
    symbol_width, value_width : float
        Of the first two columns, in pixels.
    """

    def __init__(self, symbol_width: float, value_width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._widths = symbol_width, value_width
        self._tips = CutTips(self)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is on show."""
        return self._facts

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        resized = len(facts) != len(self._facts)
        self._facts = tuple(facts)
        words = ". ".join(f"{fact.symbol}: {fact.value} {fact.meaning}".strip() for fact in facts)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip("\n".join(fact.meaning for fact in facts if fact.meaning)))
        if resized:
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """All facts; the width is up to the layout."""
        return QSize(240, ROW * len(self._facts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw three columns."""
        tokens = theme.current()
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        symbols, values = self._widths
        rest = self.width() - symbols - values - 2 * GAP
        font, strong = self.font_of(12), self.font_of(12, QFont.Weight.DemiBold)
        metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
        self._tips.begin()
        with QPainter(self) as painter:
            for place, fact in enumerate(self._facts):
                y = ROW * place
                painter.setFont(font)
                painter.setPen(QColor(tokens.text2))
                box = QRectF(0, y, symbols, ROW)
                painter.drawText(box, middle, self._tips.fitted(fact.symbol, metrics, box))
                painter.setPen(QColor(tokens.muted))
                box = QRectF(symbols + values + 2 * GAP, y, rest, ROW)
                painter.drawText(box, middle, self._tips.fitted(fact.meaning, metrics, box))
                painter.setFont(strong)
                painter.setPen(QColor(tokens.error if fact.backward else tokens.text))
                # A value without a meaning has the whole row.
                room = values if fact.meaning else values + rest + 2 * GAP
                box = QRectF(symbols, y, room, ROW)
                painter.drawText(box, middle | right, self._tips.fitted(fact.value, strong_metrics, box))
