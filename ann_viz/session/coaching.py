"""What the coach is told of a session."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, PartName
from ann_viz.engine import Snapshot, Task
from ann_viz.engine.rows import class_weighing, class_weights_of, judged
from ann_viz.errors import TrainingError
from ann_viz.explain.coach import observe
from ann_viz.explain.evidence import (
    gradient_lengths,
    layer_states,
    penalty_pull,
    recalls,
    rise,
    row_losses,
    trend,
    update_ratio,
    weight_length,
)
from ann_viz.explain.probes import skill
from ann_viz.explain.run_report import DataReport, RunReport
from ann_viz.session.coach_data import look_at_data
from ann_viz.session.coach_effect import Effect, Tried, effect_of
from ann_viz.session.document import Document
from ann_viz.session.other_starts import OtherStarts, try_other_starts
from ann_viz.session.starting import require
from ann_viz.session.state import RunState
from ann_viz.session.suggested import SIZES
from ann_viz.session.suggested_reasons import size_on_show
from ann_viz.session.suggested_sizes import size_scores

__all__ = ["effect_so_far", "learn_other_starts", "note_tried", "report_of", "starts_to_try"]

BY_START: Final = ("too_small", "dead_units", "saturated")  # or else the start is to blame
LOOKED_AT: Final = 500  # rows sent through the network
MOST_COMPARED: Final = 5_000  # validation rows whose losses are compared
LEAST_LOOKED_AT: Final = 100
MOST_PRODUCTS: Final = 20_000_000  # of a pass: some milliseconds
TRAIN: Final[PartName] = "train"

Rows: TypeAlias = NDArray[np.floating]
State = Literal["ready", "running", "paused", "finished", "failed"]
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
    return report.state == _STATES[document.state] and report.training == document.train_config


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


def _epochs(snapshot: Snapshot) -> list[Snapshot]:
    """Return the kept moments at which an epoch ended."""
    return [moment for moment in snapshot.timeline if moment.batch_index == 0]


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
    task, part, network, config = (
        dataset.recipe.task,
        dataset.judged_part,
        document.model_network,
        snapshot.train_config,
    )
    X, Y = _rows(document, dataset, "train", LOOKED_AT)
    means = Y.mean(axis=0, dtype=np.float64)
    truth, answer = document.answers(part)
    said = network.predict(X)
    drawn = np.full(len(means), 0.5 if task == "binary" else 1.0) if config.class_weights else means
    guess = document.baseline(part)
    key = "r2" if task == "regression" else "accuracy"
    error = document.error
    layers_0, gradients_0, weights_0 = _start(document, X, Y)
    known_held = skill(task, truth, answer, drawn) if len(dataset.validation) else np.nan
    history = snapshot.history
    gradients = gradient_lengths(network, X, Y)
    pull, data_pull = penalty_pull(network, gradients, config.l1, config.l2)
    course = _course(document, dataset, snapshot)
    since = _since(document, snapshot)
    return RunReport(
        state=_STATES[document.state],
        task=task,
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
        metric=document.metrics(part)[key],
        guess_metric=guess[key],
        known=skill(task, Y, said, drawn),
        known_held=known_held,
        held_error=_held_error(task, truth, known_held),
        recalls=recalls(task, truth, answer),
        spread=float(said.std(axis=0).mean() / max(1e-12, float(Y.std(axis=0).mean()))),
        rise=course.rise,
        rise_z=course.rise_z,
        layers=layer_states(network, X),
        layers_at_start=layers_0,
        gradients=gradients,
        gradients_at_start=gradients_0,
        moved=update_ratio(snapshot.before, snapshot.params),
        pull=pull,
        data_pull=data_pull,
        weights=weight_length(snapshot.config, snapshot.params),
        weights_at_start=weights_0,
        layer=error.layer + 1 if isinstance(error, TrainingError) and error.layer is not None else None,
        data=data,
        other_starts=_other_starts(document, snapshot),
        since=since,
        card=document.coach_memory.card,
        **_other_size(document),
    )


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


def _rows(document: Document, dataset: Dataset, part: PartName, most: int) -> tuple[Rows, Rows]:
    """Return rows of a part, always the same ones; fewer where the network is large, so that a look stays quick."""
    config, kept = require(document.network_config), document.coach_memory.rows
    n = min(most, max(LEAST_LOOKED_AT, MOST_PRODUCTS // config.n_parameters))
    if (part, n) not in kept:
        kept[part, n] = judged(*dataset.stream(part), n)
    return kept[part, n]


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


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """How the loss went that is optimised."""

    train: NDArray[np.float64]
    judged: NDArray[np.float64]
    guess: float
    best_epoch: int
    rise: float
    rise_z: float


def _course(document: Document, dataset: Dataset, snapshot: Snapshot) -> _Course:
    """Read the course of the loss; where classes are weighed, work out the weighed one, which alone is optimised."""
    history, kept = snapshot.history, _epochs(snapshot)
    X, Y = _rows(document, dataset, dataset.judged_part, MOST_COMPARED)
    is_weighed = snapshot.train_config.class_weights is not None
    weights = _row_weights(dataset.recipe.task, Y) if is_weighed else np.ones(len(Y))
    if not is_weighed:
        guess = float(document.baseline("train").get("loss", np.nan))
        train, values, best_epoch = history.train_loss, history.judged_loss, snapshot.best_epoch
    else:
        guess = math.log(max(2, Y.shape[1]))
        train, values = _weighed(document, dataset, snapshot)
        best_epoch = kept[int(np.argmin(values))].epoch if kept else snapshot.epoch
    rose = 0.0, 0.0
    if len(dataset.validation) and best_epoch < snapshot.epoch and kept:
        best = min(kept, key=lambda each: abs(each.epoch - best_epoch))
        memory = document.coach_memory
        if memory.best is None or memory.best[0] is not best:
            memory.best = best, row_losses(best.model(), X, Y)
        rose = rise(row_losses(document.model_network, X, Y) * weights, memory.best[1] * weights)
    return _Course(train, values, guess, best_epoch, *rose)


def _row_weights(task: Task, Y: Rows) -> NDArray[np.float64]:
    """Return what each row counts where classes count the same; 1 for a number."""
    weights = class_weights_of(task, Y)
    if weights is None:
        return np.ones(len(Y))
    return np.asarray(class_weighing(task, weights)(Y)[:, 0], np.float64)


def _weighed(
    document: Document, dataset: Dataset, snapshot: Snapshot
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weighed losses of training and judged rows at the ends of the epochs whose weights are kept."""
    known, found = document.coach_memory.weighed, {}
    parts = [_rows(document, dataset, part, LOOKED_AT) for part in (TRAIN, dataset.judged_part)]
    for moment in _epochs(snapshot):
        if moment.epoch in known and known[moment.epoch][0] is moment:
            found[moment.epoch] = known[moment.epoch]
            continue
        network = moment.model()
        losses = [float((row_losses(network, X, Y) * _row_weights(dataset.recipe.task, Y)).mean()) for X, Y in parts]
        found[moment.epoch] = moment, losses
    document.coach_memory.weighed = found
    train, values = (np.array([losses[place] for _, losses in found.values()]) for place in (0, 1))
    return train, values
