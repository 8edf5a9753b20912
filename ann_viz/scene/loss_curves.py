"""Numbers behind the charts of losses and scores: which part to show, round tick values, a smoothed curve. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from ann_viz.numerals import format_number

if TYPE_CHECKING:
    from numpy.typing import NDArray


__all__ = [
    "LossCurves",
    "RunCurve",
    "Shown",
    "log_ticks",
    "shown_range",
    "smoothed",
    "steady_range",
    "tick_texts",
    "ticks",
    "visible_range",
]

WINDOW: Final = 5
LONG_ENOUGH: Final = 12
HEAD_SHARE: Final = 0.05
HEAD_SHARE_OF_RUNS: Final = 0.15  # the slowest of them would leave the others no height
MARGIN: Final = 0.08
LEAST_LOSS: Final = 1e-12  # drawn on a logarithmic axis
LEAST_FILLED: Final = 0.7
HEADROOM: Final = 0.2
HUGE: Final = 1e5  # losses from here on have a power of ten


class Shown(NamedTuple):
    """Where the weights on show are, in epochs, and their losses or scores; NaN without validation rows."""

    epoch: float
    train: float
    validation: float


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class RunCurve:
    """The course of one run among others: its place among all for the colour, A or B if it is compared, its name.

    ``best`` is the epoch and the loss of its best epoch, ``branch`` the epoch at which it left its parent.
    """

    number: int
    place: int
    letter: str
    name: str
    epoch: NDArray[np.float64]
    values: NDArray[np.float64]
    best: tuple[float, float]
    branch: float | None = None


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class LossCurves:
    """What is drawn; ``validation`` is None without such rows, ``best`` the row of the lowest validation loss.

    ``baseline`` is the loss of always guessing, ``linear`` that of a network without hidden layer, ``fast`` is true
    where quick lines matter more than fine ones. ``now`` are the weights on show, which need not be those of the last
    epoch; ``past`` says that training has gone on since, so that what follows is drawn faintly. ``runs`` are drawn in
    place of the two curves where there are some; then nothing is faint.
    """

    epoch: NDArray[np.float64]
    train: NDArray[np.float64]
    validation: NDArray[np.float64] | None
    best: int | None
    baseline: float | None
    log: bool
    fast: bool
    linear: float | None = None
    now: Shown | None = None
    past: bool = False
    runs: tuple[RunCurve, ...] = ()

    def has_lines_of(self, other: LossCurves) -> bool:
        """Return whether nothing is drawn otherwise than in another but the moment on show."""
        same = (self.epoch is other.epoch, self.train is other.train, self.validation is other.validation)
        kinds = ((each.best, each.baseline, each.linear, each.log, each.fast, each.end) for each in (self, other))
        return all(same) and not self.runs and not other.runs and next(kinds) == next(kinds)

    @property
    def drawn(self) -> tuple[NDArray[np.float64], ...]:
        """All that is drawn."""
        if self.runs:
            return tuple(run.values for run in self.runs)
        return (self.train,) if self.validation is None else (self.train, self.validation)

    @property
    def last_epoch(self) -> float:
        """Where the last curve ends."""
        return max(float(epoch[-1]) for epoch in [self.epoch, *(run.epoch for run in self.runs)])

    @property
    def end(self) -> float:
        """How far the axis has to reach: to the end of the curves and the weights on show."""
        return max(self.last_epoch, self.shown.epoch)

    @property
    def shown(self) -> Shown:
        """The weights on show; by default those of the last epoch."""
        validation = math.nan if self.validation is None else float(self.validation[-1])
        return self.now or Shown(float(self.epoch[-1]), float(self.train[-1]), validation)

    @property
    def branching(self) -> RunCurve | None:
        """The run that is compared and has left its parent at some epoch, the first of two."""
        return next((run for run in self.runs if run.letter and run.branch is not None), None)

    def height(self, loss: float) -> float:
        """Return where a loss or score is on the axis: its decimal logarithm if that is asked for."""
        return math.log10(max(loss, LEAST_LOSS)) if self.log else float(loss)

    def heights(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where losses or scores are on the axis."""
        return np.asarray(np.log10(np.maximum(losses, LEAST_LOSS))) if self.log else losses

    def loss(self, height: float) -> float:
        """Return which loss or score is at a place of the axis."""
        return 10.0**height if self.log else height


def smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over five epochs around each, fewer at the ends; a short curve stays as it is."""
    if len(values) < LONG_ENOUGH or not np.isfinite(values).all():
        return values
    sums = np.concatenate(([0.0], np.cumsum(values)))
    position = np.arange(len(values))
    reach = np.minimum(WINDOW // 2, np.minimum(position, len(values) - 1 - position))
    return np.asarray((sums[position + reach + 1] - sums[position - reach]) / (2 * reach + 1))


def visible_range(curves: tuple[NDArray[np.float64], ...], head_share: float = HEAD_SHARE) -> tuple[float, float]:
    """Return the lowest and highest loss to show: everything but the steep fall of the first epochs.

    Parameters
    ----------
    curves : tuple of ndarray, shape (n_epochs + 1,)
        Losses from the untrained network on; NaN where there is none.
    head_share : float
        Which part of the epochs those are.
    """
    lows, highs = [], []
    for curve in curves:
        head = min(len(curve) - 1, math.ceil(head_share * len(curve))) if len(curve) > LONG_ENOUGH else 0
        finite = curve[np.isfinite(curve)]
        tail = curve[head:][np.isfinite(curve[head:])]
        if len(tail):
            lows.append(float(finite.min()))
            highs.append(float(tail.max()))
    if not lows:
        return 0.0, 1.0
    low, high = min(lows), max(highs)
    margin = MARGIN * (high - low) or 0.05 * abs(high) or 0.5
    return low - margin, high + margin


def shown_range(curves: LossCurves) -> tuple[float, float]:
    """Return the range of the axis, widened to the loss of always guessing when that is near."""
    both = curves.drawn
    low, high = visible_range(both, HEAD_SHARE_OF_RUNS if curves.runs else HEAD_SHARE)
    if curves.log and low <= 0:
        positive = [float(curve[curve > 0].min()) for curve in both if (curve > 0).any()]
        low = 0.9 * min(positive, default=high / 10)
    if curves.baseline is not None and low <= curves.baseline <= high + 0.25 * (high - low):
        high = max(high, 1.01 * curves.baseline)
    return low, high


def steady_range(kept: tuple[float, float], low: float, high: float, *, fixed_low: bool = False) -> tuple[float, float]:
    """Return a range that need not change with every redraw: an axis that moves is laid out anew, with all its texts.

    Parameters
    ----------
    kept : tuple of float
        The range that is shown now; it stays while what is to be shown lies within it and fills 70 % of it.
    low, high : float
        What is to be shown.
    fixed_low : bool
        A new range begins at `low`; else it has as much room below as above.
    """
    if kept[0] <= low and high <= kept[1] and high - low >= LEAST_FILLED * (kept[1] - kept[0]):
        return kept
    room = HEADROOM * (high - low)
    return (low, high + room) if fixed_low else (low - room / 2, high + room / 2)


def tick_texts(values: list[float]) -> list[str]:
    """Write tick values with as many digits as tell neighbours apart, at least two decimals."""
    gap = min((after - before for before, after in pairwise(values)), default=1.0)
    largest = max(map(abs, values), default=0.0)
    if largest >= HUGE:
        digits = min(3, max(0, math.ceil(math.log10(largest / gap))))
        return [format_number(value, f".{digits}e") if value else "0" for value in values]
    decimals = min(6, max(2, math.ceil(-math.log10(gap) - 1e-9)))
    return [format_number(value, f"z,.{decimals}f") for value in values]


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[float]:
    """Return round values 1, 2 or 5 × 10ⁿ apart, at most `most`, between `low` and `high`."""
    step = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1, 2, 5, 10, 20):
        if (high - low) / (step * factor) <= most:
            step *= factor
            break
    if whole:
        step = max(1.0, step)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values for a logarithmic axis from `low` to `high`, both above 0."""
    if high / low < 10:  # within one decade evenly spaced values read best
        return [value for value in ticks(low, high, most) if value > 0]
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        values = [factor * 10.0**decade for decade in decades for factor in factors]
        shown = [value for value in values if low <= value <= high]
        if len(shown) <= most:
            return shown
    return shown[:: math.ceil(len(shown) / most)]
