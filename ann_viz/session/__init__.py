"""The one document and the thread that trains it; no Qt."""

from __future__ import annotations

from ann_viz.session.document import Document
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.modelfile import Model, load_model, model_bytes, save_model
from ann_viz.session.receipt import Receipt
from ann_viz.session.run import Moment, Run
from ann_viz.session.session import Session, StepKind
from ann_viz.session.speed import Speed, SpeedKind
from ann_viz.session.state import MOVES, RunState

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
