"""Small steps the session takes around a trainer: having what it needs, making one, ending a batch, naming a fault."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeVar

from ann_viz.engine import Checkpoint, Network, NetworkConfig, Snapshot, TrainConfig, Trainer, branched
from ann_viz.engine.compiled.choice import EngineChoice, make_trainer
from ann_viz.errors import NO_MEMORY, AnnVizError, StateError, TrainingError
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = [
    "as_ann_viz_error",
    "branch_trainer",
    "finish_batch",
    "fitting_network",
    "require",
    "trainer_from",
    "trainer_on",
]

T = TypeVar("T")
_log: Final = logging.getLogger(__name__)


def require(value: T | None) -> T:
    """Return what only a session with data has.

    Raises
    ------
    StateError
        When it is not there.
    """
    if value is None:
        raise StateError("Open a data file first.")
    return value


def fitting_network(dataset: Dataset, before: NetworkConfig | None) -> NetworkConfig:
    """Return a network whose ends fit `dataset`, with the hidden layers, their start and the seed of the one before."""
    before = before or NetworkConfig(n_inputs=1, n_outputs=1)
    return NetworkConfig(
        n_inputs=dataset.encoder.n_inputs,
        n_outputs=dataset.encoder.n_outputs,
        task=dataset.recipe.task,
        hidden=before.hidden,
        output_scale=before.output_scale,
        seed=before.seed,
    )


def trainer_on(
    dataset: Dataset,
    network: Network,
    config: TrainConfig,
    checkpoint: Checkpoint | None = None,
    *,
    engine: EngineChoice = "numpy",
) -> Trainer:
    """Return what trains `network` on the training rows of `dataset`, judged by its validation rows, if any.

    Parameters
    ----------
    dataset : Dataset
    network : Network
        Changed in place by the training.
    config : TrainConfig
    checkpoint : Checkpoint, optional
        To go on from; without one it begins.
    engine : {"numpy", "turbo", "auto"}

    Raises
    ------
    ConfigError
        When the engine was asked for and can't train this network.
    """
    X, Y = dataset.stream("train")
    _log.info("%s neurons, %d rows to learn from, %s", network.config.sizes, len(dataset.train), config)
    X_validation, Y_validation = dataset.stream("validation") if len(dataset.validation) else (None, None)
    unseen = {"X_validation": X_validation, "Y_validation": Y_validation}
    return make_trainer(engine, network, X, Y, **unseen, config=config, checkpoint=checkpoint)


def trainer_from(dataset: Dataset, config: NetworkConfig, checkpoint: Checkpoint, engine: EngineChoice) -> Trainer:
    """Return what goes on from a checkpoint, bit for bit.

    Parameters
    ----------
    dataset : Dataset
        What was learned from.
    config : NetworkConfig
    checkpoint : Checkpoint
    engine : {"numpy", "turbo", "auto"}

    Raises
    ------
    ConfigError
        As of `trainer_on`.
    """
    network = Network.network_from(config, checkpoint.params)
    return trainer_on(dataset, network, checkpoint.config, checkpoint, engine=engine)


def branch_trainer(dataset: Dataset, past: Snapshot, config: TrainConfig, engine: EngineChoice) -> Trainer:
    """Return what goes on from a past moment: its weights and the course until then, but nothing else remembered.

    Parameters
    ----------
    dataset : Dataset
        What the run of `past` learned from.
    past : Snapshot
        The moment; one within an epoch counts as the end of the epoch before.
    config : TrainConfig
        How to go on; the order of rows begins anew from its seed.
    engine : str
        With what.
    """
    fresh = trainer_on(dataset, past.network(), config).checkpoint()
    return trainer_on(dataset, past.network(), config, branched(fresh, past), engine=engine)


def finish_batch(trainer: Trainer) -> None:
    """Complete a half-done batch, if there is one."""
    if trainer.phase is not None and trainer.phase.kind != "update":
        next(trainer)


def as_ann_viz_error(error: Exception) -> AnnVizError:
    """Return what ended a run as an error to show; what is none of ours, but for a lack of memory, is a fault."""
    if isinstance(error, AnnVizError):
        return error
    if isinstance(error, MemoryError):
        wrapped = TrainingError(translate(NO_MEMORY))
    else:
        wrapped = TrainingError(f"Training stopped because of a fault in the program: {type(error).__name__}: {error}")
    wrapped.__cause__ = error
    return wrapped
