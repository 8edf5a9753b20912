"""What mistakes cost: a price for each kind, what all of them cost now, at least and at 50 %, and the curve.

Both kinds are named in the target's own words, with the technical term below; in the technical voice the other way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ann_viz.engine import USUAL_THRESHOLD
from ann_viz.explain import Voice
from ann_viz.numerals import count, format_number, percent
from ann_viz.rich import rich
from ann_viz.session.judged.answer_figures import cost_curve, told_cost
from ann_viz.session.judged.answers import OneAgainstRest
from ann_viz.session.judged.costs import MistakeCosts, thresholds
from ann_viz.ui.charts.figure_card import RoomCard
from ann_viz.ui.charts.figure_view import FigureView
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.number_controls import NumberField

__all__ = ["CostCard"]

LONGEST_UNIT: Final = 6
DEAREST: Final = 1e9
LEAST: Final = 1  # place of what costs least
NAME_WIDTH: Final = 160  # of a mistake; longer names of classes are cut


class CostCard(RoomCard):
    """Two prices and a curve."""

    changed = Signal(object)
    """The `MistakeCosts` the user has typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._costs = MistakeCosts()
        self._mistakes = ("", "")
        self.missed = NumberField("")
        self.false_alarm = NumberField("")
        self.unit = QLineEdit(self)
        self.unit.setMaxLength(LONGEST_UNIT)
        self.unit.setAccessibleName(self.tr("Unit of the costs"))
        self.unit.setToolTip(self.tr("Unit of the costs: €, hours …"))
        self.unit.setPlaceholderText(self.tr("unit"))
        self.names = [PlainLabel(parent=self, role="label") for _ in range(2)]
        self.terms = [PlainLabel(parent=self, role="muted") for _ in range(2)]
        self.counts = [PlainLabel(parent=self, role="muted") for _ in range(2)]
        self.totals = [RichLabel(parent=self, role="label") for _ in range(3)]
        self.view = FigureView(self.tr("Cost over the threshold"), self)
        self._lay_out()
        self.name(self.tr("What mistakes cost"), "")
        self.missed.entered.connect(lambda value: self._change(missed=_price(value)))
        self.false_alarm.entered.connect(lambda value: self._change(false_alarm=_price(value)))
        self.unit.editingFinished.connect(lambda: self._change(unit=self.unit.text().strip()))

    def _lay_out(self) -> None:
        left = QWidget(self)
        grid = QGridLayout(left)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        for row, field in enumerate((self.missed, self.false_alarm)):
            field.setFixedWidth(64)
            called = QVBoxLayout()
            called.setSpacing(0)
            for label in (self.names[row], self.terms[row]):
                label.setMaximumWidth(NAME_WIDTH)
                called.addWidget(label)
            grid.addLayout(called, row, 0)
            grid.addWidget(self.counts[row], row, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, row, 2)
        self.unit.setFixedWidth(64)
        grid.addWidget(self.unit, 2, 2)
        for row, total in enumerate(self.totals, start=2):
            grid.addWidget(total, row, 0, 1, 2)
        grid.setRowStretch(5, 1)
        beside = QHBoxLayout()
        beside.setSpacing(14)
        beside.addWidget(left)
        beside.addWidget(self.view, 1)
        self.body.addLayout(beside, 1)

    def name_mistakes(self, missed: str, false_alarm: str) -> None:
        """Call a missed yes and a false alarm what they are in the data's words."""
        self._mistakes = missed, false_alarm
        for field, name in ((self.missed, missed), (self.false_alarm, false_alarm)):
            field.setAccessibleName(self.tr("Cost of {mistake}").format(mistake=name))
        self.speak(self._voice)

    def speak(self, voice: Voice) -> None:
        """Put the data's words first, or the technical terms."""
        super().speak(voice)
        terms = self.tr("false negative"), self.tr("false positive")
        first, second = (terms, self._mistakes) if voice == "technical" else (self._mistakes, terms)
        for labels, texts in ((self.names, first), (self.terms, second)):
            for label, text in zip(labels, texts, strict=True):
                label.setText(text)

    def show_costs(self, one: OneAgainstRest, costs: MistakeCosts, threshold: float) -> None:
        """Show what the mistakes on some rows cost."""
        self._costs = costs
        self.value.setText(self.tr("expected cost on {rows}").format(rows=count(len(one.chance), "row")))
        for field, value in ((self.missed, costs.missed), (self.false_alarm, costs.false_alarm)):
            if not field.isModified():
                field.show_number(value)
        if not self.unit.isModified():
            self.unit.setText(costs.unit)
        place = int(abs(thresholds() - threshold).argmin())
        mistakes = one.mistakes
        for label, n in zip(self.counts, (mistakes.n_missed[place], mistakes.n_false[place]), strict=True):
            label.setText(f"{format_number(int(n))} ×")
        total, cheapest = mistakes.cost(costs), mistakes.cheapest(costs)
        for told, words, at in zip(
            self.totals,
            (self.tr("now, {t}"), self.tr("least, {t}"), self.tr("usual, {t}")),
            (threshold, cheapest, USUAL_THRESHOLD),
            strict=True,
        ):
            value = float(total[int(abs(thresholds() - at).argmin())])
            text = rich("{text}: <b>{cost}</b>", text=words.format(t=percent(at)), cost=told_cost(value, costs.unit))
            if told is self.totals[LEAST]:
                text = rich('<span style="color:{colour}">{text}</span>', colour=theme.current().ok, text=text)
            told.setText(text)
        self.view.show_figure(cost_curve(one, costs, threshold))

    def _change(self, **changes: Any) -> None:
        self.unit.setModified(False)
        costs = replace(self._costs, **changes)
        if costs != self._costs:
            self.changed.emit(costs)


def _price(typed: float) -> float:
    """Return what was typed as a price: nothing is dearer than any sum could bear, and none is negative."""
    return min(DEAREST, abs(typed))
