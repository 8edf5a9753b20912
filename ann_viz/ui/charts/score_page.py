"""Score: every measure over the epochs, beside what guessing and a network without hidden layer come to."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.data import Dataset, PartName
from ann_viz.engine import USUAL_THRESHOLD, evaluate
from ann_viz.explain import wording
from ann_viz.numerals import count, percent
from ann_viz.session.certainty import spreads
from ann_viz.session.confusion import gain, guess_of
from ann_viz.session.job import Work
from ann_viz.session.judged.course import Course, ScoreCourse
from ann_viz.session.judged.course_figures import ScoreSet, score_figure, score_sets
from ann_viz.session.judged.rows import JudgedRows, answered
from ann_viz.session.judged.wrong_rows import timeline_of
from ann_viz.session.scores import in_target_units
from ann_viz.translation import translate
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.curve_legend import curve_legend
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_view import FigureView
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.charts.results_views import ScoreTable
from ann_viz.ui.charts.worked_out import WorkedOutPage
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["ScorePage", "Scored"]

MOST_MOMENTS: Final = 200
LEAST_CHART: Final = 120
WIDEST_CHOICE: Final = 300
WIDEST_TABLE: Final = 420  # wider, an eye loses the line between a name and its number


class Scored:
    """What the page shows: the course of the scores, and those of the weights on show.

    Parameters
    ----------
    dataset : Dataset
    course : ScoreCourse
    now : mapping of str to float
        On all judged rows, in the target's unit.
    n : int
        Rows these are of.
    """

    def __init__(self, dataset: Dataset, course: ScoreCourse, now: Mapping[str, float], n: int) -> None:
        self.dataset, self.course, self.now, self.n = dataset, course, now, n


class ScorePage(WorkedOutPage[Scored]):
    """A chart of some scores, and the table of all of now.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("scorePage")
        self._sets: tuple[ScoreSet, ...] = ()
        self._course: tuple[object, Course, JudgedRows] | None = None
        self.choice = NameBox(self.tr("Which scores"))
        self.view = FigureView(self.tr("Scores over the epochs"), self)
        self.view.setMinimumHeight(LEAST_CHART)
        self.legend = RichLabel(parent=self, role="label", wrap=True)
        self.table = ScoreTable(self)
        self.told = RichLabel(parent=self, role="label", wrap=True)
        self.rows = PlainLabel(parent=self, role="muted")
        self._empty = EmptyChart(
            self.tr("How often it is right shows\nhere once training starts"), rises=True, parent=self
        )
        self._lay_out()
        self.choice.activated.connect(lambda _place: self.redraw_if_seen())
        desk.bridge.dataset_changed.connect(self._on_dataset_changed)
        desk.checks_changed.connect(self.redraw_if_seen)
        self._on_dataset_changed()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.choice, 1)
        self.choice.setMaximumWidth(WIDEST_CHOICE)
        head.addStretch()
        head.addWidget(self.enlarge_button())
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.legend)
        self.table.setMaximumWidth(WIDEST_TABLE)
        scores = QHBoxLayout()
        scores.addWidget(self.table, 1)
        scores.addStretch()
        column.addLayout(scores)
        column.addWidget(self.told)
        column.addWidget(self.rows)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.document.dataset
        self._sets = () if dataset is None else score_sets(dataset)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for each in self._sets:
                self.choice.addItem(each.name)

    # What is worked out ---------------------------------------------------------------------------------------------
    def doing(self, share: float) -> tuple[str, str]:
        """Say that every kept epoch is scored."""
        return self.tr("Scoring epochs"), ""

    def request(self) -> tuple[object, Work[Scored]] | None:
        """Score the kept epochs by the rows that were chosen."""
        document, part = self._bridge.document, self._desk.part
        dataset, snapshot, newest, threshold = document.dataset, document.snapshot, document.newest, document.threshold
        if dataset is None or snapshot is None or newest is None:
            return None

        def work(progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> Scored:
            course, rows = self._course_of(dataset, part, threshold)
            given = answered(snapshot.model(), rows)
            now = evaluate(dataset.recipe.task, rows.Y, given.answer, threshold)
            found = course.of(timeline_of(newest, MOST_MOMENTS), progress)
            return Scored(dataset, found, in_target_units(dataset, now), len(rows))

        return (snapshot, newest, part, threshold), work

    def _course_of(self, dataset: Dataset, part: PartName, threshold: float) -> tuple[Course, JudgedRows]:
        """Return what remembers the scores of earlier epochs; only one job at a time asks."""
        key = dataset, part, threshold
        if self._course is None or self._course[0] != key:
            rows = self._desk.rows.of(dataset, part)
            self._course = key, Course(rows, threshold, dataset.encoder.target_std), rows
        return self._course[1], self._course[2]

    # Showing --------------------------------------------------------------------------------------------------------
    def show_result(self, result: Scored) -> None:
        """Show chart, table and what they come to."""
        document, dataset = self._bridge.document, result.dataset
        snapshot = document.snapshot
        if document.dataset is not dataset or snapshot is None or not self._sets:
            return
        self._desk.check()
        self.reveal()
        part, task = self._desk.part, dataset.recipe.task
        trivial = document.baseline(part)
        chosen = self._sets[max(0, self.choice.currentIndex())]
        levels = [(translate("guessing"), trivial)]
        if part == dataset.judged_part and document.threshold == USUAL_THRESHOLD:  # theirs
            levels.append((self.tr("no hidden layer"), self._desk.linear))
        figure = score_figure(result.course, chosen, float(snapshot.weights_of.epoch), levels)
        self.view.show_figure(figure)
        self.legend.setText(curve_legend(figure))
        self.table.show_scores(task, result.now, trivial, spreads(self._bridge.document))
        about = f"{self.answered_by(translate(wording.PARTS[part]))} · {count(result.n, 'row')}"
        if task == "binary":
            about = self.tr("{about} at {t}").format(about=about, t=percent(document.threshold))
        self.rows.setText(self.as_of(about))
        started, always = snapshot.step > 0 or document.looking_at is not None, guess_of(result.dataset, trivial)
        self.told.setText(gain(task, result.now, trivial, started=started, always=always))

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return every score of every epoch."""
        if self.result is None:
            return []
        course = self.result.course
        names = [name for name in course.scores if not all(map(math.isnan, course.scores[name].tolist()))]
        columns = (course.epoch.tolist(), *(course.scores[name].tolist() for name in names))
        return [(self.tr("epoch"), *names), *zip(*columns, strict=True)]
