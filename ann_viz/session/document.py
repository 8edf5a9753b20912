"""What everyone may read of the one document: data, network, the newest snapshot, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.errors import AnnVizError
from ann_viz.explain.update import UpdateStory, explain_update
from ann_viz.session.coach_memory import CoachMemory
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.modelfile import Model
from ann_viz.session.runner import Runner
from ann_viz.session.scores import Part, Scores
from ann_viz.session.shown_row import ShownRow, show_row
from ann_viz.session.speed import Speed
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.throughput import Throughput
from ann_viz.session.wrong import next_wrong

__all__ = ["Document"]


class Document:
    """Data, network and training, to be read; `Session` adds the commands that change them and is the only writer.

    Parameters
    ----------
    train_config : TrainConfig, optional
        Hyperparameters to start with.
    """

    def __init__(self, train_config: TrainConfig | None = None) -> None:
        self._state = RunState.EMPTY
        self._dataset: Dataset | None = None
        self._network_config: NetworkConfig | None = None
        self._train_config = train_config or TrainConfig()
        self._speed = Speed()
        self._error: AnnVizError | None = None
        self._example = 0
        self._snapshot: Snapshot | None = None
        self._manual_edits = ManualEdits()
        self._asked = self._train_config  # without what `train` added to go on after the end
        self._unseen = False
        self._untouched = True  # the weights are those that the seed gives
        self._trainer: Trainer | None = None
        self._runner: Runner | None = None
        self._throughput = Throughput()
        self._scores: Scores | None = None
        self._shown_network: Network | None = None
        self._row: ShownRow | None = None
        self.coach_memory = CoachMemory()

    @property
    def state(self) -> RunState:
        """What is being done."""
        return self._state

    @property
    def dataset(self) -> Dataset | None:
        """The data that are open."""
        return self._dataset

    @property
    def network_config(self) -> NetworkConfig | None:
        """Shape, seed and starting rules of the network; None without data."""
        return self._network_config

    @property
    def train_config(self) -> TrainConfig:
        """Hyperparameters."""
        return self._train_config

    @property
    def speed(self) -> Speed:
        """The pace of training."""
        return self._speed

    @property
    def error(self) -> AnnVizError | None:
        """Why the state is FAILED."""
        return self._error

    @property
    def example(self) -> int:
        """Row of the dataset that is shown."""
        return self._example

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest one; exact whenever the state is not RUNNING."""
        return self._snapshot

    @property
    def manual_edits(self) -> ManualEdits:
        """Weights set or locked and neurons switched off by hand since the network began."""
        return self._manual_edits

    @property
    def samples_per_second(self) -> float:
        """Training rows learned per second over about the last second of the last run."""
        return self._throughput.per_second

    @property
    def network(self) -> Network:
        """The network of the newest snapshot."""
        if self._shown_network is None:
            self._shown_network = require(self.snapshot).network()
        return self._shown_network

    def shown_row(self) -> ShownRow | None:
        """Return the shown row and what the newest snapshot makes of it, the same to everyone; None without data."""
        if self._dataset is None or self._snapshot is None:
            return None
        self._row = show_row(self._dataset, self._example, self._snapshot, self.network, self._manual_edits, self._row)
        return self._row

    def metrics(self, part: Part) -> Mapping[str, float]:
        """Score the newest snapshot on a part of the data, in the target's own units; empty for a part without rows."""
        return require(self._scores).score(self.network, part)

    def answers(self, part: Part) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        """Return truth and the newest snapshot's answers for the rows by which a part is judged; see `Scores`."""
        return require(self._scores).answers(self.network, part)

    def baseline(self, part: Part) -> Mapping[str, float]:
        """Score the trivial answer, the commonest class or the mean, likewise."""
        return require(self._scores).trivial(part)

    def model(self) -> Model:
        """Return what predicting needs, ready for `save_model`."""
        dataset = require(self.dataset)
        return Model(
            network=self.network,
            encoder=dataset.encoder,
            recipe=dataset.recipe,
            dialect=asdict(dataset.table.dialect),
        )

    def explain_update(self, layer: int, row: int, column: int) -> UpdateStory | None:
        """Tell what the coming update does to one weight or bias; None unless it is the next phase.

        Parameters
        ----------
        layer, row, column : int
            As in `set_parameter`.
        """
        if self._trainer is None or self._runner is not None:
            return None
        parameter = self._trainer.parameter_state(layer, row, column)
        return None if parameter is None else explain_update(self._trainer.config, parameter)

    def find_wrong(self) -> int | None:
        """Return the next row behind the shown one that the newest snapshot answers wrongly, or None."""
        return next_wrong(self.network, require(self.dataset), self.example)
