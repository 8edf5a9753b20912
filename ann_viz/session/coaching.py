"""What the coach is told of a session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from ann_viz.engine import Snapshot
from ann_viz.errors import TrainingError
from ann_viz.explain.coach import observe
from ann_viz.explain.evidence import (
    gradient_lengths,
    layer_states,
    penalty_pull,
    recalls,
    trend,
    update_ratio,
    weight_length,
)
from ann_viz.explain.run_report import DataReport, RunReport, State
from ann_viz.explain.skill import skill
from ann_viz.session.coach_course import LOOKED_AT, course_of, rows_looked_at
from ann_viz.session.coach_effect import Effect, Tried, effect_of
from ann_viz.session.document import Document
from ann_viz.session.other_starts import OtherStarts, try_other_starts
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.suggested import SIZES
from ann_viz.session.suggested_reasons import size_on_show
from ann_viz.session.suggested_sizes import size_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["effect_so_far", "learn_other_starts", "note_tried", "report_of", "starts_to_try"]

BY_START: Final = ("too_small", "dead_units", "saturated")  # or else the start is to blame

Rows: TypeAlias = "NDArray[np.floating]"
_STATES: Final[dict[RunState, State]] = {
    RunState.READY: "ready",
    RunState.RUNNING: "running",
    RunState.PAUSED: "paused",
    RunState.FINISHED: "finished",
    RunState.FAILED: "failed",
}


def report_of(document: Document, *, look: bool = True) -> RunReport | None:
    """Return the course of the run so far, or None without data.

    Parameters
    ----------
    document : Document
        Only its memory of earlier looks is changed.
    look : bool
        Whether to look at the rows now if nobody has, which takes up to some seconds; the window does so in a job.
    """
    dataset, snapshot = document.dataset, document.snapshot
    if dataset is None or snapshot is None:
        return None
    memory = document.coach_memory
    if document.looking_at is not None and memory.run is not None:
        return memory.run[1]  # who looks back hears what was said last
    memory.attend(dataset)
    if memory.run_number != document.run_numbers[0]:
        memory.begin(document.run_numbers[0])
    if memory.data is None and look:
        from ann_viz.session.coach_data import look_at_data  # not to be waited for before there are data

        memory.learn(dataset, look_at_data(dataset))
    if memory.run is None or memory.run[0] is not snapshot or not _is_as_told(document, memory.run[1]):
        with np.errstate(all="ignore"):  # weights that a huge rate has blown up are looked at, too
            report = _look(document, dataset, snapshot, memory.data)
        memory.run, memory.card = (snapshot, report), observe(report).card
        asked = starts_to_try(document) if look else None
        if asked is not None:
            learn_other_starts(document, try_other_starts(asked))
    return memory.run[1]


def _is_as_told(document: Document, report: RunReport) -> bool:
    now = _STATES[document.state], document.train_config, document.threshold
    return (report.state, report.training, report.threshold) == now


def starts_to_try(document: Document) -> OtherStarts | None:
    """Return what to try silently, where it would tell a network that is too small from one that began badly."""
    memory, dataset, snapshot = document.coach_memory, document.dataset, document.snapshot
    if dataset is None or snapshot is None or memory.run is None or memory.card is None:
        return None
    is_known = memory.other_starts is not None and memory.other_starts[0] is _first(snapshot)
    if is_known or memory.card.rule not in BY_START:
        return None
    return OtherStarts(dataset, snapshot.config, snapshot.train_config, snapshot.epoch)


def learn_other_starts(document: Document, score: float) -> None:
    """Take in what other starts reach; the run is then looked at again."""
    memory, snapshot = document.coach_memory, document.snapshot
    if snapshot is not None and memory.run is not None:
        memory.other_starts = _first(snapshot), score
        report = replace(memory.run[1], other_starts=score, card=None)
        memory.run, memory.card = (snapshot, report), observe(report).card


def _first(snapshot: Snapshot) -> Snapshot:
    """Return the moment with which the run began."""
    return snapshot.timeline[0] if snapshot.timeline else snapshot


def note_tried(document: Document, label: str, *, other_rows: bool) -> None:
    """Remember that a button was pressed, so that it can be said later whether it helped."""
    report, dataset = report_of(document, look=False), document.dataset
    if report is not None and dataset is not None:
        document.coach_memory.tried = Tried(label, dataset.table, report, other_rows)


def effect_so_far(document: Document) -> Effect | None:
    """Return what came of the button that was pressed last; None without one, or where it was taken back."""
    tried, report, dataset = document.coach_memory.tried, report_of(document, look=False), document.dataset
    if tried is None or report is None or dataset is None or tried.table is not dataset.table:
        return None
    was = tried.before
    if (
        not tried.other_rows
        and (was.training, was.network) == (report.training, report.network)
        and report.epoch >= was.epoch
    ):
        return None
    return effect_of(tried, report)


def _look(document: Document, dataset: Dataset, snapshot: Snapshot, data: DataReport | None) -> RunReport:
    """Measure the run as it is now."""
    from ann_viz.session.coach_groups import gap_of_groups  # what reads data is imported with the first file

    history, error, since = snapshot.history, document.error, _since(document, snapshot)
    X, Y = rows_looked_at(document, dataset, "train", LOOKED_AT)
    course = course_of(document, dataset, snapshot)
    return RunReport(
        state=_STATES[document.state],
        task=dataset.recipe.task,
        epoch=snapshot.epoch,
        step=snapshot.step,
        best_epoch=course.best_epoch,
        n_batches=snapshot.n_batches,
        finished=snapshot.finished,
        network=snapshot.config,
        training=document.train_config,
        rate=snapshot.learning_rate,
        first_rate=float(history.learning_rate[min(1, len(history) - 1)]),
        train_loss=course.train,
        validation_loss=course.judged,
        guess_loss=course.guess,
        trend=trend(course.train[min(since, len(course.train) - 1) :]),
        rise=course.rise,
        rise_z=course.rise_z,
        layer=error.layer + 1 if isinstance(error, TrainingError) and error.layer is not None else None,
        data=data,
        other_starts=_other_starts(document, snapshot),
        since=since,
        card=document.coach_memory.card,
        **_known(document, dataset, X, Y),
        **_inside(document, snapshot, X, Y),
        **_other_size(document),
        gap=gap_of_groups(document, dataset),
    )


def _known(document: Document, dataset: Dataset, X: Rows, Y: Rows) -> dict[str, Any]:
    """Return what the model knows of some training rows and of the judged ones."""
    task, weighed = dataset.recipe.task, require(document.snapshot).train_config.class_weights
    means = Y.mean(axis=0, dtype=np.float64)
    drawn = np.full(len(means), 0.5 if task == "binary" else 1.0) if weighed else means
    truth, answer = document.answers(dataset.judged_part)
    held = skill(task, truth, answer, drawn) if len(dataset.validation) else np.nan
    return {
        "known": skill(task, Y, document.model_network.predict(X), drawn),
        "known_held": held,
        "held_error": _held_error(task, truth, held),
        "recalls": recalls(task, truth, answer, document.threshold),
        "threshold": document.threshold,
    }


def _inside(document: Document, snapshot: Snapshot, X: Rows, Y: Rows) -> dict[str, Any]:
    """Return the state of layers and weights, and how it was before the first step."""
    network, config = document.model_network, snapshot.train_config
    layers, gradients, weights = _start(document, X, Y)
    lengths = gradient_lengths(network, X, Y)
    pull, data_pull = penalty_pull(network, lengths, config.l1, config.l2)
    return {
        "layers": layer_states(network, X),
        "layers_at_start": layers,
        "gradients": lengths,
        "gradients_at_start": gradients,
        "moved": update_ratio(snapshot.before, snapshot.params),
        "pull": pull,
        "data_pull": data_pull,
        "weights": weight_length(snapshot.config, snapshot.params),
        "weights_at_start": weights,
    }


def _other_starts(document: Document, snapshot: Snapshot) -> float:
    known = document.coach_memory.other_starts
    return known[1] if known is not None and known[0] is _first(snapshot) else np.nan


def _other_size(document: Document) -> dict[str, Any]:
    """Return how much better the other suggested network did, where this is one of the two and both were trained."""
    size, scores = size_on_show(document), size_scores(document)
    other = next((each for each in scores if each != size), None)
    if size is None or other is None or size not in scores:
        return {}
    return {"other_network": "–".join(map(str, SIZES[other])), "other_lead": scores[other] - scores[size]}


def _held_error(task: str, truth: Rows, known: float) -> float:
    if len(truth) == 0:
        return 0.0
    if task == "regression":
        return float(np.sqrt(2 / len(truth)))
    share = truth.mean(axis=0)
    rare = len(truth) * max(1e-9, float(min(share.min(), 1 - share.max())))
    return float(np.sqrt(max(0.0, known * (1 - known)) / max(1.0, 2 * rare)))


def _start(document: Document, X: Rows, Y: Rows) -> tuple[Any, Any, float]:
    """Measure the network as it was before the first step."""
    snapshot, memory = document.snapshot, document.coach_memory
    assert snapshot is not None
    first = _first(snapshot)
    if memory.start is None or memory.start[0] is not first:
        network = first.network()
        measured = layer_states(network, X), gradient_lengths(network, X, Y), weight_length(first.config, first.params)
        memory.start = first, measured
    return memory.start[1]


def _since(document: Document, snapshot: Snapshot) -> int:
    """Return the epoch at which the settings changed last; how long training goes on is none of them."""
    memory = document.coach_memory
    lasting = replace(document.train_config, epochs=0, patience=None, max_seconds=None, target_loss=None)
    settings = lasting, snapshot.config
    if memory.settings != settings or snapshot.epoch < memory.since:
        memory.since = 0 if memory.settings is None or snapshot.step == 0 else snapshot.epoch
        memory.settings = settings
    return memory.since
