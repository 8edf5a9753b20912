"""ANN Viz: watch a feed-forward neural network learn from your own CSV file.

For programs there are ``ann_viz.open``, ``ann_viz.load``, ``ann_viz.watch`` and two estimators for scikit-learn. They
are imported when they are asked for, so that ``import ann_viz`` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

__all__ = ["__version__"]

__version__ = "0.1.0"

_PLACES: Final = {
    "AnnVizClassifier": "estimators",
    "AnnVizRegressor": "estimators",
    "load": "trained",
    "open": "experiment",
    "watch": "watching",
}
"""Where in `ann_viz.library` each of them is; named as text, for the library is imported by nothing here."""


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'ann_viz' has no attribute {name!r}")
    return getattr(import_module(f"ann_viz.library.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_PLACES])
