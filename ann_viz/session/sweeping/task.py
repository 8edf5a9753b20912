"""One piece of a sweep, as plain data that can be sent anywhere: which settings, which seed, how long; its result."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from ann_viz.typed_json import typed

__all__ = ["ModelName", "Result", "Settings", "Task", "Value"]

Value: TypeAlias = int | float | str | tuple[int, ...]
"""Of a setting: a number, a word, or the neurons of the hidden layers."""

Settings: TypeAlias = tuple[tuple[str, Value], ...]
"""Names of `SETTINGS` and their values."""

ModelName = Literal["network", "guessing", "linear", "sklearn_mlp", "boosting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one process does at once.

    Parameters
    ----------
    settings : Settings
        What is changed against the problem's own settings.
    seed : int
        Of the starting weights, the order of rows and dropout.
    epochs : int
        At most.
    total : int
        Epochs that the run shall have in the end, if it is left before and perhaps gone on with: its schedule is laid
        out for them. 0 where `epochs` are all.
    patience : int or None
        Epochs without improvement before stopping.
    model : str
        What learns: a network, or a baseline.
    """

    settings: Settings = ()
    seed: int = 3
    epochs: int = 100
    total: int = 0
    patience: int | None = None
    model: ModelName = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a task.

    Parameters
    ----------
    task : Task
    scores : tuple of (str, float)
        Metrics of the kept weights on the judged rows: "loss", "auc", "accuracy" … or "rmse", "r2" …; without those
        that do not exist, and empty when it failed.
    failed : str
        Why there is none; empty when all went well.
    epochs, kept_epoch : int
        Epochs done, and the one whose weights were kept.
    n_parameters : int
        Weights and biases; 0 for what has none.
    seconds : float
        How long it took.
    state : str
        From which the run can be gone on with, as `learned_state` writes it; empty where nobody will.
    """

    task: Task
    scores: tuple[tuple[str, float], ...] = ()
    failed: str = ""
    epochs: int = 0
    kept_epoch: int = 0
    n_parameters: int = 0
    seconds: float = 0.0
    state: str = ""

    def score(self, name: str) -> float:
        """Return one metric; NaN where there is none."""
        return dict(self.scores).get(name, math.nan)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: object) -> Result:
        """Rebuild from `to_json`; raises ValueError for what is none."""
        return typed(cls, value)
