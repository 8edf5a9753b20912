"""Formulas with numbers as rich text, in the colours of what the numbers are; and one that stands in a single line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.explain import Line, Span, Tone
from ann_viz.numerals import NBSP
from ann_viz.rich import Rich, joined, rich
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["BETWEEN", "BREAK", "FormulaLine", "fitted", "labelled_lines", "markup", "shortened"]

MARGIN: Final = 4
BETWEEN: Final = 2
"""Between two formulas, in pixels."""
BOLD: Final = frozenset({"strong", "error"})
BREAK: Final = "\N{ZERO WIDTH SPACE}"  # a long product may go on in the next line
GAP: Final = Span(" …", "muted")
LABELLED: Final = '<span style="color:{muted}; font-size:11px">{label}</span><br>{formula}'
SPAN: Final = '<span style="color:{colour}; font-weight:{weight}">{text}</span>'


def markup(line: Line, *, wraps: bool = False) -> Rich:
    """Return a formula as rich text.

    Parameters
    ----------
    wraps : bool
        It may be broken where there are blanks, but not behind an equals sign: it stays with its result.
    """
    tokens = theme.current()
    colours: dict[Tone, str] = {
        "plain": tokens.text2,
        "positive": tokens.positive_text,
        "negative": tokens.negative_text,
        "error": tokens.error,
        "strong": tokens.text,
        "muted": tokens.muted,
    }
    pieces = []
    for span in line.spans:
        text = span.text.replace("·", f"·{BREAK}").replace("= ", f"={NBSP}") if wraps else span.text.replace(" ", NBSP)
        weight = "600" if span.tone in BOLD else "400"
        pieces.append(rich(SPAN, colour=colours[span.tone], weight=weight, text=text))
    return joined("", pieces)


def _measure(font: QFont) -> Callable[[Iterable[Span]], float]:
    """Return what measures how wide pieces are."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = {False: QFontMetricsF(font), True: QFontMetricsF(bold)}
    return lambda spans: sum(metrics[span.tone in BOLD].horizontalAdvance(span.text) for span in spans)


def fitted(lines: Sequence[Line], font: QFont, width: float, height: float) -> tuple[Line, ...]:
    """Return formulas that wrap at `width`, each shortened to one line if their results would not all be in sight.

    More formulas than there is room for are left as they are, to be scrolled.
    """
    room, spacing = _measure(font), QFontMetricsF(font).lineSpacing() + BETWEEN
    n_rows = int((height + BETWEEN) / spacing)
    n_wrapped = sum(math.ceil(room(line.spans) / width) for line in lines) if width > 0 else 0
    if len(lines) > n_rows or n_wrapped <= n_rows:
        return tuple(lines)
    return tuple(shortened(line, font, width) for line in lines)


def labelled_lines(lines: Iterable[Line]) -> Rich:
    """Return formulas below one another, each with its label above it."""
    muted = theme.current().muted
    parts = (rich(LABELLED, muted=muted, label=line.label, formula=markup(line, wraps=True)) for line in lines)
    return joined(rich("<br>"), parts)


def shortened(line: Line, font: QFont, width: float) -> Line:
    """Return a formula that is no wider than `width` where that can be: terms before its end go, never its result.

    A product goes as a whole. What is left at least are the first piece and what begins with the last equals sign.
    """
    room = _measure(font)
    last = max((place for place, span in enumerate(line.spans) if span.text.endswith("= ")), default=0)
    kept, end = list(line.spans[:last]), list(line.spans[last:])
    if room([*kept, *end]) <= width:
        return line
    if not kept:  # words and numbers without a sum: the newest stand at the end
        while len(end) > 1 and room([GAP, *end]) > width:
            end.pop(0)
        return replace(line, spans=(GAP, *end))
    while len(kept) > 1 and room([*kept, GAP, *end]) > width:
        was_factor = kept.pop().text.startswith("·")
        if was_factor and len(kept) > 1:
            kept.pop()  # what it was multiplied with
    return replace(line, spans=(*kept, GAP, *end))


class FormulaLine(RichLabel):
    """A formula in one line, as much of it as there is room for; the whole is its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, role="formula")
        self._shown: Line | None = None
        self._sentence = ""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # long ones don't push

    def show_line(self, line: Line) -> None:
        """Show a formula."""
        self._shown = line
        self.setToolTip(plain_tip(line.text))
        self._fit()

    def show_sentence(self, sentence: str) -> None:
        """Show words where there is no formula, the first sentence alone where there is no room for more."""
        self._shown, self._sentence = None, sentence.replace("**", "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._shown is not None:
            self.setText(markup(shortened(self._shown, self.font(), self.width() - MARGIN)))
            return
        metrics, room = self.fontMetrics(), self.width() - MARGIN
        is_cut = metrics.horizontalAdvance(self._sentence) > room
        first, stop, _ = self._sentence.partition(". ")
        shown = f"{first}{stop}".rstrip() if is_cut else self._sentence
        self.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(plain_tip(self._sentence) if is_cut else "")
