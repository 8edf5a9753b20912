"""A temporary folder for rows too many for the memory, made only where the disk has room for them."""

from __future__ import annotations

import shutil
import tempfile
from typing import Final

from ann_viz.errors import DataError
from ann_viz.numerals import written
from ann_viz.temporary import TemporaryFolder

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
            raise DataError(
                f"Learning from all rows needs {written(needed_bytes / 1e9, ',.1f')} GB for temporary files, "
                f"but the disk has only {written(free / 1e9, ',.1f')} GB left.",
                hint="Free some room, or learn from a sample of the rows.",
            )
        self._folder = TemporaryFolder()
        self.path = self._folder.path

    def close(self) -> None:
        """Remove the folder; more than once is fine."""
        self._folder.remove()
