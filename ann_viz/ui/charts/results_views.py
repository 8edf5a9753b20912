"""The scores beside the matrix: a column of a few, a table of all beside those of guessing, the commonest mix-ups.

They paint themselves, so that live numbers never make the window lay itself out anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ann_viz.numerals import NOTHING, format_number, four_digits, percent_fixed, short_number
from ann_viz.session.certainty import spread_text
from ann_viz.session.confusion import Matrix
from ann_viz.short_names import told_apart
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.ui.kit.painted import Painted, fitted

__all__ = ["MixUps", "ScoreColumn", "ScoreTable", "score_text"]

NONE: Final[Mapping[str, float]] = {}

ROWS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "binary": (
        ("accuracy", translatable("Accuracy")),
        ("balanced_accuracy", translatable("Balanced accuracy")),
        ("recall", translatable("Found (recall)")),
        ("precision", translatable("Alarms that are true")),
        ("auc", translatable("ROC AUC")),
    ),
    "multiclass": (
        ("accuracy", translatable("Accuracy")),
        ("balanced_accuracy", translatable("Balanced accuracy")),
        ("f1", translatable("F1, mean of classes")),
        ("auc", translatable("ROC AUC")),
    ),
    "regression": (("r2", "R²"), ("mae", translatable("Typically off by")), ("rmse", "RMSE")),
}
COLUMN: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "binary": (
        ("accuracy", translatable("right · accuracy")),
        ("recall", translatable("found · recall")),
        ("precision", translatable("of alarms true")),
    ),
    "multiclass": (
        ("accuracy", translatable("right · accuracy")),
        ("balanced_accuracy", translatable("mean of classes")),
        ("f1", "F1"),
    ),
    "regression": (("mae", translatable("typically off by")), ("r2", "R²"), ("rmse", "RMSE")),
}
PERCENT: Final = frozenset({"accuracy", "balanced_accuracy", "recall", "precision"})
ROW: Final = 18
PAIR: Final = 36
GUESSING: Final = 64.0
BETWEEN: Final = 8.0  # a name and its score
N_WAYS: Final = 4  # to say what is mixed up
LONGEST: Final = 1e8  # what the columns have room for


def score_text(key: str, value: float) -> str:
    """Write a score: as per cent, in the target's units, or with three decimals; "–" where there is none."""
    if math.isnan(value):
        return NOTHING
    if key in PERCENT:
        return percent_fixed(value)
    if key in {"mae", "rmse"} and abs(value) < LONGEST:
        return four_digits(value)
    return short_number(value)


class ScoreColumn(Painted):
    """Three scores, one above the other, each with what it means below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str], ...] = ()
        self._tips = CutTips(self)
        self.setFixedSize(86, 3 * PAIR)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Value and meaning of each score on show."""
        return self._lines

    def show_scores(self, task: str, scores: Mapping[str, float], spread: Mapping[str, float] = NONE) -> None:
        """Show the scores of a network, and how far seeds move them."""
        lines = tuple(
            (score_text(key, scores.get(key, math.nan)), _with_spread(translate(words), key, spread))
            for key, words in COLUMN[task]
        )
        if lines != self._lines:
            self._lines = lines
            self.setAccessibleName(", ".join(f"{value} {words}" for value, words in lines))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pairs."""
        tokens = theme.current()
        self._tips.begin()
        with QPainter(self) as painter:
            for place, (value, words) in enumerate(self._lines):
                for text, colour, font, y in (
                    (value, tokens.text, self.font_of(14, QFont.Weight.DemiBold), 0),
                    (words, tokens.muted, self.font_of(11), 15),
                ):
                    painter.setFont(font)
                    painter.setPen(QColor(colour))
                    box = QRectF(0, place * PAIR + y, self.width(), 18)
                    shown = self._tips.fitted(text, QFontMetricsF(font), box)
                    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class ScoreTable(Painted):
    """All scores: what is measured, the network, guessing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self._tips = CutTips(self)
        self.setMinimumHeight(ROW)

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Name, score of the network and score of guessing in every row."""
        return self._lines

    def show_scores(
        self, task: str, scores: Mapping[str, float], trivial: Mapping[str, float], spread: Mapping[str, float] = NONE
    ) -> None:
        """Show the scores of a network beside those of the trivial answer, and how far seeds move them."""
        lines = tuple(
            (
                translate(name),
                _with_spread(score_text(key, scores.get(key, math.nan)), key, spread),
                score_text(key, trivial.get(key, math.nan)),
            )
            for key, name in ROWS[task]
        )
        if lines != self._lines:
            self._lines = lines
            told = self.tr("{name}: {network}, guessing {guessing}")
            told = "; ".join(told.format(name=name, network=own, guessing=other) for name, own, other in lines)
            self.setAccessibleName(told)
            self.update()

    def sizeHint(self) -> QSize:
        """A heading and all rows; the width is up to the layout."""
        return QSize(240, ROW * (1 + max((len(rows) for rows in ROWS.values()), default=0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading and the rows."""
        tokens = theme.current()
        right, align = self.width() - GUESSING, Qt.AlignmentFlag
        bold = QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold))
        heading = ("", self.tr("network"), self.tr("guessing"))
        self._tips.begin()
        with QPainter(self) as painter:
            for place, line in enumerate((heading, *self._lines)):
                size = 11 if place == 0 else 12
                wide = bold.horizontalAdvance(line[1]) + 2
                looks = (
                    (0.0, right - wide - BETWEEN, align.AlignLeft, tokens.text2, QFont.Weight.Normal),
                    (right - wide, wide, align.AlignRight, tokens.text, QFont.Weight.DemiBold),
                    (right, GUESSING, align.AlignRight, tokens.muted, QFont.Weight.Normal),
                )
                for text, (x, width, side, colour, weight) in zip(line, looks, strict=True):
                    painter.setFont(self.font_of(size, weight if place else QFont.Weight.Normal))
                    painter.setPen(QColor(colour if place else tokens.muted))
                    box = QRectF(x, place * ROW, width, ROW)
                    shown = self._tips.fitted(text, QFontMetricsF(painter.font()), box)
                    painter.drawText(box, side | align.AlignVCenter, shown)


