"""From the session to what the explanations speak of: the shown row, the newest weights and the document's words."""

from __future__ import annotations

import math
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, Feature, parse_number
from ann_viz.engine import OPTIMIZERS
from ann_viz.explain import InputFact, Names, RowPass, RunProgress, Selected, Situation, follow, wording
from ann_viz.explain.encoding import how_encoded
from ann_viz.scene import Connection, Element
from ann_viz.session import Session
from ann_viz.ui.document.inspector_source import fits

__all__ = ["situation_of"]

_known_facts: Final[WeakKeyDictionary[Dataset, tuple[int, tuple[InputFact, ...]]]] = WeakKeyDictionary()
"""The facts of the row asked for last: to read it from its table and tell 784 inputs takes ten frames."""


def situation_of(session: Session, mark: Element | None = None) -> Situation | None:
    """Return what there is to tell about the shown row, or None without data.

    Parameters
    ----------
    session : Session
        Only read.
    mark : Element, optional
        What is selected.
    """
    dataset, snapshot = session.dataset, session.snapshot
    if dataset is None or snapshot is None:
        return None
    i = session.example
    network = session.network
    row = follow(network, np.asarray(dataset.X[i : i + 1])[0], np.asarray(dataset.Y[i : i + 1])[0])
    encoder = dataset.encoder
    regression = dataset.recipe.task == "regression"
    return Situation(
        network=network,
        row=row,
        facts=_facts(dataset, i),
        names=_names(dataset, i, row.A[-1]),
        progress=_progress(session),
        target_scale=(encoder.target_mean, encoder.target_std) if regression else (0.0, 1.0),
        selected=_selected(session, mark, row),
    )


def _selected(session: Session, mark: Element | None, row: RowPass) -> Selected | None:
    """Return what the formulas shall be about; None for what the network no longer has."""
    if mark is None or not fits(mark, session.network.config.sizes):
        return None
    if isinstance(mark, Connection):
        coming = session.explain_update(mark.gap, mark.source, mark.target)
        return Selected(column=mark.gap + 1, index=mark.target, source=mark.source, coming=coming)
    if mark.column == 0:
        return Selected(column=0, index=mark.index)
    layer = mark.column - 1
    steepest = int(np.argmax(np.abs(row.dW[layer][:, mark.index])))
    coming = session.explain_update(layer, steepest, mark.index)
    return Selected(column=mark.column, index=mark.index, coming=coming)


def _facts(dataset: Dataset, i: int) -> tuple[InputFact, ...]:
    """How each input column of a row became numbers."""
    known = _known_facts.get(dataset)
    if known is None or known[0] != i:
        known = _known_facts[dataset] = i, _find_facts(dataset, i)
    return known[1]


def _find_facts(dataset: Dataset, i: int) -> tuple[InputFact, ...]:
    encoder = dataset.encoder
    texts = dict(zip((column.name for column in dataset.table.columns), dataset.raw(i), strict=True))
    x = np.asarray(dataset.X[i : i + 1])[0]
    facts = []
    for feature, group in zip(encoder.features, encoder.groups, strict=True):
        raw = texts[feature.column]
        number = math.nan if raw is None else parse_number(raw, feature.form, dataset.table.dialect)
        values = tuple(float(value) for value in x[group.start : group.stop])
        standardised = feature.kind == "number" and len(values) == 1 and _is_standardised(number, values[0], feature)
        facts.append(
            InputFact(
                column=feature.column,
                raw="empty" if raw is None else raw,
                values=values,
                mean=feature.mean if standardised else None,
                std=feature.std if standardised else None,
                number=number if standardised else None,
                how=how_encoded(feature, raw, values, dataset.table.dialect),
            )
        )
    return tuple(facts)


def _is_standardised(number: float, value: float, feature: Feature) -> bool:
    """Whether the mean and spread on show lead from the cell to the input (a logarithm or a fill leads elsewhere)."""
    return math.isfinite(number) and math.isclose((number - feature.mean) / feature.std, value, abs_tol=1e-4)


def _names(dataset: Dataset, i: int, output: NDArray[np.floating]) -> Names:
    given = wording.answer(dataset, output)
    truth, which = wording.truth(dataset, i)
    return Names(
        row=wording.row_text(dataset, i),
        target=dataset.recipe.target,
        inputs=dataset.encoder.input_names,
        outputs=given.names if given.kind == "multiclass" else given.names[:1],
        answer=wording.verdict(given),
        truth=truth,
        certainty="" if which is None else given.texts[which],
        right=None if which is None else which == given.best,
    )


def _progress(session: Session) -> RunProgress:
    dataset, snapshot = session.dataset, session.snapshot
    assert dataset is not None  # both checked by `situation_of`
    assert snapshot is not None
    history = snapshot.history
    losses = history.validation_loss if len(dataset.validation) else history.train_loss
    return RunProgress(
        epoch=snapshot.epoch,
        epochs=session.train_config.epochs or 0,
        n_train=len(dataset.train),
        learning_rate=snapshot.learning_rate,
        optimizer=OPTIMIZERS[session.train_config.optimizer].label,
        batch_size=session.train_config.batch_size,
        first_loss=float(losses[0]) if len(losses) else math.nan,
        loss=float(losses[-1]) if len(losses) else math.nan,
        best_loss=snapshot.best_loss,
        best_epoch=snapshot.best_epoch,
    )
