"""What is tried where nobody has said it: around the settings that stand, as far as is usual."""

from __future__ import annotations

from typing import Final

from ann_viz.engine import NetworkConfig, Task, TrainConfig
from ann_viz.session.sweeping.plan import Domain, Measure, Span
from ann_viz.session.sweeping.task import Value

__all__ = ["CHOICES", "RATE_LIMITS", "measures_of", "usual_space"]

CHOICES: Final[dict[str, tuple[Value, ...]]] = {
    "hidden": ((4,), (8,), (16,), (6, 6), (12, 6), (16, 8)),
    "l2": (0.0, 0.0001, 0.001, 0.01, 0.1),
    "batch_size": (8, 16, 32, 64, 128, 0),
    "dropout": (0.0, 0.1, 0.2, 0.5),
    "activation": ("relu", "tanh", "gelu"),
    "optimizer": ("adam", "sgd", "momentum"),
}
"""Values that are offered for a setting, in their order."""

_WIDE_LAYERS: Final[tuple[Value, ...]] = ((8,), (16,), (32,), (16, 8), (32, 16), (64, 32))
"""Tried where the network that stands is a wide one."""

_WIDE: Final = 16
_TRIED: Final[dict[str, tuple[Value, ...]]] = {
    "l2": (0.0, 0.0001, 0.001, 0.01),
    "batch_size": (16, 32, 64, 128),
}

RATE_LIMITS: Final = (0.0001, 1.0)
_RATE_FACTOR: Final = 15.0  # below and above the rate that stands


def usual_space(network: NetworkConfig, training: TrainConfig) -> tuple[tuple[str, Domain], ...]:
    """Return what is varied unless something else was asked for: learning rate, layers, L2 and batch.

    Layers that stand are among those tried.
    """
    own = tuple(layer.neurons for layer in network.hidden)
    usual = _WIDE_LAYERS if max(own, default=0) > _WIDE else CHOICES["hidden"]
    layers = usual if own in usual else (*usual, own)
    return (
        ("learning_rate", rates_around(training.learning_rate)),
        ("hidden", layers),
        ("l2", _TRIED["l2"]),
        ("batch_size", _TRIED["batch_size"]),
    )


def rates_around(rate: float) -> Span:
    """Return the learning rates worth trying where this one stands."""
    low, high = RATE_LIMITS
    return Span(
        float(f"{min(max(low, rate / _RATE_FACTOR), high / 2):.1g}"),
        float(f"{max(min(high, rate * _RATE_FACTOR), low * 2):.1g}"),
    )


def measures_of(task: Task) -> tuple[Measure, ...]:
    """Return by what runs of a task can be ranked, the usual one first."""
    if task == "regression":
        return ("loss", "rmse")
    return ("loss", "auc", "accuracy") if task == "binary" else ("loss", "accuracy", "auc")
