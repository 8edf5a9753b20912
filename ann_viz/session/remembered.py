"""What was decided when a file was imported, kept for the next time: for the same content, and for the same columns.

A store that can't be read or written is as good as none: importing goes on without a memory. Two programs at once keep
what both were told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ann_viz.data import Recipe
from ann_viz.data.files.dialect import overrides_from_json
from ann_viz.errors import DataError
from ann_viz.session.kept import KeptList

__all__ = ["Decisions", "Remembered"]

MOST_KEPT: Final = 200
SAMPLED_BYTES: Final = 1 << 20
_FILE: Final = "imports.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the user decided about one file.

    Parameters
    ----------
    overrides : mapping of str to object
        Fields of `Dialect` that were chosen by hand.
    recipe : Recipe or None
        What was learned from it, and how.
    edits : mapping of int to str
        Line of a broken row to its corrected text.
    names : tuple of str
        Names of the columns.
    """

    overrides: Mapping[str, object] = field(default_factory=dict)
    recipe: Recipe | None = None
    edits: Mapping[int, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


class Remembered:
    """The decisions about the files imported last, newest first.

    Parameters
    ----------
    folder : Path or None
        Where they are kept, as of `KeptList`.
    """

    def __init__(self, folder: Path | None) -> None:
        self._entries = KeptList(folder, _FILE)

    def for_file(self, path: Path) -> Decisions | None:
        """Return what was decided about a file with this very content, wherever it lay and whatever its name."""
        mark = _mark_of_content(path)
        return None if mark is None else self._first("content", mark)

    def for_columns(self, names: Sequence[str]) -> Decisions | None:
        """Return what was decided last about a file with these columns in this order."""
        return self._first("columns", _mark_of_names(names))

    def keep(self, path: Path, decisions: Decisions) -> None:
        """Remember decisions about a file; they take the place of earlier ones about the same content."""
        mark = _mark_of_content(path)
        if mark is None:
            return
        entry = {"content": mark, "columns": _mark_of_names(decisions.names), **_to_json(decisions)}
        self._entries.change(
            lambda entries: [entry, *(other for other in _objects(entries) if other.get("content") != mark)][:MOST_KEPT]
        )

    def _first(self, key: str, mark: str) -> Decisions | None:
        for entry in _objects(self._entries.read()):
            if entry.get(key) == mark:
                with suppress(DataError, ValueError, TypeError, KeyError, AttributeError):  # damaged: as if forgotten
                    return _from_json(entry)
        return None


def _objects(entries: list[Any]) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)]


def _to_json(decisions: Decisions) -> dict[str, Any]:
    return {
        "overrides": dict(decisions.overrides),
        "recipe": None if decisions.recipe is None else decisions.recipe.to_json(),
        "edits": {str(line): text for line, text in decisions.edits.items()},
        "names": list(decisions.names),
    }


def _from_json(entry: dict[str, Any]) -> Decisions:
    return Decisions(
        overrides=overrides_from_json(entry["overrides"]),
        recipe=None if entry["recipe"] is None else Recipe.from_json(entry["recipe"]),
        edits={int(line): str(text) for line, text in entry["edits"].items()},
        names=tuple(map(str, entry["names"])),
    )


def _mark_of_content(path: Path) -> str | None:
    """Size and a hash of the first and the last million bytes: enough to know a file again, quick for any size."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            digest = hashlib.sha256(file.read(SAMPLED_BYTES))
            file.seek(max(0, size - SAMPLED_BYTES))
            digest.update(file.read(SAMPLED_BYTES))
    except OSError:
        return None
    return f"{size}-{digest.hexdigest()}"


def _mark_of_names(names: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(names).encode("utf-8", "surrogatepass")).hexdigest()
