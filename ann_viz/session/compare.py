"""Two runs side by side: in which settings they differ, what each scores, over how many seeds, and what that says.

What is read from the document is put into a `PairRequest` in its thread; `compare` then works in any.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot
from ann_viz.engine.intervals import spread
from ann_viz.explain.wording import binary_names
from ann_viz.numerals import FINE_DECIMALS, MINUS, fixed_signed, format_number, four_digits, percent_fixed, short_number
from ann_viz.session.best_epoch import best_of
from ann_viz.session.document import Document
from ann_viz.session.job import Progress, Work
from ann_viz.session.run import Run
from ann_viz.session.run_differences import Difference, run_differences
from ann_viz.session.scores import Scores
from ann_viz.session.seeds import Sibling, Siblings, tell_between
from ann_viz.session.setup import Setup
from ann_viz.session.verdict import Verdict, loss_decimals, verdict_of, wins_of
from ann_viz.translation import translatable, translate

__all__ = ["Compared", "MetricRow", "PairRequest", "SideRequest", "compare", "pair_request", "training_pair"]

Form = Literal["loss", "share", "score", "unit"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A score that runs are compared by: its key in `Scores`, its name, what it is called or meant by, how written."""

    key: str
    name: str
    words: str
    form: Form
    lower: bool = False


