"""What a run was made from, to make it again: its data, its network and its settings, stage by stage; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.session.run import Run

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["MOST_SEEDS", "Setup", "ended", "epochs_of", "setup_of"]

MOST_SEEDS: Final = 2**31  # those that a network can be given
USUAL_EPOCHS: Final = 200  # of a run without end that has not begun


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that a run follows from; two that are equal lead to the same networks.

    Parameters
    ----------
    dataset : Dataset
        Rows and how they are divided.
    network : NetworkConfig
        Its seed is that of the starting weights.
    stages : tuple of TrainConfig
        The settings, one after the other: most runs have one stage, a branch has those of the runs it comes from as
        well. Each lasts until as many epochs are done, in all, as its ``epochs`` says.
    """

    dataset: Dataset
    network: NetworkConfig
    stages: tuple[TrainConfig, ...]

    def with_seed_moved(self, by: int) -> Setup:
        """Return the same with other random numbers: starting weights, order of rows, dropout."""
        network = replace(self.network, seed=(self.network.seed + by) % MOST_SEEDS)
        stages = tuple(replace(stage, seed=(stage.seed + by) % MOST_SEEDS) for stage in self.stages)
        return Setup(self.dataset, network, stages)


def setup_of(run: Run, runs: Mapping[int, Run]) -> Setup:
    """Return what a run follows from, for as many epochs as it has had.

    Where early stopping ended it, that rule and not the number of epochs says how long others of its kind learn. What
    was done to its weights by hand is no part of it.

    Parameters
    ----------
    run : Run
    runs : mapping
        The others by their number, among which those it branched off are looked for.
    """
    is_by_rule = run.snapshot.finished == "early stopping"
    stages = [replace(run.settings, max_seconds=None) if is_by_rule else ended(run.settings, epochs_of(run))]
    child, parent = run, _parent(run, runs)
    while child.branched_at and parent is not None:
        stages.insert(0, ended(parent.settings, child.branched_at))
        child, parent = parent, _parent(parent, runs)
    return Setup(run.dataset, run.network_config, tuple(stages))


def ended(asked: TrainConfig, epochs: int) -> TrainConfig:
    """Return settings with which a run has so many epochs, whatever would end it before."""
    total = asked.schedule_total or asked.epochs or None
    return replace(asked, epochs=epochs, schedule_total=total, patience=None, target_loss=None, max_seconds=None)


def epochs_of(run: Run) -> int:
    """Return how many epochs a run has had, or else shall have."""
    return run.snapshot.epoch or run.settings.epochs or USUAL_EPOCHS


def _parent(run: Run, runs: Mapping[int, Run]) -> Run | None:
    return None if run.parent is None else runs.get(run.parent)
