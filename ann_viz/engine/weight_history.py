"""The weights and biases at the ends of epochs: of every one in a short run, evenly thinned out in a long one."""

from __future__ import annotations

from typing import Final

from ann_viz.engine.arrays import Array, read_only

__all__ = ["WeightHistory"]

MOST_EPOCHS: Final = 256
MOST_BYTES: Final = 1 << 24


class WeightHistory:
    """Keeps copies of the parameters within 16 MB: every epoch, then every second, every fourth….

    Parameters
    ----------
    n_bytes : int
        Size of one copy.
    """

    def __init__(self, n_bytes: int) -> None:
        self._most = max(4, min(MOST_EPOCHS, MOST_BYTES // n_bytes))
        self._every = 1
        self._kept: list[tuple[int, Array]] = []

    def add(self, epoch: int, params: Array) -> None:
        """Note the parameters at the end of `epoch`; what was noted for it or later is forgotten."""
        while self._kept and self._kept[-1][0] >= epoch:
            self._kept.pop()
        if epoch % self._every:
            return
        self._kept.append((epoch, read_only(params.copy())))
        if len(self._kept) > self._most:
            self._every *= 2
            self._kept = [(kept, then) for kept, then in self._kept if kept % self._every == 0]

    def view(self) -> tuple[tuple[int, Array], ...]:
        """Return (epoch, parameters) of what is kept, oldest first; later epochs don't touch it."""
        return tuple(self._kept)
