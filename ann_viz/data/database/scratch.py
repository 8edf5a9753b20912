"""A folder for temporary files that is removed when nobody needs them any more.

What a crash leaves behind goes at the next start, with the folders of the databases.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from typing import Final

from ann_viz.data.database.store import temporary_folder
from ann_viz.errors import DataError
from ann_viz.numerals import format_number
from ann_viz.translation import translate

__all__ = ["Scratch"]

_SPARE_BYTES: Final = 200_000_000


class Scratch:
    """A folder of its own, removed by `close`, with the last reference to it, or at the end of the program.

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
                hint=translate("Free some room, or learn from a sample of the rows."),
            )
        self.path = temporary_folder()
        self._remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)

    def close(self) -> None:
        """Remove the folder; more than once is fine."""
        self._remove()
