"""A signal for what happens many times a second while training runs."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakMethod

import shiboken6

__all__ = ["Listeners"]


class Listeners:
    """Methods of Qt objects that are called in turn, in the caller's thread, as long as their objects live.

    At each receiver of a Qt signal the interpreter is let go and taken again, twice, while the training thread waits
    for it; here it is kept. What one of them raises ends the round, unlike with a signal.
    """

    def __init__(self) -> None:
        self._methods: list[WeakMethod[Callable[[], None]]] = []

    def __len__(self) -> int:
        return len(self._methods)

    def connect(self, method: Callable[[], None]) -> None:
        """Call a method from now on, after those that came before."""
        self._methods.append(WeakMethod(method))

    def emit(self) -> None:
        """Call everybody; those whose object is gone are forgotten."""
        for reference in tuple(self._methods):
            method = reference()
            if method is None or not shiboken6.isValid(method.__self__):  # type: ignore[attr-defined]
                self._methods.remove(reference)
            else:
                method()
