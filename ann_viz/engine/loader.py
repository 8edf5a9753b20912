"""Loads the rows of an epoch chunk by chunk and hands out the prepared step of every batch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ann_viz.engine.arrays import Array, Call
from ann_viz.engine.checkpoint import RowOrder
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.examples import Examples
from ann_viz.engine.network import Network
from ann_viz.engine.steps import PreparedStep, Steps
from ann_viz.engine.streamed_batches import batches_of

__all__ = ["Loader"]


class Loader:
    """Goes through the batches of one epoch after the other, every row once.

    Parameters
    ----------
    network : Network
        Trained by the steps.
    gradients : (n_parameters,) array
        Where the steps put the gradient.
    examples : Examples
        The training rows.
    config : TrainConfig
        Says how large a batch is, and more in `prepare`.
    order_rng, dropout_rng : numpy.random.Generator
        Sources of the order of rows and of dropout.
    """

    def __init__(
        self,
        network: Network,
        gradients: Array,
        examples: Examples,
        config: TrainConfig,
        order_rng: np.random.Generator,
        dropout_rng: np.random.Generator,
    ) -> None:
        self._network, self._gradients, self._examples = network, gradients, examples
        self._order_rng, self._dropout_rng = order_rng, dropout_rng
        self._batches = batches_of(examples.columns(balanced=False), config.batch_size, order_rng)
        self._batches.shuffle()

    @property
    def n_left(self) -> int:
        """Batches of this epoch that lie in the loaded chunk or after it."""
        return -(-(self._batches.n_rows - self._batches.position) // self._batches.size)

    @property
    def n_whole(self) -> int:
        """Batches of a whole epoch."""
        return -(-self._batches.n_rows // self._batches.size)

    @property
    def batch_size(self) -> int:
        """Rows of a whole batch: as set, but never more than there are."""
        return self._batches.size

    def rows_of(self, step: PreparedStep) -> Array:
        """Return which training rows the batch of a step of the loaded chunk consists of (a copy)."""
        return self._batches.rows_at(step.place)

    def order(self, step: PreparedStep) -> RowOrder:
        """Return where the epoch stands before a step of the loaded chunk, and what decides what follows."""
        return RowOrder(
            indices=self._batches.order.copy(),
            seed=self._batches.seed,
            position=self._batches.position + step.place[0],
            order_rng=self._order_rng.bit_generator.state,
            dropout_rng=self._dropout_rng.bit_generator.state,
        )

    def go_on(self, order: RowOrder) -> None:
        """Go on from such a place; before `prepare`."""
        self._order_rng.bit_generator.state = order.order_rng
        self._dropout_rng.bit_generator.state = order.dropout_rng
        self._batches.go_on(order)

    def prepare(self, config: TrainConfig, update: tuple[Call, ...], n_done: int) -> None:
        """Bind steps under these settings and with this update from now on.

        Parameters
        ----------
        config : TrainConfig
            Size of the batches, class weights and dropout.
        update : tuple of callables
            What ends a step.
        n_done : int
            Rows of the loaded chunk that the epoch is through with; it goes on with all others.
        """
        self._batches.position += n_done
        self._batches.resize(self._examples.columns(balanced=config.class_weights is not None), config.batch_size)
        self._steps = Steps(
            self._network,
            self._gradients,
            buffers=self._batches.buffers,
            update=update,
            dropout=config.dropout,
            rng=self._dropout_rng,
        )

    def load(self) -> Iterator[PreparedStep]:
        """Gather the next chunk of rows and return the steps of its batches."""
        return iter([self._steps.at(place) for place in self._batches.load()])

    def finish_chunk(self, step: PreparedStep) -> bool:
        """Count the rows of the loaded chunk, which ended with this step; return whether the epoch ended too."""
        self._batches.position += sum(step.place)
        return self._batches.position == self._batches.n_rows

    def shuffle(self) -> None:
        """Begin an epoch in a new order."""
        self._batches.shuffle()
