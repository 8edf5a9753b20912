"""The prepared calls of whole optimiser steps: input, forward, error, backward, update.

A batch is known by its place in the buffers of `Batches`; the calls of a place are bound once and then run in every
epoch. The phases and the step in a row share the same calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ann_viz.engine.arrays import Array, Call, layer_matrices
from ann_viz.engine.batches import Place
from ann_viz.engine.network import Network
from ann_viz.engine.passes import Pass
from ann_viz.engine.phase import Phase

__all__ = ["PreparedStep", "Steps"]


@dataclass(frozen=True, slots=True)
class PreparedStep:
    """One optimiser step: the place of its batch, its calls phase by phase and all in a row, and dropout's masks."""

    place: Place
    phases: tuple[tuple[Phase, tuple[Call, ...]], ...]
    calls: tuple[Call, ...]
    masks: tuple[Array, ...] = ()


class Steps:
    """Binds the steps of one setting of batch size, dropout and update.

    Parameters
    ----------
    network : Network
        Trained in place.
    gradients : (n_parameters,) array
        Where the gradient goes.
    buffers : tuple of (n_chunk, k) arrays
        Inputs with a column of ones, targets, and perhaps weights of rows.
    update : sequence of callables
        What turns the gradient into a change of the parameters.
    dropout : float
        Share of hidden activations switched off.
    rng : numpy.random.Generator
        Source of the dropout.
    """

    def __init__(
        self,
        network: Network,
        gradients: Array,
        *,
        buffers: tuple[Array, ...],
        update: tuple[Call, ...],
        dropout: float,
        rng: np.random.Generator,
    ) -> None:
        self._network = network
        self._gradients = layer_matrices(gradients, network.config.sizes)
        self._buffers = buffers
        self._update = update
        self._dropout, self._rng = dropout, rng
        self._passes: dict[int, Pass] = {}
        self._steps: dict[Place, PreparedStep] = {}

    def at(self, place: Place) -> PreparedStep:
        """Return the step on the batch at a place of the buffers."""
        if place not in self._steps:
            phases = self._bind(*place)
            calls = tuple(call for _, calls in phases for call in calls)
            self._steps[place] = PreparedStep(place, tuple(phases), calls, self._passes[place[1]].masks)
        return self._steps[place]

    def _bind(self, offset: int, size: int) -> list[tuple[Phase, tuple[Call, ...]]]:
        """Bind the calls of a batch, phase by phase."""
        if size not in self._passes:
            self._passes[size] = Pass(self._network, size, self._dropout, self._rng)
        one = self._passes[size]
        XT, TT, *weights = (buffer[offset : offset + size].T for buffer in self._buffers)
        phases: list[tuple[Phase, tuple[Call, ...]]] = [(Phase("input"), ())]
        forward = one.forward(XT)
        phases += [(Phase("forward", layer), tuple(calls)) for layer, calls in enumerate(forward)]
        phases.append((Phase("error"), tuple(one.error(TT, *weights))))
        for below, calls in enumerate(one.backward(XT, self._gradients), start=1):
            phases.append((Phase("backward", len(forward) - below), tuple(calls)))
        phases.append((Phase("update"), self._update))
        return phases
