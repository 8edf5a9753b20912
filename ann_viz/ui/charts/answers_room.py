"""Answers, enlarged: where yes begins, which answers are right, how far to believe them, what mistakes cost, groups.

Of several classes one is told from the rest; of numbers there is predicted against true.
"""

from __future__ import annotations

import math
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.engine import evaluate
from ann_viz.explain.deeds import YesNoWords
from ann_viz.numerals import short_number
from ann_viz.rich import rich
from ann_viz.scene.figure import Figure, table_of
from ann_viz.session.confusion import Matrix, class_names, words_of
from ann_viz.session.job import Work
from ann_viz.session.judged import answer_figures as figures
from ann_viz.session.judged.answers import Answers, AnswersRequest, OneAgainstRest, work_out_answers
from ann_viz.session.judged.groups import GroupScore, apart, group_columns
from ann_viz.session.judged.wrong_rows import Kind
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.confusion_grid import ConfusionGrid
from ann_viz.ui.charts.cost_card import CostCard
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_card import FigureCard, RoomCard
from ann_viz.ui.charts.grid_of_cards import GridOfCards, Place
from ann_viz.ui.charts.group_table import GroupTable
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.charts.results_views import score_text
from ann_viz.ui.charts.threshold_row import ThresholdRow
from ann_viz.ui.charts.worked_out import WorkedOutPage
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["AnswersRoom"]

CARD_HEIGHT: Final = 300
LOW_CARD: Final = 190
TALL_CARD: Final = 420
MANY_CLASSES: Final = 12
"""More of them need the room of two cards for their matrix."""

OFF: Final = 0.05
WARM: Final = 1.15
N_SCORES: Final = 3


