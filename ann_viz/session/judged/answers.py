"""All that the room Answers shows of one network, worked out at once so that moving the threshold is only counting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, PartName
from ann_viz.engine import Network, confusion
from ann_viz.session.judged.calibration import CalibrationBin, calibrate, calibration_error, temperature
from ann_viz.session.judged.costs import Mistakes, count_mistakes
from ann_viz.session.judged.curves import Ranking, auc_range, rank
from ann_viz.session.judged.groups import GroupScore, Membership, memberships, score_group
from ann_viz.session.judged.numbers import Errors, judge_numbers
from ann_viz.session.judged.rows import Answered, KeptRows, answered
from ann_viz.translation import translate

__all__ = ["Answers", "AnswersRequest", "OneAgainstRest", "work_out_answers"]

N_BINS: Final = 40


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AnswersRequest:
    """What is asked for.

    Parameters
    ----------
    dataset : Dataset
    network : Network
        Of its own: nobody changes it meanwhile.
    part : {"validation", "train", "test"}
        Rows to judge by.
    one : int
        The class that is told from all others; of a yes-or-no target always 1.
    by : str
        Column into whose groups the rows are divided; empty for none.
    rows : KeptRows
        Where the rows are read.
    """

    dataset: Dataset
    network: Network
    part: PartName
    one: int = 1
    by: str = ""
    rows: KeptRows = field(default_factory=KeptRows)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OneAgainstRest:
    """How well one class is told from all others.

    Parameters
    ----------
    is_yes, chance : (n,) ndarray
        Truth, and the chance that was given to the class.
    ranking : Ranking
    low, high : float
        95 % range of the area under its ROC curve.
    bins : tuple of CalibrationBin
    error : float
        By how much a chance is typically off.
    mistakes : Mistakes
    """

    is_yes: NDArray[np.bool_]
    chance: NDArray[Any]
    ranking: Ranking
    low: float
    high: float
    bins: tuple[CalibrationBin, ...]
    error: float
    mistakes: Mistakes


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Answers:
    """Figures of one network on some rows.

    Parameters
    ----------
    request : AnswersRequest
    given : Answered
    one : OneAgainstRest or None
        None for numbers.
    temperature : float
        By what its sums would be divided to fit the rows best; 1 for numbers.
    errors : Errors or None
        None for classes.
    groups : tuple of Membership
    """

    request: AnswersRequest
    given: Answered
    one: OneAgainstRest | None
    temperature: float
    errors: Errors | None
    groups: tuple[Membership, ...]

    @property
    def n(self) -> int:
        """Rows that were judged."""
        return len(self.given.rows)

    def counts(self, threshold: float) -> NDArray[np.int64]:
        """Return the rows by true class (down) and answered class (across)."""
        return confusion(self.given.rows.Y, self.given.answer, threshold)

    def scores_of_groups(self, threshold: float) -> tuple[GroupScore, ...]:
        """Return how good the answers to each group are, and to all rows, which come last."""
        one = self.one
        if one is None:
            return ()
        parts = [(group.name, group.members) for group in self.groups]
        everyone = (translate("All"), np.ones(self.n, bool))
        return tuple(
            score_group(name, one.is_yes[members], one.chance[members], threshold)
            for name, members in (*parts, everyone)
        )

    def histogram(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many rows that are not so, and that are, got a chance in each of 40 steps."""
        assert self.one is not None  # asked only of classes
        places = np.minimum((self.one.chance * N_BINS).astype(np.int64), N_BINS - 1)
        no, yes = (np.bincount(places[where], minlength=N_BINS) for where in (~self.one.is_yes, self.one.is_yes))
        return no, yes


def work_out_answers(request: AnswersRequest) -> Answers:
    """Judge a network by the rows of one part."""
    dataset = request.dataset
    rows = request.rows.of(dataset, request.part)
    given = answered(request.network, rows)
    if dataset.recipe.task == "regression":
        truth, said = (np.asarray(dataset.encoder.decode_target(values)) for values in (rows.Y, given.answer))
        errors = judge_numbers(truth, said)
        return Answers(request=request, given=given, one=None, temperature=1.0, errors=errors, groups=())
    column = 0 if rows.Y.shape[1] == 1 else request.one
    is_yes, chance = rows.Y[:, column] > 0.5, given.answer[:, column]
    low, high = auc_range(is_yes, chance)
    one = OneAgainstRest(
        is_yes=is_yes,
        chance=chance,
        ranking=rank(is_yes, chance),
        low=low,
        high=high,
        bins=calibrate(is_yes, chance),
        error=calibration_error(is_yes, chance),
        mistakes=count_mistakes(is_yes, chance),
    )
    warmth = temperature(rows.Y, given.answer) if len(rows) else 1.0
    return Answers(
        request=request, given=given, one=one, temperature=warmth, errors=None, groups=_groups(request, rows.X)
    )


def _groups(request: AnswersRequest, X: NDArray[Any]) -> tuple[Membership, ...]:
    encoder = request.dataset.encoder
    for feature, group in zip(encoder.features, encoder.groups, strict=True):
        if feature.column == request.by:
            return memberships(feature, group, X)
    return ()
