"""What a report says: the data, the network, how it learned, how well it answers, and what that does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np

from ann_viz import __version__
from ann_viz.data import Dataset
from ann_viz.engine import LOSSES, OPTIMIZERS, confusion
from ann_viz.engine.compiled.choice import engine_words
from ann_viz.explain import wording
from ann_viz.numerals import (
    at_most_four_digits,
    count,
    counted,
    format_number,
    percent,
    percent_fixed,
    short_number,
)
from ann_viz.session.exports.blocks import Block, Figure, Points, Report, Section, Table, Text
from ann_viz.session.exports.figures import bars_svg, curve_svg
from ann_viz.session.exports.network_svg import network_svg
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import Scored, epoch_of, lead, scored, title_of, useful_columns
from ann_viz.session.looks_at_test import judge_rows
from ann_viz.session.training_receipt import training_receipt, training_sentences
from ann_viz.translation import translatable, translate

__all__ = ["report_of"]

MOST_BARS: Final = 8
MOST_CLASSES: Final = 6
FEW_ROWS: Final = 300
SHORT_SUM: Final = 16
SCORES: Final[Mapping[str, str]] = {
    "accuracy": translatable("Right answers"),
    "balanced_accuracy": translatable("Right, mean of the classes"),
    "precision": translatable("Of its yes answers right"),
    "recall": translatable("Of all yes rows found"),
    "auc": translatable("Telling them apart (AUC)"),
    "mae": translatable("Mean error"),
    "rmse": translatable("Root of the mean square"),
    "r2": translatable("Share explained (R²)"),
}
SHARES: Final = frozenset({"accuracy", "balanced_accuracy", "precision", "recall"})


def report_of(subject: Subject, chosen: Mapping[str, Any], today: date) -> Report:
    """Return the report of a project whose rows are at hand.

    Parameters
    ----------
    subject : Subject
        With its data and its run.
    chosen : mapping
        ``title`` and ``author``; empty for the usual ones.
    today : date
    """
    dataset = subject.dataset
    assert dataset is not None  # whoever calls has looked
    found = scored(subject, dataset)
    author = f"{chosen['author']} · " if chosen["author"] else ""
    return Report(
        title=chosen["title"] or title_of(subject.model.recipe),
        subtitle=f"{author}{today.day} {today:%B %Y}",
        lead=lead(subject, found),
        sections=(
            Section(translate("The data"), tuple(_data(dataset))),
            Section(translate("The network"), tuple(_network(subject))),
            Section(translate("What it looks like"), (_picture(subject, dataset),), is_wide=True),
            Section(translate("How it learned"), tuple(_learning(subject))),
            Section(translate("Columns that matter to it"), tuple(_columns(subject, dataset, found))),
            Section(translate("How well it answers"), tuple(_scores(subject, dataset, found))),
            Section(translate("What this does not say"), (Points(tuple(_limits(dataset, found))),)),
        ),
        footer=_footer(subject),
    )


def _data(dataset: Dataset) -> Iterator[Block]:
    recipe = dataset.recipe
    table = translate("{file}: {rows}. Predicted is {target}, from {columns}.")
    yield Text(
        table.format(
            file=dataset.name,
            rows=count(dataset.table.n_rows, "row"),
            target=recipe.target,
            columns=count(len(recipe.inputs), "column"),
        )
    )
    parts = (
        (translate("to learn from"), dataset.train),
        (translate("to choose by"), dataset.validation),
        (translate("kept to the end"), dataset.test),
    )
    rows = [(name, format_number(len(numbers))) for name, numbers in parts]
    yield Table(((translate("Part"), translate("Rows")), *rows))
    split = recipe.split
    if split.by_time:
        yield Text(translate("Parts follow the time in {column}.").format(column=split.by_time))
    left_out = training_sentences(training_receipt(dataset))
    if left_out:
        yield Points(tuple(sentence[0].upper() + sentence[1:] for sentence in left_out))


def _network(subject: Subject) -> Iterator[Block]:
    config = subject.model.shown.config
    captions = [count(config.n_inputs, "input"), *wording.layer_captions(config)]
    rows = [
        (translate("Layers"), " → ".join(captions)),
        (translate("Weights and biases"), format_number(config.n_parameters)),
    ]
    if subject.n_networks > 1:
        several = translate("{n} such networks, each from another seed").format(n=subject.n_networks)
        rows.append((translate("The answer is the mean of"), several))
    if subject.run is not None:
        training = subject.run.record.config
        rate, batch = format_number(training.learning_rate, "g"), format_number(training.batch_size)
        rows += [
            (translate("Loss"), translate(LOSSES[config.loss_name].label)),
            (
                translate("Optimizer"),
                translate("{optimizer}, rate {rate}").format(optimizer=OPTIMIZERS[training.optimizer].label, rate=rate),
            ),
            (translate("Rows in a batch"), batch),
        ]
        against = {"L1": training.l1, "L2": training.l2, translate("Dropout"): training.dropout}
        rows += [(name, format_number(value, "g")) for name, value in against.items() if value]
        if subject.is_average:
            rows.append((translate("Its weights are"), translate("average of the last weights")))
        rows.append((translate("Trained with"), engine_words(subject.run.record.engine)))
    seeds = translate("{start} (start), {split} (parts)")
    rows.append((translate("Seeds"), seeds.format(start=config.seed, split=subject.model.recipe.split.seed)))
    yield Table((("", ""), *rows))


def _picture(subject: Subject, dataset: Dataset) -> Figure:
    x = np.asarray(dataset.first("train", 2000)).mean(axis=0)
    caption = translate(
        "Lines are weights: the thicker, the larger; blue pushes up, orange down. In the circles is what the network "
        "makes of the mean of the training rows. Thick lines at an input do not make its column important."
    )
    if subject.n_networks > 1:
        caption += translate(" It is one of the {n} networks.").format(n=subject.n_networks)
    return Figure(network_svg(subject, x, ground=False), caption)


def _learning(subject: Subject) -> Iterator[Block]:
    history, epoch = subject.history, epoch_of(subject)
    if history is None or len(history) < 2:
        yield Text(translate("It has not learned anything yet."))
        return
    told = translate("Loss over {epochs}; the line is at epoch {epoch}, whose weights are reported here.")
    epochs = count(int(history.epoch[-1]), "epoch")
    yield Figure(curve_svg(history, epoch), told.format(epochs=epochs, epoch=format_number(epoch or 0)))


def _columns(subject: Subject, dataset: Dataset, found: Scored) -> Iterator[Block]:
    rises = useful_columns(dataset, subject.model.network, found.part)[:MOST_BARS]
    most = max([0.0, *(rise for _, rise in rises)]) or 1.0  # no bar where all of them disturb it
    bars = [(name, max(0.0, rise / most), short_number(rise)) for name, rise in rises]
    caption = translate("By how much the loss grows when the values of a column are mixed up among the rows.")
    yield Figure(bars_svg(bars), caption)


# How well -------------------------------------------------------------------------------------------------------------
def _scores(subject: Subject, dataset: Dataset, found: Scored) -> Iterator[Block]:
    rows = translate("On {rows}, {never}:")
    never = {
        "test": translate("which it had never seen and nothing was chosen by"),
        "validation": translate("which it did not learn from, but was chosen by"),
        "train": translate("from which it learned"),
    }[found.part]
    yield Text(rows.format(rows=count(found.n_rows, "row"), never=never))
    measure, range_ = judge_rows(dataset, found.truth, found.answer, subject.model.threshold)
    lines = [("", translate("network"), translate("95 % range"), translate("no learning"))]
    for name, label in SCORES.items():
        if name not in found.scores:
            continue
        ends = f"{_written(name, range_.low)} – {_written(name, range_.high)}" if name == measure else ""
        trivial = _written(name, found.trivial.get(name, float("nan")))
        lines.append((translate(label), _written(name, found.scores[name]), ends, trivial))
    yield Table(tuple(lines))
    if found.part == "test":
        n = len(subject.looks_at_test)
        yield Text(counted("They were looked at {n} time.", "They were looked at {n} times.", n))
    if dataset.recipe.task != "regression":
        yield from _confusion(subject, dataset, found)


def _written(name: str, value: float) -> str:
    if name in SHARES:
        return percent_fixed(value) if value == value else "–"
    return short_number(value) if name in ("auc", "r2") else at_most_four_digits(value)


def _confusion(subject: Subject, dataset: Dataset, found: Scored) -> Iterator[Block]:
    binary = dataset.recipe.task == "binary"
    answer = found.answer > subject.model.threshold if binary else found.answer
    counts = confusion(found.truth, answer.astype(np.float32))
    names = wording.binary_names(dataset)[::-1] if binary else dataset.encoder.class_names
    if len(names) > MOST_CLASSES:
        return
    if binary:
        told = translate("Truth (down) and answer (across); yes is said above a chance of {threshold}:")
        yield Text(told.format(threshold=percent(subject.model.threshold)))
    else:
        yield Text(translate("Truth (down) and answer (across):"))
    head = ("", *(translate("says {name}").format(name=name) for name in names))
    rows = zip(names, counts.tolist(), strict=True)
    yield Table((head, *((f"{name}", *(format_number(n) for n in line)) for name, line in rows)))


def _limits(dataset: Dataset, found: Scored) -> Iterator[str]:
    """Yield what a reader might take from the page, and should not."""
    yield translate("A column that matters here need not be a cause: the network goes by whatever helps it.")
    where = translate("It was judged by rows of {file}. Rows from elsewhere, or from later, may be answered worse.")
    yield where.format(file=dataset.name)
    if found.part != "test":
        unasked = translate("The rows kept to the end were not asked about this network")
        nothing = unasked if len(dataset.test) else translate("No rows were kept to the end")
        by = translate("it was chosen by") if found.part == "validation" else translate("it learned from")
        yield translate("{nothing}: the scores are of rows {by}.").format(nothing=nothing, by=by)
    if found.n_rows < FEW_ROWS:
        yield counted(
            "It was judged by {n} row only: the range says how far off that can be.",
            "It was judged by {n} rows only: the range says how far off that can be.",
            found.n_rows,
        )
    if dataset.recipe.task == "regression":
        yield translate("A mean error says nothing of the largest ones.")
    else:
        yield translate("A chance of 80 % is not right 80 times in 100 unless that has been checked.")
    yield translate("Whether it treats groups of people alike was not looked at here.")
    yield translate("Another seed gives another network, and somewhat other numbers.")


def _footer(subject: Subject) -> str:
    parts = [f"ANN Viz {__version__}", subject.name]
    if subject.source is not None:
        sum_ = subject.source.sha256
        parts.append("SHA-256 " + " ".join(sum_[a:b] for a, b in pairwise(range(0, len(sum_) + 1, SHORT_SUM))))
    return " · ".join(parts)
