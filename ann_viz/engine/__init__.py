"""The neural network and its learning, in NumPy: no window, thread, file or global randomness in here."""

from __future__ import annotations

from ann_viz.engine.activations import ACTIVATIONS, Activation
from ann_viz.engine.batch_trace import BatchTrace
from ann_viz.engine.branching import branched
from ann_viz.engine.checkpoint import Checkpoint, OptimizerMemory, RowOrder
from ann_viz.engine.config import MOST_HIDDEN_LAYERS, LayerConfig, NetworkConfig, Task, TrainConfig
from ann_viz.engine.evaluation import EpochScores
from ann_viz.engine.history import History, HistoryView
from ann_viz.engine.initializers import INITIALIZERS
from ann_viz.engine.learning_rate import Plateaus
from ann_viz.engine.losses import LOSSES, losses_of
from ann_viz.engine.metrics import (
    USUAL_THRESHOLD,
    Metrics,
    baseline,
    class_recalls,
    classes_of,
    confusion,
    evaluate,
    mix_ups,
)
from ann_viz.engine.network import ForwardPass, Network
from ann_viz.engine.optimizers import OPTIMIZERS
from ann_viz.engine.outputs import OUTPUTS, function_named
from ann_viz.engine.penalties import GradientKind
from ann_viz.engine.phase import Phase, PhaseKind
from ann_viz.engine.provenance import HandEdit, Provenance, WeightsOf
from ann_viz.engine.schedules import SCHEDULES
from ann_viz.engine.side_by_side import joined_config, rows_like, side_by_side
from ann_viz.engine.snapshot import Snapshot
from ann_viz.engine.timeline import BUDGET_BYTES, Timeline, thinned
from ann_viz.engine.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "BUDGET_BYTES",
    "INITIALIZERS",
    "LOSSES",
    "MOST_HIDDEN_LAYERS",
    "OPTIMIZERS",
    "OUTPUTS",
    "SCHEDULES",
    "USUAL_THRESHOLD",
    "Activation",
    "BatchTrace",
    "Checkpoint",
    "EpochScores",
    "ForwardPass",
    "GradientKind",
    "HandEdit",
    "History",
    "HistoryView",
    "LayerConfig",
    "Metrics",
    "Network",
    "NetworkConfig",
    "OptimizerMemory",
    "Phase",
    "PhaseKind",
    "Plateaus",
    "Provenance",
    "RowOrder",
    "Snapshot",
    "Task",
    "Timeline",
    "TrainConfig",
    "Trainer",
    "WeightsOf",
    "baseline",
    "branched",
    "class_recalls",
    "classes_of",
    "confusion",
    "evaluate",
    "function_named",
    "joined_config",
    "losses_of",
    "mix_ups",
    "rows_like",
    "side_by_side",
    "thinned",
]
