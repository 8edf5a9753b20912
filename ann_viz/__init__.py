"""ANN Viz: watch a feed-forward neural network learn from your own CSV file."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
