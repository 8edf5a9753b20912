"""What the coach's buttons do and when they make sense; their labels stand in ``resources/explain/coach.json``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from ann_viz.explain.run_report import SUGGESTED_L2, higher_rate, lower_rate
from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge

__all__ = ["COACH_ACTIONS", "CoachAction"]

MOST_NEURONS: Final = 64


def _always(_bridge: Bridge) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CoachAction:
    """One button.

    Parameters
    ----------
    do : callable
        What a click does.
    is_possible : callable
        Whether it would change anything now.
    """

    do: Callable[[Bridge], None]
    is_possible: Callable[[Bridge], bool] = _always


def _restore_best(bridge: Bridge) -> None:
    bridge.pause()
    bridge.restore_best()


def _has_better(bridge: Bridge) -> bool:
    snapshot = bridge.document.snapshot
    lost = bridge.document.state in (RunState.FAILED, RunState.READY)
    return not lost and snapshot is not None and snapshot.best_epoch != snapshot.epoch


def _lower_rate(bridge: Bridge) -> None:
    bridge.set_training(learning_rate=lower_rate(bridge.document.train_config.learning_rate))


def _raise_rate(bridge: Bridge) -> None:
    bridge.set_training(learning_rate=higher_rate(bridge.document.train_config.learning_rate))


def _restart_slower(bridge: Bridge) -> None:
    _lower_rate(bridge)
    bridge.reset()
    bridge.train()


def _add_neurons(bridge: Bridge) -> None:
    config = bridge.document.network_config
    if config is not None:
        bridge.set_hidden(
            tuple(replace(layer, neurons=min(MOST_NEURONS, 2 * layer.neurons)) for layer in config.hidden)
        )


def _has_small_layer(bridge: Bridge) -> bool:
    config = bridge.document.network_config
    return config is not None and any(layer.neurons < MOST_NEURONS for layer in config.hidden)


COACH_ACTIONS: Final[dict[str, CoachAction]] = {
    "train": CoachAction(Bridge.train),
    "restore_best": CoachAction(_restore_best, _has_better),
    "use_l2": CoachAction(
        lambda bridge: bridge.set_training(l2=SUGGESTED_L2),
        lambda bridge: bridge.document.train_config.l2 < SUGGESTED_L2,
    ),
    "lower_rate": CoachAction(_lower_rate),
    "raise_rate": CoachAction(_raise_rate),
    "restart_slower": CoachAction(_restart_slower),
    "new_start": CoachAction(Bridge.new_start),
    "add_neurons": CoachAction(_add_neurons, _has_small_layer),
    "balance": CoachAction(lambda bridge: bridge.set_training(class_weights="balanced")),
}
