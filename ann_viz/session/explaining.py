"""What the explanations are told of a document: the shown row, how far training is, what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ann_viz.engine import OPTIMIZERS, WeightsOf
from ann_viz.engine.arrays import layer_matrices
from ann_viz.explain import BatchSeen, Later, RunProgress, Selected, Settings, Situation
from ann_viz.explain.learning_lines import told_weight
from ann_viz.explain.moment import measured_text, stop_text
from ann_viz.numerals import format_number
from ann_viz.scene import Connection, Element, fits
from ann_viz.session.document import Document

if TYPE_CHECKING:
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
    selected = _selected(document, mark)
    return Situation(
        network=row.network,
        row=row.passes,
        facts=row.facts.inputs,
        names=row.names,
        progress=_progress(document, row),
        target_scale=(encoder.target_mean, encoder.target_std) if regression else (0.0, 1.0),
        selected=selected,
        part="test" if row.facts.is_made_up else row.facts.part,  # nothing is learned from a row that is made up
        made_up=row.facts.is_made_up,
        batch=_batch(document, row, selected),
        settings=_settings(row),
        n_sent=None if row.has_answered else row.n_sent,
    )


def _selected(document: Document, mark: Element | None) -> Selected | None:
    """Return what the formulas shall be about; None for what the network no longer has."""
    if mark is None or not fits(mark, document.network.config.sizes):
        return None
    if isinstance(mark, Connection):
        return Selected(column=mark.gap + 1, index=mark.target, source=mark.source)
    return Selected(column=mark.column, index=mark.index)


def _batch(document: Document, row: ShownRow, selected: Selected | None) -> BatchSeen | None:
    """Return the batch that the row is in, and what it does with the weight that is told."""
    snapshot, phase = row.snapshot, row.snapshot.phase
    if snapshot.batch is None or row.place is None or phase is None:
        return None
    layer, source, target = told_weight(row.passes, selected)
    of_layer, is_over = snapshot.dW[layer], phase.kind == "update"
    before = layer_matrices(snapshot.batch.params_before, snapshot.config.sizes)[layer][source, target]
    return BatchSeen(
        n_rows=len(snapshot.batch.rows),
        place=row.place,
        is_over=is_over,
        mean=None if of_layer is None else float(of_layer[source, target]),
        coming=document.explain_update(layer, source, target),
        before=float(before) if is_over else None,
    )


def _settings(row: ShownRow) -> Settings:
    config = row.snapshot.train_config
    strengths = {"L1": config.l1, "L2": config.l2}
    penalties = [f"{name} {format_number(strength, 'g')}" for name, strength in strengths.items() if strength]
    return Settings(dropout=config.dropout, penalties=", ".join(penalties), clip_norm=config.clip_norm)


def _progress(document: Document, row: ShownRow) -> RunProgress:
    snapshot, settings = row.snapshot, document.train_config
    losses, newest = snapshot.history.judged_loss, document.newest
    is_past = document.looking_at is not None and newest is not None
    last = newest if is_past and newest is not None else snapshot
    return RunProgress(
        epoch=snapshot.epoch,
        epochs=settings.epochs or 0,
        n_train=document.n_train,
        learning_rate=snapshot.learning_rate,
        optimizer=OPTIMIZERS[settings.optimizer].label,
        batch_size=snapshot.batch_size,
        first_loss=float(losses[0]),
        loss=snapshot.judged_loss,
        best_loss=last.best_loss,
        best_epoch=last.best_epoch,
        weights=measured_text(snapshot),
        stopped=stop_text(snapshot),
        validated=snapshot.history.is_validated,
        weighted=snapshot.class_weights is not None,
        is_plain=(is_past or snapshot.measured is not None)
        and snapshot.average is None
        and snapshot.weights_of == WeightsOf(epoch=snapshot.epoch),
        later=Later(weights=measured_text(last), loss=last.judged_loss) if is_past else None,
    )
