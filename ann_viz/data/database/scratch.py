"""A temporary folder for rows too many for the memory, made only where the disk has room for them."""

from __future__ import annotations

import shutil
import tempfile
from typing import Final

from ann_viz.errors import DataError
from ann_viz.numerals import format_number
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

__all__ = ["Scratch"]

_SPARE_BYTES: Final = 200_000_000


class Scratch:
    """Such a folder; removed by `close`, with the last reference to it, or at the end of the program.

    Parameters
    ----------
    needed_bytes : int
        What is going to be written.

    Raises
    ------
    DataError
        When the disk has less room than that.
    """

    def __init__(self, needed_bytes: int) -> None:
        free = shutil.disk_usage(tempfile.gettempdir()).free
        if free < needed_bytes + _SPARE_BYTES:
            text = translate(
                "Learning from all rows needs {needed} GB for temporary files, but the disk has only {left} GB left."
            )
            raise DataError(
                text.format(needed=format_number(needed_bytes / 1e9, ",.1f"), left=format_number(free / 1e9, ",.1f")),
                hint=translate("Free some room, or learn from a part of the rows."),
            )
        self._folder = TemporaryFolder()
        self.path = self._folder.path

    def close(self) -> None:
        """Remove the folder; more than once is fine."""
        self._folder.remove()
