"""Which of the varied settings made the difference: how much of the scores' variance each explains alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.task import Value

__all__ = ["FEWEST_RUNS", "what_mattered"]

FEWEST_RUNS: Final = 12
"""With fewer, chance alone looks like a cause."""

_FEW_VALUES: Final = 8  # a number that has more of them is taken for a curve
_TINY: Final = 1e-12


def what_mattered(runs: Sequence[RunScore]) -> list[tuple[str, float]]:
    """Return the varied settings with the share of the variance of the runs' means that each explains, largest first.

    The shares are adjusted for how many values a setting has (adjusted R²), so that chance counts as nothing. They need
    not add up to 1. Nothing is returned for fewer runs than `FEWEST_RUNS`; runs that failed do not count. Of a sweep
    that narrows down, all runs are taken as they were after its first round: later they differ in length as well.

    References
    ----------
    H. Theil, "Economic Forecasts and Policy", 1961 (adjusted R²).
    """
    runs = [run.at_first for run in runs if math.isfinite(run.at_first.mean())]
    if len(runs) < FEWEST_RUNS:
        return []
    means = np.array([run.mean() for run in runs])
    shares = []
    for name, _ in runs[0].settings:
        values = [dict(run.settings)[name] for run in runs]
        if len(set(values)) > 1:
            shares.append((name, _explained(name, values, means)))
    return sorted(shares, key=lambda each: -each[1])


def _explained(name: str, values: Sequence[Value], means: NDArray[np.floating]) -> float:
    """Return the adjusted R² of the means from one setting, not below 0."""
    D = _curve(values) if SETTINGS[name].is_number and len(set(values)) > _FEW_VALUES else _steps(values)
    total = float(((means - means.mean()) ** 2).sum())
    freedom = len(means) - int(D.shape[1])
    if total < _TINY or freedom < 1:
        return 0.0
    fitted = D @ np.linalg.lstsq(D, means, rcond=None)[0]
    unexplained = float(((means - fitted) ** 2).sum())
    return max(0.0, 1 - unexplained / total * (len(means) - 1) / freedom)


def _steps(values: Sequence[Value]) -> NDArray[np.floating]:
    """Return a column for every value: each may have a mean of its own."""
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return np.eye(len(places))[[places[value] for value in values]]


def _curve(values: Sequence[Value]) -> NDArray[np.floating]:
    """Return the columns of a parabola over the logarithm, as most of these numbers are varied over powers."""
    numbers = np.array([float(value) for value in values if not isinstance(value, str | tuple)])
    x = np.log(np.maximum(numbers, _TINY)) if numbers.min() > 0 else numbers
    x = (x - x.mean()) / (x.std() or 1.0)
    return np.stack([np.ones_like(x), x, x**2], axis=1)
