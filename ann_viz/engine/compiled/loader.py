"""Hands out the compiled steps of an epoch's batches; the rows lie where they are until C gathers a batch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from ann_viz.engine.arrays import Array, Call
from ann_viz.engine.batches import Batches, Place
from ann_viz.engine.compiled.kernels import OPTIMIZER_KERNELS
from ann_viz.engine.compiled.workbench import Workbench
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.examples import Examples
from ann_viz.engine.loader import Loader
from ann_viz.engine.network import Network
from ann_viz.engine.phase import Phase
from ann_viz.engine.steps import PreparedStep

__all__ = ["CompiledLoader"]


class CompiledLoader(Loader):
    """Goes through the batches of one epoch after the other, every row once, in the order of `Loader`.

    Parameters
    ----------
    bench : Workbench
        Does the steps.
    others
        As those of `Loader`.

    Attributes
    ----------
    in_memory : bool
        Whether C reaches all rows; else one chunk after the other is handed to it.
    updates : bool
        Whether C knows the optimiser; else NumPy ends each step.
    """

    def __init__(
        self,
        bench: Workbench,
        network: Network,
        gradients: Array,
        examples: Examples,
        config: TrainConfig,
        order_rng: np.random.Generator,
        dropout_rng: np.random.Generator,
    ) -> None:
        super().__init__(network, gradients, examples, config, order_rng, dropout_rng)
        self._bench = bench
        self._n_layers = len(network.matrices)
        self.in_memory = isinstance(self._batches, Batches)
        self.updates = True
        bench.hold(gradients=gradients)
        bench.draw_from(order_rng, dropout_rng)
        bench.lay_out(self._batches.size, config.dropout)

    @property
    def position(self) -> int:
        """Rows of this epoch that lie before the loaded chunk."""
        return self._batches.position

    @position.setter
    def position(self, position: int) -> None:
        self._batches.position = position

    def first_row(self, step: PreparedStep) -> int:
        """Return where the batch of a step begins in the rows that C is given."""
        return step.place[0] + (self.position if self.in_memory else 0)

    def prepare(self, config: TrainConfig, update: tuple[Call, ...], n_done: int) -> None:
        """Bind steps under these settings and with this update from now on."""
        columns = self._examples.columns(balanced=config.class_weights is not None)
        self._batches.position += n_done
        self._batches.resize(columns, config.batch_size)
        self._bench.lay_out(self._batches.size, config.dropout)
        self.updates = config.optimizer in OPTIMIZER_KERNELS
        self._update_calls = update
        state = self._bench.state
        state.check_rows = self._batches.chunk_rows
        if isinstance(self._batches, Batches):
            self._point_to(tuple(column[:] for column in columns), self._batches.order)
            state.n_rows = self._batches.n_rows

    def load(self) -> Iterator[PreparedStep]:
        """Return the steps of the next chunk of rows."""
        if isinstance(self._batches, Batches):
            self._places = self._batches.places()
        else:
            self._places = self._batches.load()
            self._point_to(self._batches.buffers, None)
            self._bench.state.n_rows = sum(self._places[-1])
        return map(self._prepared, self._places)

    def n_left_of_chunk(self, step: PreparedStep) -> int:
        """Return how many steps of the loaded chunk are left with this one."""
        return len(self._places) - self._places.index(step.place)

    def steps_after(self, step: PreparedStep, n: int) -> Iterator[PreparedStep]:
        """Return the steps of the loaded chunk that come `n` or more after this one."""
        return map(self._prepared, self._places[self._places.index(step.place) + n :])

    def _point_to(self, columns: tuple[Array, ...], order: Array | None) -> None:
        X, T, *weights = columns
        row_weights = np.ascontiguousarray(weights[0], np.float32) if weights else None
        self._bench.hold(X=X, T=T, row_weights=row_weights, order=order)

    def _prepared(self, place: Place) -> PreparedStep:
        first, n = place[0] + (self.position if self.in_memory else 0), place[1]
        update: tuple[Call, ...] = self._update_calls
        phases: list[tuple[Phase, tuple[Call, ...]]] = []
        for phase in self._phases():
            by_numpy = phase.kind == "update" and not self.updates
            phases.append((phase, update if by_numpy else (partial(self._bench.do, phase, first, n),)))
        whole: tuple[Call, ...] = (partial(self._bench.step, first, n),)
        if not self.updates:
            whole = tuple(call for _, calls in phases for call in calls)
        return PreparedStep(place, tuple(phases), whole, self._bench.masks(n))

    def _phases(self) -> list[Phase]:
        layers = range(self._n_layers)
        forward = [Phase("forward", layer) for layer in layers]
        backward = [Phase("backward", layer) for layer in reversed(layers)]
        return [Phase("input"), *forward, Phase("error"), *backward, Phase("update")]
