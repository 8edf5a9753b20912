"""What the models are called that runs of a sweep are compared with."""

from __future__ import annotations

from typing import Final

from ann_viz.session.sweeping.task import ModelName
from ann_viz.translation import translatable, translate

__all__ = ["baseline_name"]

_NAMES: Final[dict[ModelName, str]] = {
    "guessing": translatable("Guessing"),
    "linear": translatable("No hidden layer"),
    "sklearn_mlp": translatable("scikit-learn's network"),
    "boosting": translatable("Gradient boosting"),
}


def baseline_name(model: ModelName) -> str:
    """Return what a baseline is called."""
    return translate(_NAMES[model])
