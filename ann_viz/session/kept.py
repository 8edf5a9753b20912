"""A list that several running programs keep in one file, such as the files opened last: none loses what another adds.

A list that can't be read or written is as good as none: what it would remember is a convenience.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ann_viz.errors import OutputError
from ann_viz.files import write_file
from ann_viz.locks import locked
from ann_viz.typed_json import parse_json

__all__ = ["KeptList"]

_MOST_BYTES: Final = 64_000_000
_PATIENCE_S: Final = 3.0  # another program needs milliseconds; one that was stopped must not stop this one


class KeptList:
    """A list of JSON values in a file.

    Parameters
    ----------
    folder : Path or None
        Made when something is to be written; None where there is nowhere to keep anything.
    name : str
        Of the file.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._path = None if folder is None else folder / name

    def read(self) -> list[Any]:
        """Return what is kept now; nothing where the file is damaged or not there."""
        if self._path is None:
            return []
        try:
            with self._path.open("rb") as file:
                values = parse_json(file.read(_MOST_BYTES))
        except (OSError, ValueError):
            return []
        return values if isinstance(values, list) else []

    def change(self, change: Callable[[list[Any]], list[Any]]) -> None:
        """Put what `change` makes of the list in its place, while no other program can."""
        if self._path is None:
            return
        with suppress(OSError, OutputError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with locked(self._path.with_name(f"{self._path.name}.lock"), _PATIENCE_S):
                write_file(self._path, json.dumps(change(self.read())))
