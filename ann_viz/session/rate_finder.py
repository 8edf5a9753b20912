"""Which learning rate suits a network: a copy learns for about an epoch, while the rate climbs and the loss is watched.

Smith, L. N. (2017). Cyclical learning rates for training neural networks. WACV 2017, section 3.3. The rates climb
geometrically; suggested is a fraction of the rate at which the smoothed loss is lowest, before it explodes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import LOSSES, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.rows import judged
from ann_viz.errors import Cancelled, TrainingError
from ann_viz.session.document import Document
from ann_viz.session.job import Progress
from ann_viz.session.starting import require

__all__ = ["HIGHEST", "LOWEST", "RateCurve", "RateRequest", "find_rate", "rate_request"]

LOWEST: Final = 1e-6
HIGHEST: Final = 10.0
N_RATES: Final = 140
MOST_STEPS_A_RATE: Final = 8
MOST_ROWS: Final = 1_000
SMOOTHING: Final = 5
EXPLODED: Final = 4.0  # times the loss at the start
SAFETY: Final = 4.0  # below the lowest point: one step further it goes up again
CLEAR_FALL: Final = 0.02  # of the loss at the start


@dataclass(frozen=True, slots=True, eq=False)
class RateRequest:
    """What to try.

    Parameters
    ----------
    dataset : Dataset
    network : NetworkConfig
    params : (n_parameters,) array
        The weights to begin with; they are copied.
    training : TrainConfig
        How it learns, but for the rate and its schedule.
    """

    dataset: Dataset
    network: NetworkConfig
    params: NDArray[np.floating]
    training: TrainConfig


@dataclass(frozen=True, slots=True, eq=False)
class RateCurve:
    """What came of it.

    Parameters
    ----------
    rates, losses : (n,) arrays
        Smoothed, of rows it learns from; the curve ends where the loss has exploded.
    suggested : float or None
        With one digit; None where no rate made the loss fall clearly.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    suggested: float | None


def rate_request(document: Document) -> RateRequest:
    """Return what to try for the run in the window: from its starting weights, for those are what a rate has to suit.

    Raises
    ------
    StateError
        Without data.
    """
    snapshot = require(document.newest)
    first = snapshot.timeline[0] if snapshot.timeline else None
    config = snapshot.config
    params = first.params if first is not None and first.place == (0, 0) else Network(config).params
    return RateRequest(require(document.dataset), config, params, document.train_config)


def find_rate(request: RateRequest, progress: Progress, cancelled: Callable[[], bool]) -> RateCurve:
    """Try all rates, the lowest first; raises Cancelled."""
    rates = np.geomspace(LOWEST, HIGHEST, N_RATES)
    config = replace(
        request.training, learning_rate=LOWEST, schedule="constant", epochs=0, patience=None, target_loss=None,
        max_seconds=None, average_epochs=0.0,
    )  # fmt: skip
    network = Network.network_from(request.network, request.params)
    trainer = Trainer(network, *request.dataset.stream("train"), config=config)
    X, Y = (np.asarray(rows) for rows in judged(*request.dataset.stream("train"), MOST_ROWS))
    n_steps = min(MOST_STEPS_A_RATE, max(1, round(trainer.n_batches / N_RATES)))
    losses = [_loss(network, X, Y)]
    for place, rate in enumerate(rates.tolist()):
        if cancelled():
            raise Cancelled
        trainer.configure(replace(config, learning_rate=rate))
        try:
            for _ in range(n_steps):
                next(trainer)
        except TrainingError:
            break
        loss = _loss(network, X, Y)
        if not math.isfinite(loss):
            break
        losses.append(loss)
        progress((place + 1) / N_RATES)
        if loss > EXPLODED * losses[0]:
            break
    progress(1.0)
    tried = np.array(losses[1:])
    smooth = _smoothed(tried)
    return RateCurve(rates[: len(tried)], smooth, suggested_rate(rates[: len(tried)], smooth, losses[0]))


def _loss(network: Network, X: NDArray[np.floating], Y: NDArray[np.floating]) -> float:
    """Return the mean loss by which the network learns, without penalties."""
    with np.errstate(all="ignore"):
        Z = network.activations(X).Z[-1]
        return LOSSES[network.config.loss_name].total(Z.T, Y.T) / len(X)


def _smoothed(losses: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over some neighbours of each, fewer at the ends."""
    places = np.arange(len(losses))
    reach = SMOOTHING // 2
    windows = [losses[max(0, place - reach) : place + reach + 1] for place in places.tolist()]
    return np.array([window.mean() for window in windows])


def suggested_rate(rates: NDArray[np.float64], losses: NDArray[np.float64], start: float) -> float | None:
    """Return a rate at which the loss falls fast and is in no danger, in one digit; None without a clear fall.

    Parameters
    ----------
    rates, losses : (n,) arrays
        Smoothed losses.
    start : float
        The loss before any step.
    """
    if not len(losses):
        return None
    lowest = int(losses.argmin())
    if losses[lowest] > start * (1 - CLEAR_FALL):
        return None
    return float(f"{rates[lowest] / SAFETY:.1g}")
