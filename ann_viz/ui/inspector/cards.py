"""The inspector's cards: each shows one part of a neuron's or a connection's story."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ann_viz.explain.connection import ConnectionStory
from ann_viz.explain.neuron import InputStory, NeuronStory, Outgoing, Spread, activation_curve
from ann_viz.explain.spans import FINE_DECIMALS
from ann_viz.explain.spans import signed as signed_gradient
from ann_viz.explain.wording import percent
from ann_viz.numerals import compact, format_number
from ann_viz.rich import rich
from ann_viz.ui.inspector.facts import Fact, FactTable
from ann_viz.ui.inspector.plots import CurveView, SpreadView, TrailView
from ann_viz.ui.inspector.tables import HEADING, ROW, BarRow, BarTable
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.labels import RichLabel

__all__ = [
    "AddsUpCard",
    "BlameCard",
    "FactsCard",
    "GoesToCard",
    "PassesOnCard",
    "SpreadCard",
    "TrailCard",
]

MOST_ROWS_SEEN: Final = 12
FAR: Final = 2.0  # a z beyond which a squashing function has almost stopped to move
SYMBOL_WIDTH: Final = 64.0
GRADIENT_WIDTH: Final = 62.0
WORDS_WIDTH: Final = 150.0

FORMULAS: Final[dict[str, str]] = {
    "relu": "max(0, {z})",
    "leaky_relu": "max(0.01·{z}, {z})",
    "elu": "e<sup>{z}</sup> − 1",  # below zero
    "gelu": "{z}·Φ({z})",
    "silu": "{z}·σ({z})",
    "tanh": "tanh({z})",
    "sigmoid": "1 / (1 + e<sup>−{z}</sup>)",
    "softplus": "ln(1 + e<sup>{z}</sup>)",
    "linear": "{z}",
    "softmax": "e<sup>{z}</sup> / Σ e<sup>{z}</sup>",
}


def gradient(value: float) -> str:
    """Return a gradient with its sign and three decimals, more where it is tiny."""
    if not math.isfinite(value):
        return "–"
    return signed_gradient(value, FINE_DECIMALS) if value else "0"


def rich_label(role: str, parent: QWidget, *, wrap: bool = False) -> RichLabel:
    """Return a label in one of the stylesheet's roles, with rich text and figures of one width."""
    label = RichLabel(parent=parent, role=role, wrap=wrap)
    label.setFont(theme.tabular(label.font()))
    return label


