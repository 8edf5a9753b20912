"""What the inspector reads from the session: names of neurons, the shown row's numbers, and rows to count over.

Each is kept for as long as it holds, so that a look at another neuron costs no second way through the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot
from ann_viz.engine.rows import spread
from ann_viz.explain import RowPass, follow, wording
from ann_viz.scene import Connection, Element
from ann_viz.session import Session

__all__ = ["Inspected", "InspectorSource", "fits"]

MOST_ROWS: Final = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """One look at the session: what all stories are made of."""

    dataset: Dataset
    snapshot: Snapshot
    example: int
    row: RowPass
    names: tuple[tuple[str, ...], ...]


class InspectorSource:
    """Reads a session.

    Parameters
    ----------
    session : Session
        Only read.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._look: Inspected | None = None
        self._labels: tuple[Dataset, int, tuple[str, ...]] | None = None
        self._rows: tuple[Dataset, NDArray[np.floating]] | None = None

    def forget(self) -> None:
        """Let go of the data: others are opened, or none."""
        self._look = self._labels = self._rows = None

    def look(self) -> Inspected | None:
        """Return the newest snapshot's numbers for the shown row; None without data."""
        session, last = self._session, self._look
        dataset, snapshot, i = session.dataset, session.snapshot, session.example
        if dataset is None or snapshot is None:
            return None
        same_data = last is not None and last.dataset is dataset
        if last is not None and same_data and last.snapshot is snapshot and last.example == i:
            return last
        same_names = last is not None and same_data and last.snapshot.config is snapshot.config
        names = last.names if last is not None and same_names else wording.neuron_names(dataset, snapshot.config)
        row = follow(session.network, np.asarray(dataset.X[i : i + 1])[0], np.asarray(dataset.Y[i : i + 1])[0])
        self._look = Inspected(dataset, snapshot, i, row, names)
        return self._look

    def raw_value(self, look: Inspected, index: int) -> str:
        """Return what the file says where an input comes from."""
        kept = self._labels
        if kept is None or kept[0] is not look.dataset or kept[1] != look.example:
            kept = look.dataset, look.example, wording.input_labels(look.dataset, look.example).values
            self._labels = kept
        return kept[2][index]

    def rows(self, look: Inspected) -> tuple[str, NDArray[np.floating]]:
        """Return at most 2,000 of the rows to judge by, and the name of their part."""
        part = look.dataset.judged_part
        if self._rows is None or self._rows[0] is not look.dataset:
            self._rows = look.dataset, spread(look.dataset.stream(part)[0], MOST_ROWS)
        return part, self._rows[1]


def fits(mark: Element, sizes: tuple[int, ...]) -> bool:
    """Return whether there is such a neuron or connection in a network of these sizes."""
    if isinstance(mark, Connection):
        return (
            0 <= mark.gap < len(sizes) - 1
            and 0 <= mark.source < sizes[mark.gap]
            and 0 <= mark.target < sizes[mark.gap + 1]
        )
    return 0 <= mark.column < len(sizes) and 0 <= mark.index < sizes[mark.column]
