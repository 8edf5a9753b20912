"""What the explanations are told of a document: the shown row, how far training is, what is selected."""

from __future__ import annotations

import numpy as np

from ann_viz.engine import OPTIMIZERS
from ann_viz.explain import RowPass, RunProgress, Selected, Situation
from ann_viz.explain.moment import measured_text, stop_text
from ann_viz.scene import Connection, Element, fits
from ann_viz.session.document import Document
from ann_viz.session.shown_row import ShownRow

__all__ = ["situation_of"]


def situation_of(document: Document, mark: Element | None = None) -> Situation | None:
    """Return what there is to tell about the shown row, or None without data.

    Parameters
    ----------
    document : Document
    mark : Element, optional
        What is selected.
    """
    row = document.shown_row()
    if row is None:
        return None
    encoder = row.facts.dataset.encoder
    regression = row.facts.dataset.recipe.task == "regression"
    return Situation(
        network=row.network,
        row=row.passes,
        facts=row.facts.inputs,
        names=row.names,
        progress=_progress(document, row),
        target_scale=(encoder.target_mean, encoder.target_std) if regression else (0.0, 1.0),
        selected=_selected(document, mark, row.passes),
    )


def _selected(document: Document, mark: Element | None, row: RowPass) -> Selected | None:
    """Return what the formulas shall be about; None for what the network no longer has."""
    if mark is None or not fits(mark, document.network.config.sizes):
        return None
    if isinstance(mark, Connection):
        coming = document.explain_update(mark.gap, mark.source, mark.target)
        return Selected(column=mark.gap + 1, index=mark.target, source=mark.source, coming=coming)
    if mark.column == 0:
        return Selected(column=0, index=mark.index)
    layer = mark.column - 1
    steepest = int(np.argmax(np.abs(row.dW[layer][:, mark.index])))
    coming = document.explain_update(layer, steepest, mark.index)
    return Selected(column=mark.column, index=mark.index, coming=coming)


def _progress(document: Document, row: ShownRow) -> RunProgress:
    snapshot, settings = row.snapshot, document.train_config
    losses = snapshot.history.judged_loss
    return RunProgress(
        epoch=snapshot.epoch,
        epochs=settings.epochs or 0,
        n_train=len(row.facts.dataset.train),
        learning_rate=snapshot.learning_rate,
        optimizer=OPTIMIZERS[settings.optimizer].label,
        batch_size=snapshot.batch_size,
        first_loss=float(losses[0]),
        loss=snapshot.judged_loss,
        best_loss=snapshot.best_loss,
        best_epoch=snapshot.best_epoch,
        weights=measured_text(snapshot),
        stopped=stop_text(snapshot),
        validated=snapshot.history.is_validated,
    )
