"""In how many words the bar above the picture says a row, its answer and its truth: from many to as few as there are.

The answer is always said. What gives way, in this order: that it is predicted, that the other word is the truth, what
kind of thing a row is, what the names of classes share, the truth down to its mark, and at last the middle of a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtGui import QFontMetrics, QFontMetricsF

from ann_viz.explain.wording import Answer, verdict, widest_verdicts
from ann_viz.numerals import NOTHING
from ann_viz.short_names import told_apart
from ann_viz.translation import translate
from ann_viz.ui.kit.painted import fitted

__all__ = ["Form", "Told", "fitting", "forms", "with_short_names"]

LEAST_NAME: Final = 48.0
"""Pixels of a name that are shown however little room there is."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said of a row.

    Attributes
    ----------
    answer : Answer
    truth : str
        In the words of the answer's names, if it is one of them.
    mark : str
        Whether the answer is right: "✓ " or "✗ ", or nothing.
    has_answered : bool
        Whether the row has gone through the network.
    """

    answer: Answer
    truth: str
    mark: str
    has_answered: bool

    @property
    def words(self) -> str:
        """What the network answers."""
        return verdict(self.answer) if self.has_answered else NOTHING

    def is_said_like(self, other: Told) -> bool:
        """Whether nobody would hear a difference."""
        return (self.words, self.truth, self.mark) == (other.words, other.truth, other.mark)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it.

    Attributes
    ----------
    part : int
        Which of the three texts for the row's part; with the last, its mere colour, there is no dice either.
    is_named : bool
        Whether the number of the row says of what.
    saying : str
        Where the answer stands in it.
    told : Told
    chip : str
        What the chip of the truth says.
    widest : int
        Width of the widest answer there can be; reckoned with the one of now, words would come and go while the
        network learns.
    """

    part: int
    is_named: bool
    saying: str
    told: Told
    chip: str
    widest: int

    def cut(self, bold: QFontMetrics, room: float) -> Form:
        """Return it with names whose middle is left out, so that the widest answer takes no more than `room`."""
        return replace(self, told=replace(self.told, answer=_cut(self.told.answer, bold, room)))


def fitting(answer: Answer, metrics: QFontMetrics, room: float) -> Answer:
    """Return an answer in names as long as `room` for its words allows: whole, without what all share, or cut."""
    for names in (answer.names, told_apart(answer.names), told_apart(answer.names, bare=True)):
        answer = replace(answer, names=tuple(names))
        if metrics.horizontalAdvance(verdict(answer)) <= room:
            return answer
    return _cut(answer, metrics, room)


def _cut(answer: Answer, metrics: QFontMetrics, room: float) -> Answer:
    exact = QFontMetricsF(metrics)
    beside = max(
        exact.horizontalAdvance(words) - exact.horizontalAdvance(name)
        for words, name in zip(widest_verdicts(answer), answer.names, strict=True)
    )
    width = max(LEAST_NAME, room - beside)
    return replace(answer, names=tuple(fitted(name, exact, width) for name in answer.names))


def forms(told: Told, bold: QFontMetrics) -> Iterator[Form]:
    """Yield the ways to say it, the longest first; answers are written in the font of `bold`."""
    predicted, with_truth, alone = translate("predicted {answer} · truth"), translate("{answer} · truth"), "{answer}"
    full, widest = told.mark + told.truth, _widest(told, bold)
    yield Form(0, True, predicted, told, full, widest)
    yield Form(0, True, with_truth, told, full, widest)
    yield Form(0, True, alone, told, full, widest)
    yield Form(1, True, alone, told, full, widest)
    mark = told.mark.strip() or NOTHING
    if told.answer.kind == "binary":  # whether yes is right says what is true
        yield Form(1, True, alone, told, mark, widest)
    yield Form(1, False, alone, told, full, widest)
    brief = with_short_names(told)
    widest = _widest(brief, bold)
    yield Form(1, False, alone, brief, brief.mark + brief.truth, widest)
    yield Form(1, False, alone, brief, mark, widest)
    yield Form(2, False, alone, brief, mark, widest)


def _widest(told: Told, bold: QFontMetrics) -> int:
    return max(map(bold.horizontalAdvance, (*widest_verdicts(told.answer), told.words)))


def with_short_names(told: Told) -> Told:
    """Return it in names without what they all begin with."""
    answer = told.answer
    if answer.kind != "multiclass":
        return told
    short = told_apart(answer.names)
    truth = short[answer.names.index(told.truth)] if told.truth in answer.names else told.truth
    return replace(told, answer=replace(answer, names=short), truth=truth)
