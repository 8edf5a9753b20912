"""What the coach is told of a session."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from ann_viz.engine import ACTIVATIONS
from ann_viz.errors import TrainingError
from ann_viz.explain import RunReport, count_idle_units
from ann_viz.session.document import Document
from ann_viz.session.state import RunState

__all__ = ["report_of"]

LOOKED_AT: Final = 500  # rows sent through the network to find idle units

State = Literal["ready", "running", "paused", "finished", "failed"]
_STATES: Final[dict[RunState, State]] = {
    RunState.READY: "ready",
    RunState.RUNNING: "running",
    RunState.PAUSED: "paused",
    RunState.FINISHED: "finished",
    RunState.FAILED: "failed",
}


def report_of(document: Document) -> RunReport | None:
    """Return the course of the run so far, or None without data."""
    dataset, snapshot = document.dataset, document.snapshot
    if dataset is None or snapshot is None:
        return None
    part = dataset.judged_part
    dead, saturated = count_idle_units(document.network, dataset.first(part, LOOKED_AT))
    task = dataset.recipe.task
    guess = document.baseline(part)
    key = "r2" if task == "regression" else "accuracy"
    history = snapshot.history
    error = document.error
    layers = snapshot.config.hidden
    return RunReport(
        state=_STATES[document.state],
        task=task,
        epoch=snapshot.epoch,
        step=snapshot.step,
        best_epoch=snapshot.best_epoch,
        finished=snapshot.finished,
        train_loss=history.train_loss,
        validation_loss=history.judged_loss,
        metric=document.metrics(part)[key],
        guess_metric=guess[key],
        guess_loss=guess.get("loss", guess.get("log_loss", np.nan)),
        commonest_share=0.0 if task == "regression" else document.baseline("train")["accuracy"],
        balanced=document.train_config.class_weights == "balanced",
        n_train=len(dataset.train),
        n_validation=len(dataset.validation),
        learning_rate=document.train_config.learning_rate,
        l2=document.train_config.l2,
        n_hidden=sum(layer.neurons for layer in layers),
        n_rectified=sum(layer.neurons for layer in layers if ACTIVATIONS[layer.activation].can_die),
        n_squashing=sum(layer.neurons for layer in layers if ACTIVATIONS[layer.activation].squashes_into),
        n_dead=dead,
        n_saturated=saturated,
        layer=error.layer + 1 if isinstance(error, TrainingError) and error.layer is not None else None,
    )