class AnswersRoom(WorkedOutPage[Answers]):
    """All cards about the answers.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("answersRoom")
        self._by = ""
        self._figures: list[tuple[str, Figure]] = []
        self.threshold = ThresholdRow(self)
        self.confusion = RoomCard(self.tr("Right and wrong"), self.tr("confusion matrix"), parent=self)
        self.grid = ConfusionGrid(self.confusion)
        self.scores = [RichLabel(parent=self.confusion, role="label") for _ in range(N_SCORES)]
        self.roc = FigureCard(self.tr("Telling them apart"), "ROC", parent=self)
        self.precision = FigureCard(self.tr("Found or true?"), self.tr("precision–recall"), parent=self)
        self.calibration = FigureCard(self.tr("Can you believe the %?"), self.tr("calibration"), parent=self)
        self.mend = QPushButton(self.calibration)
        self.mend.setProperty("small", True)
        self.costs = CostCard(self)
        self.groups = RoomCard(self.tr("The same for everyone?"), parent=self)
        self.table = GroupTable(self.groups)
        self.told_groups = RichLabel(parent=self.groups, role="label", wrap=True)
        self.by = NameBox(self.tr("Column of the groups"))
        self.one = NameBox(self.tr("Class that is told from the rest"))
        self._empty = EmptyChart(self.tr("What it answers is judged\nhere once there are data"), parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.calibration.body.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)
        self.confusion.body.addWidget(self.grid, 1)
        scores = QHBoxLayout()
        for label in self.scores:
            label.setMinimumWidth(1)
            scores.addWidget(label, 1)
        self.confusion.body.addLayout(scores)
        self.groups.head.insertWidget(1, PlainLabel(self.tr("by"), self.groups, role="muted"))
        self.groups.head.insertWidget(2, self.by)
        self.groups.value.setText(self.tr("± 95 % range"))
        self.groups.body.addWidget(self.table)
        self.groups.body.addWidget(self.told_groups)
        self.groups.body.addStretch(1)
        self.roc.body.insertWidget(1, self.one)  # a line of its own: beside the title both were cut
        self.cards = GridOfCards(self)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.threshold)
        column.addWidget(self.cards, 1)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)

    def _connect(self) -> None:
        self.mend.clicked.connect(self._on_mend)
        self.threshold.chosen.connect(self._bridge.set_threshold)
        self.costs.changed.connect(self._bridge.set_costs)
        self.grid.chosen.connect(lambda truth, answer: self._desk.ask_rows(Kind(truth, answer)))
        self.by.activated.connect(lambda _place: self._on_by_chosen(self.by.currentData()))
        self.one.activated.connect(lambda _place: self._desk.tell(self.one.currentData()))
        self._bridge.dataset_changed.connect(self._on_dataset_changed)
        self._on_dataset_changed()

    def _on_by_chosen(self, by: str) -> None:
        self._by = by
        self.redraw_if_seen()

    def _on_dataset_changed(self) -> None:
        """Offer the columns by which rows can be divided, and the classes."""
        dataset = self._bridge.document.dataset
        self.by.clear()
        self.one.clear()
        if dataset is None:
            return
        for column in (columns := group_columns(dataset)):
            self.by.addItem(column, column)
        self._by = next(iter(columns), "")
        if dataset.recipe.task == "multiclass":
            for place, name in enumerate(dataset.encoder.class_names):
                self.one.addItem(self.tr("{name} or not").format(name=name), place)
            self.one.setCurrentIndex(self._desk.one)
        binary, number = dataset.recipe.task == "binary", dataset.recipe.task == "regression"
        self.threshold.setVisible(binary)
        if binary:
            words = words_of(dataset)
            self.costs.name_mistakes(words.missed_one, words.false_one)
        for card in (self.confusion, self.costs, self.groups):  # those that are wanted are shown again
            card.hide()
        self.cards.show_cards(self._rows_of_cards(dataset.recipe.task))
        self.one.setVisible(self.one.count() > 0)
        self._name_cards(number)

    def _rows_of_cards(self, task: str) -> list[list[Place]]:
        """Return the cards for what is predicted."""
        curves = (self.roc, self.precision, self.calibration)
        if task == "regression":
            return [[(card, 4, 6, CARD_HEIGHT) for card in curves]]
        if self.one.count() > MANY_CLASSES:
            matrix: list[Place] = [(self.confusion, 6, 12, TALL_CARD), (self.roc, 3, 6, CARD_HEIGHT)]
            rest: list[Place] = [(self.calibration, 3, 12, CARD_HEIGHT), (self.groups, 9, 12, CARD_HEIGHT)]
            return [[*matrix, (self.precision, 3, 6, CARD_HEIGHT)], rest]
        first: list[Place] = [(card, 3, 6, CARD_HEIGHT) for card in (self.confusion, *curves)]
        if task == "multiclass":
            return [first, [(self.groups, 12, 12, LOW_CARD)]]
        return [first, [(self.costs, 5, 12, LOW_CARD), (self.groups, 7, 12, LOW_CARD)]]

    def _name_cards(self, number: bool) -> None:
        """Name the cards by what they show."""
        names = (
            (self.roc, self.tr("Telling them apart"), "ROC", self.tr("Predicted and true"), ""),
            (
                self.precision, self.tr("Found or true?"), self.tr("precision–recall"),
                self.tr("How far off"), self.tr("residuals"),
            ),
            (
                self.calibration, self.tr("Can you believe the %?"), self.tr("calibration"),
                self.tr("Where it is off"), self.tr("by fifths of the true number"),
            ),
        )  # fmt: skip
        for card, title, technical, other, other_technical in names:
            card.name(*((other, other_technical) if number else (title, technical)))

    # What is worked out ---------------------------------------------------------------------------------------------
    def request(self) -> tuple[object, Work[Answers]] | None:
        """Judge the weights on show by the rows that were chosen."""
        document, part = self._bridge.document, self._desk.part
        dataset, snapshot = document.dataset, document.snapshot
        if dataset is None or snapshot is None:
            return None
        one, by, rows = self._desk.one, self._by, self._desk.rows

        def work(_progress: Any, _cancelled: Any) -> Answers:
            network = snapshot.model()
            return work_out_answers(
                AnswersRequest(dataset=dataset, network=network, part=part, one=one, by=by, rows=rows)
            )

        return (snapshot, part, one, by), work

    def show_result(self, result: Answers) -> None:
        """Show all cards at the threshold of now."""
        document = self._bridge.document
        if document.dataset is not result.request.dataset:
            return
        self.reveal()
        if self.one.count():
            self.one.setCurrentIndex(result.request.one)
        if result.errors is not None:
            self._show_numbers(result)
        elif result.one is not None:
            self._show_classes(result, result.one)

    def _show_classes(self, result: Answers, one: OneAgainstRest) -> None:
        document, dataset = self._bridge.document, result.request.dataset
        binary = dataset.recipe.task == "binary"
        threshold, names, words = document.threshold, class_names(dataset), words_of(dataset, result.request.one)
        if binary:
            cheapest = one.mistakes.cheapest(document.costs)
            self.threshold.show_chances(*result.histogram(), (names[0], names[1]), words, threshold, cheapest)
            self.costs.show_costs(one, document.costs, threshold)
        counts = result.counts(threshold)
        worst = int((counts - counts * (counts.diagonal()[:, None] == counts)).max(initial=0))
        self.grid.show_matrix(Matrix(names, counts, worst, words.captions if binary else ()))
        self._show_scores(result, threshold)
        at = threshold if binary else None
        roc, precision = figures.roc_curve(one, at, words), figures.precision_recall_curve(one, at, words)
        calibration = figures.calibration_curve(one)
        self.roc.show_all(roc, figures.told_roc(one, words), "AUC", score_text("auc", one.ranking.auc))
        told = self.tr("95 % range by bootstrap: {low} – {high}")
        self.roc.value.setToolTip(plain_tip(told.format(low=short_number(one.low), high=short_number(one.high))))
        told = figures.told_precision_recall(one, at, words)
        self.precision.show_all(precision, told, "AP", score_text("auc", one.ranking.average_precision))
        self._show_calibration(result, one, words)
        self._figures = [("ROC", roc), ("precision-recall", precision), ("calibration", calibration)]
        self._show_groups(result.scores_of_groups(threshold if binary else 0.5), words)

    def _show_calibration(self, result: Answers, one: OneAgainstRest, words: YesNoWords) -> None:
        """Say how far to believe it; where that is not far, offer to divide its sums by what would fit."""
        self.calibration.show_all(figures.calibration_curve(one), figures.told_calibration(one, words))
        self.mend.setVisible(one.error >= OFF and not 1 / WARM < result.temperature < WARM)
        sure = result.temperature > 1
        offer = self.tr("Too sure of itself: divide by {t}") if sure else self.tr("Too timid: divide by {t}")
        self.mend.setText(offer.format(t=short_number(result.temperature, 2)))
        self.mend.setToolTip(
            plain_tip(self.tr("Temperature scaling: what the outputs add up is divided, the order of the rows stays"))
        )

    def _on_mend(self) -> None:
        """Divide, and let the user undo it."""
        if self.result is not None:
            self._bridge.temper(self.result.temperature)

    def _show_scores(self, result: Answers, threshold: float) -> None:
        rows, task = result.given.rows, result.request.dataset.recipe.task
        found = evaluate(task, rows.Y, result.given.answer, threshold)
        accuracy = ("accuracy", self.tr("right"), self.tr("accuracy"))
        words = {
            "binary": (
                accuracy, ("recall", self.tr("found"), self.tr("recall")),
                ("precision", self.tr("alarms true"), self.tr("precision")),
            ),
            "multiclass": (
                accuracy, ("balanced_accuracy", self.tr("per class"), self.tr("mean recall")),
                ("f1", self.tr("balance"), "F1"),
            ),
        }[task]  # fmt: skip
        text = '<b style="font-size:14px">{value}</b><br>{words}<br><span style="color:{colour}">{technical}</span>'
        for label, (key, told, technical) in zip(self.scores, words, strict=True):
            value = score_text(key, found.get(key, math.nan))
            label.setText(rich(text, value=value, words=told, colour=theme.current().muted, technical=technical))

    def _show_groups(self, scores: tuple[GroupScore, ...], words: YesNoWords) -> None:
        self.table.show_groups(scores, words.share)
        sides = apart(scores)
        names = {side: [score for score, own in zip(scores, sides, strict=False) if own == side] for side in (-1, 1)}
        least = min(names[-1], key=lambda score: score.found, default=None)
        best = max(names[1], key=lambda score: score.found, default=None)
        if best is not None and least is not None:
            told = self.tr("“{best}” is found more often than “{least}”.").format(best=best.name, least=least.name)
        elif best is not None:
            told = self.tr("“{name}” is found more often than all others.").format(name=best.name)
        elif least is not None:
            told = self.tr("“{name}” is found less often than all others.").format(name=least.name)
        elif any(score.is_small for score in scores[:-1]):
            told = self.tr("Groups in grey have few rows.")
        else:
            told = self.tr("No group is found clearly more or less often than all others.")
        self.told_groups.setText(told)

    def _show_numbers(self, result: Answers) -> None:
        self.mend.hide()
        errors = result.errors
        assert errors is not None  # asked only of numbers
        found = evaluate("regression", result.given.rows.Y, result.given.answer)
        scatter, histogram = figures.true_and_said(errors), figures.error_histogram(errors)
        bands = figures.band_errors(errors)
        r2 = found.get("r2", math.nan)
        self.roc.show_all(scatter, figures.told_scatter(errors, r2), "R²", score_text("r2", r2))
        self.precision.show_all(histogram, figures.told_errors(errors))
        self.calibration.show_all(bands, figures.told_bands(errors))
        self._figures = [("predicted and true", scatter), ("errors", histogram), ("errors by band", bands)]

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return the curves of all cards."""
        return table_of(self._figures) if self._figures else []
