"""What the user does to single weights, biases and neurons: sets, locks and switches off."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Network, Trainer
from ann_viz.engine.arrays import layer_matrices
from ann_viz.errors import ConfigError
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ManualEdits", "Parameter"]

Parameter = tuple[int, int, int]
"""Layer, row and column of a place in ``network.matrices``; the row after the last neuron's is the bias."""


class ManualEdits:
    """What was done by hand since the network began.

    A neuron that is switched off sends nothing: its outgoing weights are zero and held there, and come back when it is
    switched on again. To the rest of the network that is the same as an activation of zero.
    """

    def __init__(self) -> None:
        self._changed: frozenset[Parameter] = frozenset()
        self._locked: frozenset[Parameter] = frozenset()
        self._silent: dict[tuple[int, int], NDArray[np.floating]] = {}

    @property
    def changed(self) -> frozenset[Parameter]:
        """What was set to another value."""
        return self._changed

    @property
    def locked(self) -> frozenset[Parameter]:
        """What training leaves alone."""
        return self._locked

    @property
    def off(self) -> frozenset[tuple[int, int]]:
        """Neurons that are switched off, as (column, index); column 0 is the inputs."""
        return frozenset(self._silent)

    @property
    def silent(self) -> Mapping[tuple[int, int], NDArray[np.floating]]:
        """The weights that neurons which are off send with when they are on, by (column, index)."""
        return self._silent

    @classmethod
    def restored(
        cls,
        changed: Iterable[Parameter],
        locked: Iterable[Parameter],
        silent: Mapping[tuple[int, int], NDArray[np.floating]],
    ) -> ManualEdits:
        """Return edits that were kept in a file; `hold` lets a trainer know of them."""
        edits = cls()
        edits._changed, edits._locked, edits._silent = frozenset(changed), frozenset(locked), dict(silent)
        return edits

    def copy(self) -> ManualEdits:
        """Return the same edits; what is done to either does not touch the other."""
        other = ManualEdits()
        other._changed, other._locked = self._changed, self._locked
        other._silent = {place: weights.copy() for place, weights in self._silent.items()}
        return other

    def set_value(self, trainer: Trainer, parameter: Parameter, value: float) -> float:
        """Give a parameter another value and return the one it had; raises ConfigError for one that is not finite."""
        if not math.isfinite(value):
            raise ConfigError(translate("A weight is a finite number."), field="weight")
        if parameter[:2] in self._silent:
            raise ConfigError(
                translate("This neuron is switched off. Switch it on before you set its weights."), field="weight"
            )
        place = _numbers(trainer.network)[parameter[0]][parameter[1:]]
        before = float(trainer.network.params[place])
        trainer.write(np.array([place]), np.array([value]))
        self._changed |= {parameter}
        return before

    def lock(self, trainer: Trainer, parameter: Parameter, locked: bool) -> None:
        """Let training leave a parameter alone, or change it again."""
        self._locked = self._locked | {parameter} if locked else self._locked - {parameter}
        self.hold(trainer)

    def switch(self, trainer: Trainer, column: int, index: int, on: bool) -> None:
        """Switch an input or hidden neuron on or off; raises ConfigError for an output."""
        matrices = trainer.network.matrices
        if not 0 <= column < len(matrices):
            raise ConfigError(translate("An output can't be switched off: it is the answer."), field="neuron")
        weights, places = matrices[column][index], _numbers(trainer.network)[column][index]
        if on:
            before = self._silent.pop((column, index), None)
            if before is not None:
                trainer.write(places, before)
        elif (column, index) not in self._silent:
            self._silent[column, index] = weights.copy()
            trainer.write(places, np.zeros_like(weights))
        self.hold(trainer)

    def woken(self, network: Network) -> Network:
        """Return `network`, or where neurons are off a copy that has their weights back."""
        if not self._silent:
            return network
        awake = Network.network_from(network.config, network.params)
        for (column, index), weights in self._silent.items():
            np.copyto(awake.matrices[column][index], weights)
        return awake

    def hold(self, trainer: Trainer) -> None:
        """Let a trainer leave alone what is locked or switched off."""
        numbers = _numbers(trainer.network)
        places = [numbers[layer][row, column] for layer, row, column in self.locked]
        rows = [numbers[column][index] for column, index in self._silent]
        trainer.freeze(np.concatenate([np.asarray(places, np.intp), *rows]))


def _numbers(network: Network) -> tuple[NDArray[np.intp], ...]:
    """Return where in ``network.params`` every place of ``network.matrices`` lies."""
    return layer_matrices(np.arange(network.params.size), network.config.sizes)
