"""The first bytes of a file, or in plain words why it can't be opened."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import IO, Final

from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["HEAD_BYTES", "first_bytes", "read_head"]

HEAD_BYTES: Final = 256 * 1024
"""So much of a file is looked at."""

_LONGEST_HEAD: Final = 16 * 1024 * 1024
_FEWEST_LINES: Final = 10


def read_head(path: Path) -> tuple[bytes, int]:
    """Return the first bytes and the size, or say plainly why the file can't be opened."""
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise DataError(
                translate("'{name}' is a folder, not a file.").format(name=path.name),
                hint=translate("Open it and choose a CSV file inside."),
            )
        if not stat.S_ISREG(facts.st_mode):
            raise DataError(
                translate("'{name}' is not an ordinary file.").format(name=path.name),
                hint=translate("Choose a CSV file."),
            )
        with path.open("rb") as file:
            head = first_bytes(file)
    except FileNotFoundError as error:
        raise DataError(
            translate("There is no file '{name}'.").format(name=path.name),
            hint=translate("Perhaps it was moved or renamed."),
        ) from error
    except PermissionError as error:
        raise DataError(
            translate("'{name}' may not be read.").format(name=path.name),
            hint=translate("Ask for permission, or copy it somewhere you own."),
        ) from error
    except (OSError, ValueError) as error:
        raise DataError(
            translate("'{name}' can't be opened.").format(name=path.name),
            hint=translate(
                "If it lies on a network drive or a stick, check that it is connected. The system says: {error}."
            ).format(error=error),
        ) from error
    if facts.st_size == 0:
        raise DataError(translate("This file is empty."), hint=translate("Choose a file with a header and some rows."))
    return head, facts.st_size


def first_bytes(file: IO[bytes]) -> bytes:
    """The first bytes; more of them where lines are so long that hardly any would be complete."""
    head = file.read(HEAD_BYTES)
    while len(head) < _LONGEST_HEAD and head.count(b"\n") + head.count(b"\r") < _FEWEST_LINES:
        more = file.read(HEAD_BYTES)
        if not more:
            break
        head += more
    return head
