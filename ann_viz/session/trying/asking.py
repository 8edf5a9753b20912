"""What is asked of a document about its shown row: the question that the reasons for an answer follow from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network
from ann_viz.explain import wording
from ann_viz.explain.moment import answering_tag, answering_tip
from ann_viz.session.document import Document
from ann_viz.session.setup import Setup
from ann_viz.session.shown_row import ShownRow
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.trying.changes import locked_by_name
from ann_viz.session.trying.question import Question
from ann_viz.session.trying.told_answer import Told
from ann_viz.session.trying.tried_row import TriedRow, row_of_table
from ann_viz.session.trying.values import encoded

__all__ = ["answer_text", "answer_to", "committee_of", "committee_setup", "half_range", "locked_columns", "question_of"]

Array = NDArray[np.floating[Any]]


def committee_setup(document: Document) -> Setup | None:
    """Return from what the network on show can be trained again with other seeds.

    None while it still learns, before it has begun, and of a past moment: the others would not be its like; and
    without rows.
    """
    run, snapshot = document.current_run, document.snapshot
    if run is None or snapshot is None or snapshot.epoch == 0:
        return None
    if document.dataset is None or document.state is RunState.RUNNING or document.looking_at is not None:
        return None
    return document.setup_of(run)


def committee_of(document: Document) -> tuple[Network, ...]:
    """Return the networks of the same setup from other seeds that have been trained already."""
    setup, snapshot = committee_setup(document), document.snapshot
    if setup is None or snapshot is None:
        return ()
    trained = tuple(sibling.network for sibling in document.siblings.seeds(setup))
    beside = () if snapshot.beside is None else snapshot.beside  # as a project brings them
    return trained or tuple(Network.network_from(snapshot.config, row) for row in beside)


def locked_columns(document: Document) -> frozenset[str]:
    """Return the columns that suggestions leave alone: as somebody chose, or those whose names say so."""
    trying = document.trying
    return locked_by_name(document.known.summaries(trying.dataset)) if trying.locked is None else trying.locked


def question_of(document: Document, which: int | None = None, column: str = "") -> Question | None:
    """Return what is asked about the shown row; None without data.

    Parameters
    ----------
    document : Document
    which : int, optional
        The class that is asked about; by default the one that the network answers.
    column : str
        Whose what-if curve is wanted.
    """
    shown = document.shown_row()
    if shown is None:
        return None
    dataset = shown.facts.dataset
    return Question(
        network=document.model_network,
        answering=(answering_tag(document.snapshot, brief=True), answering_tip(document.snapshot)),
        alone=None if document.n_networks == 1 else require(document.snapshot).alone(),
        committee=committee_of(document),
        encoder=dataset.encoder,
        summaries=document.known.summaries(dataset),
        row=row_on_show(document, shown),
        x=shown.facts.x,
        background=document.known.background(dataset),
        is_made_up=dataset.is_missing,
        told=told_of(document, shown, which),
        locked=locked_columns(document),
        column=column,
    )


def row_on_show(document: Document, shown: ShownRow) -> TriedRow:
    """Return the values of the shown row, made up or not."""
    return document.tried or row_of_table(shown.facts.dataset, shown.facts.index)


def told_of(document: Document, shown: ShownRow, which: int | None = None) -> Told:
    """Return which number of the answer is told: the chance of yes, of the class that is answered, or the number."""
    answer = answer_to(document, shown.facts.x)
    is_class = answer.kind == "multiclass"
    chosen = (answer.best if which is None else which) if is_class else 0
    return Told.of(shown.facts.dataset.encoder, chosen, shown.threshold)


def answer_to(document: Document, x: Array) -> wording.Answer:
    """Return what the model answers a row that is given as inputs, ``(n_inputs,)``."""
    with np.errstate(all="ignore"):  # weights set by hand may be too large for any sum
        output = document.model_network.predict(x[None])[0]
    return wording.answer(document.trying.dataset, output, document.threshold)


def answer_text(document: Document, row: TriedRow) -> str:
    """Return what the model says of a made-up row: "leaves 73 %"."""
    return wording.verdict(answer_to(document, encoded(document.trying.dataset.encoder, row.values)))


def half_range(document: Document, shown: ShownRow) -> str:
    """Return how far the networks from other seeds lie apart, halved: "± 4"; empty where there are none."""
    networks = committee_of(document)
    if not networks:
        return ""
    told = told_of(document, shown)
    alone = require(document.snapshot).alone()
    outputs = np.array([network.predict(shown.facts.x[None])[0] for network in (alone, *networks)])
    values = told.values(outputs)
    half = float(np.ptp(values)) / 2
    return f"± {told.difference_text(half).lstrip('+')}"
