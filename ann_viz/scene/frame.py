"""Everything one frame of the picture shows, as plain arrays, made from weights and one row's forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_viz.scene.layout import Layout
from ann_viz.scene.lines import Curves, Lines, sort_lines
from ann_viz.scene.scales import ACTIVATION_REFERENCES, activation_strength, weight_reference

__all__ = ["Frame", "build_frame"]

FloatArray = NDArray[np.floating]

BIAS_REFERENCE = 1.6


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What the painter draws besides labels.

    Attributes
    ----------
    layout : Layout
    lines : Lines
    reference : float
        The |w| at full thickness.
    values : tuple of ndarray
        Activations of the shown row per column, inputs first; each (n_neurons,).
    strengths : tuple of ndarray
        Tint of every circle, 0 to 1.
    biases : tuple of ndarray
        Biases per column from the first hidden layer on.
    """

    layout: Layout
    lines: Lines
    reference: float
    values: tuple[FloatArray, ...]
    strengths: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]


def build_frame(
    layout: Layout,
    curves: Curves,
    weights: Sequence[FloatArray],
    biases: Sequence[FloatArray],
    values: Sequence[FloatArray],
    activations: Sequence[str],
    previous_reference: float = 0.0,
) -> Frame:
    """Prepare one frame.

    Parameters
    ----------
    layout, curves
        Of this architecture and drawing area.
    weights : sequence of ndarray
        W[l], shape (n_in, n_out).
    biases : sequence of ndarray
        b[l], shape (n_out,).
    values : sequence of ndarray
        A[l] of the shown row, inputs first, shape (n,).
    activations : sequence of str
        Activation of every column after the inputs, for the scale of the tints.
    previous_reference : float
        The weight scale so far in this run.
    """
    flat = np.concatenate([w.ravel() for w in weights])
    reference = weight_reference(flat, previous_reference)
    names = ("linear", *activations)
    strengths = tuple(
        activation_strength(a, ACTIVATION_REFERENCES.get(name, 2.2)) for a, name in zip(values, names, strict=True)
    )
    return Frame(layout, sort_lines(curves, flat, reference), reference, tuple(values), strengths, tuple(biases))
