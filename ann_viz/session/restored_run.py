"""Runs of a project as runs of a document: on their data, or without rows, as they were left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Checkpoint, Snapshot
from ann_viz.engine.compiled.choice import choice_of
from ann_viz.engine.evaluation import EpochScores
from ann_viz.engine.learning_rate import LearningRate
from ann_viz.engine.penalties import gradient_kind
from ann_viz.scene.thickness import Thickness
from ann_viz.session.project import StoredRun
from ann_viz.session.run import Run
from ann_viz.session.run_record import RunRecord
from ann_viz.session.run_restoring import edits_of
from ann_viz.session.starting import trainer_from

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["restored_run"]


def restored_run(stored: StoredRun, dataset: Dataset, n_train: int) -> Run:
    """Return a stored run as one on its data, or, where their table is missing, on what stands in for them.

    Parameters
    ----------
    stored : StoredRun
    dataset : Dataset
    n_train : int
        How many rows it learned from.
    """
    record, checkpoint = stored.record, stored.checkpoint
    return Run(
        number=record.number,
        dataset=dataset,
        network_config=record.network,
        asked=record.asked,
        trained_with=record.trained_with,
        earlier=record.earlier,
        snapshot=_resting(record, checkpoint, n_train) if dataset.is_missing else _measured(stored, dataset),
        manual_edits=edits_of(record),
        thickness=Thickness(record.thickness),
        untouched=record.untouched,
        checkpoint=checkpoint,
        parent=record.parent,
        branched_at=record.branched_at,
        title=record.title,
        note=record.note,
        is_pinned=record.is_pinned,
        is_shown=record.is_shown,
        sweep=record.sweep,
        mean_of=stored.mean_of,
    )


def _measured(stored: StoredRun, dataset: Dataset) -> Snapshot:
    record = stored.record
    trainer = trainer_from(dataset, record.network, stored.checkpoint, choice_of(record.engine))
    return trainer.snapshot(measured=True)


def _resting(record: RunRecord, checkpoint: Checkpoint, n_train: int) -> Snapshot:
    """Return the picture of a run that nothing can train or measure: its losses are those that were written down."""
    of, asked = checkpoint.provenance.weights_of(checkpoint.batch), checkpoint.config.batch_size
    size = max(1, min(asked or n_train, n_train))
    has_gradient = checkpoint.step > checkpoint.provenance.step
    rate = LearningRate()
    rate.plateaus = checkpoint.plateaus
    return Snapshot(
        config=record.network,
        train_config=checkpoint.config,
        params=checkpoint.params,
        average=checkpoint.average,
        weights_of=of,
        measured=_written_down(checkpoint),
        n_judged=(0, 0),
        before=checkpoint.began if of.batch > 0 else checkpoint.before_last,
        gradients=checkpoint.gradients if has_gradient else None,
        gradient_kind=gradient_kind(checkpoint.config, checkpoint.gradients),
        gradient_from=0,
        epoch=checkpoint.epoch,
        step=checkpoint.step,
        batch_index=checkpoint.batch,
        n_batches=max(1, math.ceil(n_train / size)),
        batch_size=size,
        batch=None,
        class_weights=None,
        hand_edits=checkpoint.provenance.edits,
        learning_rate=rate.after(checkpoint.config, checkpoint.epoch),
        finished=checkpoint.finished,
        phase=None,
        history=checkpoint.history,
        timeline=checkpoint.timeline,
        best_epoch=checkpoint.best_epoch,
        best_loss=checkpoint.best_loss,
        engine=record.engine,
    )


def _written_down(checkpoint: Checkpoint) -> EpochScores | None:
    """Return the scores of the weights as the course of the run has them; None where they are of no epoch's end."""
    of, history = checkpoint.provenance.weights_of(checkpoint.batch), checkpoint.history
    place = int(np.searchsorted(history.epoch, of.epoch))
    if of.batch or of.edited or place == len(history) or history.epoch[place] != of.epoch:
        return None
    return EpochScores(*(float(getattr(history, name)[place]) for name in EpochScores._fields))
