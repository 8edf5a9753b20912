"""The inspector's cards about a neuron: each shows one part of its story."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.engine import ACTIVATIONS, function_named
from ann_viz.explain.arithmetic import Sum
from ann_viz.explain.expression import Number
from ann_viz.explain.neuron import NeuronStory, Outgoing, activation_curve
from ann_viz.explain.neuron_spread import Spread
from ann_viz.explain.printed_formula import numbers_and_result
from ann_viz.explain.spans import gradient
from ann_viz.numerals import MINUS, compact, count, format_number, percent
from ann_viz.rich import Rich, rich
from ann_viz.translation import translate
from ann_viz.ui.inspector.facts import Fact, FactTable
from ann_viz.ui.inspector.plots import CurveView, SpreadView
from ann_viz.ui.inspector.tables import HEADING, ROW, BarRow, BarTable
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = [
    "AddsUpCard",
    "BlameCard",
    "GoesToCard",
    "PassesOnCard",
    "SpreadCard",
    "rich_label",
]

MOST_ROWS_SEEN: Final = 12
SYMBOL_WIDTH: Final = 64.0
GRADIENT_WIDTH: Final = 62.0


def _rich(formula: str) -> Rich:
    """Return a formula with its exponents raised and its z slanted."""
    return rich(re.sub(r"\^(−?z)", r"<sup>\1</sup>", formula).replace("z", "<i>z</i>"))


def rich_label(role: str, parent: QWidget, *, wrap: bool = False) -> RichLabel:
    """Return a label in one of the stylesheet's roles, with rich text and figures of one width."""
    label = RichLabel(parent=parent, role=role, wrap=wrap)
    label.setFont(theme.tabular(label.font()))
    return label


class AddsUpCard(Card):
    """The sum, term by term."""

    chosen = Signal(int)
    """Number of the neuron or input that a clicked term comes from."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("plus", title, parent)
        self.table = BarTable((self.tr("from"), "x", "w", "w·x"))
        self.table.chosen.connect(self.chosen)
        self.table.setAccessibleName(title)
        self._scroll = Scrolling(self.table, self, name=self.tr("Terms of the sum"))
        self._sum, self._z = rich_label("muted", self), rich_label("strong", self)
        foot = QHBoxLayout()
        foot.addWidget(self._sum)
        foot.addStretch()
        foot.addWidget(self._z)
        self.body.addWidget(self._scroll)
        self.body.addLayout(foot)

    @property
    def words(self) -> str:
        """The last line: "sum 0.72 + bias 0.65, z = 1.37"."""
        return f"{self._sum.words}, {self._z.words}"

    def show_story(self, story: NeuronStory) -> None:
        """Show the terms, their sum, the bias and z."""
        rows = [BarRow(term.source, term.name, (term.x, term.w), term.product) for term in story.terms]
        if story.n_more:
            rows.append(BarRow(-1, self.tr("and {n} more: sum").format(n=format_number(story.n_more)), (), story.rest))
        self.table.show_rows(rows)
        height = HEADING + ROW * min(len(rows), MOST_ROWS_SEEN)
        if self._scroll.height() != height:
            self._scroll.setFixedHeight(height)
        total, bias, z = numbers_and_result(Sum((Number(story.total), Number(story.bias))))
        sign = MINUS if bias.startswith(MINUS) else "+"
        words = self.tr("sum {sum} {sign} bias {bias}")
        self._sum.setText(words.format(sum=total, sign=sign, bias=bias.removeprefix(MINUS)))
        self._z.setText(f"z = {z}")
        self.table.setAccessibleDescription(self.words)


class PassesOnCard(Card):
    """The activation function, and what it makes of z."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("activity", title, parent)
        self.summary.setText(self.tr("activation"))
        self._curve = CurveView(self)
        self._formula, self._sentence = rich_label("body", self, wrap=True), rich_label("muted", self, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        words.addWidget(self._formula)
        words.addWidget(self._sentence)
        words.addStretch()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._curve)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    @property
    def formula(self) -> str:
        """The formula, with markup."""
        return self._formula.text()

    @property
    def sentence(self) -> str:
        """What is said about it."""
        return self._sentence.words

    def show_story(self, story: NeuronStory) -> None:
        """Show the curve with the neuron's point, the formula and a sentence."""
        z, a = activation_curve(story)
        self._curve.show_curve(z, a * story.times, (story.z, story.a))
        name, is_output = story.activation, not story.n_outgoing
        formula = _rich(function_named(name).formula_at(story.z))
        if story.times != 1:
            formula = rich("{times}·({formula})", times=compact(story.times), formula=formula)
        self._formula.setText(rich("<i>a</i> = {formula} = <b>{a}</b>", formula=formula, a=compact(story.a)))
        words = self._answer_words(name) if is_output else translate(ACTIVATIONS[name].words_at(story.z))
        self._sentence.setText(words if story.times == 1 else self._dropout_words(story.times))
        self._curve.setAccessibleDescription(f"z = {compact(story.z)}, a = {compact(story.a)}")

    def _dropout_words(self, times: float) -> str:
        if not times:
            return self.tr("Dropout has switched it off for this row in this batch.")
        return self.tr("Dropout lets it through in this batch, and makes up for those that it has switched off.")

    def _answer_words(self, name: str) -> str:
        if name == "softmax":
            return self.tr("Its share among all answers. For this curve the others stay as they are.")
        if name == "sigmoid":
            return self.tr("The total, squeezed into the range 0 to 1, is the chance.")
        return self.tr("The total is the answer, counted in spreads from the average.")


