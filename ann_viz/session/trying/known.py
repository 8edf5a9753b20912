"""What forms and questions about some data have in common, worked out once."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ann_viz.engine.rows import spread
from ann_viz.explain.shapley import N_BACKGROUND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ann_viz.data import Dataset
    from ann_viz.session.trying.column_summary import ColumnSummary
    from ann_viz.session.trying.summary_record import SummaryRecord

__all__ = ["KnownOfData"]

Array: TypeAlias = "NDArray[np.floating[Any]]"


class _Known(NamedTuple):
    of: weakref.ReferenceType[Dataset]
    summaries: tuple[ColumnSummary, ...]
    background: Array


class KnownOfData:
    """Column summaries and background rows of the data that were asked about last; any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: _Known | None = None

    def tell(self, dataset: Dataset, records: Sequence[SummaryRecord]) -> None:
        """Say what a project knows of data whose table is gone, so that it can't be asked."""
        from ann_viz.session.trying.stored_summaries import made_up_rows, told_summaries

        summaries = told_summaries(records, dataset.encoder)
        with self._lock:
            self._known = _Known(weakref.ref(dataset), summaries, made_up_rows(summaries, N_BACKGROUND))

    def _look(self, dataset: Dataset) -> _Known:
        from ann_viz.session.trying.column_summary import summaries_of

        with self._lock:
            if self._known is None or self._known.of() is not dataset:
                background = spread(dataset.stream("train")[0], N_BACKGROUND)
                self._known = _Known(weakref.ref(dataset), summaries_of(dataset), background)
            return self._known

    def summaries(self, dataset: Dataset) -> tuple[ColumnSummary, ...]:
        """Return what is known of each input column."""
        return self._look(dataset).summaries

    def background(self, dataset: Dataset) -> Array:
        """Return the rows that answers are compared with, ``(n, n_inputs)``: 100 training rows spread evenly.

        Where the table is gone, they are made up from the summaries.
        """
        return self._look(dataset).background
