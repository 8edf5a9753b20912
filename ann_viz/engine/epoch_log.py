"""What is noted at the end of every epoch: scores, weights, the best of them, and what follows for the next one."""

from __future__ import annotations

import math
from collections.abc import Callable

from ann_viz.engine.average import Average, settled_after
from ann_viz.engine.checkpoint import Checkpoint
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.epoch_weights import EpochWeights
from ann_viz.engine.evaluation import EpochScores, Scorer
from ann_viz.engine.history import History
from ann_viz.engine.learning_rate import LearningRate, Plateaus
from ann_viz.engine.network import Network
from ann_viz.engine.stopping import stop_rule

__all__ = ["EpochLog"]


class EpochLog:
    """The course of one run, epoch by epoch; epoch 0 is the untrained network.

    Parameters
    ----------
    network : Network
        Read in place.
    average : Average
        Of its parameters: what is judged, where there is one.
    scorer_of : callable
        Gives what judges a network: one of these two, or another on the same rows.

    Attributes
    ----------
    history : History
        Losses and metrics.
    weights : EpochWeights
        Weights and biases.
    """

    def __init__(self, network: Network, average: Average, scorer_of: Callable[[Network], Scorer]) -> None:
        self.history = History()
        self.weights = EpochWeights(network.params, average)
        self._network, self._average = network, average
        self._scorer_of = scorer_of
        self._judged = self.model
        self._scorer = scorer_of(self._judged)
        self._learning_rate = LearningRate()

    @property
    def plateaus(self) -> Plateaus:
        """How the schedule has seen the loss stand still."""
        return self._learning_rate.plateaus

    @property
    def model(self) -> Network:
        """What is judged: the average where there is one, else the network itself."""
        return self._average.network if self._average.is_on else self._network

    def judge_model(self) -> None:
        """Judge the average from now on, or no longer, as it has been switched."""
        if self._judged is not self.model:
            self._judged = self.model
            self._scorer = self._scorer_of(self._judged)

    def go_on(self, checkpoint: Checkpoint) -> None:
        """Take over what a run had noted when it was left."""
        self.history = History.continued(checkpoint.history)
        self.weights.go_on(checkpoint)
        self._learning_rate.plateaus = checkpoint.plateaus

    def note(self, config: TrainConfig, epoch: int, seconds: float, rate: float) -> bool:
        """Evaluate the model and note the end of an epoch; false, and nothing noted, if a loss is not finite.

        Parameters
        ----------
        config : TrainConfig
            The settings in force.
        epoch : int
            Which one.
        seconds, rate : float
            Time spent in steps so far, and the learning rate of the epoch.
        """
        scores, loss = self._scorer.measure()
        if not (math.isfinite(scores.train_loss) and math.isfinite(loss)):
            return False
        self.history.append(epoch, *scores, seconds, rate)
        self.weights.keep(epoch, loss, anyway=epoch <= settled_after(config))
        self._learning_rate.note(config, loss)
        return True

    def take(self, config: TrainConfig, n_ends: int) -> float:
        """Note ends of epochs that have been written behind the history; return the loss of the last one.

        Weights are not looked at.
        """
        losses = self.history.extend(n_ends).judged_loss.tolist()
        for loss in losses:
            self._learning_rate.note(config, loss)
        return float(losses[-1])

    def measure(self, network: Network | None = None) -> EpochScores:
        """Return the scores of the model as it is, or of another one on the same rows; nothing is noted."""
        scorer = self._scorer if network is None else self._scorer_of(network)
        return scorer.measure()[0]

    @property
    def n_rows(self) -> tuple[int, int]:
        """How many training and validation rows the scores are of."""
        return self._scorer.n_rows

    def rate_after(self, config: TrainConfig, epoch: int) -> float:
        """Return the learning rate after so many epochs."""
        return self._learning_rate.after(config, epoch)

    def stop_rule(self, config: TrainConfig, epoch: int, seconds: float) -> str | None:
        """Return the first stop rule that applies after so many epochs and seconds."""
        stale_epochs = epoch - self.weights.best_epoch
        return stop_rule(config, epoch, stale_epochs, self.history.view().last("train_loss"), seconds)
