"""What has been written in C: the names of the tables' rows, each at the place its enumeration in ``c/state.h`` has.

A row that is missing here trains with NumPy.
"""

from __future__ import annotations

from typing import Final

from ann_viz.engine.config import NetworkConfig

__all__ = ["ACTIVATION_KERNELS", "LOSS_KERNELS", "OPTIMIZER_KERNELS", "lacking"]


def _numbered(*names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


ACTIVATION_KERNELS: Final = _numbered(
    "relu", "leaky_relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus", "linear"
)
LOSS_KERNELS: Final = _numbered("binary_cross_entropy", "categorical_cross_entropy", "mse", "mae", "huber")
OPTIMIZER_KERNELS: Final = _numbered("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
OPTIMIZER_KERNELS["adamw"] = OPTIMIZER_KERNELS["adam"]  # its decay is a setting of the update


def lacking(config: NetworkConfig) -> str:
    """Return what of a network has not been written in C, as the end of a sentence; empty if all has."""
    if config.dtype != "float32":
        return f"it computes in float32, not {config.dtype}"
    without = sorted({layer.activation for layer in config.hidden} - set(ACTIVATION_KERNELS))
    if without:
        return f"it does not know the activation {', '.join(without)}"
    if config.loss_name not in LOSS_KERNELS:
        return f"it does not know the loss {config.loss_name}"
    return ""
