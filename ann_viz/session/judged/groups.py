"""Whether a network is as good for every group of rows: those of a category, or of a band of a number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.yes_no import called
from ann_viz.engine.intervals import chance_of_so_few, wilson
from ann_viz.explain.group_gaps import FEW_ROWS
from ann_viz.numerals import at_most_four_digits
from ann_viz.session.judged.curves import rank
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.data.encoding.features import Feature, Group

__all__ = [
    "GroupScore",
    "Membership",
    "apart",
    "group_columns",
    "memberships",
    "score_group",
    "unscaled_column",
    "without_dust",
]

N_BANDS: Final = 4
MOST_GROUPS: Final = 12
_HALF: Final = 0.5
_DIGITS: Final = 6  # that a number of single precision has
_GROUPING: Final = ("category", "yes_no", "number")
RARE: Final = 0.05  # of all rows: an answer that nobody compares with the other one
CHANCE: Final = 0.05  # that one of the groups of a column stands apart by luck


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """One group of rows.

    Parameters
    ----------
    name : str
    members : (n,) ndarray of bool
    """

    name: str
    members: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """How good the answers to one group are.

    Parameters
    ----------
    name : str
    n, n_yes, n_found : int
        Rows, those that are yes, and those of them that are found.
    is_so, alarms : float
        Share that is yes, and that is called yes.
    found, half : float
        Share of the yes rows that are found, and half of its 95 % range.
    low, high : float
        That range.
    true_alarms : float
        Share of the alarms that are true.
    auc : float
    says_minus_is : float
        Mean chance less the share that is yes, in points.
    """

    name: str
    n: int
    n_yes: int
    n_found: int
    is_so: float
    alarms: float
    found: float
    low: float
    high: float
    true_alarms: float
    auc: float
    says_minus_is: float

    @property
    def half(self) -> float:
        """Half of the 95 % range of the share that is found."""
        return (self.high - self.low) / 2

    @property
    def is_small(self) -> bool:
        """Whether there are too few rows to say much."""
        return self.n < FEW_ROWS


def memberships(feature: Feature, group: Group, X: NDArray[Any]) -> tuple[Membership, ...]:
    """Return the groups into which a column divides rows: categories, yes and no, or four bands of a number.

    Parameters
    ----------
    feature, group : Feature, Group
        The column.
    X : (n, n_inputs) ndarray
    """
    inputs = X[:, group.start : group.stop]
    if feature.kind == "yes_no":
        yes = inputs[:, 0] >= _HALF
        said_no, said_yes = called(*feature.categories)
        return (Membership(said_no, ~yes), Membership(said_yes, yes))
    if feature.kind == "category":
        own = inputs[:, : len(feature.categories) + feature.has_other] >= _HALF
        names = (*feature.categories, translate("other"))[: own.shape[1]]
        commonest = np.argsort(-own.sum(axis=0), kind="stable")[:MOST_GROUPS]
        return tuple(Membership(names[place], own[:, place]) for place in commonest.tolist() if own[:, place].any())
    if feature.kind != "number" or not len(X):
        return ()
    return _bands(unscaled_column(feature, inputs[:, 0]))


def unscaled_column(feature: Feature, inputs: NDArray[Any]) -> NDArray[np.float64]:
    """Return the numbers of a column from its inputs."""
    from ann_viz.data.encoding.scaling import unscaled

    different, places = np.unique(inputs, return_inverse=True)
    values = [unscaled(float(x), feature.scaling, feature.mean, feature.std) for x in different]
    return without_dust(np.array(values, np.float64))[places]


def without_dust(numbers: NDArray[Any]) -> NDArray[np.float64]:
    """Return numbers without what rounding to single precision has left of them: −1.3·10⁻⁸ beside 16 is 0."""
    own = np.asarray(numbers, np.float64)
    largest = float(np.abs(own).max(initial=0.0))
    return np.round(own, _DIGITS - int(np.floor(np.log10(largest))) - 1) + 0.0 if largest > 0 else own


def _bands(values: NDArray[np.float64]) -> tuple[Membership, ...]:
    """Divide numbers at their quartiles, where nearly all are one at those of what else there is; a few each by itself.

    Bands that would be empty are left out.
    """
    different, parts = np.unique(values), np.linspace(0, 1, N_BANDS + 1)
    if len(different) <= N_BANDS:
        return tuple(Membership(at_most_four_digits(number), values == number) for number in different.tolist())
    edges = np.unique(np.quantile(values, parts))
    if len(edges) <= 2:
        edges = np.unique(np.quantile(different, parts))
    places = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    return tuple(
        Membership(f"{at_most_four_digits(float(low))} – {at_most_four_digits(float(high))}", places == place)
        for place, (low, high) in enumerate(pairwise(edges))
        if (places == place).any()
    )


def score_group(name: str, is_yes: NDArray[np.bool_], chance: NDArray[Any], threshold: float) -> GroupScore:
    """Score the answers to the rows of one group.

    Parameters
    ----------
    name : str
        What the rows have in common.
    is_yes : (n,) ndarray of bool
        The truth.
    chance : (n,) ndarray
        Of yes, 0 to 1.
    threshold : float
        Above which yes is said.
    """
    n, said = len(chance), chance > threshold
    n_yes, n_said, n_found = int(is_yes.sum()), int(said.sum()), int((said & is_yes).sum())
    found = wilson(n_found, n_yes)
    return GroupScore(
        name=name,
        n=n,
        n_yes=n_yes,
        n_found=n_found,
        is_so=n_yes / n if n else math.nan,
        alarms=n_said / n if n else math.nan,
        found=found.value,
        low=found.low,
        high=found.high,
        true_alarms=n_found / n_said if n_said else math.nan,
        auc=rank(is_yes, chance).auc,
        says_minus_is=100 * float(chance.mean() - is_yes.mean()) if n else math.nan,
    )


def apart(scores: tuple[GroupScore, ...]) -> tuple[int, ...]:
    """Return of every group 1 where its yes rows are found clearly more often than all others, −1 less often, or 0.

    By the test of the coach, so that neither says what the other denies: exact, and corrected for the groups compared.

    Parameters
    ----------
    scores : tuple of GroupScore
        The groups, and all rows last.
    """
    *groups, whole = scores
    rest = [whole.n - score.n for score in groups]
    compared = [
        not score.is_small and others >= FEW_ROWS and 0 < score.n_yes < whole.n_yes
        for score, others in zip(groups, rest, strict=True)
    ]
    n_compared = 2 * sum(compared)  # each to both sides
    return tuple(
        _side(score, whole, n_compared) if is_compared else 0
        for score, is_compared in zip(groups, compared, strict=True)
    )


def _side(score: GroupScore, whole: GroupScore, n_compared: int) -> int:
    """Return to which side of all others a group stands apart; 0 where chance may put it there."""
    few = chance_of_so_few(score.n_found, score.n_yes, whole.n_found, whole.n_yes)
    n_missed, n_missed_all = score.n_yes - score.n_found, whole.n_yes - whole.n_found
    many = chance_of_so_few(n_missed, score.n_yes, n_missed_all, whole.n_yes)
    if min(few, many) * n_compared >= CHANCE:
        return 0
    return -1 if few < many else 1


def group_columns(dataset: Dataset) -> tuple[str, ...]:
    """Return the columns by which rows can be divided: categories first, those that hardly divide them last."""
    features = [feature for feature in dataset.encoder.features if feature.kind in _GROUPING]

    def order(feature: Feature) -> tuple[bool, int]:
        counts = [n for _, n in dataset.table.column(feature.column).categories] if feature.kind == "yes_no" else []
        return min(counts, default=0) < RARE * sum(counts), _GROUPING.index(feature.kind)

    return tuple(feature.column for feature in sorted(features, key=order))