LOSS: Final = Metric("loss", translatable("{rows} loss"), translatable("lower is better"), "loss", lower=True)
ROWS: Final = {"validation": translatable("Validation"), "train": translatable("Training")}
METRICS: Final[Mapping[str, tuple[Metric, ...]]] = {
    "binary": (
        LOSS,
        Metric("accuracy", translatable("Right answers"), translatable("accuracy"), "share"),
        Metric("recall", translatable("Found: {name}"), translatable("recall"), "share"),
        Metric("auc", translatable("Ranking"), translatable("ROC AUC"), "score"),
    ),
    "multiclass": (
        LOSS,
        Metric("accuracy", translatable("Right answers"), translatable("accuracy"), "share"),
        Metric("balanced_accuracy", translatable("Of each class"), translatable("mean recall"), "share"),
        Metric("auc", translatable("Ranking"), translatable("ROC AUC"), "score"),
    ),
    "regression": (
        LOSS,
        Metric("mae", translatable("Off by"), translatable("mean error"), "unit", lower=True),
        Metric("rmse", translatable("Large misses"), translatable("RMSE"), "unit", lower=True),
        Metric("r2", translatable("Explained"), translatable("R²"), "score"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideRequest:
    """One of the two: its name, the run, the moment it is judged at, and those of its kind from other seeds."""

    name: str
    run: Run
    snapshot: Snapshot
    setup: Setup
    siblings: tuple[Sibling, ...]
    start: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairRequest:
    """All that a comparison follows from; ``threshold`` is that of a yes."""

    sides: tuple[SideRequest, SideRequest]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRow:
    """A score of both.

    Parameters
    ----------
    name, words : str
    one, other, difference : str
    better : {"A", "B", ""}
    means : tuple of str
        Mean ± spread over the seeds; empty with one run each.
    wins : str
        "A wins 5 of 5"; empty with one run each.
    values : tuple of (A, B)
        Of the runs themselves first, then of their siblings.
    """

    name: str
    words: str
    one: str
    other: str
    difference: str
    better: str
    means: tuple[str, ...]
    wins: str
    values: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison says."""

    differences: tuple[Difference, ...]
    metrics: tuple[MetricRow, ...]
    n_seeds: int
    verdict: Verdict


def pair_request(document: Document, a: int, b: int) -> PairRequest:
    """Read from the document what comparing two runs needs; raises StateError where one has been forgotten."""
    runs = document.find_run(a), document.find_run(b)
    sides = [_side(document, run, runs, "AB"[1 - place]) for place, run in enumerate(runs)]
    return PairRequest(sides=(sides[0], sides[1]), threshold=document.threshold)


def _side(document: Document, run: Run, runs: tuple[Run, Run], other_letter: str) -> SideRequest:
    setup = document.setup_of(run)
    other = runs[0] if run is runs[1] else runs[1]
    start = translate("untrained") if run.untouched else translate("weights it was given")
    if run.branched_at is not None:
        of = other_letter if run.parent == other.number else translate("its parent")
        start = translate("epoch {epoch} of {run}").format(epoch=format_number(run.branched_at), run=of)
    siblings = document.siblings.seeds(setup, 1 << 20)
    return SideRequest(
        name=document.run_name(run), run=run, snapshot=best_of(run), setup=setup, siblings=siblings, start=start
    )


def training_pair(siblings: Siblings, request: PairRequest, n_seeds: int) -> Work[object]:
    """Return the work of a job: train what is missing for both to have networks from so many seeds."""

    def train(progress: Progress, cancelled: Callable[[], bool]) -> None:
        for place, side in enumerate(request.sides):
            tell = partial(tell_between, progress, place / 2, (place + 1) / 2)
            siblings.training_seeds(side.setup, n_seeds - 1)(tell, cancelled)

    return train


def compare(request: PairRequest, cancelled: Callable[[], bool] = lambda: False) -> Compared:
    """Work out a comparison."""
    one, other = request.sides
    scores = [_scores(side, request.threshold, cancelled) for side in request.sides]
    n = min(len(each) for each in scores)
    task = one.run.network_config.task
    rows = []
    for metric in METRICS[task] if other.run.network_config.task == task else ():
        values = tuple((a[metric.key], b[metric.key]) for a, b in zip(scores[0][:n], scores[1][:n], strict=True))
        rows.append(_row(metric, values, one.run.dataset))
    differences = list(run_differences(one.run, other.run))
    if one.start != other.start:
        differences.append(Difference(translate("Starts from"), "", one.start, other.start))
    losses = rows[0].values if rows else ((0.0, 0.0),)
    same_rows = bool(rows) and _have_same_rows(one.run.dataset, other.run.dataset)
    verdict = verdict_of(losses, same_rows=same_rows, besides=_besides(rows))
    return Compared(differences=tuple(differences), metrics=tuple(rows), n_seeds=n, verdict=verdict)


def _scores(side: SideRequest, threshold: float, cancelled: Callable[[], bool]) -> list[Mapping[str, float]]:
    """Return the scores of the run at its best epoch, then of its siblings."""
    dataset = side.run.dataset
    judge, part = Scores(dataset), dataset.judged_part
    found = []
    for network in (side.snapshot.alone(), *(sibling.network for sibling in side.siblings)):
        if cancelled():
            break
        judge.forget()
        found.append(judge.score(network, part, threshold))
    return found


def _have_same_rows(one: Dataset, other: Dataset) -> bool:
    if one is other:
        return True
    rows = [np.asarray(each.source_rows)[np.asarray(each.rows(each.judged_part))] for each in (one, other)]
    return one.table is other.table and np.array_equal(rows[0], rows[1])


def _row(metric: Metric, values: tuple[tuple[float, float], ...], dataset: Dataset) -> MetricRow:
    a, b = values[0]
    form = metric.form
    decimals = loss_decimals(a, b) if form == "loss" else FINE_DECIMALS
    texts = [_text(value, form, decimals) for value in (a, b)]
    better = "" if texts[0] == texts[1] else "A" if (a < b) == metric.lower else "B"
    name = translate(metric.name)
    if "{name}" in name:
        name = name.format(name=binary_names(dataset)[0])
    name = name.format(rows=translate(ROWS[dataset.judged_part]))
    means: tuple[str, ...] = ()
    wins = ""
    if len(values) > 1:
        columns = tuple(zip(*values, strict=True))
        finer = loss_decimals(*map(statistics.fmean, columns)) if form == "loss" else FINE_DECIMALS
        means = tuple(_mean_text(column, form, finer) for column in columns)
        wins = translate("A wins {wins} of {n}").format(
            wins=format_number(wins_of(values, lower=metric.lower)), n=format_number(len(values))
        )
    return MetricRow(
        name=name, words=translate(metric.words), one=texts[0], other=texts[1],
        difference=_difference_text(a, b, form, decimals), better=better, means=means, wins=wins, values=values,
    )  # fmt: skip


def _text(value: float, form: Form, decimals: int) -> str:
    if form == "share":
        return percent_fixed(value)
    return four_digits(value) if form == "unit" else short_number(value, decimals)


def _difference_text(a: float, b: float, form: Form, decimals: int) -> str:
    """Return A − B as a reader finds it from the two texts; of shares in points."""
    if _text(a, form, decimals) == _text(b, form, decimals):
        return "0"
    if form == "share":
        return fixed_signed(round(100 * a, 1) - round(100 * b, 1), 1)
    if form == "unit":
        return ("+" if a > b else MINUS if a < b else "") + four_digits(abs(a - b))
    return fixed_signed(round(a, decimals) - round(b, decimals), decimals)


def _mean_text(values: tuple[float, ...], form: Form, decimals: int) -> str:
    mean, deviation = statistics.fmean(values), spread(values)
    if form == "share":
        return f"{format_number(100 * mean, '.1f')} ± {format_number(100 * deviation, '.1f')}"
    if form == "unit":
        return f"{four_digits(mean)} ± {four_digits(deviation)}"
    return f"{short_number(mean, decimals)} ± {short_number(deviation, decimals)}"


def _besides(rows: list[MetricRow]) -> str:
    """Return a sentence on a score by which the run with the lower loss is the worse one, if there is one."""
    if not rows or not rows[0].better:
        return ""
    better = rows[0].better
    against = next((row for row in rows[1:] if row.better and row.better != better), None)
    if against is None:
        return ""
    words = translate("By “{score}” {other} is ahead: {one} to {two}.")
    one, two = (against.one, against.other) if better == "B" else (against.other, against.one)
    return words.format(score=against.name, other=against.better, one=one, two=two)
