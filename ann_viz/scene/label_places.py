"""Where names stand that lie closer together than they are high."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["places_apart"]


def places_apart(wanted: Sequence[float], least: float) -> list[float]:
    """Return places at least so far apart, as near to those wanted as can be, and in their order.

    Those that would touch form a block around the middle of what they want (pool adjacent violators, so the sum of
    squared distances is the smallest).

    Parameters
    ----------
    wanted : sequence of float
        Ascending.
    least : float
        Between two that follow each other.

    References
    ----------
    Ayer et al. (1955), An empirical distribution function for sampling with incomplete information.
    """
    blocks: list[tuple[float, int]] = []  # where the first of each would stand if it were alone, and how many there are
    for place, at in enumerate(wanted):
        mean, n = at - place * least, 1
        while blocks and blocks[-1][0] > mean:
            before, m = blocks.pop()
            mean, n = (mean * n + before * m) / (n + m), n + m
        blocks.append((mean, n))
    means = [mean for mean, n in blocks for _ in range(n)]
    return [mean + place * least for place, mean in enumerate(means)]
