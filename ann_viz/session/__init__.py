"""The one document and the thread that trains it; no Qt."""

from __future__ import annotations

from ann_viz.session.document import Document
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.modelfile import Model, load_model, model_bytes, save_model
from ann_viz.session.new_rows import NewRows, open_for
from ann_viz.session.predict import examine, predict_file, predict_table
from ann_viz.session.receipt import Receipt
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
    "NewRows",
    "Parameter",
    "Part",
    "Receipt",
    "Run",
    "RunState",
    "Session",
    "Speed",
    "SpeedKind",
    "StepKind",
    "examine",
    "load_model",
    "model_bytes",
    "open_for",
    "predict_file",
    "predict_table",
    "save_model",
]
