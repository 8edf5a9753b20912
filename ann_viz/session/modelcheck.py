"""Whether the parts of a model that was read from a file belong together, and whether it has an answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.engine import Network, NetworkConfig
from ann_viz.errors import ConfigError
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Encoder, Recipe

__all__ = ["check_answers", "check_threshold", "check_together"]

_MOST_PROBES: Final = 128
_PROBE_NUMBERS: Final = 1 << 21  # so that trying takes little memory, however wide the network
_SPREAD: Final = 3.0


def check_together(config: NetworkConfig, encoder: Encoder, recipe: Recipe, columns: Sequence[str]) -> None:
    """Raise ValueError where network, encoder, recipe and the columns of the file contradict each other."""
    if not config.task == encoder.task == recipe.task or encoder.target != recipe.target:
        raise ValueError("its parts predict different things")
    if (config.n_inputs, config.n_outputs) != (encoder.n_inputs, encoder.n_outputs):
        raise ValueError("the network has other inputs or outputs than the encoding")
    if not {feature.column for feature in encoder.features} <= set(recipe.inputs):
        raise ValueError("the encoding has columns that are not among the inputs")
    if columns and (len(set(columns)) < len(columns) or not {recipe.target, *recipe.inputs} <= set(columns)):
        raise ValueError("the columns of its file are not those it learned from")


def check_threshold(threshold: float) -> None:
    """Raise ConfigError unless there are chances below and above a decision threshold."""
    if not 0 < threshold < 1:
        raise ConfigError(translate("The decision threshold lies between 0 and 100 %."), field="threshold")


def check_answers(network: Network) -> None:
    """Raise ValueError where a weight, or a sum that usual rows lead to, is not a finite number."""
    if not np.isfinite(network.params).all():
        raise ValueError("a weight is not a finite number")
    n_rows = max(3, min(_MOST_PROBES, _PROBE_NUMBERS // max(network.config.sizes)))
    X = np.random.default_rng(0).normal(scale=_SPREAD, size=(n_rows, network.config.n_inputs))
    X[0], X[1], X[2] = 0.0, _SPREAD, -_SPREAD
    with np.errstate(all="ignore"):
        seen = network.activations(X)
    if not all(np.isfinite(sums).all() for sums in (*seen.Z, seen.A[-1])):
        raise ValueError("its answers are not finite numbers")
