"""Slices of the loss around the present weights: straight down the steepest way, and across it.

The loss is the plain mean over the given rows, without penalties, dropout or weights of classes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network, TrainConfig
from ann_viz.engine.arrays import layer_matrices, run
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.passes import Pass

__all__ = [
    "MOST_ROWS",
    "Plane",
    "Slope",
    "across_of",
    "is_plain_descent",
    "judged_rows",
    "landing",
    "measure_plane",
    "measure_slope",
]

Array = NDArray[np.floating]
Cancelled = Callable[[], bool]

MOST_ROWS: Final = 1000
N_POINTS: Final = 121
N_ACROSS: Final = 25
_SMALLEST_REACH: Final = 1e-3
_LARGEST_REACH: Final = 1e3
_CLIMB: Final = 0.6  # the slice goes on until the loss is so much (of the way down, or of itself) above the start
_FLAT: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slope:
    """The loss along the negative gradient g: L(w − η·g) for step sizes η from 0 on.

    Parameters
    ----------
    w, gradient : (n_parameters,) arrays
        Where the network stands, and ∂L/∂w there.
    rates : (n,) array
        Step sizes η, the first 0.
    losses : (n,) array
        The loss for each.
    n_rows : int
        Rows it is the mean of.
    """

    w: Array
    gradient: Array
    rates: Array
    losses: Array
    n_rows: int

    @property
    def loss(self) -> float:
        """The loss where the network stands."""
        return float(self.losses[0])

    @property
    def lowest(self) -> float:
        """The step size of the lowest point of the slice."""
        return float(self.rates[int(np.argmin(self.losses))])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plane:
    """The loss on a square of two directions of equal length: the steepest way down, and one at a right angle to it.

    Parameters
    ----------
    down : (n,) array
        Step sizes along the negative gradient; 0 is where the network stands.
    across : (n,) array
        Steps of the same length along the other direction.
    losses : (n, n) array
        ``losses[i, j]`` at ``across[i]`` and ``down[j]``.
    """

    down: Array
    across: Array
    losses: Array


def judged_rows(n_rows: int) -> NDArray[np.int64]:
    """Return which of `n_rows` rows to measure on: all, or 1,000 evenly spread."""
    if n_rows <= MOST_ROWS:
        return np.arange(n_rows)
    return np.linspace(0, n_rows - 1, MOST_ROWS).round().astype(np.int64)


class _Ground:
    """Loss and gradient at any place of the landscape, in float64."""

    def __init__(self, network: Network, X: Array, Y: Array) -> None:
        config = network.config
        self._network = Network.network_from(config, network.params)
        self._loss = LOSSES[config.loss_name]
        self._dtype = network.params.dtype
        self._X1 = np.vstack([np.asarray(X, self._dtype).T, np.ones((1, len(X)), self._dtype)])  # (n_in + 1, n)
        self._Y = np.asarray(Y, self._dtype).T  # (n_out, n)
        self._T = self._loss.targets(self._Y)
        self._pass = Pass(self._network, len(X))
        self._forward = [call for calls in self._pass.forward(self._X1) for call in calls]

    def loss(self, w: Array) -> float:
        """Return the mean loss at `w`; infinite where numbers overflow."""
        np.copyto(self._network.params, w, casting="same_kind")
        with np.errstate(all="ignore"):
            run(self._forward)
            loss = self._loss.total(self._pass.Z, self._Y) / self._Y.shape[1]
        return loss if math.isfinite(loss) else math.inf

    def gradient(self, w: Array) -> Array:
        """Return ∂L/∂w at `w`, as the trainer works it out."""
        np.copyto(self._network.params, w, casting="same_kind")
        flat = np.zeros_like(self._network.params)
        matrices = layer_matrices(flat, self._network.config.sizes)
        with np.errstate(all="ignore"):
            run(self._forward)
            run(self._pass.error(self._T))
            for calls in self._pass.backward(self._X1, matrices):
                run(calls)
        return flat


def measure_slope(network: Network, X: Array, Y: Array, cancelled: Cancelled = lambda: False) -> Slope:
    """Measure the loss along the negative gradient, as far as it climbs clearly above where it began.

    Parameters
    ----------
    network : Network
        Read only.
    X, Y : (n, n_inputs), (n, n_outputs) arrays
        Rows to measure on.
    cancelled : callable
        Asked before every point; true leaves the rest infinite.
    """
    ground = _Ground(network, X, Y)
    w = network.params.copy()
    g = ground.gradient(w)
    rates = np.linspace(0.0, _reach(ground, w, g), N_POINTS)
    losses = np.array([math.inf if cancelled() else ground.loss(_at(w, g, rate)) for rate in rates])
    return Slope(w=w, gradient=g, rates=rates, losses=losses, n_rows=len(X))


def landing(network: Network, X: Array, Y: Array, slope: Slope, rate: float) -> float:
    """Return the loss where one plain gradient step of size `rate` lands."""
    return _Ground(network, X, Y).loss(_at(slope.w, slope.gradient, rate))


def measure_plane(
    network: Network, X: Array, Y: Array, slope: Slope, seed: int, cancelled: Cancelled = lambda: False
) -> Plane:
    """Measure the loss on a square around the present weights, twice as far down the steepest way as up.

    Parameters
    ----------
    network : Network
        Read only.
    X, Y : arrays
        As for `measure_slope`.
    slope : Slope
        Gives place, direction and reach.
    seed : int
        Draws the direction across.
    cancelled : callable
        Asked before every point; true leaves the rest infinite.
    """
    ground = _Ground(network, X, Y)
    reach = float(slope.rates[-1])
    down = np.linspace(-reach / 2, reach, N_ACROSS)
    across = np.linspace(-0.75 * reach, 0.75 * reach, N_ACROSS)
    other = across_of(slope.gradient, seed)
    losses = np.array(
        [
            [
                math.inf if cancelled() else ground.loss(_at(slope.w, slope.gradient * step + other * aside, 1.0))
                for step in down
            ]
            for aside in across
        ]
    )
    return Plane(down=down, across=across, losses=losses)


def across_of(gradient: Array, seed: int) -> Array:
    """Return a direction drawn by chance at a right angle to the gradient, as long as it (Gram and Schmidt)."""
    g = gradient.astype(np.float64)
    drawn = np.random.default_rng(seed).normal(size=g.size)
    square = float(g @ g)
    if square > _FLAT:
        drawn -= g * (float(drawn @ g) / square)
    length = math.sqrt(float(drawn @ drawn))
    return np.asarray(drawn * (math.sqrt(square) / length) if length > _FLAT else np.zeros_like(g))


def _at(w: Array, direction: Array, rate: float) -> Array:
    """Return w − rate · direction, in the precision of w."""
    return np.asarray(w - np.asarray(direction * rate, w.dtype))


def _reach(ground: _Ground, w: Array, g: Array) -> float:
    """Return how far to look: double the step until the loss has climbed well above where it began."""
    start = lowest = ground.loss(w)
    reach = _SMALLEST_REACH
    while reach < _LARGEST_REACH:
        loss = ground.loss(_at(w, g, reach))
        lowest = min(lowest, loss)
        if loss > start + _CLIMB * max(start - lowest, 0.25 * start):
            return reach
        reach *= 1.25
    return _LARGEST_REACH


def is_plain_descent(config: TrainConfig, n_train: int) -> bool:
    """Return whether a step of the trainer is the one on show: plain descent on all rows, all of them measured here."""
    whole = config.batch_size == 0 or config.batch_size >= n_train
    bare = not (config.l1 or config.l2 or config.dropout or config.clip_norm or config.class_weights)
    constant = config.schedule == "constant"
    return config.optimizer == "sgd" and whole and bare and constant and n_train <= MOST_ROWS
