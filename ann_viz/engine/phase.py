"""The phases that one step of training consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Phase", "PhaseKind"]

PhaseKind = Literal["input", "forward", "error", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a batch, just done.

    Parameters
    ----------
    kind : {"input", "forward", "error", "backward", "update"}
        What was done.
    layer : int
        Index of the weights that were used; −1 for input, error and update.
    """

    kind: PhaseKind
    layer: int = -1
