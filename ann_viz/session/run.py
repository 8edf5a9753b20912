"""A run as a value: from where it began, with which settings, and how far it came.

Nobody trains it while it is one of these; to go on, the session makes a trainer of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Checkpoint, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.scene.thickness import Thickness
from ann_viz.session.manual_edits import ManualEdits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["Earlier", "Moment", "Run"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to look at.

    Parameters
    ----------
    run : int
        Number of the run.
    epoch : int
        Epochs completed.
    batch : int, optional
        Batches done in the epoch under way; None is the end of the epoch before.
    """

    run: int
    epoch: int
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Settings that a run had before others: until the end of which epoch, or amid the one after it."""

    epoch: int
    settings: TrainConfig


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """One course of learning.

    Parameters
    ----------
    number : int
        By which it is known while the data are open; from 1.
    dataset : Dataset
        What it learns from.
    network_config : NetworkConfig
    asked : TrainConfig
        The settings it was given, without what was added to go on after the end.
    trained_with : TrainConfig or None
        Those of its last step: what was changed after that is of what comes next. None before the first.
    earlier : tuple of Earlier
        Those that were changed while it was under way, oldest first.
    snapshot : Snapshot
        How it was left; of a run that had to be abandoned in the middle of a batch, the newest one seen.
    checkpoint : Checkpoint or None
        To go on from, bit for bit; None while `trainer` has it.
    trainer : Trainer or None
        Of a run that is under way, and of one that was abandoned amid a batch.
    manual_edits : ManualEdits
        What was done by hand.
    thickness : Thickness
        The scale of its pictures.
    untouched : bool
        Whether it began from the weights that the seed gives.
    parent : int or None
        The run it came from.
    branched_at : int or None
        The epoch of the parent whose weights it began with; None where it began anew.
    title : str
        Given by the user; empty for what changed against the parent.
    note : str
        Written by the user.
    is_pinned : bool
        Never thinned out or forgotten.
    is_shown : bool
        Whether its curve is drawn beside those of the others.
    sweep : int or None
        Number of the sweep that it was opened from.
    mean_of : (n_networks, n_parameters) array or None
        Weights of the networks whose mean is the model wherever the first of them is what is judged: its best epoch,
        then those of the same setup from other seeds. None where it was trained alone.
    """

    number: int
    dataset: Dataset
    network_config: NetworkConfig
    asked: TrainConfig
    snapshot: Snapshot
    manual_edits: ManualEdits
    thickness: Thickness
    untouched: bool
    checkpoint: Checkpoint | None = None
    trainer: Trainer | None = None
    trained_with: TrainConfig | None = None
    earlier: tuple[Earlier, ...] = ()
    parent: int | None = None
    branched_at: int | None = None
    title: str = ""
    note: str = ""
    is_pinned: bool = False
    is_shown: bool = True
    sweep: int | None = None
    mean_of: NDArray[np.floating] | None = None

    @property
    def train_config(self) -> TrainConfig:
        """The settings that were in force last."""
        return self.snapshot.train_config

    @property
    def settings(self) -> TrainConfig:
        """What it has learned with, or is about to."""
        return self.trained_with or self.asked

    @property
    def timeline_bytes(self) -> int:
        """Memory of what can be looked at again."""
        return sum(entry.n_bytes for entry in self.snapshot.timeline)

    @property
    def is_trained(self) -> bool:
        """Whether it has learned anything, so that there is something to keep."""
        return self.snapshot.step > 0
