"""Which group of the rows it has not learned from is answered worst, as the coach is told of it.

Groups are the categories, and yes and no: what somebody is, or has. Bands of a number are left to the table in
*Answers*: where a number tells the answer, its bands differ in how common that is, and so in how often it is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.rows import judged
from ann_viz.explain import wording
from ann_viz.explain.group_gaps import GroupGap, RowGroup, widest_gap
from ann_viz.session.document import Document
from ann_viz.session.judged.groups import memberships

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["gap_of_groups"]

GROUPING: Final = ("category", "yes_no")


def gap_of_groups(document: Document, dataset: Dataset) -> GroupGap | None:
    """Return the group that is answered worse than all others; None for numbers, or without validation rows."""
    task = dataset.recipe.task
    if task == "regression" or not len(dataset.validation):
        return None
    memory = document.coach_memory
    if memory.groups is None:
        memory.groups = tuple(_groups(dataset, judged(*dataset.stream("validation"))[0]))
    if not memory.groups:
        return None
    Y, answer = document.answers("validation")
    if task == "binary":
        return widest_gap(
            memory.groups, Y[:, 0] > 0.5, answer[:, 0] > document.threshold, yes=wording.binary_names(dataset)[0]
        )
    return widest_gap(memory.groups, np.ones(len(Y), bool), Y.argmax(axis=1) == answer.argmax(axis=1))


def _groups(dataset: Dataset, X: NDArray[Any]) -> Iterator[RowGroup]:
    encoder = dataset.encoder
    for feature, inputs in zip(encoder.features, encoder.groups, strict=True):
        if feature.kind in GROUPING:
            for each in memberships(feature, inputs, X):
                yield RowGroup(feature.column, each.name, each.members)
