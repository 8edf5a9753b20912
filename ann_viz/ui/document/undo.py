"""Undo and redo of what the user changes, on Qt's own stack."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid

__all__ = ["Change", "UndoStack"]


class Change(QUndoCommand):
    """One change that has already been made when it is pushed: a refused one must not reach the stack.

    Parameters
    ----------
    text : str
        What was changed, for the menu.
    back, forth : callable
        Undo it, and do it again.
    key : str
        Changes of the same key that follow each other are undone together, like the way of a slider; empty for none.
    """

    def __init__(self, text: str, back: Callable[[], None], forth: Callable[[], None], key: str = "") -> None:
        super().__init__(text)
        self._back = back
        self._forth = forth
        self._key = key
        self._done = True

    def id(self) -> int:
        """Return a number that only changes of the same key share; −1 never merges."""
        return hash(self._key) & 0x3FFFFFFF if self._key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the end of the change that follows."""
        if not isinstance(other, Change) or other._key != self._key:
            return False
        self._forth = other._forth
        return True

    def undo(self) -> None:
        """Go back."""
        self._back()

    def redo(self) -> None:
        """Do it again; the first call comes from the push."""
        if self._done:
            self._done = False
        else:
            self._forth()


class UndoStack(QUndoStack):
    """Remembers changes; knows when it is itself the one that changes something."""

    def __init__(self) -> None:
        super().__init__()
        self.setUndoLimit(50)  # each may hold a network with its run
        self._replaying = False

    def record(self, text: str, back: Callable[[], None], forth: Callable[[], None], key: str = "") -> None:
        """Remember a change that was just made."""
        if not self._replaying:
            self.push(Change(text, self._replayed(back), self._replayed(forth), key))

    def _replayed(self, function: Callable[[], None]) -> Callable[[], None]:
        def call() -> None:
            self._replaying = True
            try:
                function()
            finally:
                self._replaying = False

        return call

    def __del__(self) -> None:
        """Empty it before it goes.

        As garbage, the changes would be given back to Python, which destroys them in any order: the stack then reaches
        for some that are gone, and the program ends with a segmentation fault.
        """
        if isValid(self):
            self.blockSignals(True)  # nobody is there to be told
            self.clear()
