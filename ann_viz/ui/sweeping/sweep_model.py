"""The runs of a sweep as a table model: best first, and below them what they are compared with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ann_viz.numerals import NOTHING, count, format_number
from ann_viz.session.sweeping.baselines import baseline_name
from ann_viz.session.sweeping.measures import MEASURE_NAMES, score_text
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import RunScore, is_ahead, wins
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.translation import translate
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["OPEN", "PARAMETERS", "RANK", "SCORE", "SECOND", "SEEDS", "SweepModel"]

AnyIndex = QModelIndex | QPersistentModelIndex

RANK: Final = "rank"
SCORE: Final = "score"
SEEDS: Final = "seeds"
SECOND: Final = "second"
PARAMETERS: Final = "parameters"
OPEN: Final = "open"
_SECOND: Final = {"loss": ("auc", "rmse", "accuracy"), "auc": ("loss",), "accuracy": ("loss",), "rmse": ("loss",)}
_RIGHT: Final = (PARAMETERS,)


class SweepModel(QAbstractTableModel):
    """Rows are runs, columns a rank, the settings, scores, and a way to open one.

    Attributes
    ----------
    columns : tuple of str
        Names of settings and those above, from left to right.
    shown : list of int
        Which of the runs the rows are.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.shown: list[int] = []
        self._plan: Plan | None = None
        self._runs: tuple[RunScore, ...] = ()
        self._baselines: tuple[RunScore, ...] = ()
        self._second = ""

    def show(
        self, plan: Plan | None, runs: Sequence[RunScore], baselines: Sequence[RunScore], shown: Sequence[int]
    ) -> None:
        """Show other runs.

        Parameters
        ----------
        plan : Plan or None
            What was asked for.
        runs, baselines : sequence of RunScore
        shown : sequence of int
            Which runs the filters let through.
        """
        self.beginResetModel()
        self._plan, self._runs, self._baselines = plan, tuple(runs), tuple(baselines)
        self.shown = list(shown)
        names = () if plan is None else tuple(name for name, _ in plan.space)
        scores = dict(next((run.results[0].scores for run in self._runs if not run.failed), ()))
        wanted = () if plan is None else _SECOND[plan.measure]
        self._second = next((name for name in wanted if name in scores), "")
        second = (SECOND,) if self._second else ()
        self.columns = (RANK, *names, SCORE, SEEDS, *second, PARAMETERS, OPEN) if plan is not None else ()
        self.endResetModel()

    def run_at(self, row: int) -> RunScore | None:
        """Return what a row is of."""
        if row < len(self.shown):
            return self._runs[self.shown[row]]
        place = row - len(self.shown)
        return self._baselines[place] if 0 <= place < len(self._baselines) else None

    def row_of(self, run: int) -> int:
        """Return the row of a run, by its place among all; -1 where it is filtered out."""
        return self.shown.index(run) if run in self.shown else -1

    def is_close(self, row: int) -> bool:
        """Return whether the best run is not clearly ahead of this one, by seeds that both have."""
        run = self.run_at(row)
        if run is None or run.is_baseline or run.failed or self._plan is None or len(run.results) < 2:
            return False
        if run is self._runs[0]:
            return True
        n_wins, n_seeds = wins(self._runs[0], run, is_higher_better=self._plan.is_higher_better)
        return run.n_round == self._runs[0].n_round and not is_ahead(n_wins, n_seeds)

    def seed_scale(self) -> tuple[float, float]:
        """Return between which scores the dots of seeds are drawn: those of the better runs."""
        good = [run for run in self._runs if not run.failed]
        near = good[: max(3, len(good) // 2)]
        values = [value for run in near for value in run.values()]
        return (min(values), max(values)) if values else (0.0, 1.0)

    # Qt -------------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return how many runs and baselines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.shown) + len(self._baselines)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or where it stands."""
        run = self.run_at(index.row()) if index.isValid() else None
        if run is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), run, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == SEEDS:
            return ", ".join(score_text(value, run.measure) for value in run.values())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column, and what is counted in it."""
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[section] == PARAMETERS:
            return plain_tip(self.tr("Weights and biases together"))
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole or self._plan is None:
            return None
        return self._title(self.columns[section], self._plan)

    def _title(self, column: str, plan: Plan) -> str:
        if column in SETTINGS:
            title = translate(SETTINGS[column].title)
            return self.tr("Layers") if column == "hidden" else title
        titles = {
            RANK: "",
            SCORE: _capital(translate(MEASURE_NAMES[plan.measure])) + (" ↓" if plan.is_higher_better else " ↑"),
            SEEDS: count(plan.seeds, "seed"),
            SECOND: _capital(translate(MEASURE_NAMES[self._second])) if self._second else "",  # type: ignore[index]
            PARAMETERS: self.tr("Parameters"),
            OPEN: "",
        }
        return titles[column]

    def _text(self, row: int, run: RunScore, column: str) -> str:
        if column == RANK:
            return "" if run.is_baseline else format_number(self.shown[row] + 1)
        if column in SETTINGS:
            if run.is_baseline:
                return baseline_name(run.results[0].task.model) if column == self.columns[1] else ""
            return SETTINGS[column].write(dict(run.settings)[column])
        if column == SCORE:
            return self._exploded(run) if run.failed else with_spread(run, run.measure)
        if column == SECOND:
            return NOTHING if run.failed else with_spread(run, self._second)
        if column == PARAMETERS:
            return format_number(run.n_parameters) if run.n_parameters else NOTHING
        return self.tr("Open this run") if column == OPEN and not run.is_baseline and not run.failed else ""

    def _exploded(self, run: RunScore) -> str:
        if run.n_failed == len(run.results):
            return self.tr("exploded")
        return self.tr("exploded with {n}").format(n=count(run.n_failed, "seed"))


def with_spread(run: RunScore, measure: str) -> str:
    """Return mean and spread: "0.3322 ± 0.0020"."""
    mean, spread = run.mean(measure), run.spread(measure)
    text = score_text(mean, measure) if math.isfinite(mean) else NOTHING
    return f"{text} ± {score_text(spread, measure, mean)}" if math.isfinite(spread) else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
