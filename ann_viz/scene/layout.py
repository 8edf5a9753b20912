"""Where every neuron stands: columns from left to right, evenly pitched, one-hot members kept together.

Positions are logical pixels inside the drawing area; nothing here knows how they are painted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Layout", "arrange"]

FloatArray: TypeAlias = "NDArray[np.floating]"

INPUT_X: Final = 204.0
OUTPUT_MARGIN: Final = 118.0
TOP: Final = 104.0
BOTTOM: Final = 24.0
GROUP_GAP: Final = 6.0
WIDE_GAP: Final = 60.0
FEW_GAPS: Final = 4  # so many may be wide at the cost of the answer; more of them share its room with it
MAX_PITCH: Final = 80.0
MAX_INPUT_PITCH: Final = 48.0
MIN_RADIUS: Final = 2.0
INPUT_CAP: Final = 13.0
HIDDEN_CAP: Final = 19.0
OUTPUT_CAP: Final = 27.0
CAPS: Final = (INPUT_CAP, HIDDEN_CAP, OUTPUT_CAP)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Positions and radii of all neurons.

    Attributes
    ----------
    width, height : float
        Size of the drawing area in logical pixels.
    x : tuple of float
        Centre of every column, inputs first.
    y : tuple of ndarray
        Centres within each column, top to bottom.
    radius : tuple of float
        One per column.
    """

    width: float
    height: float
    x: tuple[float, ...]
    y: tuple[FloatArray, ...]
    radius: tuple[float, ...]

    def node_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (column, index) of the neuron under a point, or None."""
        column = int(np.argmin(np.abs(np.subtract(self.x, x))))
        rows = self.y[column]
        index = int(np.argmin(np.abs(rows - y)))
        reach = max(self.radius[column], 5.0)
        return (column, index) if math.hypot(x - self.x[column], float(rows[index]) - y) <= reach else None


def _input_rows(n: int, groups: Sequence[tuple[int, int]], top: float, bottom: float) -> tuple[FloatArray, float]:
    """Return input centres and their pitch; groups of several inputs get a little air around them."""
    air = np.zeros(n)  # extra space above each input
    for start, stop in groups:
        if stop - start > 1:
            air[start] += GROUP_GAP if start > 0 else 0.0
            if stop < n:
                air[stop] += GROUP_GAP
    room = bottom - top
    if air.any():
        air *= min(1.0, room / (4 * air.sum()))  # with many groups the air shrinks before the neurons do
    pitch = float(min(MAX_INPUT_PITCH, (room - air.sum()) / max(n - 1, 1)))
    offsets: FloatArray = np.arange(n) * pitch + np.cumsum(air)
    return (top + bottom) / 2 + offsets - float(offsets[-1]) / 2, pitch


def _rows(n: int, top: float, bottom: float) -> tuple[FloatArray, float]:
    pitch = min(MAX_PITCH, (bottom - top) / max(n - 1, 1))
    return (top + bottom) / 2 + (np.arange(n) - (n - 1) / 2) * pitch, pitch


def _columns(n: int, left: float, right: float) -> FloatArray:
    """Return the centres of the columns; of many layers the outer gaps stay wide, for inputs and answer are large."""
    fractions = np.linspace(0.0, 1.0, n)
    fractions = fractions + 0.05 * np.sin(np.pi * fractions)  # the first gap carries most lines: a little wider
    centres: FloatArray = left + (right - left) * fractions
    edge = min(WIDE_GAP, (right - left) / 4)
    if n > 3 and np.diff(centres).min() < edge:
        centres[1:-1] = np.linspace(left + edge, right - edge, n - 2)
    return centres


def arrange(
    sizes: Sequence[int],
    width: float,
    height: float,
    groups: Sequence[tuple[int, int]] = (),
    *,
    output_margin: float = OUTPUT_MARGIN,
    top: float = TOP,
    left: float = INPUT_X,
    caps: tuple[float, float, float] = CAPS,
) -> Layout:
    """Place the neurons of a network.

    Parameters
    ----------
    sizes : sequence of int
        Neurons per layer, inputs and outputs included.
    width, height : float
        Drawing area in logical pixels; at least 320 × 200 is assumed.
    groups : sequence of (start, stop)
        Runs of inputs that belong to one CSV column.
    output_margin : float
        Room right of the output column for the answer.
    top : float
        Room above the neurons for headings.
    left : float
        Room left of the inputs' centres for their names; at most a third of the width.
    caps : tuple of float
        Largest radii of inputs, hidden neurons and one or two outputs.

    Returns
    -------
    Layout
    """
    width, height = max(width, 320.0), max(height, 200.0)
    n_gaps = len(sizes) - 1
    left = min(left, 0.34 * width)
    input_cap, most_hidden, output_cap = caps
    right = max(width - output_margin, left + WIDE_GAP * min(n_gaps, FEW_GAPS))
    right = min(right, width - output_cap)
    xs = _columns(len(sizes), left, right)
    hidden_cap = min(most_hidden, 0.2 * float(xs[1] - xs[0]), 0.35 * float(np.diff(xs).min()))
    bottom = max(height - BOTTOM, top + 60.0)
    ys, radii = [], []
    for column, n in enumerate(sizes):
        if column == 0:
            rows, pitch = _input_rows(n, groups, top, bottom)
            cap = input_cap
        else:
            inset = min(28.0, (bottom - top) * 0.06)
            rows, pitch = _rows(n, top + inset, bottom - inset)
            cap = output_cap if column == n_gaps and n <= 2 else hidden_cap
        ys.append(rows)
        radii.append(float(np.clip(0.42 * pitch if n > 1 else cap, MIN_RADIUS, cap)))
    return Layout(width, height, tuple(xs.tolist()), tuple(ys), tuple(radii))
