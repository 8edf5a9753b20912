"""Everything one frame draws, computed from weights and activations: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.curves import LineCurves
from ann_viz.scene.elements import Element, Neuron, Route
from ann_viz.scene.layout import Layout
from ann_viz.scene.lines import Lines, follow_lines, sort_lines
from ann_viz.scene.modes import LineMode, line_values, log_strength
from ann_viz.scene.paths import own_lines, paths_behind
from ann_viz.scene.scales import activation_reference, activation_strength, weight_reference
from ann_viz.scene.thickness import Beyond, find_beyond

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Frame", "NetworkNumbers", "build_frame"]

FloatArray: TypeAlias = "NDArray[np.floating]"
BoolArray: TypeAlias = "NDArray[np.bool_]"
IndexArray: TypeAlias = "NDArray[np.intp]"

FADED: Final = 0.42
"""Opacity of circles that don't belong to the selection."""

LEAP: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NetworkNumbers:
    """The numbers of a network and one row, per layer.

    Attributes
    ----------
    weights, biases : tuple of ndarray
        W[l], shape (n_in, n_out), and b[l].
    values : tuple of ndarray
        A[l] of the shown row, inputs first.
    gradients : tuple of (ndarray or None)
        Of the last batch, shaped like the weights, None where it has not got back to; or empty.
    before : tuple of ndarray
        Where the epoch's learning began; shaped like the weights, or empty.
    sent : int, optional
        Through so many gaps the batch under way has sent its signals; by default through all.
    dropped : tuple of ndarray of bool
        Neurons that dropout has switched off in the batch under way, per column; empty without.
    """

    weights: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]
    values: tuple[FloatArray, ...]
    gradients: tuple[FloatArray | None, ...] = ()
    before: tuple[FloatArray, ...] = ()
    sent: int | None = None
    dropped: tuple[BoolArray, ...] = ()

    def only(self, shown: Sequence[IndexArray]) -> NetworkNumbers:
        """Return the numbers of some neurons, given per column."""
        if all(len(index) == len(a) for index, a in zip(shown, self.values, strict=True)):
            return self

        def part(w: FloatArray, gap: int) -> FloatArray:
            return w.take(shown[gap], 0).take(shown[gap + 1], 1)  # a quarter of the time that np.ix_ takes

        def cut(matrices: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
            return tuple(part(w, gap) for gap, w in enumerate(matrices))

        return NetworkNumbers(
            weights=cut(self.weights),
            biases=tuple(b[index] for b, index in zip(self.biases, shown[1:], strict=True)),
            values=tuple(a[index] for a, index in zip(self.values, shown, strict=True)),
            gradients=tuple(None if dW is None else part(dW, gap) for gap, dW in enumerate(self.gradients)),
            before=cut(self.before),
            sent=self.sent,
            dropped=tuple(off[index] for off, index in zip(self.dropped, shown, strict=True)) if self.dropped else (),
        )

    @property
    def n_sent(self) -> int:
        """Through how many gaps signals have gone."""
        return len(self.weights) if self.sent is None else self.sent


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What the painter draws besides labels.

    Attributes
    ----------
    layout : Layout
    lines : Lines
    mode : LineMode
        What the lines show.
    line_numbers : ndarray, shape (n_connections,)
        The number behind every line.
    reference : float
        Its magnitude at full thickness.
    beyond : Beyond
        The lines that are larger.
    values : tuple of ndarray
        Activations of the shown row per column, inputs first; each (n_neurons,).
    strengths : tuple of ndarray
        Tint of every circle, 0 to 1.
    biases : tuple of ndarray
        Biases per column from the first hidden layer on.
    faded : tuple of ndarray of bool
        Circles that don't belong to the selection, per column; empty without a selection.
    n_filled : int
        So many columns have got their signals; circles of the others are empty.
    dropped : tuple of ndarray of bool
        Neurons that dropout has switched off, per column; empty without.
    """

    layout: Layout
    lines: Lines
    mode: LineMode
    line_numbers: FloatArray
    reference: float
    beyond: Beyond
    values: tuple[FloatArray, ...]
    strengths: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]
    faded: tuple[BoolArray, ...] = ()
    n_filled: int = 1 << 30
    dropped: tuple[BoolArray, ...] = ()


def build_frame(
    curves: LineCurves,
    numbers: NetworkNumbers,
    activations: Sequence[str],
    *,
    mode: LineMode = "weights",
    reference: float = 0.0,
    share: float | None = None,
    selection: Element | Route | None = None,
    arrived: bool = True,
) -> Frame:
    """Prepare one frame.

    Parameters
    ----------
    curves : LineCurves
        Of this architecture and drawing area.
    numbers : NetworkNumbers
        Of the neurons that the layout has.
    activations : sequence of str
        Activation of every column after the inputs, for the scale of the tints.
    mode : LineMode
    reference : float
        The |w| drawn at full thickness, by default that of these weights; of the other modes the scale so far.
    share : float, optional
        Part of each gap's lines to draw, 0 to 1; see `ann_viz.scene.strongest`.
    selection : Element or Route, optional
        What is selected, counted among the neurons that the layout has.
    arrived : bool
        Whether the signals of the batch under way have come through the gap that they were sent through last.
    """
    n_sent = numbers.n_sent
    line_numbers = line_values(mode, numbers.weights, numbers.values, numbers.gradients, numbers.before, n_sent)
    reference = _reference(mode, line_numbers, reference)
    drawn, scale = (log_strength(line_numbers, reference), 1.0) if mode == "gradients" else (line_numbers, reference)
    own = _own(numbers, selection)
    # A weight of 0 is a line all the same; no signal, no gradient and no change are none.
    present = None if mode == "weights" or line_numbers.all() else line_numbers != 0
    names = ("linear", *activations)
    strengths = tuple(
        activation_strength(a, activation_reference(name)) for a, name in zip(numbers.values, names, strict=True)
    )
    return Frame(
        layout=curves.layout,
        lines=sort_lines(curves, drawn, scale, share=share, own=own, present=present),
        mode=mode,
        line_numbers=line_numbers,
        reference=reference,
        beyond=find_beyond(line_numbers, reference),
        values=numbers.values,
        strengths=strengths,
        biases=numbers.biases,
        faded=() if own is None else _faded(numbers, own, selection),
        n_filled=n_sent + (arrived or not n_sent),
        dropped=numbers.dropped,
    )


def follow_frame(frame: Frame, values: FloatArray) -> Frame:
    """Return `frame` with its lines at newer numbers; its scale, and all that is not drawn as a line, stay.

    It is the same frame where each line is drawn as before.

    Parameters
    ----------
    values : ndarray, shape (n_drawn,)
        The numbers behind the lines that are drawn, in the order of ``frame.lines.connections``.
    """
    lines = follow_lines(frame.lines, values, frame.reference)
    return frame if lines is frame.lines else replace(frame, lines=lines)


def _reference(mode: LineMode, line_numbers: FloatArray, previous: float) -> float:
    """Return the scale: of weights it is the run's, of signals it only grows; gradients and changes fade, and it leaps.

    `previous` is 0 where there is none yet.
    """
    if mode == "weights" and previous:
        return previous
    if mode in ("weights", "signals"):
        return weight_reference(line_numbers, previous)
    fresh = weight_reference(line_numbers)
    return previous if LEAP * previous <= fresh <= previous else fresh


def _own(numbers: NetworkNumbers, selection: Element | Route | None) -> BoolArray | None:
    if selection is None:
        return None
    if isinstance(selection, Neuron) and selection.column == len(numbers.weights):
        return paths_behind(numbers.weights, numbers.values, selection.index)
    return own_lines([len(a) for a in numbers.values], selection)


def _faded(numbers: NetworkNumbers, own: BoolArray, selection: Element | Route | None) -> tuple[BoolArray, ...]:
    touched = [np.zeros(len(a), dtype=bool) for a in numbers.values]
    start = 0
    for gap, w in enumerate(numbers.weights):
        part = own[start : start + w.size].reshape(w.shape)
        start += w.size
        touched[gap] |= part.any(axis=1)
        touched[gap + 1] |= part.any(axis=0)
    if isinstance(selection, Neuron):
        touched[selection.column][selection.index] = True
    return tuple(~column for column in touched)