class BlameCard(Card):
    """How the row's loss changes with what the neuron adds up."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("target", title, parent)
        self.summary.setText(self.tr("this row alone"))
        self.table = FactTable(SYMBOL_WIDTH, GRADIENT_WIDTH)
        self.table.setAccessibleName(title)
        self.note = rich_label("caption", self, wrap=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.note)

    def show_story(self, story: NeuronStory, *, learned: bool) -> None:
        """Show δ, the gradient of the bias, and the largest of a weight; nothing where nothing is learned from it."""
        self.table.setVisible(learned)
        self.note.setText(
            self.tr("Of this row alone. A training step averages those of its whole batch.")
            if learned
            else self.tr("The network does not learn from this row: its error goes no further than the answer.")
        )
        delta = story.delta
        meanings = {
            0: (self.tr("no blame reaches it"), self.tr("the bias may stay")),
            1: (self.tr("should be smaller"), self.tr("the bias should fall")),
            -1: (self.tr("should be larger"), self.tr("the bias should rise")),
        }
        z_words, b_words = meanings[(delta > 0) - (delta < 0)]
        steepest = story.steepest
        largest = (
            self.tr("largest, of {name}").format(name=steepest.name) if steepest.gradient else self.tr("all are 0")
        )
        self.table.show_facts(
            (
                Fact("δ = ∂L/∂z", gradient(delta), z_words, backward=True),
                Fact("∂L/∂b", gradient(delta), b_words, backward=True),
                Fact("∂L/∂w", gradient(steepest.gradient), largest, backward=True),
            )
        )


class GoesToCard(Card):
    """The strongest connections to the next column."""

    chosen = Signal(int)
    """Number of the neuron that a clicked connection leads to."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("split", title, parent)
        self.table = BarTable((self.tr("to"), self.tr("weight")))
        self.table.chosen.connect(self.chosen)
        self.table.setAccessibleName(title)
        self.body.addWidget(self.table)

    def show_outgoing(self, outgoing: tuple[Outgoing, ...], n_outgoing: int) -> None:
        """Show target and weight of every one of them."""
        self.table.show_rows([BarRow(each.target, each.name, (), each.w) for each in outgoing])
        more = n_outgoing > len(outgoing)
        words = self.tr("top {n} of {all}").format(n=len(outgoing), all=format_number(n_outgoing)) if more else ""
        self.summary.setText(words)


class SpreadCard(Card):
    """How active the neuron is for other rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("chart-line", title, parent)
        self.view = SpreadView(self)
        self.view.setAccessibleName(title)
        self._sentence = rich_label("muted", self, wrap=True)
        self.body.addWidget(self.view)
        self.body.addWidget(self._sentence)

    @property
    def sentence(self) -> str:
        """What is said about it."""
        return self._sentence.words

    def show_value(self, value: float) -> None:
        """Move the mark of the shown row."""
        self.view.show_spread(self.view.spread, value)

    def show_spread(self, spread: Spread | None, value: float, part: str, *, may_be_silent: bool) -> None:
        """Show how often which activation occurs among the rows of a part."""
        self.view.show_spread(spread, value)
        if spread is None:
            self._sentence.setText(self.tr("There is no finite number to count."))
            return
        rows = count(spread.n_rows, "validation row" if part == "validation" else "training row")
        if may_be_silent and spread.n_silent:
            share = percent(spread.n_silent / spread.n_rows)
            words = self.tr("Silent for {share} of {rows}. The line marks this row.").format(share=share, rows=rows)
        else:
            mean = compact(spread.mean)
            words = self.tr("On average {mean} over {rows}. The line marks this row.").format(mean=mean, rows=rows)
        self._sentence.setText(words)
        self.view.setAccessibleDescription(words)
