"""What a network and its training begin with on given data: one rule for the window, the command line and the sweep.

It looks at the number of training rows and at nothing else; what each part of it is worth, and what was tried and did
not help, is in ``resources/docs/learning.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.session.samples import is_sample

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = [
    "SIZES",
    "Neurons",
    "Size",
    "Suggestion",
    "following",
    "size_of",
    "suggest_training",
    "suggested_rate",
    "suggested_scale",
]

Neurons = tuple[int, ...]
Size = Literal["best", "small"]
"""64–32 neurons for the best result, or 6–6 of which every line can be seen."""

SIZES: Final[dict[Size, Neurons]] = {"small": (6, 6), "best": (64, 32)}
"""Neurons per hidden layer of the networks that are suggested."""

_BATCHES: Final = ((2_000, 32), (8_000, 64), (30_000, 128))
_LARGEST_BATCH: Final = 256
_STEPS: Final = 8_000
_FEWEST_EPOCHS, _MOST_EPOCHS = 30, 300
_AVERAGE_EPOCHS: Final = 3.0
_PATIENCE: Final = 40
_MOST_L2: Final = 0.1
_DROPOUT: Final = 0.1
_FEW_ROWS: Final = 2_000
_RATES: Final = ((8, 0.02), (16, 0.01))
_USUAL_RATE: Final = 0.005
_NARROW: Final = 16
_SMALL_START: Final = 0.1


def size_of(network: NetworkConfig) -> Size | None:
    """Return which of the suggested networks one is, by its neurons; None for any other."""
    neurons = tuple(layer.neurons for layer in network.hidden)
    return next((size for size, wanted in SIZES.items() if wanted == neurons), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Settings to begin with.

    Parameters
    ----------
    hidden : tuple of LayerConfig
    output_scale : float
        As of `NetworkConfig`.
    training : TrainConfig
    """

    hidden: tuple[LayerConfig, ...]
    output_scale: float
    training: TrainConfig

    def changed(self, training: Mapping[str, Any], activation: str) -> Suggestion:
        """Return it with some settings of training, and the activation of all hidden layers, as they were chosen."""
        hidden = tuple(replace(layer, activation=activation) for layer in self.hidden)
        return replace(self, hidden=hidden, training=replace(self.training, **training))

    def network(self, before: NetworkConfig) -> NetworkConfig:
        """Return a network with these hidden layers, for the data and with the seed of another one."""
        return NetworkConfig(
            n_inputs=before.n_inputs,
            n_outputs=before.n_outputs,
            task=before.task,
            hidden=self.hidden,
            output_scale=self.output_scale,
            seed=before.seed,
        )


def suggest_training(dataset: Dataset, size: Size | Neurons | None = None, *, seed: int = 3) -> Suggestion:
    """Suggest what to begin with on some data.

    Parameters
    ----------
    dataset : Dataset
        Its training rows are counted.
    size : {"best", "small"} or tuple of int, optional
        Of the network, or its neurons per hidden layer; without it the best, but for a sample that comes with the
        program the small one and the plain settings that the lessons tell.
    seed : int
        Of the order of rows and of dropout.
    """
    size = ("small" if is_sample(dataset) else "best") if size is None else size
    hidden = tuple(LayerConfig(neurons=n) for n in (SIZES[size] if isinstance(size, str) else size))
    if is_sample(dataset) and size == "small":
        return Suggestion(hidden=hidden, output_scale=1.0, training=TrainConfig(seed=seed))
    n = len(dataset.train)
    batch = next((batch for below, batch in _BATCHES if n < below), _LARGEST_BATCH)
    training = TrainConfig(
        learning_rate=suggested_rate(hidden),
        batch_size=batch,
        epochs=min(_MOST_EPOCHS, max(_FEWEST_EPOCHS, round(_STEPS * batch / n))),
        l2=float(f"{min(_MOST_L2, 2 / n):.2g}"),
        dropout=_DROPOUT if n < _FEW_ROWS else 0.0,
        average_epochs=_AVERAGE_EPOCHS,
        patience=_PATIENCE,
        seed=seed,
    )
    return Suggestion(hidden=hidden, output_scale=suggested_scale(hidden), training=training)


def suggested_rate(hidden: tuple[LayerConfig, ...]) -> float:
    """Return the learning rate that suits a network: the narrower its first layer, the higher."""
    first = hidden[0].neurons if hidden else 0
    return next((rate for widest, rate in _RATES if first <= widest), _USUAL_RATE)


def suggested_scale(hidden: tuple[LayerConfig, ...]) -> float:
    """Return what the starting weights of the output layer are multiplied by; a narrow network needs all it has."""
    return _SMALL_START if hidden and hidden[0].neurons > _NARROW else 1.0


def following(network: NetworkConfig, training: TrainConfig, hidden: tuple[LayerConfig, ...]) -> tuple[float, float]:
    """Return learning rate and scale of the output's start for other hidden layers; what was chosen by hand stays.

    Parameters
    ----------
    network, training
        What they were before: where they are what is suggested, they follow.
    hidden : tuple of LayerConfig
        The layers to be.
    """
    rate, scale = training.learning_rate, network.output_scale
    if rate == suggested_rate(network.hidden) and training.optimizer == "adam":
        rate = suggested_rate(hidden)
    return rate, suggested_scale(hidden) if scale == suggested_scale(network.hidden) else scale
