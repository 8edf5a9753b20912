"""The neural network and its learning, in NumPy: no window, thread, file or global randomness in here."""

from __future__ import annotations

from ann_viz.engine.activations import ACTIVATIONS, Activation
from ann_viz.engine.config import (
    LOSSES_OF_TASK,
    ActivationName,
    InitializerName,
    LayerConfig,
    LossName,
    NetworkConfig,
    OptimizerName,
    ScheduleName,
    Task,
    TrainConfig,
)
from ann_viz.engine.history import History, HistoryView
from ann_viz.engine.metrics import Metrics, baseline, confusion, evaluate, mix_ups
from ann_viz.engine.network import ForwardPass, Network
from ann_viz.engine.snapshot import Phase, PhaseKind, Snapshot
from ann_viz.engine.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "LOSSES_OF_TASK",
    "Activation",
    "ActivationName",
    "ForwardPass",
    "History",
    "HistoryView",
    "InitializerName",
    "LayerConfig",
    "LossName",
    "Metrics",
    "Network",
    "NetworkConfig",
    "OptimizerName",
    "Phase",
    "PhaseKind",
    "ScheduleName",
    "Snapshot",
    "Task",
    "TrainConfig",
    "Trainer",
    "baseline",
    "confusion",
    "evaluate",
    "mix_ups",
]
