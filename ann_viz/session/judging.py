"""What the newest network answers for the rows it is judged by, beside the truth, and where such a row is.

These are the rows of `Dataset.judged_part`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.engine import Snapshot, classes_of, confusion
from ann_viz.explain.moment import answering_tag
from ann_viz.session.document import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset
    from ann_viz.data import PartName as Part

__all__ = ["Judge", "Judgement"]

CHUNK: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Truth and answers of some rows.

    Parameters
    ----------
    part : {"validation", "train"}
        Where the rows are from.
    n_rows, n_judged : int
        Rows of that part, and how many of them were looked at.
    counts : (k, k) ndarray of int64
        Rows by true class (down) and answered class (across); empty for a number.
    truth, answer : (n_judged,) ndarray
        Numbers in the units of the target; empty for classes.
    scores : mapping of str to float
        Those of `Document.metrics`.
    as_of : str
        `Document.as_of` when it was made; of a past moment that is looked at, which one.
    answering : str
        What answered, where it is not the weights that are drawn; see `answering_tag`.
    """

    part: Part
    n_rows: int
    n_judged: int
    counts: NDArray[np.int64]
    truth: NDArray[np.float64]
    answer: NDArray[np.float64]
    scores: Mapping[str, float]
    as_of: str = ""
    answering: str = ""


class Judge:
    """Judges the newest snapshot of a document, each one only once at a threshold.

    Parameters
    ----------
    document : Document
        Only read.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._last: tuple[tuple[Snapshot, float], Judgement] | None = None

    def judge(self) -> Judgement | None:
        """Return what the newest snapshot answers, or None without data."""
        document = self._document
        dataset, snapshot = document.dataset, document.snapshot
        if dataset is None or snapshot is None:
            self._last = None
            return None
        of = snapshot, document.threshold
        if self._last is None or self._last[0][0] is not snapshot or self._last[0][1] != of[1]:
            self._last = of, self._look(dataset)
        elif self._last[1].as_of != self._as_of():  # training stands still now
            self._last = of, replace(self._last[1], as_of=self._as_of())
        return self._last[1]

    def _as_of(self) -> str:
        document = self._document
        return document.as_of if document.looking_at is None else document.when

    def _look(self, dataset: Dataset) -> Judgement:
        part, task = dataset.judged_part, dataset.recipe.task
        truth, answer = self._document.answers(part)
        n_rows, n_judged, scores = len(dataset.rows(part)), len(truth), self._document.metrics(part)
        counts, true, said = np.empty((0, 0), np.int64), np.empty(0), np.empty(0)
        if task != "regression":
            counts = confusion(truth, answer, self._document.threshold)
        else:
            true, said = (np.asarray(dataset.encoder.decode_target(values), np.float64) for values in (truth, answer))
        who = answering_tag(self._document.snapshot, brief=True)
        return Judgement(part, n_rows, n_judged, counts, true, said, scores, self._as_of(), who)

    def next_of_kind(self, truth: int, answer: int) -> int | None:
        """Return the next row of one class that is answered with another, or the same one; None if there is none.

        It is looked for among the rows of `Dataset.judged_part`, behind the shown row and then from the top.

        Parameters
        ----------
        truth, answer : int
            Numbers of the classes, as in `Judgement.counts`.

        Returns
        -------
        int or None
            Row of the dataset, ready for `Session.set_example`.
        """
        dataset = self._document.dataset
        if dataset is None or dataset.recipe.task == "regression":
            return None
        part, threshold = dataset.judged_part, self._document.threshold
        X, Y = dataset.stream(part)
        numbers = np.asarray(dataset.rows(part))
        after = int(np.searchsorted(numbers, self._document.example, side="right"))
        for start, stop in _chunks(after, len(numbers)):
            said = classes_of(self._document.model_network.predict(np.asarray(X[start:stop])), threshold)
            found = np.flatnonzero((classes_of(np.asarray(Y[start:stop])) == truth) & (said == answer))
            if len(found):
                return int(numbers[start + int(found[0])])
        return None


def _chunks(first: int, n: int) -> Iterator[tuple[int, int]]:
    """Yield bounds of chunks from `first` to the end and then from the top."""
    for begin, end in ((first, n), (0, first)):
        for start in range(begin, end, CHUNK):
            yield start, min(start + CHUNK, end)
