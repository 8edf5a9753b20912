"""Settings of a network and of its training, validated when they are made.

They are frozen: a change is a new object (``dataclasses.replace``), and undo is a list of old ones. What can be chosen
by name is whatever the tables of activations, losses, initialisers, optimisers and schedules hold.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final, Literal, get_args

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.initializers import INITIALIZERS
from ann_viz.engine.losses import losses_of
from ann_viz.engine.optimizers import OPTIMIZERS
from ann_viz.engine.outputs import Task
from ann_viz.engine.schedules import SCHEDULES
from ann_viz.errors import ConfigError
from ann_viz.typed_json import typed

__all__ = ["MOST_HIDDEN_LAYERS", "LayerConfig", "NetworkConfig", "Task", "TrainConfig"]

MOST_HIDDEN_LAYERS: Final = 64
"""More can neither be told apart on a screen nor, as a rule, be trained."""

DtypeName = Literal["float32", "float64"]


def _choose(value: object, choices: Iterable[str], field: str) -> None:
    allowed = tuple(choices)
    if value not in allowed:
        raise ConfigError(f"{field} can't be {value!r}. Choose one of {', '.join(allowed)}.", field=field)


def _within(value: float, low: float, high: float, field: str) -> None:
    if not low <= value <= high:  # nor is it so for what is no number
        raise ConfigError(f"{field} must lie between {low:g} and {high:g}, not at {reprlib.repr(value)}.", field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerConfig:
    """One hidden layer.

    Parameters
    ----------
    neurons : int
        1 to 4096.
    activation : str
        One of `ACTIVATIONS`.
    initializer : str, optional
        One of `INITIALIZERS`; ``None`` takes the one that suits the activation.
    """

    neurons: int = 6
    activation: str = "relu"
    initializer: str | None = None

    def __post_init__(self) -> None:
        _within(self.neurons, 1, 4096, "neurons")
        _choose(self.activation, ACTIVATIONS, "activation")
        if self.initializer is not None:
            _choose(self.initializer, INITIALIZERS, "initializer")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """Architecture of a feed-forward network.

    Parameters
    ----------
    n_inputs, n_outputs : int
        Width of the input and output layers (at least 1; binary tasks have one output).
    hidden : tuple of LayerConfig
        From the input side to the output side, up to `MOST_HIDDEN_LAYERS`; empty is legal (logistic or linear
        regression).
    task : {"binary", "multiclass", "regression"}
        Decides the output activation and the loss.
    loss : str, optional
        One of `LOSSES` for this task; ``None`` takes the first.
    output_initializer : str, optional
        As for a hidden layer.
    output_scale : float
        What the starting weights of the output layer are multiplied by, 0 to 1: small ones begin near "can't tell".
    dtype : {"float32", "float64"}
        Precision of every number in the network.
    seed : int
        Of the starting weights, 0 to 2**31 − 1.
    """

    n_inputs: int
    n_outputs: int
    hidden: tuple[LayerConfig, ...] = (LayerConfig(), LayerConfig())
    task: Task = "binary"
    loss: str | None = None
    output_initializer: str | None = None
    output_scale: float = 1.0
    dtype: DtypeName = "float32"
    seed: int = 3

    def __post_init__(self) -> None:
        _within(self.n_inputs, 1, 1_000_000, "n_inputs")
        _within(self.n_outputs, 1, 10_000, "n_outputs")
        _within(len(self.hidden), 0, MOST_HIDDEN_LAYERS, "hidden layers")
        _choose(self.task, get_args(Task), "task")
        _choose(self.dtype, get_args(DtypeName), "dtype")
        _within(self.seed, 0, 2**31 - 1, "seed")
        _within(self.output_scale, 0, 1, "output_scale")
        if self.output_initializer is not None:
            _choose(self.output_initializer, INITIALIZERS, "output_initializer")
        if self.loss is not None and self.loss not in [loss.name for loss in losses_of(self.task)]:
            raise ConfigError(f"The loss {self.loss!r} does not fit a {self.task} task.", field="loss")
        if self.task == "binary" and self.n_outputs != 1:
            raise ConfigError("A yes/no answer has exactly one output neuron.", field="n_outputs")
        if self.task == "multiclass" and self.n_outputs < 2:
            raise ConfigError("Choosing among classes needs at least two output neurons.", field="n_outputs")

    @property
    def loss_name(self) -> str:
        """The loss in use."""
        return self.loss or losses_of(self.task)[0].name

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons per layer, inputs and outputs included."""
        return (self.n_inputs, *(layer.neurons for layer in self.hidden), self.n_outputs)

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        sizes = self.sizes
        return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: object) -> NetworkConfig:
        """Rebuild from `to_json`; raises ConfigError for values of another kind or out of range."""
        try:
            return typed(cls, values)
        except ValueError as error:
            raise ConfigError(f"The description of the network can't be read ({error}).", field="network") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """How a network learns; every field may change between two steps.

    Parameters
    ----------
    optimizer : str
        One of `OPTIMIZERS`.
    learning_rate : float
        Before the schedule, 1e-7 to 100.
    batch_size : int
        Rows per step; 0 means all rows at once.
    epochs : int
        Stop after this many passes over the training rows; 0 means no limit.
    l1, l2 : float
        Penalties λ₁·Σ|w| and ½·λ₂·Σw², per batch mean loss, biases excluded. AdamW decays weights by λ₂ instead.
    dropout : float
        Share of hidden activations switched off in each step, 0 to 0.95 (inverted dropout).
    clip_norm : float, optional
        Longest gradient (Euclidean norm) that is let through unscaled.
    schedule : str
        One of `SCHEDULES`: how the learning rate changes with the epochs.
    schedule_epochs : int
        Step: epochs between drops; plateau: epochs without improvement before a drop. Cosine falls over `epochs`.
    schedule_factor : float
        What a drop multiplies the rate by, between 0 and 1.
    schedule_total : int, optional
        Epochs that a schedule over the whole run was laid out for, where the run goes on beyond them; ``None`` is
        `epochs`.
    patience : int, optional
        Early stopping: epochs without a better validation loss; ``None`` is off. Best weights are restored.
    target_loss : float, optional
        Stop when the training loss is at or below it.
    max_seconds : float, optional
        Stop after this much training time.
    class_weights : {"balanced"}, optional
        Weigh every class as if all were equally common.
    momentum : float
        For the optimisers that use it, 0 to 0.9999.
    average_epochs : float
        Judge and keep the average of the weights over about so many epochs, 0 to 1000; 0 takes the weights themselves.
    seed : int
        Of the order of rows and of dropout.
    """

    optimizer: str = "adam"
    learning_rate: float = 0.01
    batch_size: int = 32
    epochs: int = 200
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    clip_norm: float | None = None
    schedule: str = "constant"
    schedule_epochs: int = 10
    schedule_factor: float = 0.5
    schedule_total: int | None = None
    patience: int | None = None
    target_loss: float | None = None
    max_seconds: float | None = None
    class_weights: Literal["balanced"] | None = None
    momentum: float = 0.9
    average_epochs: float = 0.0
    seed: int = 3

    def __post_init__(self) -> None:
        _choose(self.optimizer, OPTIMIZERS, "optimizer")
        _choose(self.schedule, SCHEDULES, "schedule")
        _within(self.learning_rate, 1e-7, 100, "learning_rate")
        _within(self.batch_size, 0, 10_000_000, "batch_size")
        _within(self.epochs, 0, 10_000_000, "epochs")
        _within(self.l1, 0, 100, "l1")
        _within(self.l2, 0, 100, "l2")
        _within(self.dropout, 0, 0.95, "dropout")
        _within(self.schedule_epochs, 1, 10_000_000, "schedule_epochs")
        _within(self.schedule_factor, 0.0001, 0.9999, "schedule_factor")
        _within(self.momentum, 0, 0.9999, "momentum")
        _within(self.average_epochs, 0, 1000, "average_epochs")
        _within(self.seed, 0, 2**31 - 1, "seed")
        for field in ("clip_norm", "target_loss", "max_seconds", "patience", "schedule_total"):
            value = getattr(self, field)
            if value is not None:
                _within(value, 1 if field in {"patience", "schedule_total"} else 1e-12, 1e12, field)
        if self.class_weights not in (None, "balanced"):
            raise ConfigError("class_weights can only be 'balanced' or off.", field="class_weights")
