"""What an update that is about to be made knows of one weight or bias."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ParameterState"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterState:
    """One parameter between the last backward phase and the update.

    Parameters
    ----------
    weight : float
        Its value.
    gradient : float
        Of the batch's mean loss, without penalties.
    gradient_length : float
        Euclidean length of the gradient of all parameters, penalties included: what clipping looks at.
    learning_rate : float
        After the schedule.
    is_bias : bool
        Biases are not penalised.
    optimizer_state : tuple of float
        Its element of every vector that the optimiser keeps.
    steps : int
        Steps the optimiser has done.
    """

    weight: float
    gradient: float
    gradient_length: float
    learning_rate: float
    is_bias: bool
    optimizer_state: tuple[float, ...]
    steps: int
