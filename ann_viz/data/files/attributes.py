"""ARFF files: their columns are named by ``@ATTRIBUTE`` lines above the rows, which start below ``@DATA``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Attributes", "attribute_names"]

_ATTRIBUTE: Final = re.compile(r"""\s*@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|(\S+))\s""", re.IGNORECASE)
_DATA: Final = re.compile(r"\s*@data\s*", re.IGNORECASE)
_RELATION: Final = re.compile(r"\s*@(?:relation|attribute)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """The names of the columns, and the lines down to ``@DATA``."""

    names: list[str]
    n_lines: int


def attribute_names(lines: list[str]) -> Attributes | None:
    """Return what the lines above the rows say, or None when the file is no ARFF."""
    start = next((line for line in lines if line.strip() and not line.startswith("%")), "")
    if not _RELATION.match(start):
        return None
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        found = _ATTRIBUTE.match(line)
        if found is not None:
            names.append(next(name for name in found.groups() if name is not None).replace("\\'", "'"))
        elif _DATA.fullmatch(line):
            return Attributes(names=names, n_lines=number)
    return None
