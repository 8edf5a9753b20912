"""What goes on inside the network, layer by layer: weights, gradients, neurons that are on, and all of it over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ann_viz.numerals import count
from ann_viz.rich import joined, rich
from ann_viz.scene import Neuron
from ann_viz.scene.figure import Figure, table_of
from ann_viz.session.job import Work
from ann_viz.session.judged.course_figures import INSIDE, inside_figure
from ann_viz.session.judged.inside import InsideCourse, NeuronUse, follow_inside, neuron_use
from ann_viz.session.judged.wrong_rows import timeline_of
from ann_viz.translation import translate
from ann_viz.ui.charts.chart_page import ChartPage, EmptyChart
from ann_viz.ui.charts.curve_legend import curve_legend
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_card import FigureCard, RoomCard
from ann_viz.ui.charts.gradients_chart import GradientsChart
from ann_viz.ui.charts.grid_of_cards import GridOfCards
from ann_viz.ui.charts.neuron_use_view import NeuronUseView, told_silence
from ann_viz.ui.charts.weights_chart import WeightsChart
from ann_viz.ui.charts.worked_out import WorkedOutPage
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["InsidePage", "InsideRoom", "UsePage"]

MOST_ROWS: Final = 500
CARD: Final = 250


class UsePage(WorkedOutPage[NeuronUse]):
    """How often each neuron is on for the rows that are judged."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.about = PlainLabel(parent=self, role="muted")
        self.view = NeuronUseView(self)
        self.told = RichLabel(parent=self, role="label", wrap=True)
        self.view.chosen.connect(lambda column, index: desk.neuron_asked.emit(Neuron(column, index)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.about, self.view, self.told, self.working):
            column.addWidget(widget)
        column.addStretch(1)

    def request(self) -> tuple[object, Work[NeuronUse]] | None:
        """Send the judged rows through the weights on show."""
        document, part = self._bridge.document, self._desk.part
        dataset, snapshot = document.dataset, document.snapshot
        if dataset is None or snapshot is None:
            return None

        def work(_progress: Any, _cancelled: Any) -> NeuronUse:
            return neuron_use(snapshot.network(), self._desk.rows.of(dataset, part).at_most(MOST_ROWS).X)

        return (snapshot, part), work

    def show_result(self, result: NeuronUse) -> None:
        """Show the tiles."""
        about = self.tr("How often each neuron is on, in % of {rows}").format(rows=count(result.n_rows, "row"))
        self.about.setText(self.as_of(about))
        self.view.show_use(result)
        self.told.setText(told_silence(result))


class InsidePage(ChartPage):
    """One of the views of every layer; those that are hidden cost nothing.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.bridge, parent)
        self.setObjectName("insidePage")
        self.weights, self.gradients = WeightsChart(desk.bridge), GradientsChart(desk.bridge)
        self.use = UsePage(desk)
        self.weights.neuron_chosen.connect(desk.neuron_chosen)
        self._views = {"weights": self.weights, "gradients": self.gradients, "use": self.use}
        choices = (
            ("weights", self.tr("Weights")), ("gradients", self.tr("Gradients")), ("use", self.tr("On and off"))
        )  # fmt: skip
        self.choice = Segments(choices, self.tr("What is shown of the inside"), self)
        self.choice.chosen.connect(self.show_view)
        self._stack = QStackedWidget(self)
        for view in self._views.values():
            self._stack.addWidget(view)
        head = QHBoxLayout()
        head.addWidget(self.choice)
        head.addStretch()
        head.addWidget(self.enlarge_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.show_view("weights")

    def show_view(self, name: str) -> None:
        """Show "weights", "gradients" or "use"."""
        self.choice.show_value(name)
        self._stack.setCurrentWidget(self._views[name])

    def redraw(self) -> None:
        """The view that is shown redraws itself."""

    def numbers(self) -> Sequence[Sequence[str | float]]:
        """Return what the view that is shown draws."""
        return self._views[self.choice.value].numbers()


@dataclass(frozen=True, slots=True, eq=False)
class _Inside:
    course: InsideCourse
    use: NeuronUse


class InsideRoom(WorkedOutPage[_Inside]):
    """Every layer over the epochs, and its weights and neurons now.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("insideRoom")
        self.courses = {key: FigureCard(translate(words), symbol, parent=self) for key, words, symbol in INSIDE}
        self.weights = RoomCard("", self.tr("histograms"), parent=self)
        self.histograms = WeightsChart(desk.bridge)
        self.histograms.neuron_chosen.connect(desk.neuron_chosen)
        self.weights.body.addWidget(self.histograms, 1)
        self.neurons = RoomCard("", parent=self)
        self.view = NeuronUseView(self.neurons)
        self.view.chosen.connect(lambda column, index: desk.neuron_asked.emit(Neuron(column, index)))
        self.told = RichLabel(parent=self.neurons, role="label", wrap=True)
        self.neurons.body.addWidget(self.view)
        self.neurons.body.addWidget(self.told)
        self.neurons.body.addStretch(1)
        self._empty = EmptyChart(self.tr("What goes on in each layer shows\nhere once there are data"), parent=self)
        self.cards = GridOfCards(self)
        rows = [[(card, 6, 6, CARD) for card in pair] for pair in self._pairs()]
        self.cards.show_cards([*rows, [(self.weights, 6, 12, CARD), (self.neurons, 6, 12, CARD)]])
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.cards, 1)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)
        self._figures: list[tuple[str, Figure]] = []

    def _pairs(self) -> list[tuple[FigureCard, FigureCard]]:
        cards = list(self.courses.values())
        return list(zip(cards[::2], cards[1::2], strict=True))

    def request(self) -> tuple[object, Work[_Inside]] | None:
        """Measure every layer at the kept epochs."""
        document, part = self._bridge.document, self._desk.part
        dataset, snapshot, newest = document.dataset, document.snapshot, document.newest
        if dataset is None or snapshot is None or newest is None:
            return None

        def work(progress: Callable[[float], None], _cancelled: Any) -> _Inside:
            rows = self._desk.rows.of(dataset, part).at_most(MOST_ROWS)
            course = follow_inside(timeline_of(newest), rows.X, progress)
            return _Inside(course, neuron_use(snapshot.network(), rows.X))

        return (snapshot, newest, part), work

    def show_result(self, result: _Inside) -> None:
        """Show all cards."""
        snapshot = self._bridge.document.snapshot
        if snapshot is None:
            return
        self.reveal()
        told = {
            "weights": self.tr("Weights that grow without end make a network that is too sure."),
            "gradients": self.tr("Of the last batch of each epoch. A layer far below the others hardly learns."),
            "updates": self.tr("About 0.001 to 0.1 an epoch is healthy; far more jumps about, far less stands still."),
            "silent": self.tr("A ReLU that is 0 for every row passes nothing on and learns nothing any more."),
        }
        self._figures = []
        for key, card in self.courses.items():
            figure = inside_figure(result.course, key, float(snapshot.weights_of.epoch))
            card.show_all(figure, joined(rich("<br>"), (curve_legend(figure), rich("{text}", text=told[key]))))
            self._figures.append((key, figure))
        when = self._bridge.document.when
        self.weights.name(self.tr("Weights, {when}").format(when=when), self.tr("histograms"))
        self.neurons.name(self.tr("Neurons, {when}").format(when=when), self.tr("share of rows for which they are on"))
        self.view.show_use(result.use)
        self.told.setText(told_silence(result.use))

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return all curves."""
        return table_of(self._figures) if self._figures else []