def _with_spread(text: str, key: str, spread: Mapping[str, float]) -> str:
    return f"{text} {spread_text(key, spread[key])}" if key in spread else text


class MixUps(Painted):
    """The most frequent mistakes, one a line; a click asks to see such a row."""

    chosen = Signal(int, int)
    """Numbers of the true and of the answered class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[int, int, tuple[str, ...], str], ...] = ()
        self._tips = CutTips(self)
        self.setMinimumHeight(2 * ROW)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What is mixed up, and how often."""
        return tuple((ways[0], often) for _, _, ways, often in self._lines)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The same in the words for which there is room."""
        return self._fitting(QFontMetricsF(self.font_of(12, QFont.Weight.DemiBold)))

    def show_mix_ups(self, matrix: Matrix, mistakes: Sequence[tuple[int, int, int]]) -> None:
        """Show mistakes as (true class, answered class, rows)."""
        words, arrow, short = self.tr("{truth} taken for {answer}"), "{truth} → {answer}", told_apart(matrix.names)
        ways = ((words, matrix.names), (words, short), (arrow, short), (arrow, told_apart(matrix.names, bare=True)))
        self._lines = tuple(
            (
                truth,
                answer,
                tuple(form.format(truth=names[truth], answer=names[answer]) for form, names in ways),
                format_number(n),
            )
            for truth, answer, n in mistakes
        )
        self.setAccessibleName("; ".join(f"{what}: {often}" for what, often in self.texts))
        self.update()

    @staticmethod
    def height_of(n: int) -> int:
        """Return the height of a heading and `n` lines."""
        return (n + 1) * ROW

    def sizeHint(self) -> QSize:
        """A heading and five lines; the width is up to the layout."""
        return QSize(140, self.height_of(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading and the lines."""
        tokens = theme.current()
        self._tips.begin()
        with QPainter(self) as painter:
            painter.setFont(self.font_of(11))
            painter.setPen(QColor(tokens.muted))
            heading = self.tr("mixed up most often") if self._lines else self.tr("no row is mixed up")
            row = QRectF(0, 0, self.width(), ROW)
            heading = self._tips.fitted(heading, QFontMetricsF(painter.font()), row)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, heading)
            font = self.font_of(12, QFont.Weight.DemiBold)
            for place, ((what, often), (whole, _)) in enumerate(zip(self.shown, self.texts, strict=True), start=1):
                row = QRectF(0, place * ROW, self.width(), ROW)
                if what != whole:
                    self._tips.note(whole, row)
                painter.setFont(font)
                painter.setPen(QColor(tokens.text))
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, often)
                painter.setFont(self.font_of(12))
                painter.setPen(QColor(tokens.text2))
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, what)

    def _fitting(self, numbers: QFontMetricsF) -> list[tuple[str, str]]:
        """Return what is mixed up, all lines in the longest way that has room, and how often."""
        metrics = QFontMetricsF(self.font_of(12))
        rooms = [self.width() - numbers.horizontalAdvance(often) - 6 for _, _, _, often in self._lines]
        told = [[ways[place] for _, _, ways, _ in self._lines] for place in range(N_WAYS)]
        lines = next((lines for lines in told if self._have_room(lines, rooms, metrics)), told[-1])
        often = [line[3] for line in self._lines]
        return [(fitted(what, metrics, room), n) for what, room, n in zip(lines, rooms, often, strict=True)]

    @staticmethod
    def _have_room(lines: Sequence[str], rooms: Sequence[float], metrics: QFontMetricsF) -> bool:
        return all(metrics.horizontalAdvance(line) <= room for line, room in zip(lines, rooms, strict=True))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for a row of the line's kind."""
        place = int(event.position().y() // ROW) - 1
        if 0 <= place < len(self._lines) and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*self._lines[place][:2])
        else:
            super().mousePressEvent(event)
