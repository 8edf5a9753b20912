"""A group that falls behind is named, and random groups are not: however many there are, large and small."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.engine.intervals import chance_of_so_few
from ann_viz.explain.group_gaps import FEW_ROWS, RowGroup, widest_gap

Rows = np.ndarray


@given(st.data())
def test_the_chance_is_counted(data: st.DataObject) -> None:
    """Of all ways to draw the rows, those with as few right ones or fewer."""
    n_all = data.draw(st.integers(1, 60))
    n_right_all, n = data.draw(st.integers(0, n_all)), data.draw(st.integers(1, n_all))
    n_right = data.draw(st.integers(max(0, n - (n_all - n_right_all)), min(n, n_right_all)))
    ways = sum(math.comb(n_right_all, k) * math.comb(n_all - n_right_all, n - k) for k in range(n_right + 1))
    exact = Fraction(ways, math.comb(n_all, n))
    assert chance_of_so_few(n_right, n, n_right_all, n_all) == pytest.approx(float(exact), rel=1e-9)


def columns(rng: np.random.Generator, n_rows: int, n_columns: int) -> list[RowGroup]:
    """Return the groups of columns that have nothing to do with anything: some even, some with rare categories."""
    groups = []
    for column in range(n_columns):
        k = int(rng.integers(2, 9))
        codes = rng.choice(k, n_rows, p=rng.dirichlet(np.full(k, rng.choice([0.5, 5.0]))))
        groups += [RowGroup(f"c{column}", f"v{code}", codes == code) for code in range(k)]
    return groups


@pytest.mark.parametrize("seed", range(3))
def test_random_groups_raise_no_alarm(seed: int) -> None:
    """Of 400 tables, no more have a gap that chance makes in 1, 5 or 20 % of cases than so many."""
    rng, n_tables = np.random.default_rng(seed), 400
    chances = []
    for _ in range(n_tables):
        n_rows = int(rng.integers(120, 3000))
        counts, right = rng.random(n_rows) < rng.uniform(0.05, 1), rng.random(n_rows) < rng.uniform(0.1, 0.95)
        gap = widest_gap(columns(rng, n_rows, int(rng.integers(1, 13))), counts, right)
        chances.append(1.0 if gap is None else gap.chance)
    for level in (0.01, 0.05, 0.2):
        allowed = n_tables * level + 3 * math.sqrt(n_tables * level * (1 - level))
        assert sum(chance < level for chance in chances) <= allowed, level
    assert min(chances) < 0.2, "something was compared"


@given(seed=st.integers(0, 10_000), n_columns=st.integers(1, 12), behind=st.floats(0.25, 0.5))
def test_a_group_that_falls_behind_is_named(seed: int, n_columns: int, behind: float) -> None:
    """Among many that do not."""
    rng = np.random.default_rng(seed)
    members = rng.random(2000) < 0.3
    right = rng.random(2000) < np.where(members, 0.9 - behind, 0.9)
    groups = [*columns(rng, 2000, n_columns), RowGroup("place", "far", members)]
    gap = widest_gap(groups, np.ones(2000, bool), right)
    assert gap is not None and (gap.column, gap.name) == ("place", "far") and gap.chance < 1e-6
    assert gap.score == pytest.approx(right[members].mean()) and gap.others == pytest.approx(right[~members].mean())
    assert gap.width == pytest.approx(gap.others - gap.score) and gap.n + gap.n_others == 2000


def test_only_rows_that_count_are_told() -> None:
    """Of a yes-or-no answer those that are yes; how common they are in the group is told beside."""
    members, counts = np.arange(400) < 100, np.arange(400) % 2 == 0
    gap = widest_gap([RowGroup("c", "v", members)], counts, np.arange(400) % 100 < 40, yes="leaves")
    assert gap is not None and (gap.n, gap.n_others, gap.yes) == (50, 150, "leaves")
    assert (gap.score, gap.counting, gap.others_counting) == (0.4, 0.5, 0.5)


def test_few_rows_are_not_compared() -> None:
    """Neither a group of few, nor one that leaves few out; nor one in which nothing counts."""
    wrong = np.zeros(200, bool)
    for n in (FEW_ROWS - 1, 200 - FEW_ROWS + 1):
        assert widest_gap([RowGroup("c", "v", np.arange(200) < n)], ~wrong, wrong) is None
    assert widest_gap([RowGroup("c", "v", np.arange(200) < 100)], np.arange(200) >= 100, wrong) is None
    assert widest_gap([], ~wrong, wrong) is None
