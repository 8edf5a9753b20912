"""A few tries of every attack; `run.py` makes as many as there is time for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attacks import KINDS, rng_of
from attacks.work import forget


@pytest.fixture(scope="module", autouse=True)
def _tidy() -> Iterator[None]:
    yield
    forget()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_nothing_gives_way(kind) -> None:
    """Every try of the fast part is held; a failure names the number to repeat it with."""
    failures = [
        f"try {number}: {problem}"
        for number in range(kind.fast)
        if (problem := kind.attack(rng_of(kind.name, 0, number))) is not None
    ]
    assert not failures
