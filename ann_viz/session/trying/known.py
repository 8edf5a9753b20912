"""What forms and questions about some data have in common, worked out once."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.rows import spread
from ann_viz.explain.shapley import N_BACKGROUND

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.trying.column_summary import ColumnSummary

__all__ = ["KnownOfData"]

Array = NDArray[np.floating[Any]]


class KnownOfData:
    """Column summaries and background rows of the data that were asked about last."""

    def __init__(self) -> None:
        self._of: weakref.ReferenceType[Dataset] | None = None
        self._summaries: tuple[ColumnSummary, ...] = ()
        self._background: Array = np.zeros((0, 0))

    def _look(self, dataset: Dataset) -> None:
        from ann_viz.session.trying.column_summary import summaries_of

        if self._of is None or self._of() is not dataset:
            self._summaries = summaries_of(dataset)
            self._background = spread(dataset.stream("train")[0], N_BACKGROUND)
            self._of = weakref.ref(dataset)

    def summaries(self, dataset: Dataset) -> tuple[ColumnSummary, ...]:
        """Return what is known of each input column."""
        self._look(dataset)
        return self._summaries

    def background(self, dataset: Dataset) -> Array:
        """Return the rows that answers are compared with: 100 training rows spread evenly, ``(n, n_inputs)``."""
        self._look(dataset)
        return self._background
