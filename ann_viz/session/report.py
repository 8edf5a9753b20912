"""What a run came to, as plain JSON values, as a table, or in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final, get_args

import numpy as np

from ann_viz.data import Dataset
from ann_viz.data import PartName as Part
from ann_viz.engine import evaluate
from ann_viz.engine.average import settled_after
from ann_viz.engine.compiled.choice import engine_words
from ann_viz.engine.rows import judged
from ann_viz.numerals import NOTHING
from ann_viz.session.document import Document
from ann_viz.session.headless import Outcome
from ann_viz.session.run_columns import time_taken
from ann_viz.session.starting import require
from ann_viz.session.training_receipt import training_json, training_receipt

__all__ = ["as_json", "as_table", "in_words"]

PARTS: Final[tuple[Part, ...]] = get_args(Part)
N_NAMED_COLUMNS: Final = 3


def as_json(document: Document, outcome: Outcome) -> dict[str, Any]:
    """Return the outcome with the scores of every part, and what became of the file; see `training_json`.

    A score that does not exist is None.
    """
    dataset = document.dataset
    assert dataset is not None  # a run had data
    scores: dict[str, Any] = {
        part: {name: value if math.isfinite(value) else None for name, value in document.metrics(part).items()}
        for part in PARTS
    }
    told = training_json(training_receipt(dataset))
    engine = require(document.snapshot).engine
    return {
        "epochs": outcome.epochs,
        "seconds": round(outcome.seconds, 3),
        "networks": document.n_networks,
        "engine": engine,
        **scores,
        "data": told,
    }


def as_table(document: Document, outcome: Outcome) -> list[str]:
    """Return lines: how the run ended, then the scores of every part beside the trivial answer's."""
    trivial = document.baseline("test") or document.baseline("train")
    columns = {part: document.metrics(part) for part in PARTS if document.metrics(part)}
    snapshot = require(document.snapshot)
    engine, averaged = engine_words(snapshot.engine), ", average" if snapshot.average is not None else ""
    lines = [
        f"{outcome.epochs} epochs in {time_taken(outcome.seconds)} ({outcome.reason}) with {engine}; "
        f"kept epoch {outcome.kept_epoch}{averaged}{_together(document)}.",
        "",
        "".join([f"{'':<20}", *(f"{name:>12}" for name in (*columns, "no learning"))]),
    ]
    for name in document.metrics("train"):
        values = [scores[name] for scores in columns.values()] + [trivial.get(name, math.nan)]
        lines.append("".join([f"{name.replace('_', ' '):<20}", *(_cell(value) for value in values)]))
    return lines


def _cell(score: float) -> str:
    """Return a score in a column of the table, a dash where there is none: how many of no alarms are true."""
    return f"{NOTHING:>12}" if math.isnan(score) else f"{score:>12.4g}"


def _together(document: Document) -> str:
    """Say of how many networks the model is the mean, where it is not one network's."""
    return f"; mean of {document.n_networks} networks" if document.n_networks > 1 else ""


def in_words(document: Document, outcome: Outcome) -> Iterator[str]:
    """Yield sentences for people: what it saw, how well it does on unseen rows, what it goes by."""
    dataset, config = document.dataset, document.network_config
    assert dataset is not None and config is not None  # a run had data
    sizes = " → ".join(str(size) for size in config.sizes)
    training = document.train_config
    averaged, is_chosen = " (average)" if training.average_epochs else "", outcome.epochs > settled_after(training)
    why = f", when it did best on {len(dataset.validation):,} other rows" if is_chosen else ""
    yield (
        f"A network of {sizes} neurons ({config.n_parameters:,} weights and biases) learned to predict "
        f"{dataset.recipe.target}{_meaning(dataset)} from {dataset.name}."
    )
    yield (
        f"It looked {outcome.epochs} times at {len(dataset.train):,} rows, in {time_taken(outcome.seconds)}, and keeps "
        f"what it knew after round {outcome.kept_epoch}{averaged}{why}."
    )
    if document.n_networks > 1:
        yield f"The answer is the mean of what {document.n_networks} such networks say, each from another seed."
    part: Part = "test" if len(dataset.test) else dataset.judged_part
    yield _how_good(document, dataset, part)
    names = ", ".join(most_useful_columns(document, part)[:N_NAMED_COLUMNS])
    yield f"It goes mostly by {names}."


def _meaning(dataset: Dataset) -> str:
    """Say what a yes is, where it is known."""
    if dataset.recipe.task != "binary" or not dataset.recipe.phrase:
        return ""
    return f" ('{dataset.encoder.class_names[1]}' means: {dataset.recipe.phrase})"


def _how_good(document: Document, dataset: Dataset, part: Part) -> str:
    scores, trivial = document.metrics(part), document.baseline(part)
    seen = "" if part == "train" else " that it has never seen"
    rows = f"On {len(getattr(dataset, part)):,} rows{seen}"
    if dataset.recipe.task == "regression":
        return (
            f"{rows} it is off by {scores['mae']:,.4g} on average; always answering with the mean would be off by "
            f"{trivial['mae']:,.4g}."
        )
    return (
        f"{rows} it is right for {scores['accuracy']:.1%}; always answering "
        f"'{commonest_class(dataset)}' would be right for {trivial['accuracy']:.1%}."
    )


def commonest_class(dataset: Dataset) -> str:
    """Return the class that most training rows have."""
    Y = judged(*dataset.stream("train"))[1]
    counts = np.array([len(Y) - Y.sum(), Y.sum()]) if Y.shape[1] == 1 else Y.sum(axis=0)
    return str(dataset.encoder.class_names[int(counts.argmax())])


def most_useful_columns(document: Document, part: Part) -> list[str]:
    """Return the input columns, first the one that it costs most to mix up among the rows.

    References
    ----------
    Permutation importance: L. Breiman, "Random Forests", Machine Learning 45 (2001), section 10.
    """
    dataset = document.dataset
    assert dataset is not None  # a run had data
    X, Y = judged(*dataset.stream(part))
    rng = np.random.default_rng(0)
    order = rng.permutation(len(X))
    losses = {}
    for group in dataset.encoder.groups:
        mixed = X.copy()
        mixed[:, group.start : group.stop] = X[order, group.start : group.stop]
        losses[group.column] = evaluate(dataset.recipe.task, Y, document.model_network.predict(mixed))["loss"]
    return sorted(losses, key=lambda column: -losses[column])
