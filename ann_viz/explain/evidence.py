"""What is measured about a run: what the network knows, how its loss moves, which of its neurons still work.

Each measure is a function of arrays with its meaning and its source; nothing is judged here. What they say together
stands in the table of the coach (`coach.py`), what the columns themselves hold in `probes.py` and `traits.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import ACTIVATIONS, USUAL_THRESHOLD, Network, NetworkConfig, Task, class_recalls, confusion
from ann_viz.engine.losses import LOSSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "WINDOW",
    "LayerState",
    "Trend",
    "gradient_lengths",
    "layer_states",
    "penalty_pull",
    "recalls",
    "rise",
    "row_losses",
    "trend",
    "update_ratio",
    "weight_length",
]

Array: TypeAlias = "NDArray[np.float64]"
Rows: TypeAlias = "NDArray[np.floating]"

WINDOW: Final = 20  # epochs looked back: long enough that a single bad one is no trend
FLAT_SLOPE: Final = 0.05  # of the steepest: a unit as flat as this learns twenty times slower
FLAT_ROWS: Final = 0.95
MOST_COMPARED: Final = 64  # neurons of a layer: pairs of more would take longer than they are worth
TWIN: Final = 0.9999  # correlation above which two neurons are one


# The loss -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Trend:
    """How a loss moved within the last 20 epochs.

    Parameters
    ----------
    swing : float
        2·mean(max(ΔL, 0)) / mean(L): how far it goes up again, as a share of itself. A loss that falls calmly has
        less than 0.02, one that steps over its goal more than 0.12.
    falling : float
        Share of the epochs in which it fell.
    drop : float
        Share of it that was lost within the window.
    per_epoch : float
        The same for each epoch of the second half, which tells a curve that flattens out from one that creeps.
    """

    swing: float
    falling: float
    drop: float
    per_epoch: float


def trend(losses: Array) -> Trend:
    """Measure how a loss moves; row 0 is the untrained network."""
    tail = np.asarray(losses[-WINDOW - 1 :], np.float64)
    if len(tail) < 2:
        return Trend(0.0, 0.0, 0.0, 0.0)
    changes, mean = np.diff(tail), max(1e-12, float(tail.mean()))
    late = tail[len(tail) // 2 :]
    return Trend(
        swing=2 * float(np.maximum(changes, 0).mean()) / mean,
        falling=float((changes < 0).mean()),
        drop=float((tail[0] - tail[-1]) / max(1e-12, tail[0])),
        per_epoch=float((late[0] - late[-1]) / max(1, len(late) - 1) / max(1e-12, late[0])),
    )


def rise(now: Array, best: Array) -> tuple[float, float]:
    """Return by how much the loss of the same rows rose since the best epoch, and how sure that is.

    The rows are compared one by one, so that what is hard in them cancels out: the usual "it rose three times" is noise
    in most files.

    Parameters
    ----------
    now, best : (n,) arrays
        Loss of each validation row now, and at the best epoch.

    Returns
    -------
    rise : float
        Share of the best loss.
    z : float
        Mean difference in standard errors; 0 without rows.
    """
    if len(now) < 2 or len(now) != len(best):
        return 0.0, 0.0
    difference = now - best
    error = float(difference.std() / math.sqrt(len(difference)))
    mean = float(difference.mean())
    return mean / max(1e-9, float(best.mean())), mean / error if error > 0 else 0.0


def row_losses(network: Network, X: Rows, Y: Rows) -> Array:
    """Return the loss of every row, without penalties and weights of classes."""
    Z = network.activations(X).Z[-1].T.astype(np.float64)
    loss = LOSSES[network.config.loss_name]
    values = loss.values(Z, np.asarray(Y.T, np.float64))
    return np.asarray(values.mean(axis=0), np.float64)


# What it knows --------------------------------------------------------------------------------------------------------
def recalls(task: Task, Y: Rows, answer: Rows, threshold: float = USUAL_THRESHOLD) -> tuple[float, ...]:
    """Return of each class the share of its rows that is found, yes being answered above the threshold.

    Empty for a number; NaN for a class that does not occur.
    """
    if task == "regression" or len(Y) == 0:
        return ()
    return tuple(class_recalls(confusion(Y, answer, threshold)).tolist())


# The neurons ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LayerState:
    """How many neurons of a hidden layer can still learn from the training rows.

    Parameters
    ----------
    neurons : int
        All of them.
    dead : int
        With a sum not above 0 for every row, in a layer where that leaves no slope (ReLU).
    saturated : int
        In a layer that squashes: with less than a twentieth of the steepest slope for 95 % of the rows.
    alike : float
        Share of the pairs of neurons that say the same in every row; 1 where all weights began equal.
    """

    neurons: int
    dead: int
    saturated: int
    alike: float


def layer_states(network: Network, X: Rows) -> tuple[LayerState, ...]:
    """Look at every hidden layer with some hundred training rows.

    References
    ----------
    Lu et al. 2019 on dying ReLU; Glorot & Bengio 2010 on saturation.
    """
    there = network.activations(X)
    states = []
    for name, Z, A in zip(network.activation_names, there.Z, there.A[1:], strict=False):
        activation = ACTIVATIONS[name]
        dead = int((Z <= 0).all(axis=0).sum()) if activation.can_die else 0
        saturated = 0
        if activation.squashes_into is not None:
            flat = np.abs(activation.slope(Z)) < FLAT_SLOPE * float(activation.slope(np.zeros(1))[0])
            saturated = int((flat.mean(axis=0) > FLAT_ROWS).sum())
        states.append(LayerState(Z.shape[1], dead, saturated, _alike(A)))
    return tuple(states)


def _alike(A: Rows) -> float:
    """Share of pairs of columns that are the same but for sign and scale; constant columns are left out."""
    A = A[:, :MOST_COMPARED]
    centred = np.asarray(A - A.mean(axis=0), np.float64)
    lengths = np.sqrt((centred**2).sum(axis=0))
    moving = centred[:, lengths > 1e-6 * max(1e-12, float(np.abs(A).max())) * math.sqrt(len(A))]
    k = moving.shape[1]
    if k < 2:
        return 0.0
    units = moving / np.sqrt((moving**2).sum(axis=0))
    return float((np.abs(units.T @ units)[np.triu_indices(k, 1)] > TWIN).mean())


def gradient_lengths(network: Network, X: Rows, Y: Rows) -> tuple[float, ...]:
    """Return the root mean square of the loss's slope for the weights of each layer, from the inputs on.

    A first layer with a thousandth of the last one's does not learn (Bengio, Simard & Frasconi 1994).
    """
    there = network.activations(X)
    # (n, n_outputs): the slope for the logits of every loss the table has by default
    delta = (there.A[-1] - Y) / len(X)
    lengths = []
    for layer in range(len(network.W) - 1, -1, -1):
        lengths.append(float(np.sqrt(((there.A[layer].T @ delta) ** 2).mean())))
        if layer:
            slope = ACTIVATIONS[network.activation_names[layer - 1]].slope(there.Z[layer - 1])
            delta = (delta @ network.W[layer].T) * slope
    return tuple(reversed(lengths))


def update_ratio(before: Rows, now: Rows) -> float:
    """Return how far the weights moved within an epoch, as a share of their length: ‖Δw‖ / ‖w‖."""
    return float(np.linalg.norm(now - before) / max(1e-12, float(np.linalg.norm(before))))


def penalty_pull(network: Network, lengths: Sequence[float], l1: float, l2: float) -> tuple[float, float]:
    """Return how strongly penalties pull at the weights, and how strongly the data do: RMS over all weights.

    Where the two are as long as each other the weights stand still although the loss could fall further.

    Parameters
    ----------
    network : Network
    lengths : sequence of float
        Those of `gradient_lengths`.
    l1, l2 : float
        The penalties.
    """
    weights = np.concatenate([W.ravel() for W in network.W])
    pull = float(np.sqrt(((l2 * weights + l1 * np.sign(weights)) ** 2).mean()))
    sizes = [W.size for W in network.W]
    data = math.sqrt(sum(length**2 * size for length, size in zip(lengths, sizes, strict=True)) / sum(sizes))
    return pull, data


def weight_length(config: NetworkConfig, params: Sequence[float] | Rows) -> float:
    """Return the root mean square of all weights and biases."""
    return float(np.sqrt(np.mean(np.square(params)))) if config.n_parameters else 0.0