class AddsUpCard(Card):
    """The sum, term by term."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("plus", title, parent)
        self.table = BarTable((self.tr("from"), "x", "w", "w·x"))
        self.table.setAccessibleName(title)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Terms of the sum"))
        self._scroll.setWidget(self.table)
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
        sign = "−" if story.bias < 0 else "+"
        words = self.tr("sum {sum} {sign} bias {bias}")
        self._sum.setText(words.format(sum=compact(story.total), sign=sign, bias=compact(abs(story.bias))))
        self._z.setText(f"z = {compact(story.z)}")
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
        self._curve.show_curve(z, a, (story.z, story.a))
        unchanged = story.activation == "elu" and story.z > 0
        formula = rich(FORMULAS["linear" if unchanged else story.activation], z=rich("<i>z</i>"))
        self._formula.setText(rich("<i>a</i> = {formula} = <b>{a}</b>", formula=formula, a=compact(story.a)))
        is_output = not story.n_outgoing
        self._sentence.setText((self._answer_words if is_output else self._words)(story.activation, story.z))
        self._curve.setAccessibleDescription(f"z = {compact(story.z)}, a = {compact(story.a)}")

    def _answer_words(self, name: str, z: float) -> str:
        if name == "softmax":
            return self.tr("Its share among all answers. For this curve the others stay as they are.")
        if name == "sigmoid":
            return self.tr("The total, squeezed into the range 0 to 1, is the chance.")
        return self.tr("The total is the answer, counted in spreads from the average.")

    def _words(self, name: str, z: float) -> str:
        unchanged = self.tr("The total is above zero, so it passes on unchanged.")
        words = {
            "relu": (self.tr("The total is not above zero, so it stays silent."), unchanged),
            "leaky_relu": (self.tr("The total is below zero, so only a hundredth of it passes on."), unchanged),
            "elu": (self.tr("The total is below zero, and what passes on never falls below −1."), unchanged),
            "linear": (self.tr("The total passes on as it is."),) * 2,
            "softplus": (self.tr("A smooth bend: never below zero, and almost unchanged when large."),) * 2,
        }
        if name in words:
            return words[name][z > 0]
        if name in ("gelu", "silu"):
            near = self.tr("Near zero only a part of the total passes on.")
            far = self.tr("Far above zero the total passes on almost unchanged.")
            silent = self.tr("Far below zero almost nothing passes on.")
            return near if abs(z) < FAR else far if z > 0 else silent
        ends = self.tr("−1 to 1") if name == "tanh" else self.tr("0 to 1")
        if abs(z) < FAR * (1 if name == "tanh" else 2):
            return self.tr("The total is squeezed into the range {ends}.").format(ends=ends)
        return self.tr("Squeezed into {ends}. So far from zero it hardly changes any more.").format(ends=ends)


class BlameCard(Card):
    """How the row's loss changes with what the neuron adds up."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("target", title, parent)
        self.summary.setText(self.tr("this row"))
        self.table = FactTable(SYMBOL_WIDTH, GRADIENT_WIDTH)
        self.table.setAccessibleName(title)
        note = rich_label("caption", self, wrap=True)
        note.setText(self.tr("Of this row alone. A training step averages those of its whole batch."))
        self.body.addWidget(self.table)
        self.body.addWidget(note)

    def show_story(self, story: NeuronStory) -> None:
        """Show δ, the gradient of the bias, and the largest of a weight."""
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

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("split", title, parent)
        self.table = BarTable((self.tr("to"), self.tr("weight")))
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
        of_part = self.tr("{n} validation rows") if part == "validation" else self.tr("{n} training rows")
        rows = of_part.format(n=format_number(spread.n_rows))
        if may_be_silent and spread.n_silent:
            share = percent(spread.n_silent / spread.n_rows)
            words = self.tr("Silent for {share} of {rows}. The line marks this row.").format(share=share, rows=rows)
        else:
            mean = compact(spread.mean)
            words = self.tr("On average {mean} over {rows}. The line marks this row.").format(mean=mean, rows=rows)
        self._sentence.setText(words)
        self.view.setAccessibleDescription(words)


class FactsCard(Card):
    """A few values of an input or of a connection."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("info", title, parent)
        self.table = FactTable(WORDS_WIDTH, 0.0)
        self.table.setAccessibleName(title)
        self.body.addWidget(self.table)

    def show_input(self, story: InputStory, raw: str) -> None:
        """Show what the row says and what enters the network."""
        self.table.show_facts(
            (Fact(self.tr("in this row"), raw), Fact(self.tr("enters the network as"), compact(story.value)))
        )

    def show_connection(self, story: ConnectionStory) -> None:
        """Show what the connection carries and how its weight should change."""
        of_batch = self.tr("no batch yet") if story.batch_gradient is None else gradient(story.batch_gradient)
        self.table.show_facts(
            (
                Fact(self.tr("weight w"), compact(story.weight)),
                Fact(self.tr("its source passes on a"), compact(story.activation)),
                Fact(self.tr("signal w·a"), compact(story.signal)),
                Fact(self.tr("∂L/∂w of this row"), gradient(story.gradient), backward=True),
                Fact(self.tr("∂L/∂w of the last batch"), of_batch, backward=story.batch_gradient is not None),
            )
        )


class TrailCard(Card):
    """How the weight has moved over the run."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("history", title, parent)
        self.view = TrailView(self)
        note = rich_label("muted", self, wrap=True)
        note.setText(self.tr("At the end of every epoch, and now."))
        self.body.addWidget(self.view)
        self.body.addWidget(note)
