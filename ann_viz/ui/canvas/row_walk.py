"""Going from row to row: through all of them, or while a batch goes phase by phase through those of the batch."""

from __future__ import annotations

import random

from ann_viz.session.shown_batch import ShownBatch
from ann_viz.ui.document.bridge import Bridge

__all__ = ["RowWalk"]


class RowWalk:
    """Chooses the row that is shown.

    Parameters
    ----------
    bridge : Bridge
        To the document.

    Attributes
    ----------
    batch : ShownBatch or None
        Whose rows there are to choose from; None for all.
    """

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._random = random.Random()  # a choice of view, never part of the experiment
        self.batch: ShownBatch | None = None

    @property
    def n_rows(self) -> int:
        """How many rows there are to choose from."""
        dataset = self._bridge.document.dataset
        return 0 if dataset is None else len(dataset.X if self.batch is None else self.batch)

    @property
    def place(self) -> int:
        """Which of them is shown, counted from 0."""
        return self._bridge.document.example if self.batch is None else self.batch.place

    def show(self, place: int) -> None:
        """Show one of them, counted from 0."""
        self._bridge.set_example(place if self.batch is None else int(self.batch.rows[place]))

    def move(self, by: int) -> None:
        """Show the one so many further; the last is followed by the first."""
        if self.n_rows:
            self.show((self.place + by) % self.n_rows)

    def jump(self) -> None:
        """Show any of them."""
        if self.n_rows:
            self.show(self._random.randrange(self.n_rows))
