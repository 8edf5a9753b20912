"""A state of the document to return to: its data and its network, and the run of training where that is small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ann_viz.data import Dataset
from ann_viz.engine import Network, Snapshot, Trainer
from ann_viz.scene.thickness import Thickness
from ann_viz.session.manual_edits import ManualEdits

__all__ = ["Checkpoint"]

MOST_KEPT_NUMBERS: Final = 4_000_000
"""Inputs of all rows together up to which a run is kept with its history: a trainer holds a copy of its rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What a session was before a change.

    Attributes
    ----------
    dataset : Dataset
    network : Network
        Nobody trains it while the moment is only remembered, but for the last batch of a run that was abandoned.
    trainer : Trainer or None
        None for large data: then the weights come back, and counting of epochs begins anew.
    snapshot : Snapshot or None
        What was seen last of a run that was under way.
    manual_edits : ManualEdits
    thickness : Thickness
    untouched : bool
        Whether the weights are those that the seed gives.
    """

    dataset: Dataset
    network: Network
    trainer: Trainer | None
    snapshot: Snapshot | None
    manual_edits: ManualEdits
    thickness: Thickness
    untouched: bool

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        trainer: Trainer,
        snapshot: Snapshot | None,
        manual_edits: ManualEdits,
        thickness: Thickness,
        untouched: bool,
    ) -> Checkpoint:
        """Return the moment of a trainer that is about to be replaced."""
        rows, columns = dataset.X.shape
        kept = trainer if rows * columns <= MOST_KEPT_NUMBERS else None
        return cls(dataset, trainer.network, kept, snapshot, manual_edits, thickness, untouched)
