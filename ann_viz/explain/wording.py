"""How the document's values are said: answers in the target's own words, captions of layers, numbers of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import numpy as np

from ann_viz.engine import ACTIVATIONS, OUTPUTS, USUAL_THRESHOLD
from ann_viz.explain.deeds import DEEDS
from ann_viz.numerals import format_number, four_digits, percent
from ann_viz.translation import translatable, translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset, Encoder, PartName, Recipe
    from ann_viz.engine import NetworkConfig

__all__ = [
    "PARTS",
    "USES",
    "Answer",
    "Truth",
    "answer",
    "binary_names",
    "layer_captions",
    "neuron_names",
    "row_name",
    "row_text",
    "truth",
    "verdict",
    "widest_verdicts",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says about the shown row.

    Attributes
    ----------
    kind : {"binary", "multiclass", "regression"}
    names : tuple of str
        Binary: what 1 means and what 0 means. Classes: one per output. Regression: target columns.
    texts : tuple of str
        The number beside every output, ready to show ("73 %", "182,784").
    shares : tuple of float
        Length of the bars, 0 to 1; empty for regression.
    best : int
        The winning output.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """

    kind: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    shares: tuple[float, ...]
    best: int
    threshold: float = USUAL_THRESHOLD


class Worded(Protocol):
    """Data, or a model: what names of answers and inputs are taken from."""

    @property
    def encoder(self) -> Encoder:
        """How rows become inputs."""

    @property
    def recipe(self) -> Recipe:
        """What is predicted."""


class Truth(NamedTuple):
    """What is true of a row, in words, and which of the answers that is; None for a number."""

    text: str
    which: int | None


def row_name(dataset: Dataset, index: int) -> str:
    """Return what row `index` is called: "customer 2,990", or "row 2,990" where it has no name."""
    name = dataset.recipe.row_name.lower() or translate("row")
    return f"{name} {format_number(index + 1)}"


def row_text(dataset: Dataset, index: int) -> str:
    """Return the same for a sentence, with the part it belongs to: "customer 2,990 (validation)"."""
    name, part = row_name(dataset, index), PARTS[dataset.part_of(index)]
    return translate("{row} ({part})").format(row=name, part=translate(part))


PARTS: Final[Mapping[PartName, str]] = {
    "train": translatable("training"),
    "validation": translatable("validation"),
    "test": translatable("test"),
}
"""What the parts of the data are called beside the name of a row."""

USES: Final[Mapping[PartName, str]] = {
    "train": translatable("A training row: the network learns from it."),
    "validation": translatable("A validation row: the network is judged by it and does not learn from it."),
    "test": translatable("A test row: it is kept for the end, and the network does not learn from it."),
}
"""What the rows of each part are for."""


def binary_names(data: Worded) -> tuple[str, str]:
    """Return what an output of 1 and of 0 mean, shortest understandable form."""
    from ann_viz.data.columns.words import phrase_for
    from ann_viz.data.columns.yes_no import PLAIN_ANSWERS

    negative, positive = data.encoder.class_names
    phrase, target = data.recipe.phrase, data.recipe.target
    if phrase:
        verb = phrase.split()[0]
        if deed := DEEDS.get(verb):  # such a verb says enough without the rest
            return verb, translate(deed.opposite)
        has_names = verb == "is" and phrase == phrase_for(target, positive) and negative.casefold() not in PLAIN_ANSWERS
        return phrase, (phrase_for(target, negative) if has_names else "") or _negation(verb)
    if positive.casefold() in PLAIN_ANSWERS:
        return f"{target}: {positive}", f"{negative}"
    return positive, negative


def _negation(verb: str) -> str:
    """Return what is said of those for whom a phrase that begins with `verb` is not true."""
    if verb in {"is", "has", "was", "will", "can"}:
        return translate("{verb} not").format(verb=verb)
    return (
        translate("does not {verb}").format(verb=verb[:-1])
        if verb.endswith("s")
        else translate("not: {verb}").format(verb=verb)
    )


def answer(dataset: Dataset, output: NDArray[np.floating], threshold: float = USUAL_THRESHOLD) -> Answer:
    """Return the network's answer for one row.

    Parameters
    ----------
    output : ndarray, shape (n_outputs,)
        Probabilities, or standardised values for regression.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """
    task = dataset.recipe.task
    if task == "binary":
        chance = float(output[0])
        names = binary_names(dataset)
        chances = chance, 1 - chance
        texts = tuple(percent(each) for each in chances)
        return Answer("binary", names, texts, chances, int(chance <= threshold), threshold)
    if task == "multiclass":
        shares = tuple(float(value) for value in output)
        classes = dataset.encoder.class_names
        return Answer("multiclass", classes, tuple(percent(s) for s in shares), shares, int(np.argmax(output)))
    values = np.asarray(dataset.encoder.decode_target(output[None, :])).ravel()
    return Answer("regression", (dataset.recipe.target,), tuple(four_digits(float(v)) for v in values), (), 0)


def verdict(given: Answer) -> str:
    """Return the answer in one phrase: "leaves the bank 73 %"."""
    if given.kind == "regression":
        return given.texts[0]
    joint = " · " if given.kind == "multiclass" else " "
    return f"{given.names[given.best]}{joint}{given.texts[given.best]}"


def widest_verdicts(given: Answer) -> tuple[str, ...]:
    """Return the longest phrase that every answer can be given in."""
    if given.kind == "regression":
        return (given.texts[0],)
    widest = replace(given, texts=(percent(0.999),) * len(given.names))
    return tuple(verdict(replace(widest, best=best)) for best in range(len(given.names)))


def truth(dataset: Dataset, y: NDArray[np.floating]) -> Truth:
    """Return what is true of a row.

    Parameters
    ----------
    y : ndarray, shape (n_outputs,)
        The truth as the network is told it.
    """
    if dataset.recipe.task == "binary":
        names = binary_names(dataset)
        which = 0 if y[0] > 0.5 else 1
        return Truth(names[which], which)
    if dataset.recipe.task == "multiclass":
        which = int(np.argmax(y))
        return Truth(dataset.encoder.class_names[which], which)
    value = float(np.asarray(dataset.encoder.decode_target(y[None, :])).ravel()[0])
    return Truth(four_digits(value), None)


def neuron_names(data: Worded, config: NetworkConfig) -> tuple[tuple[str, ...], ...]:
    """Return one name per neuron of every column; a category's input is named with its CSV column."""
    labels = data.encoder.input_names
    inputs = list(labels)
    for group in data.encoder.groups:
        for index in range(group.start, group.stop):
            if group.stop - group.start > 1 and not labels[index].startswith(group.column):
                inputs[index] = f"{group.column}: {labels[index]}"
    neuron = translate("neuron {n}")
    hidden = (tuple(neuron.format(n=n + 1) for n in range(layer.neurons)) for layer in config.hidden)
    if config.task == "multiclass":
        outputs: tuple[str, ...] = data.encoder.class_names
    else:
        outputs = (binary_names(data)[0] if config.task == "binary" else data.recipe.target,)
    return tuple(inputs), *hidden, outputs


def layer_captions(config: NetworkConfig) -> list[str]:
    """Return "6 · ReLU" for every layer after the inputs."""
    hidden = [f"{layer.neurons} · {ACTIVATIONS[layer.activation].label}" for layer in config.hidden]
    return [*hidden, f"{config.n_outputs} · {OUTPUTS[config.task].label}"]
