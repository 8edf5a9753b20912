"""The chain rule along paths: how ∂L/∂w of a first line is made of factors, one after the other, and of all paths.

A path leaves an input by its first line and reaches an output. Along it ∂L/∂w is x · f′(z) · w · f′(z) · w … · δ of the
output; the gradient is the sum over all paths that the first line opens, those to the other outputs included
(Rumelhart, Hinton & Williams 1986, equations 3 to 7, with the sums written out).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import ACTIVATIONS, Network
from ann_viz.explain.row import RowPass

if TYPE_CHECKING:
    from ann_viz.explain.neuron import LayerNames

__all__ = ["ChainStory", "Factor", "Path", "chain_story"]

Array = NDArray[np.float64]

N_NAMED: Final = 3
"""Paths that are told one by one; the rest is one operand."""

NOISE: Final = 1e-12
"""So small a part of the operands is what rounding leaves of 0."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a path.

    Parameters
    ----------
    kind : {"input", "slope", "weight", "delta"}
        x of the input, f′(z) of a hidden neuron, w of a line behind the first, δ = ∂L/∂z of the output.
    column : int
        Of the neuron; of a line that of the neuron it comes from.
    value : float
    """

    kind: Literal["input", "slope", "weight", "delta"]
    column: int
    value: float


@dataclass(frozen=True, slots=True)
class Path:
    """A way from an input to an output.

    Parameters
    ----------
    neurons : tuple of int
        One of every column, the input first.
    factors : tuple of Factor
        In the order of the path.
    product : float
        Its part of ∂L/∂w.
    """

    neurons: tuple[int, ...]
    factors: tuple[Factor, ...]
    product: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStory:
    """∂L/∂w of a first line, for one row, as the sum over its paths.

    Parameters
    ----------
    names : sequence of sequences of str
        Of all neurons.
    path : Path
        The one that is looked at.
    paths : tuple of Path
        The strongest from the same first line to the same output, at most three, the strongest first.
    n_paths : int
        How many there are to this output.
    rest, elsewhere : float
        The sum over those that are not among `paths`, and over all paths to other outputs.
    gradient : float
        ∂L/∂w of the first line for this row, as the engine works it out.
    first_lines : tuple of (neuron, gradient)
        All lines that leave the input, and what part of their ∂L/∂w comes by way of this output, the largest first.
    """

    names: LayerNames
    path: Path
    paths: tuple[Path, ...]
    n_paths: int
    rest: float
    elsewhere: float
    gradient: float
    first_lines: tuple[tuple[int, float], ...]


class _Chains:
    """Sums and strongest paths from every neuron to one output, column by column from the back."""

    def __init__(self, network: Network, row: RowPass, output: int) -> None:
        names = network.activation_names
        self.x = np.asarray(row.A[0], np.float64)
        self.W = [np.asarray(W, np.float64) for W in network.W]
        self.slopes = [
            np.asarray(ACTIVATIONS[name].slope(np.asarray(Z, np.float64)), np.float64)
            for name, Z in zip(names, row.Z, strict=False)  # the last Z is the outputs'
        ]
        self.delta = np.asarray(row.delta[-1], np.float64)
        self.output = output

    def sums(self, delta: Array) -> Array:
        """Return the sum over all paths from every neuron of the first column behind the inputs, given δ of outputs."""
        reached = delta
        for W, slope in zip(self.W[:0:-1], self.slopes[::-1], strict=True):
            reached = (W @ reached) * slope  # (n_in, n_out) @ (n_out,)
        return reached

    def strongest(self, first: int, via: Sequence[int], n: int) -> list[tuple[int, ...]]:
        """Return the neurons of the n paths with the largest products, from `first` and then through `via`.

        Per neuron the n best ways on are kept: a better path has no worse ends.
        """
        ways: list[list[tuple[float, tuple[int, ...]]]] = [
            [(self.delta[k], (k,))] if k == self.output else [] for k in range(len(self.delta))
        ]
        forced = dict(enumerate((first, *via), start=1))
        for column in range(len(self.W) - 1, 0, -1):
            ways = self._ways_from(column, ways, forced.get(column), n)
        return [neurons for _, neurons in ways[first]]

    def _ways_from(
        self, column: int, ways: list[list[tuple[float, tuple[int, ...]]]], forced: int | None, n: int
    ) -> list[list[tuple[float, tuple[int, ...]]]]:
        ends = [(target, value, neurons) for target, kept in enumerate(ways) for value, neurons in kept]
        targets = np.array([target for target, _, _ in ends], np.intp)
        values = np.array([value for _, value, _ in ends])
        products = self.W[column][:, targets] * values * self.slopes[column - 1][:, None]  # (n_here, n_ends)
        result: list[list[tuple[float, tuple[int, ...]]]] = []
        for neuron, row in enumerate(products):
            if forced is not None and neuron != forced:
                result.append([])
                continue
            best = np.argsort(-np.abs(row), kind="stable")[:n]
            result.append([(float(row[i]), (neuron, *ends[i][2])) for i in best])
        return result

    def path(self, neurons: tuple[int, ...]) -> Path:
        """Return a path with its factors, given the neuron of every column."""
        factors = [Factor("input", 0, float(self.x[neurons[0]]))]
        for column in range(1, len(neurons) - 1):
            here, there = neurons[column : column + 2]
            factors.append(Factor("slope", column, float(self.slopes[column - 1][here])))
            factors.append(Factor("weight", column, float(self.W[column][here, there])))
        factors.append(Factor("delta", len(neurons) - 1, float(self.delta[neurons[-1]])))
        return Path(neurons, tuple(factors), math.prod(factor.value for factor in factors))


def chain_story(
    network: Network, row: RowPass, source: int, output: int, names: LayerNames, via: Sequence[int] = ()
) -> ChainStory:
    """Tell how the gradient of a first line comes about.

    Parameters
    ----------
    network : Network
        Through which the row was sent.
    row : RowPass
        The row's numbers.
    source, output : int
        Input and output.
    names : sequence of sequences of str
        Of all neurons.
    via : sequence of int
        Hidden neurons that the path shall go through, from the first column on; where they end, the strongest goes on.
        By default the first line is that with the largest gradient by way of this output.
    """
    chains = _Chains(network, row, output)
    n_hidden = len(network.W) - 1
    own = np.where(np.arange(len(chains.delta)) == output, chains.delta, 0.0)
    by_first = chains.x[source] * chains.sums(own)
    order = np.argsort(-np.abs(by_first), kind="stable") if n_hidden else np.array([output])
    first = int(via[0]) if via and n_hidden else int(order[0])
    named = tuple(chains.path((source, *neurons)) for neurons in chains.strongest(first, (), N_NAMED))
    path = chains.path((source, *chains.strongest(first, via[1:n_hidden], 1)[0]))
    here = float(by_first[first])
    return ChainStory(
        names=names,
        path=path,
        paths=named,
        n_paths=math.prod(len(slope) for slope in chains.slopes[1:]),
        rest=_difference(here, [each.product for each in named]),
        elsewhere=float(chains.x[source] * chains.sums(chains.delta - own)[first]),
        gradient=float(row.dW[0][source, first]),
        first_lines=tuple((int(target), float(by_first[target])) for target in order),
    )


def _difference(total: float, parts: Sequence[float]) -> float:
    rest = total - math.fsum(parts)
    return rest if abs(rest) > NOISE * math.fsum(map(abs, parts)) else 0.0
