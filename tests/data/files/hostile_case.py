"""What a file that is hard to read is, and what must come of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file and its outcome: a table, or a sentence that holds a word."""

    name: str
    content: bytes
    rows: int = 0
    names: tuple[str, ...] | None = None
    columns: int = 0
    cells: Mapping[tuple[int, int], str | None] = field(default_factory=dict)
    dialect: Mapping[str, object] = field(default_factory=dict)
    bad: tuple[int, ...] = ()
    padded: int = 0
    refused: str = ""
    overrides: Mapping[str, object] = field(default_factory=dict)


CASES: list[Case] = []


def table(
    name: str,
    text: str | bytes,
    rows: int,
    names: str | int,
    cells: Mapping[tuple[int, int], str | None] | None = None,
    *,
    encoding: str = "utf-8",
    bad: tuple[int, ...] = (),
    padded: int = 0,
    overrides: Mapping[str, object] | None = None,
    **dialect: object,
) -> None:
    """Note a file that is a table; ``names`` stand apart by a bar, or are a number where there is no header."""
    listed = tuple(names.split("|")) if isinstance(names, str) else None
    CASES.append(
        Case(
            name=name,
            content=text.encode(encoding) if isinstance(text, str) else text,
            rows=rows,
            names=listed,
            columns=len(listed) if listed else int(names),
            cells=cells or {},
            dialect=dialect,
            bad=bad,
            padded=padded,
            overrides=overrides or {},
        )
    )


def refused(name: str, content: str | bytes, word: str) -> None:
    """Note a file that is no table."""
    data = content.encode() if isinstance(content, str) else content
    CASES.append(Case(name=name, content=data, refused=word))


def zipped(*names: str) -> bytes:
    """A zip archive with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


BODY = "name,size,colour\n" + "".join(f"n{i},{i}.5,red\n" for i in range(12))
