"""How right and wrong answers are said: names of classes, one cell of the matrix, how much better than guessing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import mix_ups
from ann_viz.explain import wording
from ann_viz.explain.deeds import YesNoWords, words_of_class, words_of_yes_no
from ann_viz.numerals import count, format_number, percent, percent_fixed
from ann_viz.rich import Rich, rich
from ann_viz.session.judging import Judgement
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["Matrix", "class_names", "gain", "guess_of", "matrix_of", "rows_judged", "words_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Rows counted by truth (down) and answer (across), in the order of the data's classes.

    Parameters
    ----------
    names : tuple of str, length k
        Classes in the target's own words, short.
    counts : (k, k) ndarray of int64
    worst : int
        Rows of the most frequent mistake.
    captions : tuple of tuple of str
        What a cell counts in a few words, by truth and answer; empty where there is nothing short to say.
    """

    names: tuple[str, ...]
    counts: NDArray[np.int64]
    worst: int
    captions: tuple[tuple[str, ...], ...] = ()

    def share(self, truth: int, answer: int) -> float:
        """Return which share of the rows of a true class gets an answer; 0 for a class without rows."""
        whole = int(self.counts[truth].sum())
        return float(self.counts[truth, answer] / whole) if whole else 0.0

    def sentence(self, truth: int, answer: int) -> str:
        """Say one cell in words."""
        n, whole = int(self.counts[truth, answer]), int(self.counts[truth].sum())
        told = translate("Truth: {truth}. It says: {answer}. {n} of {rows}{share}.")
        share = f" ({percent(n / whole)})" if whole else ""
        return told.format(
            truth=self.names[truth],
            answer=self.names[answer],
            n=format_number(n),
            rows=count(whole, "row"),
            share=share,
        )


def class_names(dataset: Dataset) -> tuple[str, ...]:
    """Return a short name for every class, in the order of the data's classes."""
    if dataset.recipe.task != "binary":
        return dataset.encoder.class_names
    positive, negative = wording.binary_names(dataset)
    return negative, positive.split()[0] if negative.startswith("does not ") else positive


def matrix_of(dataset: Dataset, judgement: Judgement) -> Matrix:
    """Return what to draw of a judgement of classes."""
    names = class_names(dataset)
    worst = mix_ups(judgement.counts, 1)
    return Matrix(names, judgement.counts, worst[0][2] if worst else 0)


def words_of(dataset: Dataset, one: int = 1) -> YesNoWords:
    """Return how a yes, or of several classes the class of this number, is spoken of in the words of the data."""
    names = class_names(dataset)
    if dataset.recipe.task != "binary":
        return words_of_class(names[one])
    return words_of_yes_no(names[0], names[1], dataset.recipe.phrase)


def rows_judged(judgement: Judgement) -> str:
    """Say which rows were counted: "validation · 1,500"; while training runs or one looks back, in which epoch instead.

    Where the average of the weights answered, or a mean of networks, that is said.
    """
    part = translate(wording.PARTS[judgement.part])
    if judgement.answering:
        part = f"{part} · {judgement.answering}"
    if judgement.as_of:
        return f"{part} · {judgement.as_of}"
    whole = judgement.n_judged == judgement.n_rows
    text = translate("{part} · {n}") if whole else translate("{part} · {n} of {all}")
    return text.format(part=part, n=format_number(judgement.n_judged), all=format_number(judgement.n_rows))


def guess_of(dataset: Dataset, trivial: Mapping[str, float]) -> str:
    """Return what is always said by who guesses yes or no best; empty for other tasks.

    Parameters
    ----------
    dataset : Dataset
    trivial : mapping of str to float
        The scores of that answer.
    """
    if dataset.recipe.task != "binary":
        return ""
    no, yes = class_names(dataset)
    return yes if trivial.get("recall", 0.0) > 0.0 else no


def gain(
    task: str, scores: Mapping[str, float], trivial: Mapping[str, float], *, started: bool, always: str = ""
) -> Rich:
    """Return how much better than always guessing the network is, in a few words.

    Parameters
    ----------
    task : str
        Of the data.
    scores, trivial : mapping of str to float
        Of the network, and of always giving the commonest class or the mean.
    started : bool
        Whether anything was learned yet.
    always : str
        What guessing says, where there is room to name it.
    """
    if not started:
        return rich(translate("The starting weights have learned nothing"))
    if task == "regression":
        less = 1 - scores["mae"] / trivial["mae"] if trivial["mae"] > 0 else math.nan
        if less > 0:
            text = translate("Mistakes <b>{share}</b> smaller than with the mean")
            return rich(text, share=percent_fixed(less, 0))
        return rich(translate("No better than always giving the mean"))
    points = (scores["accuracy"] - trivial["accuracy"]) * 100
    if points == 0:
        text = translate("As good as always saying “{always}”") if always else translate("As good as always guessing")
    elif points > 0:
        text = translate("<b>+{n} points</b> better than guessing")
        if always:
            text = translate("<b>+{n} points</b> better than always saying “{always}”")
    else:
        text = translate("<b>{n} points</b> worse than guessing")
        if always:
            text = translate("<b>{n} points</b> worse than always saying “{always}”")
    return rich(text, n=format_number(abs(points), ".1f"), always=always)
