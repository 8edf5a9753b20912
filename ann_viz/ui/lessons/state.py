"""Looks at the window for a lesson: one frozen state of what the session, the view and the pages hold."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ann_viz.explain import InputFact, Situation, wording
from ann_viz.explain.lesson_state import LessonState
from ann_viz.numerals import format_number, unsigned
from ann_viz.scene import Connection, Element
from ann_viz.session import RunState, Session
from ann_viz.session.scores import Part
from ann_viz.ui.canvas.tips import title
from ann_viz.ui.document.explain_situation import situation_of

if TYPE_CHECKING:
    from ann_viz.ui.document.view import View

__all__ = ["look", "look_quickly"]

MEASURED: Final = ("loss", "accuracy")


def look_quickly(session: Session, view: View, last: LessonState) -> LessonState:
    """Return what has changed since the last look, as far as it costs nothing; for while the network learns."""
    snapshot = session.snapshot
    if snapshot is None or not len(snapshot.history):
        return last
    history = snapshot.history
    validated = math.isfinite(history.last("validation_loss"))
    return replace(
        last,
        row=session.example,
        selected=_kind(view.selection, len(snapshot.config.sizes)),
        told=view.told or 0,
        lines=view.mode,
        running=session.state is RunState.RUNNING,
        epoch=snapshot.epoch,
        step=snapshot.step,
        phase="" if snapshot.phase is None else snapshot.phase.kind,
        learning_rate=session.train_config.learning_rate,
        loss=history.last("validation_loss" if validated else "train_loss"),
        accuracy=history.last("validation_metric" if validated else "train_metric"),
    )


def look(session: Session, view: View) -> LessonState:
    """Return everything a lesson may ask about session and view."""
    situation = situation_of(session)
    dataset, snapshot, config = session.dataset, session.snapshot, session.network_config
    if situation is None or dataset is None or snapshot is None or config is None:
        return LessonState(lines=view.mode)
    matrices = session.network.matrices
    now = replace(
        look_quickly(session, view, LessonState()),
        file=dataset.name,
        right=situation.names.right,
        layers=len(config.hidden),
        first_loss=situation.progress.first_loss,
        row_loss=situation.row.loss,
        manual_edits=tuple(
            (place, float(matrices[place[0]][place[1:]])) for place in sorted(session.manual_edits.changed)
        ),
        words=_words(session, situation, view.selection),
        **_measured(session),
    )
    return now if view.selection is None else replace(now, **_selected(session, situation, view.selection))


def _kind(mark: Element | None, n_columns: int) -> str:
    """Say what sort of thing is selected."""
    if mark is None:
        return ""
    if isinstance(mark, Connection):
        return "connection"
    return "input" if mark.column == 0 else "output" if mark.column == n_columns - 1 else "hidden"


def _measured(session: Session) -> dict[str, Any]:
    """Loss and accuracy of these very weights, where the network stands still."""
    if session.dataset is None or session.state is RunState.RUNNING:
        return {}
    part: Part = "validation" if len(session.dataset.validation) else "train"
    scores, trivial = session.metrics(part), session.baseline(part)
    return {
        **{name: scores.get(name, math.nan) for name in MEASURED},
        "guess": trivial.get("accuracy", math.nan),
    }


def _selected(session: Session, situation: Situation, mark: Element) -> dict[str, Any]:
    """Name of what is selected, its weight or bias, and the gradient of that for the shown row."""
    dataset, config = session.dataset, session.network_config
    if dataset is None or config is None:
        return {}
    names = wording.neuron_names(dataset, config)
    if isinstance(mark, Connection):
        place = mark.gap, mark.source, mark.target
        gradient = situation.row.dW[mark.gap][mark.source, mark.target]
        name = title(mark, names)
    elif mark.column == 0:
        return {"selected_name": names[0][mark.index]}
    else:
        place = mark.column - 1, -1, mark.index
        gradient = situation.row.db[mark.column - 1][mark.index]
        name = names[mark.column][mark.index]
    weight = float(session.network.matrices[place[0]][place[1:]])
    return {"selected_name": name, "weight": weight, "gradient": float(gradient)}


def _words(session: Session, situation: Situation, mark: Element | None) -> dict[str, str]:
    """Texts of the shown row and the document."""
    dataset, snapshot, config = session.dataset, session.snapshot, session.network_config
    if dataset is None or snapshot is None or config is None:
        return {}
    names, progress = situation.names, situation.progress
    return {
        "row": names.row,
        "target": names.target,
        "answer": names.answer,
        "truth": names.truth,
        "certainty": names.certainty,
        "optimizer": progress.optimizer,
        "n_rows": format_number(len(dataset.X)),
        "n_columns": format_number(len(situation.facts)),
        "n_inputs": format_number(len(names.inputs)),
        "n_train": format_number(progress.n_train),
        "n_validation": format_number(len(dataset.validation)),
        "n_parameters": format_number(config.n_parameters),
        "n_hidden": format_number(sum(layer.neurons for layer in config.hidden)),
        "batch_size": format_number(progress.batch_size or progress.n_train),
        "n_batches": format_number(snapshot.n_batches),
        **_input_words(session, situation, mark),
    }


def _input_words(session: Session, situation: Situation, mark: Element | None) -> dict[str, str]:
    """Column, cell and number of the selected input, or of the first."""
    dataset = session.dataset
    if dataset is None:
        return {}
    index = mark.index if mark is not None and not isinstance(mark, Connection) and mark.column == 0 else 0
    for fact, group in zip(situation.facts, dataset.encoder.groups, strict=True):
        if group.start <= index < group.stop:
            value = float(situation.row.A[0][index])
            return {
                "input": fact.column,
                "input_raw": fact.raw,
                "input_number": unsigned(value),
                "input_way": _way(fact, value, names=situation.names.inputs, index=index),
            }
    return {}


def _way(fact: InputFact, value: float, *, names: tuple[str, ...], index: int) -> str:
    """How a cell became the number of an input, with its numbers."""
    if fact.number is not None and fact.mean is not None and fact.std is not None:
        sign = "−" if fact.mean >= 0 else "+"
        mean = format_number(abs(fact.mean), ",.4g")
        number, spread = format_number(fact.number, ",.6g"), format_number(fact.std, ",.4g")
        return f"({number} {sign} {mean}) / {spread} = {unsigned(value)}"
    if len(fact.values) > 1:
        return f"{names[index]} = {np.format_float_positional(value, precision=2, trim='-')}"
    return f"{fact.raw} → {unsigned(value)}"
