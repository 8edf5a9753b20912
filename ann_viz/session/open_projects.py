"""Which project is open here, for other windows to know: two that save the same file would lose each other's work."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from ann_viz.locks import Held

__all__ = ["OpenProject"]

_FOLDER: Final = "open"


class OpenProject:
    """One project, held open.

    Parameters
    ----------
    folder : Path or None
        The program's own, for a file that stands for each project; None where there is none, and nobody knows.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = None if folder is None else folder / _FOLDER
        self._held = Held()

    def take(self, path: Path) -> bool:
        """Hold a project, and no longer the one before; say whether no other window has it."""
        if self._folder is None:
            return True
        import hashlib  # loads the cryptography of the system

        mark = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._held.hold(self._folder / mark)
        return True

    def let_go(self) -> None:
        """Hold none."""
        self._held.let_go()
