"""A sweep as it stands among the runs: what was asked for, what it began with and how good it got.

Its results are not in here. They are in the program's own folder, found again by data and settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.numerals import count, format_number
from ann_viz.session.sweeping.measures import MEASURE_NAMES, score_text
from ann_viz.session.sweeping.plan import Plan
from ann_viz.translation import translate

__all__ = ["Swept", "sweep_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """One sweep that has come to something.

    Parameters
    ----------
    number : int
        By which it is known while the data are open; from 1.
    plan : Plan
    network, training : NetworkConfig, TrainConfig
        The settings that were varied.
    n_runs : int
        How many of them are done with all their seeds.
    best : float or None
        Mean of the best one; None where all failed.
    """

    number: int
    plan: Plan
    network: NetworkConfig
    training: TrainConfig
    n_runs: int
    best: float | None = None

    @property
    def name(self) -> str:
        """What it is called: "Sweep 1"."""
        return sweep_name(self.number)

    @property
    def best_text(self) -> str:
        """Its best score: "0.3322"; empty where there is none."""
        return "" if self.best is None else score_text(self.best, self.plan.measure)

    def words(self) -> str:
        """Say what it came to: "40 runs, best validation loss 0.3322, mean of 10 seeds"."""
        parts = [count(self.n_runs, "run")]
        if self.best is not None:
            measure = translate(MEASURE_NAMES[self.plan.measure])
            parts.append(translate("best {measure} {score}").format(measure=measure, score=self.best_text))
            if self.plan.seeds > 1:
                parts.append(translate("mean of {seeds}").format(seeds=count(self.plan.seeds, "seed")))
        return ", ".join(parts)


def sweep_name(number: int) -> str:
    """Return what a sweep is called."""
    return translate("Sweep {n}").format(n=format_number(number))
