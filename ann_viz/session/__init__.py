"""The one document and the thread that trains it; no Qt."""

from __future__ import annotations

from ann_viz.session.document import Document
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.modelfile import Model, load_model, model_bytes, save_model
from ann_viz.session.predict import open_for, predict_file, predict_table
from ann_viz.session.run import Moment, Run
from ann_viz.session.scores import Part
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
    "Part",
    "Run",
    "RunState",
    "Session",
    "Speed",
    "SpeedKind",
    "StepKind",
    "load_model",
    "model_bytes",
    "open_for",
    "predict_file",
    "predict_table",
    "save_model",
]
