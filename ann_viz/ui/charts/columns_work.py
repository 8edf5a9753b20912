"""What both pages of Columns, in the dock and enlarged, work out and choose: the figures, and the columns looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtWidgets import QWidget

from ann_viz.explain import wording
from ann_viz.numerals import format_number
from ann_viz.session import RunState
from ann_viz.session.job import Work
from ann_viz.session.judged.columns import (
    MOST_CURVES,
    Columns,
    ColumnsRequest,
    Map,
    Others,
    earlier,
    map_of,
    work_out_columns,
)
from ann_viz.session.judged.importance import ColumnImportance
from ann_viz.session.judged.values import column_values
from ann_viz.session.trying.asking import answer_to, row_on_show
from ann_viz.session.trying.on_map import moved_on_map, step_on
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.map_ring import RingedRow
from ann_viz.ui.charts.map_view import MapView, Shades
from ann_viz.ui.charts.worked_out import WorkedOutPage

__all__ = ["ColumnsWork", "averaged_over", "draw_map", "shades_of", "steady_order", "two_numbers"]

QUARTERS: Final = (0.25, 0.75)
N_PARTS: Final = 2  # of the work: the columns one by one, and a map that is a mean


class ColumnsWork(WorkedOutPage[Columns]):
    """A page about columns, with a map.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._known: tuple[object, Columns] | None = None  # of which weights and rows, and what came of them
        desk.bridge.example_changed.connect(self._on_example_changed)
        desk.bridge.dataset_changed.connect(self._forget)

    def show_map(self, result: Columns) -> None:
        """Draw the map, and the shown row in it."""
        raise NotImplementedError

    def _forget(self) -> None:
        self._known = None

    def _on_example_changed(self) -> None:
        """Follow the shown row at once, also while its ring is dragged: everything else is of all rows."""
        result = self._result
        if self._seen and result is not None and result.request.dataset is self.document.dataset:
            self.show_map(result)

    def let_try(self, view: MapView) -> None:
        """Let the dots of a map choose a row, and its ring other values for it."""
        view.chosen.connect(self._bridge.set_example)
        view.dragged.connect(partial(self._try_at, view))
        view.ring.stepped.connect(partial(self._on_stepped, view))
        view.ring.left.connect(lambda: self._bridge.try_row(None))

    def _try_at(self, view: MapView, x: float, y: float) -> None:
        """Put the values of a place into the shown row."""
        shown, drawn = self.document.shown_row(), view.map
        if shown is None or drawn is None or self._result is None:
            return
        dataset = shown.facts.dataset
        if self._result.request.dataset is dataset:
            row, summaries = row_on_show(self.document, shown), self.document.known.summaries(dataset)
            self._bridge.try_row(moved_on_map(row, drawn, x, y, summaries), "try on the map")

    def _on_stepped(self, view: MapView, right: int, up: int) -> None:
        drawn, row, dataset = view.map, view.row, self.document.dataset
        if drawn is None or row is None or dataset is None:  # nothing to step from
            return
        summaries = {each.name: each for each in self.document.known.summaries(dataset)}
        over, beside = (step_on(values, summaries[values.column]) for values in (drawn.across, drawn.up))
        self._try_at(view, row.x + right * over, row.y + up * beside)

    @property
    def output(self) -> int:
        """Which class's chance is drawn; 0 for yes-or-no and numbers."""
        dataset = self._bridge.document.dataset
        return self._desk.one if dataset is not None and dataset.recipe.task == "multiclass" else 0

    @property
    def averaged(self) -> tuple[str, str] | None:
        """Two columns of which a map is wanted that is the mean over many rows."""
        return None

    def request(self) -> tuple[object, Work[Columns]] | None:
        """Follow the weights on show over the rows that were chosen."""
        document, part, output = self._bridge.document, self._desk.part, self.output
        rows, when, plane = self._desk.rows, document.when, self.averaged
        dataset, snapshot, newest = document.dataset, document.snapshot, document.newest
        if dataset is None or snapshot is None or newest is None:
            return None

        key, n_parts = (snapshot, part, output), 1 if plane is None else N_PARTS
        known = self._known[1] if self._known is not None and self._known[0] == key else None

        def work(progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> Columns:
            request = ColumnsRequest(
                dataset=dataset,
                network=snapshot.model(),
                before=earlier(newest, snapshot),
                part=part,
                output=output,
                rows=rows,
                when=when,
            )
            columns = known or work_out_columns(request, lambda share: progress(share / n_parts))
            self._known = key, columns
            return columns if plane is None else averaged_over(columns, plane, progress)

        return (*key, plane), work

    def doing(self, share: float) -> tuple[str, str]:
        """Say which columns are shuffled, then along which ones the answer is followed, and then that it is a mean."""
        share, dataset = share if self.averaged is None else share * N_PARTS, self.document.dataset
        if share >= 1.0:
            return self.tr("Averaging over rows"), ""
        n_columns = 0 if dataset is None else len(dataset.encoder.groups)
        n_curves = min(MOST_CURVES, n_columns)
        done = round(share * (n_columns + n_curves))
        shuffled = done < n_columns
        n, of = (done, n_columns) if shuffled else (done - n_columns, n_curves)
        count = self.tr("{n} of {all}").format(n=format_number(n), all=format_number(of))
        return self.tr("Shuffling columns") if shuffled else self.tr("Following the answer"), count

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


def averaged_over(columns: Columns, plane: tuple[str, str], progress: Callable[[float], None]) -> Columns:
    """Return figures with the map of two columns that is the mean over many rows."""
    row = np.zeros(columns.rows.X.shape[1])  # where there are no rows to average over
    drawn = map_of(columns, *plane, "average", row, lambda share: progress((1.0 + share) / N_PARTS))
    return replace(columns, averaged=drawn)


def draw_map(
    page: ColumnsWork, result: Columns, across: str, up: str, others: Others
) -> tuple[Map, Shades, RingedRow] | None:
    """Return a map of two columns with its colours, and where the shown row is in it; None while it is worked out."""
    document = page.document
    row = document.shown_row()
    assert row is not None  # there are data: the result is of them
    example = row.facts.x
    drawn = result.averaged if others == "average" else map_of(result, across, up, others, example)
    if drawn is None or (drawn.across.column, drawn.up.column) != (across, up):
        return None
    shades = shades_of(result, drawn)
    if result.request.dataset.recipe.task == "binary":
        shades = Shades(document.threshold, max(document.threshold, 1 - document.threshold), QUARTERS)
    x, y = (_own_place(result, values.column, example) for values in (drawn.across, drawn.up))
    words = f"{row.facts.text} · {wording.verdict(answer_to(document, example))}"
    request = result.request
    is_yes = None if row.facts.is_made_up else bool(request.is_yes(row.facts.y)[request.output])
    return drawn, shades, RingedRow(x, y, words[:1].upper() + words[1:], is_yes)


def _own_place(result: Columns, column: str, example: np.ndarray) -> float:
    encoder = result.request.dataset.encoder
    pairs = zip(encoder.features, encoder.groups, strict=True)
    feature, group = next(pair for pair in pairs if pair[0].column == column)
    return float(column_values(feature, group, example[None], name_few=False).own[0])
