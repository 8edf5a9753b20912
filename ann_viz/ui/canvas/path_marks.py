"""The factors of the chain rule, drawn on the lines and at the circles of the path that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ann_viz.explain import Voice
from ann_viz.scene import Connection, Element, LineCurves, Neuron, to_shown
from ann_viz.scene.detail import IndexArray
from ann_viz.ui.kit.theme import Tokens, tabular

if TYPE_CHECKING:
    from ann_viz.explain.chain import ChainStory, Factor

__all__ = ["paint_factors"]

HEIGHT: Final = 17.0
PADDING: Final = 6.0
ABOVE: Final = 5.0  # of a circle
ROOM_FOR_NAMES: Final = 104.0
ROOM_FOR_NUMBERS: Final = 44.0
"""Of a gap between two columns; with less the factors stand in the Inspector alone."""


def paint_factors(
    painter: QPainter,
    curves: LineCurves,
    story: ChainStory,
    shown: Sequence[IndexArray],
    voice: Voice,
    tokens: Tokens,
    base: QFont,
) -> None:
    """Draw a pill with every factor: x and w in the middle of their lines, f′(z) and δ above their neurons.

    Parameters
    ----------
    story : ChainStory
        Whose path counts all neurons of the network.
    shown : sequence of ndarray
        Which of them are drawn.
    """
    from ann_viz.explain.chain_text import factor_name, factor_text

    layout = curves.layout
    gap = min(right - left for left, right in zip(layout.x, layout.x[1:], strict=False))
    if gap < ROOM_FOR_NUMBERS:
        return
    font = tabular(base)
    font.setPixelSize(11)
    font.setWeight(QFont.Weight.DemiBold)
    for factor in story.path.factors:
        middle = _place(factor, curves, story, shown)
        if middle is not None:
            number = factor_text(factor)
            text = f"{factor_name(factor, voice)} {number}" if gap >= ROOM_FOR_NAMES else number
            _pill(painter, middle, text, font, tokens)


def _place(
    factor: Factor, curves: LineCurves, story: ChainStory, shown: Sequence[IndexArray]
) -> tuple[float, float] | None:
    """Return the middle of a factor's pill; None where its line or neuron is not drawn."""
    neurons, layout = story.path.neurons, curves.layout
    column = factor.column
    on_line = factor.kind in ("input", "weight")
    mark: Element = Connection(column, *neurons[column : column + 2]) if on_line else Neuron(column, neurons[column])
    drawn = to_shown(mark, shown)
    if isinstance(drawn, Connection):
        return curves.middle(drawn.gap, drawn.source, drawn.target)
    if drawn is None:
        return None
    y = float(layout.y[column][drawn.index])
    return layout.x[column], y - layout.radius[column] - ABOVE - HEIGHT / 2


def _pill(painter: QPainter, middle: tuple[float, float], text: str, font: QFont, tokens: Tokens) -> None:
    width = QFontMetricsF(font).horizontalAdvance(text) + 2 * PADDING
    box = QRectF(0, 0, width, HEIGHT)
    box.moveCenter(QPointF(*middle))
    painter.setPen(QPen(QColor(tokens.error), 1.0))
    painter.setBrush(QColor(tokens.error_soft))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    painter.setFont(font)
    painter.setPen(QColor(tokens.error))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
