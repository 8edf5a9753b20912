"""Whether one run is better than another, and whether that may be luck: counted over networks from several seeds.

"Not by luck" asks for what chance gives one of two equals less than once in twenty: 5 of 5, 7 of 8, 9 of 10 seeds (the
sign test, one-sided).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ann_viz.engine.intervals import chance_of_wins
from ann_viz.numerals import FINE_DECIMALS, format_number, short_number
from ann_viz.translation import translate

__all__ = ["FEWEST_SEEDS", "Verdict", "is_luck_ruled_out", "loss_decimals", "verdict_of", "wins_of"]

FEWEST_SEEDS: Final = 5
MORE_SEEDS: Final = 10
CHANCE: Final = 0.05
LITTLE: Final = 0.02  # of the loss
MUCH: Final = 0.15
FINEST: Final = 4  # decimals of a loss


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentence below a comparison.

    Parameters
    ----------
    tint : {"good", "neutral", "warning"}
    bold, rest : str
        The finding, and what it goes by.
    seeds : int
        So many would say more; 0 where enough have been trained.
    """

    tint: Literal["good", "neutral", "warning"]
    bold: str
    rest: str
    seeds: int = 0


def wins_of(pairs: Sequence[tuple[float, float]], *, lower: bool) -> int:
    """Return in how many pairs the first is better."""
    return sum((one < other) if lower else (one > other) for one, other in pairs)


def is_luck_ruled_out(wins: int, n: int) -> bool:
    """Return whether so many wins of n are more than chance gives to one of two equals."""
    return n >= FEWEST_SEEDS and chance_of_wins(wins, n) < CHANCE


def loss_decimals(one: float, other: float) -> int:
    """Return with how many decimals two losses are written: with more where the usual ones may not tell them apart."""
    return FINEST if abs(one - other) < 10**-FINE_DECIMALS else FINE_DECIMALS


def verdict_of(pairs: Sequence[tuple[float, float]], *, same_rows: bool, besides: str = "") -> Verdict:
    """Return what losses say of A and B.

    Parameters
    ----------
    pairs : sequence of (A, B)
        Losses of the runs themselves first, then of networks of their kind from other seeds.
    same_rows : bool
        Whether both are judged by the same rows.
    besides : str
        A sentence on another score that says the opposite.
    """
    if not same_rows:
        return Verdict(
            "warning",
            translate("Judged by other rows:"),
            translate("these runs keep back different rows, so their losses can't be compared."),
        )
    n = len(pairs)
    means = [math.fsum(each) / n for each in zip(*pairs, strict=True)]
    wins = wins_of(pairs, lower=True)
    losses = wins_of([(other, one) for one, other in pairs], lower=True)
    better, worse, most = ("A", "B", wins) if (wins, -means[0]) >= (losses, -means[1]) else ("B", "A", losses)
    gap = abs(means[0] - means[1])
    on_average = translate("on average {gap}").format(gap=_gap(*means))
    if n == 1:
        words = translate("{run} has the lower loss, by {gap}.")
        if _read_gap(*means) == 0:
            words = translate("both have the same loss.")
        bold = translate("One run each, so luck is not ruled out:")
        return Verdict("neutral", bold, words.format(run=better, gap=_gap(*means)), FEWEST_SEEDS)
    counts = {"wins": format_number(most), "n": format_number(n)}
    if is_luck_ruled_out(most, n):
        bold = _degree(gap / max(means)).format(run=better)
        words = translate("lower loss with {wins} of {n} seeds, {on_average}.").format(**counts, on_average=on_average)
        return Verdict("good", bold, f"{words} {besides}".strip())
    more = FEWEST_SEEDS if n < FEWEST_SEEDS else MORE_SEEDS if n < MORE_SEEDS else 0
    words = translate("{run} has the lower loss with {wins} of {n} seeds, {on_average} lower than {other}.")
    if means[better == "B"] > means[better == "A"]:
        words = translate("{run} has the lower loss with {wins} of {n} seeds, but on average it is not lower.")
    words = words.format(run=better, other=worse, on_average=on_average, **counts)
    return Verdict("neutral", translate("Too close to call:"), words, more)


def _read_gap(one: float, other: float) -> float:
    """Return by how much two losses differ as a reader finds it from the table."""
    decimals = loss_decimals(one, other)
    return abs(round(one, decimals) - round(other, decimals))


def _gap(one: float, other: float) -> str:
    """Write a difference of losses as the table has it; one that no decimal shows is less than the last of them."""
    gap = _read_gap(one, other)
    if gap == 0 and one != other:
        return translate("less than {gap}").format(gap=short_number(10**-FINEST, FINEST))
    return short_number(gap, loss_decimals(one, other))


def _degree(share: float) -> str:
    """Return how much better, in words, by which share of the loss."""
    if share < LITTLE:
        return translate("{run} is a little better, and not by luck:")
    if share < MUCH:
        return translate("{run} is better, and not by luck:")
    return translate("{run} is much better, and not by luck:")
