"""The neural network and its learning, in NumPy: no window, thread, file or global randomness in here."""

from __future__ import annotations

from ann_viz.engine.activations import ACTIVATIONS, Activation
from ann_viz.engine.config import MOST_HIDDEN_LAYERS, LayerConfig, NetworkConfig, Task, TrainConfig
from ann_viz.engine.history import History, HistoryView
from ann_viz.engine.initializers import INITIALIZERS
from ann_viz.engine.losses import LOSSES, losses_of
from ann_viz.engine.metrics import Metrics, baseline, confusion, evaluate, mix_ups
from ann_viz.engine.network import ForwardPass, Network
from ann_viz.engine.optimizers import OPTIMIZERS
from ann_viz.engine.outputs import OUTPUTS, function_named
from ann_viz.engine.schedules import SCHEDULES
from ann_viz.engine.snapshot import Phase, PhaseKind, Snapshot
from ann_viz.engine.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "MOST_HIDDEN_LAYERS",
    "OPTIMIZERS",
    "OUTPUTS",
    "SCHEDULES",
    "Activation",
    "ForwardPass",
    "History",
    "HistoryView",
    "LayerConfig",
    "Metrics",
    "Network",
    "NetworkConfig",
    "Phase",
    "PhaseKind",
    "Snapshot",
    "Task",
    "TrainConfig",
    "Trainer",
    "baseline",
    "confusion",
    "evaluate",
    "function_named",
    "losses_of",
    "mix_ups",
]
