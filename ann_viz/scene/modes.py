"""What the lines can show, each with the number behind every line and its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from ann_viz.scene.scales import drawable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LINE_MODES", "LineMode", "line_values", "log_strength"]

FloatArray: TypeAlias = "NDArray[np.floating]"

LineMode = Literal["weights", "signals", "gradients", "change"]

LINE_MODES: Final[tuple[LineMode, ...]] = ("weights", "signals", "gradients", "change")

DECADES: Final = 2.0
"""Gradients below a hundredth of the strongest are drawn as thin as lines get."""


def line_values(
    mode: LineMode,
    weights: Sequence[FloatArray],
    activations: Sequence[FloatArray],
    gradients: Sequence[FloatArray | None] = (),
    before: Sequence[FloatArray] = (),
    n_sent: int | None = None,
) -> FloatArray:
    """Return the number behind every line.

    Parameters
    ----------
    mode : LineMode
        "weights": w. "signals": w · a, what travels along the line for the shown row. "gradients": ∂L/∂w of the last
        batch. "change": what the optimiser has done to w since the epoch began, or in the last one.
    weights : sequence of ndarray
        W[l], shape (n_in, n_out).
    activations : sequence of ndarray
        A[l] of the shown row, inputs first, shape (n,).
    gradients, before : sequence of ndarray
        Shaped like the weights; empty, or None for a layer, before there are any, which counts as zero.
    n_sent : int, optional
        Through so many gaps signals have been sent, by default through all; in the others there are none.

    Returns
    -------
    ndarray, shape (n_connections,)
        In the order of the weight matrices, row by row.
    """
    if mode == "signals":
        there = len(weights) if n_sent is None else n_sent
        parts: list[FloatArray] = [
            w * a[:, None] if gap < there else np.zeros_like(w)
            for gap, (w, a) in enumerate(zip(weights, activations[:-1], strict=True))
        ]
    elif mode == "gradients":
        known = gradients or [None] * len(weights)
        parts = [np.zeros_like(w) if dW is None else dW for w, dW in zip(weights, known, strict=True)]
    elif mode == "change" and before:
        parts = [now - then for now, then in zip(weights, before, strict=True)]
    elif mode == "change":
        parts = [np.zeros_like(w) for w in weights]
    else:
        parts = list(weights)
    return drawable(np.concatenate([part.ravel() for part in parts]))


def log_strength(values: FloatArray, reference: float) -> FloatArray:
    """Return how strongly gradients are drawn, −1 to 1: the two decades below `reference` are spread over 0 to 1."""
    size = np.abs(values) / reference
    with np.errstate(divide="ignore"):
        strength = 1 + np.log10(size) / DECADES
    return np.sign(values) * np.clip(strength, 0.0, 1.0)
