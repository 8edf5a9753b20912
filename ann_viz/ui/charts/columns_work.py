"""What both pages of Columns, in the dock and enlarged, work out and choose: the figures, and the columns looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from ann_viz.session import RunState
from ann_viz.session.job import Work
from ann_viz.session.judged.columns import Columns, ColumnsRequest, Map, Others, earlier, map_of, work_out_columns
from ann_viz.session.judged.importance import ColumnImportance
from ann_viz.session.judged.values import column_values
from ann_viz.ui.charts.map_view import Shades
from ann_viz.ui.charts.worked_out import WorkedOutPage

__all__ = ["ColumnsWork", "draw_map", "shades_of", "steady_order", "two_numbers"]

QUARTERS: Final = (0.25, 0.75)


class ColumnsWork(WorkedOutPage[Columns]):
    """A page about columns."""

    @property
    def output(self) -> int:
        """Which class's chance is drawn; 0 for yes-or-no and numbers."""
        dataset = self._bridge.document.dataset
        return self._desk.one if dataset is not None and dataset.recipe.task == "multiclass" else 0

    def request(self) -> tuple[object, Work[Columns]] | None:
        """Follow the weights on show over the rows that were chosen."""
        document, part, output = self._bridge.document, self._desk.part, self.output
        rows = self._desk.rows
        dataset, snapshot, newest = document.dataset, document.snapshot, document.newest
        if dataset is None or snapshot is None or newest is None:
            return None

        def work(progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> Columns:
            request = ColumnsRequest(
                dataset=dataset,
                network=snapshot.model(),
                before=earlier(newest, snapshot),
                part=part,
                output=output,
                rows=rows,
            )
            return work_out_columns(request, progress)

        return (snapshot, part, output), work

    def ordered(self, result: Columns, before: tuple[str, ...]) -> tuple[ColumnImportance, ...]:
        """Return the columns as they are to stand: while training runs, in the order they had."""
        learning = self._bridge.document.state is RunState.RUNNING
        return steady_order(result.importance.columns, before if learning else ())


def steady_order(columns: tuple[ColumnImportance, ...], before: tuple[str, ...]) -> tuple[ColumnImportance, ...]:
    """Return columns in an order that was there, if it is of the same columns, or else as they come."""
    by_name = {each.column: each for each in columns}
    return tuple(by_name[name] for name in before) if set(before) == set(by_name) else columns


def two_numbers(result: Columns) -> tuple[str, str] | None:
    """Return the columns of a problem that can be seen whole: two numbers and nothing else."""
    features = result.request.dataset.encoder.features
    if len(features) == 2 and all(feature.kind == "number" for feature in features):
        return features[0].column, features[1].column
    return None


def shades_of(result: Columns, drawn: Map) -> Shades:
    """Return how the answers of a map become colours, and where lines are drawn."""
    encoder = result.request.dataset.encoder
    if encoder.task == "regression":
        reach = float(np.abs(drawn.answer - encoder.target_mean).max()) or 1.0
        return Shades(encoder.target_mean, reach, is_share=False)
    return Shades(0.5, 0.5, QUARTERS)


def draw_map(
    page: ColumnsWork, result: Columns, across: str, up: str, others: Others
) -> tuple[Map, Shades, tuple[float, float]]:
    """Return a map of two columns with its colours, and where the shown row is in it."""
    document = page.document
    row = document.shown_row()
    example = result.rows.X[0] if row is None else row.facts.x
    drawn = map_of(result, across, up, others, example)
    shades = shades_of(result, drawn)
    if result.request.dataset.recipe.task == "binary":
        shades = Shades(document.threshold, max(document.threshold, 1 - document.threshold), QUARTERS)
    spot = tuple(_own_place(result, values.column, example) for values in (drawn.across, drawn.up))
    return drawn, shades, (spot[0], spot[1])


def _own_place(result: Columns, column: str, example: np.ndarray) -> float:
    encoder = result.request.dataset.encoder
    pairs = zip(encoder.features, encoder.groups, strict=True)
    feature, group = next(pair for pair in pairs if pair[0].column == column)
    return float(column_values(feature, group, example[None], name_few=False).own[0])
