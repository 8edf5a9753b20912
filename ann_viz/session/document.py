"""What everyone may read of the one document: data, network, the newest snapshot, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from ann_viz.data import Dataset
from ann_viz.engine import ForwardPass, Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.errors import AnnVizError
from ann_viz.explain.update import UpdateStory, explain_update
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.modelfile import Model
from ann_viz.session.runner import Runner
from ann_viz.session.scores import Part, Scores
from ann_viz.session.speed import Speed
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.throughput import Throughput
from ann_viz.session.wrong import next_wrong

__all__ = ["Document"]


class Document:
    """Data, network and training; `Session` adds the commands that change them.

    Parameters
    ----------
    train_config : TrainConfig, optional
        Hyperparameters to start with.

    Attributes
    ----------
    state : RunState
    dataset : Dataset or None
    network_config : NetworkConfig or None
    train_config : TrainConfig
    speed : Speed
    error : AnnVizError or None
        Why the state is FAILED.
    example : int
        Row of the dataset that is shown.
    manual_edits : ManualEdits
        Weights set or locked and neurons switched off by hand since the network began.
    snapshot : Snapshot or None
        The newest one; exact whenever the state is not RUNNING.
    """

    def __init__(self, train_config: TrainConfig | None = None) -> None:
        self.state = RunState.EMPTY
        self.dataset: Dataset | None = None
        self.network_config: NetworkConfig | None = None
        self.train_config = train_config or TrainConfig()
        self.speed = Speed()
        self.error: AnnVizError | None = None
        self.example = 0
        self.snapshot: Snapshot | None = None
        self.manual_edits = ManualEdits()
        self._asked = self.train_config  # without what `train` added to go on after the end
        self._unseen = False
        self._untouched = True  # the weights are those that the seed gives
        self._trainer: Trainer | None = None
        self._runner: Runner | None = None
        self._throughput = Throughput()
        self._scores: Scores | None = None
        self._shown_network: Network | None = None

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

    def forward(self, index: int | None = None) -> ForwardPass:
        """Send row `index` of the dataset, the shown one by default, through the newest snapshot."""
        row = self.example if index is None else index
        return self.network.activations(require(self.dataset).X[row : row + 1])

    def metrics(self, part: Part) -> Mapping[str, float]:
        """Score the newest snapshot on a part of the data, in the target's own units; empty for a part without rows."""
        return require(self._scores).score(self.network, part)

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
