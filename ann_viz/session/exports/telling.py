"""What is told of a model wherever it is shown: a title, how good it is on unseen rows, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import PART_NAMES, Dataset, PartName, Recipe
from ann_viz.engine import OPTIMIZERS, Network, baseline, evaluate
from ann_viz.engine.rows import judged
from ann_viz.explain import wording
from ann_viz.numerals import count, format_number, four_digits
from ann_viz.session.exports.subject import Subject
from ann_viz.translation import translate

__all__ = ["Scored", "epoch_of", "lead", "provenance", "scored", "settings_text", "title_of", "useful_columns"]

PEOPLE: Final = frozenset(
    {"applicant", "child", "client", "customer", "employee", "member", "passenger", "patient", "person", "pupil"}
    | {"student", "user", "visitor", "voter", "worker"}
)
PERSONAL: Final = frozenset({"buys", "churns", "dies", "leaves", "passes", "pays", "stays", "survives", "wins"})
"""What people do, where nobody says what a row is."""

MOST_JUDGED: Final = 100_000
MIXED_WITH: Final = 0
"""Seed of the order in which a column is mixed up."""


@dataclass(frozen=True, eq=False)
class Scored:
    """How good a network is on one part of the rows.

    Parameters
    ----------
    part : {"test", "validation", "train"}
        The test rows where they were asked about this network: nothing was chosen by them.
    truth, answer : ndarray, shape (n_judged, n_outputs)
        As the network is told it, and says it.
    scores, trivial : mapping of str to float
        Of the network, and of the answer that needs no learning; errors are in the target's unit.
    """

    part: PartName
    truth: NDArray[Any]
    answer: NDArray[Any]
    scores: Mapping[str, float]
    trivial: Mapping[str, float]

    @property
    def n_rows(self) -> int:
        """Rows that it was judged by."""
        return len(self.truth)


def scored(subject: Subject, dataset: Dataset) -> Scored:
    """Score a network on the test rows once they were asked about it, before that on those it is judged by.

    Parameters
    ----------
    subject : Subject
    dataset : Dataset
        Its rows.
    """
    network, threshold = subject.model.network, subject.model.threshold
    part: PartName = "test" if len(dataset.test) and subject.is_tested else dataset.judged_part
    X, Y = judged(*dataset.stream(part), most=MOST_JUDGED)
    Y_train = judged(*dataset.stream("train"), most=MOST_JUDGED)[1]
    answer, task, std = network.predict(X), dataset.recipe.task, dataset.encoder.target_std

    def in_units(scores: Mapping[str, float]) -> Mapping[str, float]:
        return {name: value * std if name in ("mae", "rmse") else value for name, value in scores.items()}

    found, trivial = in_units(evaluate(task, Y, answer, threshold)), in_units(baseline(task, Y_train, Y))
    return Scored(part, Y, answer, found, trivial)


def useful_columns(dataset: Dataset, network: Network, part: PartName) -> list[tuple[str, float]]:
    """Return the input columns with how much larger the loss gets when each is mixed up, the most useful first.

    References
    ----------
    Permutation importance: L. Breiman, "Random Forests", Machine Learning 45 (2001), section 10.
    """
    X, Y = judged(*dataset.stream(part), most=2000)
    task = dataset.recipe.task
    loss = evaluate(task, Y, network.predict(X))["loss"]
    order = np.random.default_rng(MIXED_WITH).permutation(len(X))
    rises = []
    for group in dataset.encoder.groups:
        mixed = X.copy()
        mixed[:, group.start : group.stop] = X[order, group.start : group.stop]
        rises.append((group.column, evaluate(task, Y, network.predict(mixed))["loss"] - loss))
    return sorted(rises, key=lambda rise: -rise[1])


def title_of(recipe: Recipe) -> str:
    """Return what a network answers, as a question."""
    if recipe.phrase:
        is_person = recipe.row_name.casefold() in PEOPLE or recipe.phrase.split()[0] in PERSONAL
        words = translate("Who {phrase}?") if is_person else translate("Which {row} {phrase}?")
        return words.format(phrase=recipe.phrase, row=recipe.row_name.lower() or translate("one"))
    words = translate("How much is {target}?") if recipe.task == "regression" else translate("Which {target}?")
    return words.format(target=recipe.target)


def lead(subject: Subject, found: Scored | None) -> tuple[str, str, str]:
    """Return the sentence below the title in three parts, of which the middle one is what matters most."""
    if found is None or subject.dataset is None:
        return translate("A small neural network learned to predict "), subject.model.recipe.target, "."
    dataset, recipe = subject.dataset, subject.model.recipe
    rows = count(len(dataset.train), "row")
    unseen = translate("On {n} it had never seen") if found.part == "test" else translate("On {n} kept aside")
    if found.part == "train":
        unseen = translate("On these {n}")
    before = translate("A small neural network learned it from {rows}. ").format(rows=rows)
    before += unseen.format(n=format_number(found.n_rows))
    if recipe.task == "regression":
        before += translate(", it is off by ")
        middle = translate("{mae} on average").format(mae=four_digits(found.scores["mae"]))
        after = translate("; always saying the mean would be off by {mae}.")
        return before, middle, after.format(mae=four_digits(found.trivial["mae"]))
    before += translate(", it is right ")
    middle = translate("{n} times in 100").format(n=format_number(100 * found.scores["accuracy"], ".0f"))
    after = translate("; always saying “{name}” would be right {n} times.")
    return (
        before,
        middle,
        after.format(name=_commonest(dataset), n=format_number(100 * found.trivial["accuracy"], ".0f")),
    )


def _commonest(dataset: Dataset) -> str:
    """Return what most training rows are, in words."""
    Y = judged(*dataset.stream("train"), most=MOST_JUDGED)[1]
    if dataset.recipe.task == "binary":
        return wording.binary_names(dataset)[0 if Y.mean() > 0.5 else 1]
    return dataset.encoder.class_names[int(Y.sum(axis=0).argmax())]


def settings_text(subject: Subject) -> str:
    """Return network and training in one line: "6 · 6 ReLU, Adam 0.01, L2 0.001"."""
    config = subject.model.shown.config
    captions = wording.layer_captions(config)[:-1]
    names = {caption.partition(" · ")[2] for caption in captions}
    parts = (
        [" · ".join(str(layer.neurons) for layer in config.hidden) + f" {names.pop()}"] if len(names) == 1 else captions
    )
    if subject.run is not None:
        training = subject.run.record.config
        rate = format_number(training.learning_rate, "g")
        parts = [*parts, f"{OPTIMIZERS[training.optimizer].label} {rate}"]
        strengths = {"L1": training.l1, "L2": training.l2, translate("dropout"): training.dropout}
        parts += [f"{name} {format_number(value, 'g')}" for name, value in strengths.items() if value]
    return ", ".join(parts)


def epoch_of(subject: Subject) -> int | None:
    """Return the epoch whose weights are taken along; None where nothing is known of it."""
    return None if subject.run is None else subject.run.checkpoint.provenance.of.epoch


def provenance(subject: Subject, today: date) -> list[str]:
    """Return where the model comes from, in short parts to be set side by side."""
    encoder, parts = subject.model.encoder, [subject.name]
    dataset = subject.dataset
    if dataset is not None:
        told = translate("{rows} ({train} to learn, {validation} to check, {test} to test)")
        numbers = {name: format_number(len(dataset.rows(name))) for name in PART_NAMES}
        parts.append(told.format(rows=count(len(dataset.X), "row"), **numbers))
    elif subject.source is not None:
        parts.append(count(subject.source.n_rows, "row"))
    parts.append(f"{count(len(encoder.features), 'column')} → {count(encoder.n_inputs, 'input')}")
    parts.append(settings_text(subject))
    parts.append(translate("seed {n}").format(n=subject.model.shown.config.seed))
    epoch = epoch_of(subject)
    if epoch is not None:
        parts.append(translate("epoch {n}").format(n=format_number(epoch)))
    if subject.is_average:
        parts.append(translate("average of the last weights"))
    if subject.one_of > 1:
        parts.append(translate("one of the {n} networks whose mean is the model").format(n=subject.one_of))
    elif subject.n_networks > 1:
        parts.append(translate("mean of {n} networks").format(n=subject.n_networks))
    return [*parts, f"{today.day} {today:%b %Y}"]
