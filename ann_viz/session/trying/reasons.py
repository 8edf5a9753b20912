"""Why a network answers a row as it does: the work of a job, from a frozen question to what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_viz.explain.shapley import Contributions, contributions
from ann_viz.explain.what_if import answers_along
from ann_viz.session.trying.changes import Changes, find_changes
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.grids import curve_values
from ann_viz.session.trying.question import Question
from ann_viz.session.trying.usual_range import usual
from ann_viz.session.trying.values import Value, blocks_of

__all__ = ["Curve", "Reasons", "curve_of", "find_reasons"]

Array = NDArray[np.floating]
Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """What would be answered if one column had another value.

    Parameters
    ----------
    summary : ColumnSummary
        Of that column.
    values : tuple
        Numbers or dates in ascending order, or texts.
    answers : (n_networks, n) array
        What is told of every network's answers, the one on show first.
    here : float, str or None
        The value in the row.
    """

    summary: ColumnSummary
    values: tuple[Value, ...]
    answers: NDArray[np.float64]
    here: Value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reasons:
    """What is said of an answer.

    Parameters
    ----------
    question : Question
        What was asked.
    answer, average : float
        What is told of the answer, and the mean over the background.
    contributions : Contributions
        In the outputs of the network.
    parts, errors : (n_columns,) array
        The same of the number that is told.
    committee : (n_networks,) array
        What is told of the answer of every network alone, the one on show first.
    changes : Changes
        What would change the answer.
    curve : Curve or None
    """

    question: Question
    answer: float
    average: float
    contributions: Contributions
    parts: NDArray[np.float64]
    errors: NDArray[np.float64]
    committee: NDArray[np.float64]
    changes: Changes
    curve: Curve | None

    @property
    def is_finite(self) -> bool:
        """Whether all is made of numbers: weights set by hand can be too large for that."""
        return bool(np.isfinite([self.answer, self.average, *self.parts, *self.committee]).all())

    @property
    def order(self) -> list[int]:
        """Places of the columns, those that have added most first."""
        return [int(place) for place in np.argsort(-np.abs(self.parts), kind="stable")]


def find_reasons(question: Question, progress: Progress, cancelled: Cancelled) -> Reasons:
    """Find out why; the work of a job.

    Parameters
    ----------
    question : Question
    progress, cancelled
        As of `Work`.
    """
    groups = [(group.start, group.stop) for group in question.encoder.groups]
    found = contributions(question.network, question.x, question.background, groups)
    progress(0.5)
    told = question.told
    networks = (question.network, question.alone or question.network, *question.committee)
    answer, *answers = [told.values(network.predict(question.x[None]))[0] for network in networks]
    changes = find_changes(question)
    progress(0.9)
    return Reasons(
        question=question,
        answer=float(answer),
        average=float(told.values(found.base)),
        contributions=found,
        parts=told.differences(found.parts),
        errors=told.differences(found.errors),
        committee=np.array(answers),
        changes=changes,
        curve=curve_of(question, question.column) if question.column else None,
    )


def curve_of(question: Question, column: str) -> Curve:
    """Return the what-if curve of one column."""
    place = next(k for k, summary in enumerate(question.summaries) if summary.name == column)
    group, here = question.encoder.groups[place], question.row.values[place]
    summary = usual(question.summaries[place], here)
    values = curve_values(summary, here)
    networks = (question.network, *question.committee)
    outputs = answers_along(networks, question.x, group.start, blocks_of(summary.feature, values))
    return Curve(summary=summary, values=values, answers=question.told.values(outputs), here=here)
