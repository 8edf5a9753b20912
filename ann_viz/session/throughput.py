"""Throughput of training: how many rows a second are being learned."""

from __future__ import annotations

from collections import deque
from typing import Final

__all__ = ["Throughput"]

WINDOW_S: Final = 1.0


class Throughput:
    """Rows per second over about the last second of readings."""

    def __init__(self) -> None:
        self._readings: deque[tuple[float, float]] = deque()

    def restart(self, at: float, count: float) -> None:
        """Begin with `count` rows at time `at` in seconds."""
        self._readings.clear()
        self._readings.append((at, count))

    def read(self, at: float, count: float) -> None:
        """Note that `count` rows in all were learned by `at`."""
        self._readings.append((at, count))
        while len(self._readings) > 2 and at - self._readings[1][0] >= WINDOW_S:
            self._readings.popleft()

    @property
    def per_second(self) -> float:
        """Rows per second; 0 before two readings."""
        if len(self._readings) < 2:
            return 0.0
        (begin, first), (end, last) = self._readings[0], self._readings[-1]
        return (last - first) / (end - begin) if end > begin else 0.0
