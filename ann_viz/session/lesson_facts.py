"""What a lesson may ask about the document and how it is looked at, as one frozen `LessonState`."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from ann_viz.engine import LOSSES, OPTIMIZERS
from ann_viz.engine.arrays import layer_matrices
from ann_viz.explain import InputFact
from ann_viz.explain.lesson_state import LessonState
from ann_viz.numerals import format_number, unsigned
from ann_viz.scene import Connection, Element, LineMode
from ann_viz.session.document import Document
from ann_viz.session.shown_row import ShownRow
from ann_viz.session.state import RunState
from ann_viz.session.tips import title
from ann_viz.translation import translate

__all__ = ["look", "look_quickly"]


def look_quickly(
    document: Document, last: LessonState, selection: Element | None, told: int | None, lines: LineMode
) -> LessonState:
    """Return what has changed since the last look, as far as it costs nothing; for while the network learns.

    Parameters
    ----------
    document : Document
    last : LessonState
        Seen before.
    selection : Element or None
        What is selected.
    told : int or None
        The step, 1 to 5, that is told.
    lines : LineMode
        What the lines of the picture show.
    """
    snapshot = document.snapshot
    if snapshot is None:
        return last
    return replace(
        last,
        row=document.example,
        selected=_kind(selection, len(snapshot.config.sizes)),
        place=_place(selection),
        told=told or 0,
        lines=lines,
        running=document.state is RunState.RUNNING,
        epoch=snapshot.epoch,
        step=snapshot.step,
        phase="" if snapshot.phase is None else snapshot.phase.kind,
        learning_rate=document.train_config.learning_rate,
        loss=snapshot.judged_loss,
        accuracy=snapshot.judged_metric,
    )


def look(document: Document, selection: Element | None, told: int | None, lines: LineMode) -> LessonState:
    """Return everything a lesson may ask about the document; parameters as of `look_quickly`."""
    row = document.shown_row()
    if row is None:
        return LessonState(lines=lines)
    losses = row.snapshot.history.judged_loss
    matrices = row.network.matrices
    now = replace(
        look_quickly(document, LessonState(), selection, told, lines),
        file=row.facts.dataset.name,
        right=row.right,
        layers=len(row.facts.config.hidden),
        shape=row.facts.config.sizes,
        loss_name=translate(LOSSES[row.facts.config.loss_name].label),
        first_loss=float(losses[0]) if len(losses) else math.nan,
        train_loss=row.snapshot.scores.train_loss,
        best_loss=row.snapshot.best_loss,
        best_epoch=row.snapshot.best_epoch,
        row_steps=sum(
            len(edit.indices) == row.snapshot.params.size and not edit.put_back for edit in row.snapshot.hand_edits
        ),
        looking_back=document.looking_at is not None,
        other_loss=_other_loss(document),
        row_loss=row.passes.loss,
        manual_edits=tuple((place, float(matrices[place[0]][place[1:]])) for place in sorted(row.changed)),
        words=_words(document, row, selection),
        guess=_guess(document),
    )
    return now if selection is None else replace(now, **_selected(row, selection))


def _kind(mark: Element | None, n_columns: int) -> str:
    """Say what sort of thing is selected."""
    if mark is None:
        return ""
    if isinstance(mark, Connection):
        return "connection"
    return "input" if mark.column == 0 else "output" if mark.column == n_columns - 1 else "hidden"


def _place(mark: Element | None) -> tuple[int, ...]:
    """Return numbers that only this circle or line has."""
    if mark is None:
        return ()
    return (mark.gap, mark.source, mark.target) if isinstance(mark, Connection) else (mark.column, mark.index)


def _first_weight(row: ShownRow, place: tuple[int, int, int]) -> float:
    """Return what a weight was before it was first set by hand in this run."""
    matrices = layer_matrices(np.arange(row.snapshot.params.size), row.facts.config.sizes)
    index = int(matrices[place[0]][place[1:]])
    for edit in row.snapshot.hand_edits:
        found = np.flatnonzero(edit.indices == index)
        if len(found) and not edit.put_back:
            return float(edit.before[found[0]])
    return float(row.network.params[index])


def _other_loss(document: Document) -> float:
    """Return the lowest loss of the run that was trained before the current one; NaN where there is none."""
    current = document.current_run
    before = [run for run in document.runs if current is not None and run.number < current.number and run.is_trained]
    return before[-1].snapshot.best_loss if before else math.nan


def _guess(document: Document) -> float:
    """Accuracy of always giving the commonest answer, once the network stands still."""
    if document.dataset is None or document.state is RunState.RUNNING:
        return math.nan
    return document.baseline(document.dataset.judged_part).get("accuracy", math.nan)


def _selected(row: ShownRow, mark: Element) -> dict[str, Any]:
    """Name of what is selected, its weight or bias, and the gradient of that for the shown row."""
    names = row.facts.neuron_names
    if isinstance(mark, Connection):
        place = mark.gap, mark.source, mark.target
        gradient = row.passes.dW[mark.gap][mark.source, mark.target]
        name = title(mark, names)
    elif mark.column == 0:
        groups = row.facts.dataset.encoder.groups
        is_category = any(group.start <= mark.index < group.stop and group.stop - group.start > 1 for group in groups)
        return {"selected_name": names[0][mark.index], "is_category": is_category}
    else:
        place = mark.column - 1, -1, mark.index
        gradient = row.passes.db[mark.column - 1][mark.index]
        name = names[mark.column][mark.index]
    weight = float(row.network.matrices[place[0]][place[1:]])
    first = _first_weight(row, place)
    return {"selected_name": name, "weight": weight, "gradient": float(gradient), "first_weight": first}


def _words(document: Document, row: ShownRow, mark: Element | None) -> dict[str, str]:
    """Texts of the shown row and the document."""
    dataset, config, names, settings = row.facts.dataset, row.facts.config, row.names, document.train_config
    return {
        "row": names.row,
        "target": names.target,
        "answer": names.answer,
        "truth": names.truth,
        "certainty": names.certainty,
        "optimizer": OPTIMIZERS[settings.optimizer].label,
        "n_rows": format_number(len(dataset.X)),
        "n_columns": format_number(len(row.facts.inputs)),
        "n_inputs": format_number(len(names.inputs)),
        "n_train": format_number(len(dataset.train)),
        "n_validation": format_number(len(dataset.validation)),
        "n_parameters": format_number(config.n_parameters),
        "n_hidden": format_number(sum(layer.neurons for layer in config.hidden)),
        "batch_size": format_number(row.snapshot.batch_size),
        "n_batches": format_number(row.snapshot.n_batches),
        **_input_words(row, mark),
    }


def _input_words(row: ShownRow, mark: Element | None) -> dict[str, str]:
    """Column, cell and number of the selected input, or of the first."""
    index = mark.index if mark is not None and not isinstance(mark, Connection) and mark.column == 0 else 0
    for fact, group in zip(row.facts.inputs, row.facts.dataset.encoder.groups, strict=True):
        if group.start <= index < group.stop:
            value = float(row.values[0][index])
            return {
                "input": fact.column,
                "input_raw": fact.raw,
                "input_number": unsigned(value),
                "input_way": _way(fact, value, names=row.names.inputs, index=index),
            }
    return {}


def _way(fact: InputFact, value: float, *, names: tuple[str, ...], index: int) -> str:
    """How a cell became the number of an input, with its numbers."""
    if fact.number is not None:
        return "".join(span.text for span in fact.how).partition(" → ")[2]
    if len(fact.values) > 1:
        return f"{names[index]} = {np.format_float_positional(value, precision=2, trim='-')}"
    return f"{fact.raw} → {unsigned(value)}"
