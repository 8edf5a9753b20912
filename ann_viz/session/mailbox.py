"""A slot for one thing that passes between two threads; a newer thing replaces an older one."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

__all__ = ["Mailbox"]

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest thing only; needs no lock, for appending to and popping from a deque are atomic."""

    def __init__(self) -> None:
        self._slot: deque[T] = deque(maxlen=1)

    def put(self, thing: T) -> None:
        """Replace whatever lies in the slot."""
        self._slot.append(thing)

    def take(self) -> T | None:
        """Empty the slot."""
        try:
            return self._slot.pop()
        except IndexError:
            return None
