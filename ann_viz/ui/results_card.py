"""Scores on rows the network has not learned from, each beside the score of the trivial answer."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ann_viz.data import Dataset
from ann_viz.engine.rows import MOST_JUDGED_ROWS
from ann_viz.session import Part, RunState
from ann_viz.ui import theme, wording
from ann_viz.ui.bridge import Bridge

__all__ = ["ResultsCard"]

INTERVAL_S: Final = 0.5

ROWS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "binary": (
        ("accuracy", "Accuracy"),
        ("balanced_accuracy", "Balanced accuracy"),
        ("recall", "Found (recall)"),
        ("precision", "Alarms that are true"),
        ("auc", "ROC AUC"),
    ),
    "multiclass": (
        ("accuracy", "Accuracy"),
        ("balanced_accuracy", "Balanced accuracy"),
        ("f1", "F1, mean of classes"),
        ("auc", "ROC AUC"),
    ),
    "regression": (("r2", "R²"), ("mae", "Typically off by"), ("rmse", "RMSE")),
}
PERCENT: Final = frozenset({"accuracy", "balanced_accuracy", "recall", "precision"})


class ResultsCard(QFrame):
    """A small table: what is measured, the network, guessing."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsCard")
        self._bridge = bridge
        self._last = 0.0
        self._trivial: tuple[Dataset | None, Mapping[str, float]] = (None, {})
        self._cells: dict[tuple[str, int], QLabel] = {}
        self._task = ""
        self.setProperty("card", "true")
        title = QLabel(self.tr("Results"), self)
        title.setProperty("role", "title")
        self._caption = QLabel(self)
        self._caption.setProperty("role", "muted")
        self._headline = QLabel(self)
        self._headline.setWordWrap(True)
        self._headline.setProperty("role", "body")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch()
        head.addWidget(self._caption)
        self._grid_host = QWidget(self)
        self._grid_host.setProperty("plain", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._headline)
        column.addWidget(self._grid_host)
        bridge.dataset_changed.connect(self.show_results)
        bridge.state_changed.connect(self.show_results)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        self.show_results()

    def _on_snapshot_changed(self) -> None:
        now = time.monotonic()
        running = self._bridge.session.state is RunState.RUNNING
        if not self.isVisible() or (running and now - self._last < INTERVAL_S):
            return
        self._last = now
        self.show_results()

    def _build(self, task: str) -> None:
        self._task = task
        self._cells.clear()
        old = self._grid_host
        self._grid_host = QWidget(self)
        self._grid_host.setProperty("plain", "true")
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, self._grid_host)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._grid_host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for index, text in enumerate((self.tr("network"), self.tr("guessing")), start=1):
            label = QLabel(text, self._grid_host)
            label.setProperty("role", "caption")
            grid.addWidget(label, 0, index, Qt.AlignmentFlag.AlignRight)
        for row, (key, name) in enumerate(ROWS[task], start=1):
            label = QLabel(name, self._grid_host)
            label.setProperty("role", "label")
            grid.addWidget(label, row, 0)
            for column in (1, 2):
                cell = QLabel(self._grid_host)
                cell.setProperty("role", "strong" if column == 1 else "muted")
                cell.setFont(theme.tabular(cell.font()))
                cell.setMinimumWidth(70)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignRight)
                self._cells[key, column] = cell

    def show_results(self) -> None:
        """Fill the table from the session."""
        session = self._bridge.session
        dataset, snapshot = session.dataset, session.snapshot
        if dataset is None or snapshot is None:
            self._caption.setText("")
            self._grid_host.hide()
            self._headline.setText(self.tr("Right and wrong answers, counted on rows it has not learned from."))
            return
        if dataset.recipe.task != self._task:
            self._build(dataset.recipe.task)
        self._grid_host.show()
        part: Part = "validation" if len(dataset.validation) else "train"
        rows = dataset.validation if part == "validation" else dataset.train
        judged = min(len(rows), MOST_JUDGED_ROWS)
        self._caption.setText(f"{part} · {judged:,}" + (f" of {len(rows):,}" if judged < len(rows) else ""))
        if self._trivial[0] is not dataset:
            self._trivial = dataset, session.baseline(part)
        scores, trivial = session.metrics(part), self._trivial[1]
        for (key, column), cell in self._cells.items():
            cell.setText(_format(key, (scores if column == 1 else trivial).get(key, math.nan)))
        self._headline.setText(_headline(dataset.recipe.task, dict(scores), dict(trivial), started=snapshot.step > 0))


def _format(key: str, value: float) -> str:
    if math.isnan(value):
        return "–"
    if key in PERCENT:
        return f"{value * 100:.1f}{wording.NBSP}%"
    if key in {"mae", "rmse"}:
        return wording.shorten(value)
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def _headline(task: str, scores: dict[str, float], trivial: dict[str, float], *, started: bool) -> str:
    """Return how much better than guessing the network is, in one sentence."""
    if not started:
        return "Starting weights: nothing is learned yet. Press Train."
    if task == "regression":
        gain = 1 - scores["mae"] / trivial["mae"] if trivial["mae"] > 0 else math.nan
        if gain > 0:
            return f"Its mistakes are <b>{gain * 100:.0f}{wording.NBSP}%</b> smaller than always answering the mean."
        return "No better than always answering the mean."
    gain = (scores["accuracy"] - trivial["accuracy"]) * 100
    if gain > 0:
        return f"<b>+{gain:.1f} points</b> better than always giving the commonest answer."
    if gain == 0:
        return "As good as always giving the commonest answer."
    return f"<b>{-gain:.1f} points</b> worse than always giving the commonest answer."
