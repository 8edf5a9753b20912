"""The inspector's cards about a connection or an input: its values, the coming step of its weight, and its course."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ann_viz.explain.arithmetic import Product
from ann_viz.explain.connection import ConnectionStory, Trail
from ann_viz.explain.expression import Number
from ann_viz.explain.neuron import InputStory
from ann_viz.explain.printed_formula import numbers_and_result
from ann_viz.explain.spans import gradient
from ann_viz.explain.update import UpdateStory
from ann_viz.numerals import compact, count
from ann_viz.session.shown_row import ShownRow
from ann_viz.ui.document.formula import labelled_lines
from ann_viz.ui.inspector.facts import Fact, FactTable
from ann_viz.ui.inspector.neuron_cards import rich_label
from ann_viz.ui.inspector.plots import TrailView
from ann_viz.ui.kit.card import Card

__all__ = ["FactsCard", "TrailCard", "UpdateCard"]

WORDS_WIDTH: Final = 150.0


class FactsCard(Card):
    """A few values of an input or of a connection."""

    path_asked = Signal()
    """Someone wants to see how the error comes back to the input."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("info", title, parent)
        self.follow = QPushButton(self.tr("Chain rule to the answer"), self)
        self.follow.setToolTip(
            self.tr("How the error comes back to it, factor by factor: Ctrl+J, or Shift-click an answer in the picture")
        )
        self.follow.clicked.connect(lambda _checked: self.path_asked.emit())
        self.table = FactTable(WORDS_WIDTH, 0.0)
        self.table.setAccessibleName(title)
        self.body.addWidget(self.table)
        self.body.addWidget(self.follow)

    def show_input(self, story: InputStory, raw: str) -> None:
        """Show what the row says and what enters the network."""
        self.follow.show()
        self.table.show_facts(
            (Fact(self.tr("in this row"), raw), Fact(self.tr("enters the network as"), compact(story.value)))
        )

    def show_connection(self, story: ConnectionStory, row: ShownRow) -> None:
        """Show what the connection carries, and what asks its weight to change."""
        self.follow.hide()
        weight, activation, signal = numbers_and_result(Product((Number(story.weight), Number(story.activation))))
        snapshot = row.snapshot
        of_batch = self.tr("not yet") if story.batch_gradient is None else gradient(story.batch_gradient)
        batch = {
            "mean": self.tr("∂L/∂w, mean of the last batch"),
            "penalised": self.tr("g, last batch with penalties"),
            "clipped": self.tr("g, last batch, clipped"),
        }[snapshot.gradient_kind]
        if snapshot.batch is not None:
            n = count(len(snapshot.batch.rows), "row")
            batch = self.tr("∂L/∂w, mean of these {rows}").format(rows=n)
        alone = gradient(story.gradient) if row.is_learned_from else self.tr("not learned from")
        self.table.show_facts(
            (
                Fact(self.tr("weight w"), weight),
                Fact(self.tr("its source passes on a"), activation),
                Fact(self.tr("signal w·a"), signal),
                Fact(self.tr("∂L/∂w of this row alone"), alone, backward=row.is_learned_from),
                Fact(batch, of_batch, backward=story.batch_gradient is not None),
            )
        )


class TrailCard(Card):
    """How the weight has moved over the run."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("history", title, parent)
        self.view = TrailView(self)
        self.note = rich_label("muted", self, wrap=True)
        self.body.addWidget(self.view)
        self.body.addWidget(self.note)

    def show_trail(self, trail: Trail) -> None:
        """Show weights by epoch."""
        self.view.show_trail(trail)
        by_hand = self.tr(" Dotted: set by hand or put back, which is no learning.") if trail.breaks else ""
        self.note.setText(self.tr("At the ends of epochs, and as it is on show.") + by_hand)


class UpdateCard(Card):
    """What the coming step of the optimiser does to the weight."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("sliders-horizontal", title, parent)
        self.summary.setText(self.tr("this batch"))
        self._lines = rich_label("body", self, wrap=True)
        self.body.addWidget(self._lines)

    @property
    def words(self) -> str:
        """The formulas, without markup."""
        return self._lines.accessibleDescription()

    def show_story(self, story: UpdateStory) -> None:
        """Show every number of the step, the new weight last."""
        self._lines.setText(labelled_lines(story.lines))
        self._lines.setAccessibleDescription(" ".join(f"{line.label}: {line.text}." for line in story.lines))
