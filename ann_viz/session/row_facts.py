"""What is known of a row without looking at a weight: its cells, its inputs, the truth, and what it is called.

Each is worked out when first asked for and then kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import NetworkConfig
from ann_viz.explain import InputFact, wording
from ann_viz.explain.input_labels import InputLabels, input_labels
from ann_viz.scene.pixels import pixel_values

if TYPE_CHECKING:
    from ann_viz.data import Dataset, PartName
    from ann_viz.explain.neuron import LayerNames

__all__ = ["RowFacts"]

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class RowFacts:
    """A row by itself.

    Parameters
    ----------
    dataset : Dataset
        Where the row is from.
    config : NetworkConfig
        The neurons that are named.
    index : int
        Row of the dataset.
    """

    dataset: Dataset
    config: NetworkConfig
    index: int

    @property
    def is_made_up(self) -> bool:
        """Whether the row is in no file, so that nobody knows what is true of it."""
        return False

    @cached_property
    def cells(self) -> Mapping[str, str | None]:
        """What the file says in every column, None where there is no value."""
        names = (column.name for column in self.dataset.table.columns)
        return dict(zip(names, self.dataset.raw(self.index), strict=True))

    @cached_property
    def x(self) -> Array:
        """The row as the network is given it, shape (n_inputs,)."""
        x: Array = self.dataset.X[self.index : self.index + 1][0]
        return x

    @cached_property
    def y(self) -> Array:
        """The truth as the network is told it, shape (n_outputs,)."""
        y: Array = self.dataset.Y[self.index : self.index + 1][0]
        return y

    @cached_property
    def part(self) -> PartName:
        """Whether it is learned from, judged by, or kept for the end."""
        return self.dataset.part_of(self.index)

    @cached_property
    def text(self) -> str:
        """What the row is called in a sentence: "row 2,990 (validation)"."""
        return wording.row_text(self.dataset, self.index)

    @cached_property
    def truth(self) -> wording.Truth:
        """What is true of it."""
        return wording.truth(self.dataset, self.y)

    @cached_property
    def labels(self) -> InputLabels:
        """Names and cells of all inputs."""
        return input_labels(self.dataset, self.cells, self.x)

    @cached_property
    def inputs(self) -> tuple[InputFact, ...]:
        """How each column of the file became inputs."""
        from ann_viz.explain.encoding import input_facts

        return input_facts(self.dataset, self.cells, self.x)

    @cached_property
    def neuron_names(self) -> LayerNames:
        """A name for every neuron, column by column."""
        return wording.neuron_names(self.dataset, self.config)

    @cached_property
    def pixels(self) -> Array | None:
        """The inputs as they stand in the file; None where those are no numbers."""
        return pixel_values(self.dataset, self.cells)
