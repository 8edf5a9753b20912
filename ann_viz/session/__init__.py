"""The one document and the thread that trains it; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ann_viz.late_names import late_names
from ann_viz.session.document import Document
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.run import Moment, Run
from ann_viz.session.session import Session, StepKind
from ann_viz.session.speed import Speed, SpeedKind
from ann_viz.session.state import MOVES, RunState

if TYPE_CHECKING:
    from ann_viz.session.modelfile import Model, load_model, model_bytes, save_model
    from ann_viz.session.receipt import Receipt
else:
    __getattr__ = late_names(__name__, {"modelfile": "Model load_model model_bytes save_model", "receipt": "Receipt"})

__all__ = [
    "MOVES",
    "Document",
    "ManualEdits",
    "Model",
    "Moment",
    "Parameter",
    "Receipt",
    "Run",
    "RunState",
    "Session",
    "Speed",
    "SpeedKind",
    "StepKind",
    "load_model",
    "model_bytes",
    "save_model",
]
