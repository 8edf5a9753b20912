"""The inspector's cards about the paths between an input and an answer: factors, paths, and where they can begin."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.explain import Voice
from ann_viz.explain.chain import ChainStory
from ann_viz.explain.chain_text import chain_lines, chain_sentence, factor_hint, factor_name, factor_text, path_name
from ann_viz.explain.spans import gradient
from ann_viz.numerals import count, format_number
from ann_viz.scene import Way
from ann_viz.session.shown_row import ShownRow
from ann_viz.ui.document.formula import labelled_lines
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector.facts import Fact, FactTable
from ann_viz.ui.inspector.neuron_cards import rich_label
from ann_viz.ui.inspector.tables import BarRow, BarTable
from ann_viz.ui.kit.card import Card

__all__ = ["ChainCard", "FirstLinesCard", "PathsCard", "WayCards"]

SYMBOL_WIDTH: Final = 64.0
VALUE_WIDTH: Final = 66.0
GRADIENT_WIDTH: Final = 66.0
MOST_LINES: Final = 8


class ChainCard(Card):
    """The path that is looked at: a sentence, its factors, and the formulas with their numbers."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("split", title, parent)
        self._sentence, self._lines = rich_label("muted", self, wrap=True), rich_label("body", self, wrap=True)
        self.table = FactTable(SYMBOL_WIDTH, VALUE_WIDTH)
        self.table.setAccessibleName(self.tr("Factors along the path"))
        for widget in (self._sentence, self.table, self._lines):
            self.body.addWidget(widget)

    @property
    def sentence(self) -> str:
        """What is said about it."""
        return self._sentence.words

    @property
    def words(self) -> str:
        """The formulas, without markup."""
        return self._lines.accessibleDescription()

    def show_story(self, story: ChainStory, voice: Voice) -> None:
        """Show the path of a story."""
        self._sentence.setText(chain_sentence(story, voice))
        facts = (
            Fact(
                factor_name(factor, voice),
                factor_text(factor),
                factor_hint(factor, story.path, story.names),
                backward=factor.kind == "delta",
            )
            for factor in story.path.factors
        )
        self.table.show_facts(tuple(facts))
        lines = chain_lines(story, voice)
        self._lines.setText(labelled_lines(lines))
        self._lines.setAccessibleDescription(" ".join(f"{line.label}: {line.text}." for line in lines))


class PathsCard(Card):
    """The strongest paths from the same first line, and all others as one operand; a click looks at one."""

    chosen = Signal(int)
    """Place of the path that was clicked."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("network", title, parent)
        self._story: ChainStory | None = None
        self.table = BarTable((self.tr("by way of"), "∂L/∂w"), GRADIENT_WIDTH)
        self.table.setAccessibleName(title)
        self.table.chosen.connect(self.chosen)
        self.body.addWidget(self.table)

    def neurons_of(self, place: int) -> tuple[int, ...]:
        """Return the hidden neurons of a path on show."""
        return () if self._story is None else self._story.paths[place].neurons[1:-1]

    def show_story(self, story: ChainStory) -> None:
        """Show the paths of a story."""
        self._story = story
        parts = [(place, path_name(path, story.names), path.product) for place, path in enumerate(story.paths)]
        n_more = story.n_paths - len(story.paths)
        if n_more:
            parts.append((-1, count(n_more, "more path"), story.rest))
        if len(story.names[-1]) > 1:
            parts.append((-1, self.tr("other answers"), story.elsewhere))
        self.table.show_rows([BarRow(key, name, (), value, gradient(value)) for key, name, value in parts])
        self.summary.setText(count(story.n_paths, "path"))


class FirstLinesCard(Card):
    """All lines that leave the input, by what comes back to them from this answer; a click looks at one."""

    chosen = Signal(int)
    """Number of the neuron that the clicked line leads to."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("chevrons-up-down", title, parent)
        self.table = BarTable((self.tr("to"), "∂L/∂w"), GRADIENT_WIDTH)
        self.table.setAccessibleName(title)
        self.table.chosen.connect(self.chosen)
        self.body.addWidget(self.table)

    def show_story(self, story: ChainStory) -> None:
        """Show the first lines of a story, at most eight."""
        shown = story.first_lines[:MOST_LINES]
        self.table.show_rows(
            [BarRow(neuron, story.names[1][neuron], (), value, gradient(value)) for neuron, value in shown]
        )
        more = len(story.first_lines) > len(shown)
        words = (
            self.tr("top {n} of {all}").format(n=len(shown), all=format_number(len(story.first_lines))) if more else ""
        )
        self.summary.setText(words)


class WayCards(QWidget):
    """All cards about an input and an answer that are selected together.

    Parameters
    ----------
    view : View
        Where another path or first line that is clicked is looked at.
    """

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setAccessibleName(self.tr("Chain rule along a path"))
        self.chain = ChainCard(self.tr("Chain rule"), self)
        self.paths = PathsCard(self.tr("All paths"), self)
        self.first_lines = FirstLinesCard(self.tr("First lines"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in (self.chain, self.paths, self.first_lines):
            column.addWidget(card)
        self.first_lines.chosen.connect(lambda first: self._go_by((first,)))
        self.paths.chosen.connect(lambda place: self._go_by(self.paths.neurons_of(place)))

    def show_way(self, row: ShownRow, way: Way, voice: Voice) -> tuple[str, str]:
        """Show the paths between two ends; return a title, and what this is."""
        story, names = row.chain(way), row.facts.neuron_names
        self.chain.show_story(story, voice)
        self.chain.summary.setText(row.facts.text)
        self.paths.show_story(story)
        self.first_lines.show_story(story)
        self.paths.setVisible(story.n_paths > 1)
        self.first_lines.setVisible(len(story.path.neurons) > 2)
        return f"{names[0][way.source]} → {names[-1][way.output]}", self.tr("how its error comes back")

    def _go_by(self, via: tuple[int, ...]) -> None:
        if self._view.way is not None:
            self._view.follow(replace(self._view.way, via=via))
